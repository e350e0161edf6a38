/** A botanical garden: years as numbers of any type, amounts as text, two columns of one kind in a row. */
import type { Domain } from './domain.js';

export const garden: Domain = {
  name: 'garden',
  today: '2025-05-04',
  sql: [
    `create table greenhouses (id int primary key, name text not null, opened double precision, height real, length real, budget numeric(10,2), expenses numeric(10,2))`,
    `create table plants (id int primary key, name text not null, origin text, height real, seed_count text, planting_date date, labelling_date date, greenhouse_id int references greenhouses)`,
    `create table inspections (plant_id int not null references plants, year int not null, findings int, score int, primary key (plant_id, year))`,
    `insert into greenhouses values (1,'Palm House',1848,20,100,5000,6100),(2,'Fern House',1911,8,60,3000,1200),(3,'Cactus House',1962,6,45,1500,1500),(4,'Orchid House',2004,11,70,9000,9500)`,
    `insert into plants values
      (1,'Sago Palm','Japan',3.5,'9','2001-03-04','2001-04-01',1),(2,'Date Palm','Morocco',12,'100','1999-05-01','1999-04-20',1),
      (3,'Tree Fern','Australia',6,'0','2010-06-01','2010-06-01',2),(4,'Maidenhair','Japan',0.4,'0','2012-02-02','2012-05-05',2),
      (5,'Saguaro','Mexico',4,'2000','1970-01-01','1980-01-01',3),(6,'Prickly Pear','Mexico',1.1,'300','2005-09-09','2005-09-08',3),
      (7,'Vanilla','Mexico',2,'15','2018-03-03',null,4),(8,'Moth Orchid','Philippines',0.5,'12','2020-03-03','2020-03-04',4)`,
    `insert into inspections select 1 + i % 7, 2018 + i / 7, (i * 5) % 4, 40 + (i * 13) % 60 from generate_series(0, 30) i`,
  ],
  cases: [
    ['greenhouses opened before 1900', 'select name from greenhouses where opened < 1900'],
    [
      'names of greenhouses opened between 1900 and 1970',
      'select name from greenhouses where opened between 1900 and 1970',
    ],
    [
      'how many inspections were there in 2020',
      'select count(*) from inspections where year = 2020',
    ],
    [
      'names of plants with a seed count greater than 50',
      'select name from plants where seed_count::numeric > 50',
    ],
    [
      'names of the greenhouses whose expenses are higher than their budget',
      'select name from greenhouses where expenses > budget',
    ],
    [
      'which greenhouses have lower expenses than budget',
      'select name from greenhouses where expenses < budget',
    ],
    [
      'names of plants whose labelling date is before the planting date',
      'select name from plants where labelling_date < planting_date',
    ],
    [
      'names of plants with an above average height',
      'select name from plants where height > (select avg(height) from plants)',
    ],
    [
      'names of greenhouses longer than 90 or higher than 10',
      'select name from greenhouses where length > 90 or height > 10',
    ],
    [
      'names of plants taller than 5 or smaller than 1',
      'select name from plants where height > 5 or height < 1',
    ],
    [
      'names of plants whose origin is not in Mexico',
      `select name from plants where origin <> 'Mexico'`,
    ],
    [
      'names of plants that come from either Japan or Mexico',
      `select name from plants where origin in ('Japan', 'Mexico')`,
    ],
    [
      'names of plants that reached a height of more than 3',
      'select name from plants where height > 3',
    ],
    [
      'names of plants that have not been inspected yet',
      'select name from plants p where not exists (select from inspections i where i.plant_id = p.id)',
    ],
    [
      'names of plants that have never been inspected before',
      'select name from plants p where not exists (select from inspections i where i.plant_id = p.id)',
    ],
    [
      'names of greenhouses whose first letter is P',
      `select name from greenhouses where name like 'P%'`,
    ],
    [
      'names of plants that have "lm" in part of their names',
      `select name from plants where name ilike '%lm%'`,
    ],
    [
      'names of plants with a height greater than 3 or below 1',
      'select name from plants where height > 3 or height < 1',
    ],
    [
      'how many plants are from Japan or taller than 5',
      `select count(*) from plants where origin = 'Japan' or height > 5`,
    ],
    [
      'names of plants taller than any plant from Mexico',
      `select name from plants where height > (select min(height) from plants where origin = 'Mexico')`,
    ],
    [
      'names of plants that are taller than all plants from Mexico',
      `select name from plants where height > (select max(height) from plants where origin = 'Mexico')`,
    ],
    [
      'names of greenhouses opened before any greenhouse with a budget over 4000',
      'select name from greenhouses where opened < (select min(opened) from greenhouses where budget > 4000)',
    ],
    [
      `names of plants with a planting date after '2010-06-01 00:00:00'`,
      `select name from plants where planting_date > '2010-06-01'`,
    ],
    [
      'names of greenhouses with a budget lower than the lowest budget of greenhouses higher than 10',
      'select name from greenhouses where budget < (select min(budget) from greenhouses where height > 10)',
    ],
    ['names of plants of height above 5', 'select name from plants where height > 5'],
    [
      'names of greenhouses with plants of height above 5',
      'select name from greenhouses g where exists (select from plants p where p.greenhouse_id = g.id and p.height > 5)',
    ],
    [
      'names of plants with the origin Japan or the origin Morocco',
      `select name from plants where origin in ('Japan', 'Morocco')`,
    ],
    [
      'which plants were inspected in 2019 but were not inspected in 2020',
      'select name from plants p where exists (select from inspections i where i.plant_id = p.id and i.year = 2019) and not exists (select from inspections i where i.plant_id = p.id and i.year = 2020)',
    ],
    [
      'names of greenhouses that have over a 4000 budget',
      'select name from greenhouses where budget > 4000',
    ],
    ['names of plants with Mexico as origin', `select name from plants where origin = 'Mexico'`],
  ],
  refusals: [
    ['greenhouses whose expenses are higher than their humidity', /humidity/],
    ['plants whose height is greater than their origin', /height|origin|greater/],
  ],
  talks: [
    [
      ['names of plants from Mexico', `select name from plants where origin = 'Mexico'`],
      [
        'only those taller than 2',
        `select name from plants where origin = 'Mexico' and height > 2`,
      ],
    ],
  ],
};
