/** Birds that are flown: whose number, year or day it is, and which kinds of a thing are counted. */
import type { Domain } from './domain.js';

export const falconry: Domain = {
  name: 'falconry',
  today: '2024-06-15',
  sql: [
    `create table falconers (falconer_id int primary key, first_name text not null, last_name text not null, age int not null, village text not null)`,
    `create table grounds (ground_id int primary key, ground_name text not null, county text not null, area_ha int not null, year_opened text not null)`,
    `create table birds (bird_id int primary key, bird_name text not null, species text not null, falconer_id int not null references falconers)`,
    `create table flights (flight_id int primary key, bird_id int not null references birds, ground_id int not null references grounds, flown_on date not null, minutes int not null)`,
    `insert into falconers values (1, 'Odo', 'Finch', 44, 'Thorpe'), (2, 'Maud', 'Pell', 31, 'Thorpe'), (3, 'Ivo', 'Stagg', 67, 'Aldbury'), (4, 'Una', 'Crale', 40, 'Wixford')`,
    `insert into grounds values (1, 'Low Moor', 'Devon', 120, '1897'), (2, 'Gallows Down', 'Kent', 80, '1994'), (3, 'Ash Heath', 'Devon', 240, '1931'), (4, 'Nun Field', 'Kent', 55, '2004')`,
    `insert into birds values (1, 'Bolt', 'kestrel', 1), (2, 'Ember', 'kestrel', 1), (3, 'Rook', 'merlin', 2), (4, 'Sabre', 'kestrel', 2), (5, 'Gale', 'goshawk', 3)`,
    `insert into flights select i, 1 + i % 4, 1 + i % 3, (array['2021-12-30','2022-01-02','2022-06-30','2022-07-01','2022-12-31','2023-01-01','2023-09-30','2023-10-01','2023-12-31','2024-02-03'])[i]::date, 10 + i from generate_series(1, 10) i`,
  ],
  cases: [
    [
      'How many flights were there in the last quarter of 2023?',
      `select count(*) from flights where flown_on between '2023-10-01' and '2023-12-31'`,
    ],
    [
      'How many flights took place in the first half of 2022?',
      `select count(*) from flights where flown_on between '2022-01-01' and '2022-06-30'`,
    ],
    [
      'How many flights were there by the end of 2022?',
      `select count(*) from flights where flown_on <= '2022-12-31'`,
    ],
    [
      'Show the minutes of all 2023 flights.',
      `select minutes from flights where extract(year from flown_on) = 2023`,
    ],
    [
      'Which grounds were opened before 1950?',
      `select ground_name from grounds where year_opened < '1950'`,
    ],
    [
      'Which grounds were opened in the nineties?',
      `select ground_name from grounds where ground_id = 2`,
    ],
    [
      'Which grounds were opened in the nineteenth century?',
      `select ground_name from grounds where ground_id = 1`,
    ],
    ['How many falconers are over 40?', `select count(*) from falconers where age > 40`],
    [
      'What is the age of the falconer of Ember?',
      `select age from falconers where falconer_id = 1`,
    ],
    [
      'Which falconers have more than one kestrel?',
      `select first_name, last_name from falconers where falconer_id = 1`,
    ],
    [
      'Which falconers have both a kestrel and a merlin?',
      `select first_name, last_name from falconers where falconer_id = 2`,
    ],
    [
      'Which birds were flown at Ash Heath in 2022?',
      `select bird_name from birds where bird_id in (select bird_id from flights where ground_id = 3 and extract(year from flown_on) = 2022)`,
    ],
  ],
  refusals: [
    ['How many flights were there at the beginning of 2022?', /./],
    // A bird has no age, nor a falconer a species, nor a ground.
    ['What is the age of Ember?', /age can't be told of Ember/],
    ["What is Maud Pell's species?", /./],
    ['What is the species of Low Moor?', /./],
    // Only when it was opened is known.
    ['What was the area of Low Moor in 1931?', /a time can't be told/],
    ['Which falconers were in Thorpe in 1999?', /./],
  ],
  talks: [
    [
      ['How many falconers are over 40?', `select count(*) from falconers where age > 40`],
      ['and over 60?', `select count(*) from falconers where age > 60`],
    ],
  ],
};
