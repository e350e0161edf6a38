/** Tunnels and the crews that dig them: things said side by side, and both ends of a scale. */
import type { Domain } from './domain.js';

export const tunnels: Domain = {
  name: 'tunnels',
  today: '2025-04-04',
  sql: [
    `create table crews (crew_id int primary key, staff_2023 int not null, staff_2024 int not null, crew_name text not null, country text not null, founded int not null)`,
    `create table tunnels (tunnel_id int primary key, title text not null, rock text not null, crew_id int not null references crews, length_m int not null, boring_days int not null, fee numeric not null, visit_count int not null)`,
    `create table diggers (digger_id int primary key, full_name text not null, age int not null, crew_id int not null references crews)`,
    `create table traffic (tunnel_id int primary key references tunnels, jan int not null, jul int not null)`,
    `create table sales (sale_id int primary key, tunnel_id int not null references tunnels, price_paid numeric not null, claimed_on date not null)`,
    `insert into crews values (1, 12, 15, 'Moles', 'United States', 1988), (2, 30, 28, 'Badgers', 'United Kingdom', 1975), (3, 8, 9, 'Voles', 'Austria', 2004)`,
    `insert into tunnels values (1, 'Stag', 'granite', 1, 900, 300, 5, 40), (2, 'Fell', 'slate', 2, 1500, 700, 7, 90), (3, 'Mere', 'granite', 2, 400, 90, 2, 10), (4, 'Holm', 'chalk', 3, 2200, 410, 9, 70), (5, 'Tarn', 'slate', 1, 650, 200, 4, 60)`,
    `insert into diggers values (1, 'Al Pick', 44, 1), (2, 'Bo Spade', 23, 1), (3, 'Cy Drill', 61, 2), (4, 'Di Lamp', 35, 3)`,
    `insert into traffic values (1, 10, 30), (2, 50, 20), (3, 5, 5), (4, 80, 90)`,
    `insert into sales values (1, 1, 9000, '2024-01-03'), (2, 3, 2500, '2024-02-01'), (3, 5, 7000, '2025-01-09')`,
  ],
  cases: [
    [
      'What are the shortest, the longest and the average length of the tunnels?',
      'select min(length_m), max(length_m), avg(length_m) from tunnels',
    ],
    [
      'cheapest and most expensive fee per rock',
      'select rock, min(fee), max(fee) from tunnels group by rock',
    ],
    [
      'What are the ages of the oldest and the youngest digger?',
      'select max(age), min(age) from diggers',
    ],
    [
      'For each rock, show the number of tunnels and the longest length.',
      'select rock, count(*), max(length_m) from tunnels group by rock',
    ],
    [
      'titles of the top 2 expensive tunnels',
      'select title from tunnels order by fee desc limit 2',
    ],
    [
      'What is the average fee of different rocks?',
      'select rock, avg(fee) from tunnels group by rock',
    ],
    [
      'diggers, ordered from the oldest digger to the youngest',
      'select full_name from diggers order by age desc',
    ],
    [
      'Show the titles of the tunnels and sort them first by rock (in descending order), and then by fee.',
      'select title from tunnels order by rock desc, fee',
    ],
    ['crews from the US', `select crew_name from crews where country = 'United States'`],
    [
      'How many crews are from the US or the U.K.?',
      `select count(*) from crews where country in ('United States', 'United Kingdom')`,
    ],
    ['titles of the tunnels of crews 1 or 3', 'select title from tunnels where crew_id in (1, 3)'],
    [
      'How many tunnels are of either crew 2 or crew 3?',
      'select count(*) from tunnels where crew_id in (2, 3)',
    ],
    [
      'Which tunnels were sold for more than 5000?',
      'select title from tunnels where tunnel_id in (1, 5)',
    ],
    [
      'Which tunnels have a higher traffic in July than in January?',
      'select title from tunnels where tunnel_id in (1, 4)',
    ],
    [
      'tunnels whose traffic in Jan is higher than that in Jul',
      'select title from tunnels where tunnel_id = 2',
    ],
    [
      'For each Austrian crew, show the number of tunnels.',
      `select c.crew_name, count(*) from crews c join tunnels t on t.crew_id = c.crew_id where c.country = 'Austria' group by c.crew_id`,
    ],
    [
      'number of tunnels per crew',
      'select c.crew_name, count(*) from crews c join tunnels t on t.crew_id = c.crew_id group by c.crew_id',
    ],
    ['What is the average staff in 2023?', 'select avg(staff_2023) from crews'],
    [
      'crews with more than 10 staff in 2024',
      `select crew_name from crews where crew_id in (1, 2)`,
    ],
    [
      'crews that had more staff in 2024 than in 2023',
      `select crew_name from crews where crew_id in (1, 3)`,
    ],
    [
      'rocks with more than one tunnel and their average fee',
      'select rock, avg(fee) from tunnels group by rock having count(*) > 1',
    ],
    ['Which tunnel was visited most often?', 'select title from tunnels where tunnel_id = 2'],
    [
      'tunnels that were visited more than 50 times',
      'select title from tunnels where visit_count > 50',
    ],
  ],
  refusals: [
    ['What is the average staff in 2022?', /./],
    ['What is the total staff in 2023 and 2024?', /./],
    ['Which tunnels have a higher fee in July than in January?', /./],
    ['Which crews were sold for more than 30 days?', /./],
    ['fees of the oldest and the youngest digger', /./],
    ['the oldest and most expensive fee', /./],
  ],
  talks: [
    [
      ['how many tunnels are there', 'select count(*) from tunnels'],
      ['and crews?', 'select count(*) from crews'],
    ],
  ],
};
