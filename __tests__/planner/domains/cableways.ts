/** Cableways: rows that are told by a code, a description or a firm, superiors among their own kind, bounds of columns. */
import type { Domain } from './domain.js';

export const cableways: Domain = {
  name: 'cableways',
  today: '2025-05-02',
  sql: [
    `create table cableways (id int primary key, code text not null, kind text not null, length_km numeric not null)`,
    `create table huts (hut_id int primary key, name text not null, town text not null, stove text)`,
    `create table attendants (attendant_id int primary key, first_name text not null, last_name text not null, hut_id int references huts, wage numeric not null, manager_id int)`,
    `create table rides (ride_id int primary key, cableway_id int not null references cableways, attendant_id int not null references attendants, ridden_on date not null, duration_min int not null, riders int not null, tickets_sold int not null)`,
    `create table announcements (announcement_id int primary key, ride_id int not null references rides, language text not null, length_sec int not null)`,
    `create table firms (firm_id int primary key, company_name text not null, contact_first_name text, contact_last_name text, town text not null)`,
    `create table parts (part_no int primary key, part_description text not null, firm_id int references firms, price_per_kg numeric not null, weight_kg numeric not null)`,
    `create table shelves (hut_id int references huts, part_no int references parts, quantity int not null, min_quantity int not null, primary key (hut_id, part_no))`,
    `insert into cableways values (1, '20', 'gondola', 2.4), (2, '1', 'chair', 1.1), (20, '7', 'chair', 0.9)`,
    `insert into huts values (1, 'Eagle', 'Arlen', 'Tiled'), (2, 'Marmot', 'Brunn', 'Iron')`,
    `insert into attendants values (1, 'Ida', 'Kuhn', 1, 30, null), (2, 'Leo', 'Egger', 1, 34, 1), (3, 'Mia', 'Moser', 2, 22, 1), (4, 'Tom', 'Lang', 2, 20, 3)`,
    `insert into rides values (1, 1, 2, '2025-01-04', 14, 60, 50), (2, 1, 3, '2025-01-05', 16, 42, 44), (3, 2, 4, '2025-01-05', 8, 31, 20), (4, 20, 4, '2025-01-06', 6, 12, 9)`,
    `insert into announcements values (1, 1, 'German', 40), (2, 1, 'Italian', 45), (3, 3, 'German', 30)`,
    `insert into firms values (1, 'Seilwerk', 'Ann', 'Roth', 'Arlen'), (2, 'Bergstahl', 'Jo', 'Bader', 'Dorf')`,
    `insert into parts values (1, 'Pulley', 1, 12.5, 9), (2, 'Cable clamp', 1, 8, 2), (3, 'Cabin lamp', 2, 30, 1)`,
    `insert into shelves values (1, 1, 2, 4), (1, 2, 9, 5), (2, 2, 1, 3), (2, 3, 6, 6)`,
  ],
  cases: [
    ['Which cableways are shorter than 2 km?', 'select code from cableways where length_km < 2'],
    [
      'How many rides were there on cableway 20?',
      'select count(*) from rides where cableway_id = 1',
    ],
    ['total riders of cableway 7', 'select sum(riders) from rides where cableway_id = 20'],
    [
      'Which parts cost less than 20 per kg?',
      'select part_description from parts where price_per_kg < 20',
    ],
    ['the heaviest part', 'select part_description from parts order by weight_kg desc limit 1'],
    ['firms from Arlen', `select company_name from firms where town = 'Arlen'`],
    [
      'What is the average duration of the rides in minutes?',
      'select avg(duration_min) from rides',
    ],
    [
      'attendants who earn more than 21: first and last names',
      'select first_name, last_name from attendants where wage > 21',
    ],
    [
      'firms from Dorf: contact last name',
      `select contact_last_name from firms where town = 'Dorf'`,
    ],
    [
      'Which attendant has the most rides? First name and wage.',
      'select first_name, wage from attendants where attendant_id = 4',
    ],
    [
      'rides that sold more than 40 tickets: date and duration',
      'select ridden_on, duration_min from rides where tickets_sold > 40',
    ],
    [
      'dates of the rides that sold fewer tickets than the average',
      'select ridden_on from rides where tickets_sold < (select avg(tickets_sold) from rides)',
    ],
    [
      'On which date was the ride that sold the most tickets?',
      'select ridden_on from rides order by tickets_sold desc limit 1',
    ],
    ['average ride length', 'select avg(duration_min) from rides'],
    [
      'average length of the announcements in German',
      `select avg(length_sec) from announcements where language = 'German'`,
    ],
    [
      'Show the description of the parts that are below their minimum quantity in some hut, and the hut name.',
      'select part_description, name from shelves join parts using (part_no) join huts using (hut_id) where quantity < min_quantity',
    ],
    [
      'List each firm with the descriptions of its parts.',
      'select company_name, part_description from firms join parts using (firm_id)',
    ],
    [
      'Show the attendants with the name of their hut',
      'select first_name, last_name, name from attendants join huts using (hut_id)',
    ],
    [
      'Show the last name of each attendant and the last name of the manager.',
      'select a.last_name, m.last_name from attendants a join attendants m on m.attendant_id = a.manager_id',
    ],
    [
      'attendants whose manager is Ida Kuhn',
      'select first_name, last_name from attendants where manager_id = 1',
    ],
    [
      'Which attendants have Ida Kuhn as their manager?',
      'select first_name, last_name from attendants where manager_id = 1',
    ],
    [
      'How many attendants report to Ida Kuhn?',
      'select count(*) from attendants where manager_id = 1',
    ],
    [
      'Who is the manager of Tom Lang?',
      'select first_name, last_name from attendants where attendant_id = 3',
    ],
    [
      'attendants who earn more than their manager',
      'select a.first_name, a.last_name from attendants a join attendants m on m.attendant_id = a.manager_id where a.wage > m.wage',
    ],
    [
      'attendants without a manager',
      'select first_name, last_name from attendants where manager_id is null',
    ],
  ],
  talks: [
    [
      [
        'attendants whose manager is Ida Kuhn',
        'select first_name, last_name from attendants where manager_id = 1',
      ],
      [
        'what about Mia Moser?',
        'select first_name, last_name from attendants where manager_id = 3',
      ],
    ],
  ],
  refusals: [
    ['average height of the huts', /height/],
    ['How many passengers have a dog?', /dog|passengers/],
  ],
};
