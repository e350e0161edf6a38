/** A boarding kennel: what most have in common, whoever there is, what is there for a thing, parts put loosely together. */
import type { Domain } from './domain.js';

export const kennel: Domain = {
  name: 'kennel',
  today: '2025-05-02',
  sql: [
    `create table keepers (
      keeper_id int primary key, name text not null, age int not null, town text not null,
      payment_method text not null, wage int not null, bonus int)`,
    `create table dogs (
      dog_id int primary key, call_name text not null, breed text not null, weight int not null,
      keeper_id int not null references keepers)`,
    `create table runs (run_id int primary key, label text not null, floor_area int not null, price_in_euros int not null)`,
    `create table stays (
      stay_id int primary key, dog_id int not null references dogs, run_id int not null references runs,
      date_stay_began date not null, nights int not null)`,
    `insert into keepers select i, (array['Ada','Bo','Cy','Di','Eli','Flo','Gus'])[i], 20 + (i * i * 5) % 37, (array['Aston','Bexley','Aston','Corby','Aston','Bexley','Corby'])[i], (array['cash','card','card','card','cheque','cash','card'])[i], 1000 + (i * 317) % 900, case when i % 3 > 0 then i * 10 end from generate_series(1, 7) i`,
    `insert into dogs select i, 'D' || i, (array['collie','beagle','pug'])[1 + (i * i) % 3], 8 + (i * 7) % 25, 1 + (i * i) % 6 from generate_series(1, 18) i`,
    `insert into runs values (1, 'R1', 12, 15), (2, 'R2', 9, 12), (3, 'R3', 20, 22), (4, 'R4', 7, 9)`,
    `insert into stays select i, 1 + (i * 5) % 14, 1 + (i * i) % 3, date '2024-03-01' + i * 4, 1 + (i * 3) % 8 from generate_series(1, 40) i`,
  ],
  cases: [
    [
      'keepers with more dogs than Eli',
      `select name from keepers k where (select count(*) from dogs d where d.keeper_id = k.keeper_id) > (select count(*) from dogs where keeper_id = 5)`,
    ],
    [
      'Which keepers have as many dogs as Bo?',
      `select name from keepers k where (select count(*) from dogs d where d.keeper_id = k.keeper_id) = (select count(*) from dogs where keeper_id = 2)`,
    ],
    [
      'keepers who have fewer dogs than the average keeper',
      `select name from keepers k where (select count(*) from dogs d where d.keeper_id = k.keeper_id) < (select count(*) from dogs) / 7.0`,
    ],
    [
      'Which run has had more stays than any other?',
      `select label from runs join stays using (run_id) group by run_id, label order by count(*) desc limit 1`,
    ],
    [
      'Which keeper earns more than any other keeper?',
      `select name from keepers where wage = (select max(wage) from keepers)`,
    ],
    [
      'keepers whose dogs all weigh more than 12',
      `select name from keepers k where exists (select from dogs d where d.keeper_id = k.keeper_id) and not exists (select from dogs d where d.keeper_id = k.keeper_id and d.weight <= 12)`,
    ],
    [
      'keepers older than the average age of the keepers that live in Aston',
      `select name from keepers where age > (select avg(age) from keepers where town = 'Aston')`,
    ],
    [
      'names of keepers with the most common payment method',
      `select name from keepers where payment_method = 'card'`,
    ],
    [
      'Which keepers use the most frequently used payment method? Return their names.',
      `select name from keepers where payment_method = 'card'`,
    ],
    [
      'How many keepers do not have the most popular payment method?',
      `select count(*) from keepers where payment_method <> 'card'`,
    ],
    [
      'names of the keepers whose town is the most common',
      `select name from keepers where town = 'Aston'`,
    ],
    [
      'How many keepers are there in the town with the most keepers?',
      `select count(*) from keepers where town = 'Aston'`,
    ],
    ['What are the names of everyone?', 'select name from keepers'],
    [
      'What are the names of everybody in descending order of age?',
      'select name from keepers order by age desc',
    ],
    ['names of keepers who are not 25 years old', 'select name from keepers where age <> 25'],
    ['names of keepers who are 25 years old', 'select name from keepers where age = 25'],
    [
      'Give the labels of runs for which there are more than 13 stays',
      'select label from runs r where (select count(*) from stays s where s.run_id = r.run_id) > 13',
    ],
    [
      'labels of the runs for which there are no stays',
      'select label from runs r where not exists (select from stays s where s.run_id = r.run_id)',
    ],
    [
      'names of keepers with unknown bonus and age over 22',
      'select name from keepers where bonus is null and age > 22',
    ],
    [
      'Which keepers got a bonus? Show the names.',
      'select name from keepers where bonus is not null',
    ],
    ['Which keepers make more than 1500?', 'select name from keepers where wage > 1500'],
    [
      'Show the names of keepers if they have a beagle',
      `select name from keepers k where exists (select from dogs d where d.keeper_id = k.keeper_id and breed = 'beagle')`,
    ],
    [
      'What is the average weight of dogs with different breeds?',
      'select breed, avg(weight) from dogs group by breed',
    ],
    [
      'Which keeper has the dog D3? Give me his or her name.',
      `select name from keepers k join dogs using (keeper_id) where call_name = 'D3'`,
    ],
    [
      'names of keepers in the same town as someone with the name Bo',
      `select name from keepers where town = 'Bexley'`,
    ],
    [
      'labels of the runs used by at most 13 stays',
      'select label from runs r where (select count(*) from stays s where s.run_id = r.run_id) between 1 and 13',
    ],
    ['names of keepers older 25', 'select name from keepers where age > 25'],
    [
      'names of keepers who only have one dog',
      'select name from keepers k where (select count(*) from dogs d where d.keeper_id = k.keeper_id) = 1',
    ],
    [
      'Return the date the stay began for stays of 8 nights',
      'select date_stay_began from stays where nights = 8',
    ],
    [
      'List the labels of runs ordered by price in euros',
      'select label from runs order by price_in_euros',
    ],
    [
      'Which run has the most stays and how many does it have?',
      'select label, count(*) from runs join stays using (run_id) group by label order by 2 desc limit 1',
    ],
  ],
  refusals: [
    ['names of keepers in the same town with age 25', /./],
    ['names of keepers with the most common nights', /./],
  ],
  talks: [
    [
      [
        'names of keepers with the most common payment method',
        `select name from keepers where payment_method = 'card'`,
      ],
      ['how many are there?', `select count(*) from keepers where payment_method = 'card'`],
    ],
  ],
};
