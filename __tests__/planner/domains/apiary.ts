/** Beekeepers: people with two names, a mentor among themselves, and questions put loosely. */
import type { Domain } from './domain.js';

export const apiary: Domain = {
  name: 'apiary',
  today: '2025-05-02',
  sql: [
    `create table keepers (
      keeper_id int primary key, first_name text not null, last_name text not null, phone text not null,
      age int not null, town_code text not null, mentor_id int references keepers)`,
    `create table apiaries (apiary_id int primary key, name text not null, address text not null, opened_year int not null, size int not null)`,
    `create table hives (
      hive_id int primary key, label text not null, breed text not null, weight numeric(5,1) not null, price int not null,
      apiary_id int not null references apiaries, keeper_id int not null references keepers)`,
    `create table inspections (
      inspection_id int primary key, hive_id int not null references hives, keeper_id int not null references keepers,
      inspected_on date not null, grade text not null, minutes int not null)`,
    `insert into keepers select i, (array['Ada','Bram','Cleo','Dirk','Elke','Finn'])[i], (array['Vos','Maas','Linde','Berg','Hoek','Dijk'])[i], '06-' || 1000 * i, 25 + (i * 17) % 40, (array['ZWO','DEV','ZUT'])[1 + i % 3], case when i > 3 then i - 3 end from generate_series(1, 6) i`,
    `insert into apiaries values (1, 'Heath Edge', 'Sand Lane 4', 1998, 12), (2, 'Old Orchard', 'Mill Road 9', 2010, 30), (3, 'River Bend', 'Dyke 1', 2004, 21)`,
    `insert into hives select i, 'H' || i, (array['Carnica','Buckfast','Ligustica'])[1 + i % 3], 20 + (i * 7) % 31, 80 + (i * 45) % 190, 1 + (i * i) % 3, 1 + (i * 5) % 6 from generate_series(1, 17) i`,
    `insert into inspections select i, 1 + (i * 7) % 15, 1 + (i * i) % 5, date '2024-03-01' + i * 9, (array['A','B','C'])[1 + (i * i + i) % 3], 10 + (i * 13) % 50 from generate_series(1, 40) i`,
  ],
  cases: [
    ['how old is Cleo Linde', `select age from keepers where first_name = 'Cleo'`],
    ['how much does hive H4 weigh?', `select weight from hives where label = 'H4'`],
    ['How much is the hive H7?', `select price from hives where label = 'H7'`],
    ['On average, how old are the keepers?', 'select avg(age) from keepers'],
    [
      'how old is the average keeper in each town code?',
      'select town_code, avg(age) from keepers group by town_code',
    ],
    ['How large is the apiary Old Orchard', 'select size from apiaries where apiary_id = 2'],
    [
      'Which keepers have inspections that got grade C? Give me their first and last names.',
      `select first_name, last_name from keepers k where exists (select from inspections i where i.keeper_id = k.keeper_id and grade = 'C')`,
    ],
    [
      'How many inspections does each hive have? List the number and the hive label.',
      'select h.label, count(*) from hives h join inspections i using (hive_id) group by h.hive_id, h.label',
    ],
    [
      'What are the names of the apiaries? For each, show the number of hives.',
      'select a.name, count(*) from apiaries a join hives h using (apiary_id) group by a.apiary_id, a.name',
    ],
    [
      'list the breeds and the number of hives recorded in the database',
      'select breed, count(*) from hives group by breed',
    ],
    [
      'Who is the youngest keeper in the company?',
      'select first_name, last_name from keepers order by age limit 1',
    ],
    [
      'last names of the keepers from the town with code "ZUT"',
      `select last_name from keepers where town_code = 'ZUT'`,
    ],
    [
      'Cleo Linde has how many hives?',
      `select count(*) from hives h join keepers k using (keeper_id) where k.first_name = 'Cleo'`,
    ],
    ['Ada Vos is a keeper with which phone?', `select phone from keepers where first_name = 'Ada'`],
    [
      "what is the keeper Cleo Linde's phone number",
      `select phone from keepers where first_name = 'Cleo'`,
    ],
    ['last names of elderly (age is 59) keepers', 'select last_name from keepers where age = 59'],
    [
      'hive numbers of the hives that cost less than 100',
      'select hive_id from hives where price < 100',
    ],
    ['how many inspections were graded C', `select count(*) from inspections where grade = 'C'`],
    ['Take the average of the hive price', 'select avg(price) from hives'],
    [
      'What si the oldest keeper',
      'select first_name, last_name from keepers order by age desc limit 1',
    ],
  ],
  refusals: [
    ['inspections graded brown', /brown/],
    ['last names of elderly keepers', /elderly/],
    ['how brave is Cleo Linde', /brave/],
    ['how many keepers does each town code in the monastery have', /monastery/],
    ['number of hives painted', /painted/],
  ],
  talks: [
    [
      ['how old is Cleo Linde', `select age from keepers where first_name = 'Cleo'`],
      ['and Dirk Berg', `select age from keepers where first_name = 'Dirk'`],
    ],
  ],
};
