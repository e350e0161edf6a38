/** Cheese stalls: columns that several tables have, and conditions within conditions. */
import type { Domain } from './domain.js';

export const cheesemongers: Domain = {
  name: 'cheesemongers',
  today: '2025-05-05',
  sql: [
    `create table stalls (id int primary key, title text not null, town text not null, county text not null)`,
    `create table dairies (id int primary key, title text not null, town text not null)`,
    `create table milks (code text primary key, animal text not null)`,
    `create table cheeses (id int primary key, title text not null, milk_code text not null references milks, dairy_id int not null references dairies, price numeric not null, weight int not null)`,
    `create table helpers (id int primary key, first_name text not null, last_name text not null, stall_id int not null references stalls, hourly_wage numeric not null)`,
    `create table offers (id int primary key, stall_id int not null references stalls, cheese_id int not null references cheeses, offered_on date not null)`,
    `insert into stalls values (1, 'Rind and Co', 'Ely', 'Fenland'), (2, 'The Wheel', 'March', 'Fenland'), (3, 'Curdle', 'Diss', 'Norfolk'), (4, 'Old Board', 'Ely', 'Fenland')`,
    `insert into dairies values (1, 'Long Meadow', 'Ely'), (2, 'High Byre', 'Wells'), (3, 'Brook Farm', 'Diss')`,
    `insert into milks values ('C', 'cow'), ('G', 'goat'), ('S', 'sheep')`,
    `insert into cheeses values (1, 'Ashen', 'G', 1, 12, 200), (2, 'Blanca', 'S', 2, 18, 900), (3, 'Cloud', 'C', 1, 6, 300), (4, 'Dunmore', 'C', 3, 9, 700), (5, 'Ember', 'G', 2, 15, 250), (6, 'Flint', 'C', 2, 14, 1200)`,
    `insert into helpers values (1, 'Ann', 'Moss', 1, 11), (2, 'Bob', 'Reed', 2, 12), (3, 'Cy', 'Fell', 2, 14), (4, 'Di', 'Holt', 4, 15), (5, 'Ed', 'Lowe', 3, 10)`,
    `insert into offers values (1, 1, 1, '2025-03-01'), (2, 1, 3, '2025-03-01'), (3, 2, 2, '2025-03-02'), (4, 2, 3, '2025-03-03'), (5, 3, 5, '2025-03-03'), (6, 4, 6, '2025-03-04'), (7, 1, 6, '2025-03-05')`,
  ],
  cases: [
    [
      'Which towns have both a stall and a dairy?',
      'select town from stalls intersect select town from dairies',
    ],
    [
      'towns with a dairy as well as a stall',
      'select town from stalls intersect select town from dairies',
    ],
    [
      'Which towns have a stall but no dairy?',
      'select town from stalls except select town from dairies',
    ],
    [
      'Which counties have more than two helpers?',
      'select s.county from stalls s join helpers h on h.stall_id = s.id group by 1 having count(*) > 2',
    ],
    [
      'counties without helpers',
      'select county from stalls except select s.county from stalls s join helpers h on h.stall_id = s.id',
    ],
    [
      'cheeses that cost more than the average cheese of their own milk',
      'select title from cheeses c where price > (select avg(price) from cheeses d where d.milk_code = c.milk_code)',
    ],
    [
      'titles of cheeses heavier than the average of the same dairy',
      'select title from cheeses c where weight > (select avg(weight) from cheeses d where d.dairy_id = c.dairy_id)',
    ],
    [
      'cheeses with a higher price than the average cheese',
      'select title from cheeses where price > (select avg(price) from cheeses)',
    ],
    [
      'Which helpers earn more per hour than every helper in March?',
      `select first_name, last_name from helpers where hourly_wage > (select max(hourly_wage) from helpers h join stalls s on s.id = h.stall_id where s.town = 'March')`,
    ],
    [
      'helpers who earn less an hour than the average hourly wage',
      'select first_name, last_name from helpers where hourly_wage < (select avg(hourly_wage) from helpers)',
    ],
    [
      'Which towns have a stall but not a dairy?',
      'select town from stalls except select town from dairies',
    ],
    [
      'cheeses no stall has ever offered',
      'select title from cheeses where id not in (select cheese_id from offers)',
    ],
    [
      'stalls where nobody earns more than 13',
      'select title from stalls where id not in (select stall_id from helpers where hourly_wage > 13)',
    ],
    [
      'dairies that have a goat cheese as well as a cow cheese',
      `select title from dairies d where exists (select from cheeses where dairy_id = d.id and milk_code = 'G') and exists (select from cheeses where dairy_id = d.id and milk_code = 'C')`,
    ],
    [
      'dairies that make cow cheese but no goat cheese',
      `select title from dairies d where exists (select from cheeses where dairy_id = d.id and milk_code = 'C') and not exists (select from cheeses where dairy_id = d.id and milk_code = 'G')`,
    ],
    [
      'dairies with both a sheep cheese and a cow cheese',
      `select title from dairies d where exists (select from cheeses where dairy_id = d.id and milk_code = 'S') and exists (select from cheeses where dairy_id = d.id and milk_code = 'C')`,
    ],
  ],
  refusals: [['Which towns have both a stall and a windmill?', /windmill/]],
  talks: [
    [
      [
        'cheeses with a higher price than the average cheese',
        'select title from cheeses where price > (select avg(price) from cheeses)',
      ],
      ['how many', 'select count(*) from cheeses where price > (select avg(price) from cheeses)'],
    ],
  ],
};
