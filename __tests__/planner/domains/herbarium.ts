/** Pressed plants: what is a value of which column, and which words are none, whatever the database holds. */
import type { Domain } from './domain.js';

export const herbarium: Domain = {
  name: 'herbarium',
  today: '2025-05-05',
  sql: [
    `create table herbaria (herbarium_id int primary key, herbarium_name text not null, city text not null)`,
    `create table collectors (collector_id int primary key, first_name text not null, last_name text not null)`,
    `create table specimens (specimen_id int primary key, sheet_number text, genus text not null, habitat text not null, size text, collector_id int not null references collectors, herbarium_id int not null references herbaria)`,
    `insert into herbaria values (1, 'Leiden Old House', 'Oegstgeest'), (2, 'Leiden Garden', 'Voorschoten'), (3, 'Lund Hall', 'Lund')`,
    `insert into collectors values (1, 'Ada', 'Peoples'), (2, 'Olof', 'Marsh'), (3, 'Ines', 'Valdes'), (4, 'Dee', 'Collector')`,
    `insert into specimens select i, (array['7-11','41-2','7-3','12-8','4-4','27-1'])[i], (array['Carex','Salix','Carex','Drosera','Salix','Viola'])[i], (array['wet meadow','dry meadow','wet ditch','bog','bog','dry bank'])[i], (array['4x30','5x23','4x10','8x12','4x4','2x9'])[i], 1 + i % 4, 1 + i % 3 from generate_series(1, 6) i`,
  ],
  cases: [
    [
      'Which specimens have a sheet number that starts from "7"?',
      `select * from specimens where sheet_number like '7%'`,
    ],
    [
      'How many specimens have a sheet number that begins in "4"?',
      `select count(*) from specimens where sheet_number like '4%'`,
    ],
    [
      'How many specimens did Ada Peoples collect?',
      `select count(*) from specimens where collector_id = 1`,
    ],
    [
      'List the different habitats whose name contains "meadow".',
      `select distinct habitat from specimens where habitat like '%meadow%'`,
    ],
    [
      'Which habitats have "wet" in their names?',
      `select distinct habitat from specimens where habitat like '%wet%'`,
    ],
    [
      'Which collectors have an "a" in their last name?',
      `select first_name, last_name from collectors where last_name ilike '%a%'`,
    ],
    [
      `Show the collectors whose first name has 'e' in it.`,
      `select first_name, last_name from collectors where first_name ilike '%e%'`,
    ],
    [
      'Show the collectors with I or D in their first name.',
      `select first_name, last_name from collectors where first_name ilike '%i%' or first_name ilike '%d%'`,
    ],
    [
      `Find the genus of the specimens with 'meadow' as a substring in the habitat.`,
      `select genus from specimens where habitat like '%meadow%'`,
    ],
    ['How many Leiden herbaria are there?', `select count(*) from herbaria where herbarium_id < 3`],
    [
      'How many specimens are there in the Leiden herbaria?',
      `select count(*) from specimens where herbarium_id in (1, 2)`,
    ],
    [
      'Which herbaria are called Lund Hall?',
      `select herbarium_name from herbaria where herbarium_id = 3`,
    ],
    [
      'What is the last name of the collector of the most specimens?',
      `select last_name from collectors where collector_id = 2`,
    ],
  ],
  refusals: [
    ['How many specimens with genus "Leiden Garden" are there?', /./],
    // The column holds dimensions, none of which is a bare number.
    ['How many specimens have size 4?', /./],
    ['How many specimens are there whose size is 4 inches?', /./],
    ['What were all the genus values of plants?', /./],
  ],
  talks: [
    [
      [
        'Which collectors have an "a" in their last name?',
        `select first_name, last_name from collectors where last_name ilike '%a%'`,
      ],
      ['How many are there?', `select count(*) from collectors where last_name ilike '%a%'`],
    ],
  ],
};
