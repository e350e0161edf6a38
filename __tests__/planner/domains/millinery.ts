/** Hats and who makes them: readings of one request that only its wording tells apart. */
import type { Domain } from './domain.js';

export const millinery: Domain = {
  name: 'millinery',
  today: '2025-03-10',
  sql: [
    `create table towns (town_id int primary key, town_name text not null)`,
    `create table makers (maker_id int primary key, first_name text not null, last_name text not null, birth_year int, birth_country text, death_country text, town_id int not null references towns, no_of_prizes int not null)`,
    `create table prizes (prize_id int primary key, maker_id int not null references makers, title text not null)`,
    `create table posts (post_id int primary key, maker_id int not null references makers, duty text not null, date_from date not null, date_to date)`,
    `create table shows (show_id int primary key, caption text not null, judge_name text not null)`,
    `create table visited_towns (show_id int not null references shows, town_id int not null references towns, primary key (show_id, town_id))`,
    `create table hats (hat_code text primary key, style_code text not null, material text not null, colour text not null, maker_id int not null references makers)`,
    `create table orders (order_id int primary key, hat_code text not null references hats, amount_quoted numeric not null, amount_settled numeric not null)`,
    `insert into towns values (1, 'Luton'), (2, 'Denton'), (3, 'Atherstone')`,
    `insert into makers values (1, 'Ada', 'Brim', 1961, 'Chile', null, 1, 1), (2, 'Bo', 'Felt', null, 'Chile', 'Peru', 1, 0), (3, 'Cy', 'Crown', 1975, 'Peru', 'Chile', 2, 1), (4, 'Di', 'Brim', 1980, 'Peru', null, 3, 0)`,
    `insert into prizes values (1, 1, 'Golden Thimble'), (2, 3, 'Silver Pin')`,
    `insert into posts values (1, 1, 'Cutter', '2001-04-01', '2006-09-30'), (2, 2, 'Dyer', '2003-01-05', '2004-02-01'), (3, 3, 'Cutter', '2004-06-01', '2011-12-31'), (4, 4, 'Presser', '2010-02-01', null)`,
    `insert into shows values (1, 'Spring', 'Odell'), (2, 'Autumn', 'Piers')`,
    `insert into visited_towns values (1, 1), (1, 3), (2, 2)`,
    `insert into hats values ('H-1', 'ST-2', 'straw', 'red', 1), ('H-2', 'ST-2', 'felt', 'blue', 1), ('H-3', 'ST-4', 'straw', 'blue', 2), ('H-4', 'ST-4', 'wool', 'red', 3)`,
    `insert into orders values (1, 'H-1', 40, 38), (2, 'H-2', 60, 60), (3, 'H-3', 25, 20)`,
  ],
  cases: [
    ['How many makers were born in Chile?', 'select 2'],
    ['What is the last date that a maker left a post?', 'select max(date_to) from posts'],
    [
      'duties of the posts that started before 2004',
      `select duty from posts where date_from < '2004-01-01'`,
    ],
    [
      'Show the materials shared by hats with the colours "red" and "blue".',
      `select material from hats where colour = 'red' intersect select material from hats where colour = 'blue'`,
    ],
    ['How many hats have the code ST-2?', `select count(*) from hats where style_code = 'ST-2'`],
    [
      'What are the first names of the makers whose last name starting with the letter B?',
      `select first_name from makers where last_name like 'B%'`,
    ],
    [
      'What is the name of each town and the number of makers in it? Order the result by the count of makers.',
      'select t.town_name, count(*) from towns t join makers m on m.town_id = t.town_id group by t.town_id order by count(*), t.town_name',
    ],
    [
      'names of the towns visited by the show Spring',
      `select t.town_name from towns t join visited_towns v on v.town_id = t.town_id where v.show_id = 1`,
    ],
    ['total amount settled of the orders', 'select sum(amount_settled) from orders'],
    [
      'first names of the makers whose number of prizes is 0',
      'select first_name from makers where no_of_prizes = 0',
    ],
    [
      'first names of the makers who have some prize',
      'select m.first_name from makers m where exists (select 1 from prizes p where p.maker_id = m.maker_id)',
    ],
  ],
  refusals: [
    ['total amount of the orders', /amount_quoted/],
    ['When was the last month with orders?', /./],
    ['makers from Chile', /birth_country/],
  ],
  talks: [
    [
      ['how many towns are there', 'select count(*) from towns'],
      ['and makers?', 'select count(*) from makers'],
    ],
  ],
};
