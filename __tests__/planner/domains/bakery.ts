/** Bakeries of a town: what is to be seen, told behind the request, in a sentence of its own or in few words. */
import type { Domain } from './domain.js';

export const bakery: Domain = {
  name: 'bakery',
  today: '2025-02-03',
  sql: [
    `create table shops (shop_id int primary key, name text not null, street text not null, phone text, ovens int not null)`,
    `create table bakers (
      baker_id int primary key, first_name text not null, last_name text not null, wage int not null,
      hired_on date not null, email text, shop_id int references shops)`,
    `create table loaves (
      loaf_id int primary key, name text not null, flour text not null, weight_g int not null, price numeric(5,2) not null,
      baker_id int not null references bakers)`,
    `insert into shops values (1, 'Crust', 'Mill Lane', '111', 2), (2, 'Crumb', 'High Street', null, 4), (3, 'Knead', 'Mill Lane', '333', 3), (4, 'Proof', 'Quay', '444', 1)`,
    `insert into bakers select i, (array['Ann','Ben','Cleo','Dag','Ewa','Finn','Gil'])[i], (array['Ash','Birch','Cole','Drew','Elm','Fox','Gray'])[i], 1500 + (i * 331) % 900, date '2018-05-01' + i * 250, case when i % 3 > 0 then 'b' || i || '@x.org' end, case when i < 7 then 1 + (i * i) % 3 end from generate_series(1, 7) i`,
    `insert into loaves select i, 'Loaf ' || i, (array['rye','wheat','spelt'])[1 + (i * i) % 3], 300 + (i * 137) % 700, 2 + (i * 7) % 11 * 0.35, 1 + (i * i) % 5 from generate_series(1, 20) i`,
  ],
  cases: [
    [
      'How many bakers does each shop have? Give the name of the shop too.',
      'select s.name, count(*) from bakers join shops s using (shop_id) group by s.shop_id',
    ],
    [
      'What is the average wage of the bakers in each shop? Return the shop name and the average.',
      'select s.name, avg(wage) from bakers join shops s using (shop_id) group by s.shop_id',
    ],
    [
      "What is the total price of the loaves of each baker? Show the baker's last name, then the sum.",
      'select last_name, sum(price) from bakers join loaves using (baker_id) group by baker_id',
    ],
    [
      'For each flour, what is the average price of the loaves? List the flours with the largest average first.',
      'select flour, avg(price) from loaves group by flour order by 2 desc',
    ],
    [
      'How many loaves are there of each flour? List the flour with it.',
      'select flour, count(*) from loaves group by flour',
    ],
    [
      'Which bakers have made more than 3 loaves? Show first name, last name and the count.',
      'select first_name, last_name, count(*) from bakers join loaves using (baker_id) group by baker_id having count(*) > 3',
    ],
    [
      'Which loaves cost more than 3? List each flour only once.',
      'select distinct flour from loaves where price > 3',
    ],
    [
      'shops in Mill Lane, name and phone',
      `select name, phone from shops where street = 'Mill Lane'`,
    ],
    [
      'bakers without an email, first name last name wage',
      'select first_name, last_name, wage from bakers where email is null',
    ],
    ['loaves with their price', 'select name, price from loaves'],
    [
      'Show all bakers with their shop',
      'select first_name, last_name, name from bakers join shops using (shop_id)',
    ],
    [
      'What are the three heaviest loaves, starting with the heaviest?',
      'select name from loaves order by weight_g desc limit 3',
    ],
    ['names of the loaves, the highest price first', 'select name from loaves order by price desc'],
    [
      "the bakers' names (first name and last name) and wage",
      'select first_name, last_name, wage from bakers',
    ],
  ],
  refusals: [
    // Whichever of the two averages is meant.
    [
      'What are the average price and the average weight of the loaves per flour? Show the flour and the total.',
      /./,
    ],
    ['the three heaviest loaves, the lightest first', /first/],
  ],
  talks: [
    [
      ['shops in Mill Lane', `select name from shops where street = 'Mill Lane'`],
      ['how many are there?', `select count(*) from shops where street = 'Mill Lane'`],
    ],
  ],
};
