/** Lighthouses: columns that hold how many, second questions, and how often something happened. */
import type { Domain } from './domain.js';

export const lighthouses: Domain = {
  name: 'lighthouses',
  today: '2025-06-15',
  sql: [
    `create table keepers (
      keeper_id int primary key, keeper_name text not null, town text not null, hired_on date not null)`,
    `create table lighthouses (
      lighthouse_id int primary key, lighthouse_name text not null, coast text not null, number_steps int not null,
      visitor_count int not null, total_lamps int not null)`,
    `create table inspections (
      inspection_id int primary key, lighthouse_id int not null references lighthouses, keeper_id int not null references keepers,
      inspected_on date not null, score numeric not null)`,
    `create table rescues (
      rescue_id int primary key, lead_keeper_id int not null references keepers, ship text not null)`,
    `insert into keepers values (1,'Ada Finn','Oban','2014-03-01'),(2,'Rolf Gast','Wick','2018-07-12'),(3,'Jon Pike','Oban','2020-01-20')`,
    `insert into lighthouses values (1,'Skerry','North',140,900,2),(2,'Ness Point','East',88,1500,1),(3,'Gull Rock','North',61,320,4),(4,'Bar Head','West',203,90,3)`,
    `insert into inspections select i, 1 + i % 4, 1 + (i * i) % 3, date '2022-01-10' + i * 97, 4 + (i * 7) % 6 from generate_series(1, 11) i`,
    `insert into rescues values (1,1,'Tern'),(2,3,'Auk'),(3,1,'Kite')`,
  ],
  cases: [
    [
      'How many lighthouses have a number of steps smaller than 100?',
      'select count(*) from lighthouses where number_steps < 100',
    ],
    [
      'names of the lighthouses with number of visitors over 500',
      'select lighthouse_name from lighthouses where visitor_count > 500',
    ],
    [
      'What is the average total number of lamps of lighthouses on the North coast?',
      `select avg(total_lamps) from lighthouses where coast = 'North'`,
    ],
    [
      'What are the names of the keepers who inspected Skerry, and where are they from?',
      `select distinct keeper_name, town from keepers k join inspections i using (keeper_id) where lighthouse_id = 1`,
    ],
    [
      'List the names of the keepers from Oban, and when were they hired?',
      `select keeper_name, hired_on from keepers where town = 'Oban'`,
    ],
    [
      'Show the town of the keeper(s) hired in 2018',
      `select town from keepers where keeper_id = 2`,
    ],
    [
      'Which coasts have an average number of visitors of over 600?',
      'select coast from lighthouses group by coast having avg(visitor_count) > 600',
    ],
    ['Count the number of total inspections.', 'select count(*) from inspections'],
    [
      'How inspections are there for each lighthouse?',
      'select lighthouse_name, count(*) from inspections join lighthouses using (lighthouse_id) group by lighthouse_id, lighthouse_name',
    ],
    [
      'How many times has Ada Finn inspected a lighthouse?',
      'select count(*) from inspections where keeper_id = 1',
    ],
    [
      'For each keeper, show the name and the number of times they led rescues',
      'select keeper_name, count(*) from rescues join keepers on keeper_id = lead_keeper_id group by keeper_id, keeper_name',
    ],
    [
      'For each lighthouse, find its name and the number of times inspections were made for it.',
      'select lighthouse_name, count(*) from inspections join lighthouses using (lighthouse_id) group by lighthouse_id, lighthouse_name',
    ],
    [
      'names of the lighthouses that have "a" in their names',
      `select lighthouse_name from lighthouses where lighthouse_name ilike '%a%'`,
    ],
    [
      'names of the lighthouses whose coast is not located in "North"',
      `select lighthouse_name from lighthouses where coast <> 'North'`,
    ],
    [
      'the highest and lowest score of the inspections, grouped and ordered by lighthouse name',
      'select lighthouse_name, max(score), min(score) from inspections join lighthouses using (lighthouse_id) group by lighthouse_name order by lighthouse_name',
    ],
    [
      'names of the keepers who had inspections in both 2022 and 2024',
      `select keeper_name from keepers k where exists (select 1 from inspections i where i.keeper_id = k.keeper_id and extract(year from inspected_on) = 2022)
        and exists (select 1 from inspections i where i.keeper_id = k.keeper_id and extract(year from inspected_on) = 2024)`,
    ],
    [
      'Which 2 coasts have the most lighthouses?',
      'select coast from lighthouses group by coast order by count(*) desc, coast limit 2',
    ],
    [
      'How many inspections and rescues are there for each keeper?',
      `select keeper_name, (select count(*) from inspections i where i.keeper_id = k.keeper_id),
        (select count(*) from rescues r where r.lead_keeper_id = k.keeper_id) from keepers k`,
    ],
    [
      'names of the keepers with 3 or 4 inspections',
      'select keeper_name from keepers k where (select count(*) from inspections i where i.keeper_id = k.keeper_id) in (3, 4)',
    ],
  ],
  refusals: [
    ['names of the lighthouses, and when were they painted?', /painted/],
    ['names of the lighthouses, and where do they drink?', /./],
    ['inspections in the month of March', /month/],
    ['How many lighthouses and rescues are there?', /different tables/],
    ['How many times has Ada Finn painted a lighthouse?', /painted/],
  ],
  talks: [
    [['names of the keepers from Oban', `select keeper_name from keepers where town = 'Oban'`]],
  ],
};
