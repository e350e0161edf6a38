/** A regatta: who comes first in what, told in every wording, and in what order things are shown. */
import type { Domain } from './domain.js';

export const regatta: Domain = {
  name: 'regatta',
  today: '2025-05-05',
  sql: [
    `create table towns (town_id int primary key, town text not null, population int not null, number_of_bridges int not null, river text not null)`,
    `create table rowers (
      rower_id int primary key, first_name text not null, last_name text not null, age int not null, wage numeric(8,2) not null,
      joined_on date not null, town_id int not null references towns)`,
    `create table heats (
      heat_id int primary key, title text not null, distance int not null, prize numeric(8,2) not null, held_on date not null,
      weather text not null)`,
    `create table bridges (bridge_id int primary key, town_id int not null references towns, built int not null)`,
    `create table starts (start_id int primary key, rower_id int not null references rowers, heat_id int not null references heats, lane int not null)`,
    `insert into towns values (1,'Ashby',4100,3,'Wend'),(2,'Brill',12800,5,'Ash'),(3,'Corve',900,1,'Wend'),(4,'Dunmow',7300,9,'Ash')`,
    `insert into bridges values (1,1,1890),(2,1,1920),(3,2,1955),(4,4,2001)`,
    `insert into rowers select i, (array['Ada','Ben','Cleo','Dov','Eda','Finn','Gil','Hope','Ivo'])[i], (array['Stone','Marsh','Field','Ford','Hale','Pike','Rook','Wood','Vale'])[i],
       19 + (i * 7) % 23, 900 + (i * 317) % 1100, date '2015-03-01' + i * i * 37, 1 + (i * i) % 4 from generate_series(1, 9) i`,
    `insert into heats select i, (array['Dawn Dash','Long Pull','Mill Race','Night Row','Old Oars','Prow Cup'])[i], 400 + (i * 450) % 1900, 50 + (i * 130) % 420, date '2024-06-01' + i * 11,
       (array['calm','windy','calm','rain','calm','windy'])[i] from generate_series(1, 6) i`,
    `insert into starts select i, 1 + (i * i + 2) % 9, 1 + (i * 5 + i / 4) % 6, 1 + i % 5 from generate_series(1, 31) i`,
  ],
  cases: [
    [
      'what is the river of the town with the most residents',
      'select river from towns order by population desc limit 1',
    ],
    [
      'titles of the heats with the top 3 longest distances',
      'select title from heats order by distance desc limit 3',
    ],
    [
      'first name of the rower who participated in the most heats',
      'select r.first_name from rowers r join starts s on s.rower_id = r.rower_id group by r.rower_id order by count(*) desc, r.rower_id limit 1',
    ],
    [
      'which heat was entered by the most rowers? Give me the title',
      'select h.title from heats h join starts s on s.heat_id = h.heat_id group by h.heat_id order by count(*) desc, h.heat_id limit 1',
    ],
    [
      'find the town that the most rowers come from',
      'select t.town from towns t join rowers r on r.town_id = t.town_id group by t.town_id order by count(*) desc, t.town_id limit 1',
    ],
    [
      'in which weather were most heats held',
      'select weather from heats group by weather order by count(*) desc limit 1',
    ],
    [
      'what is the most common river of the rowers',
      'select t.river from towns t join rowers r on r.town_id = t.town_id group by t.river order by count(*) desc limit 1',
    ],
    [
      'full name of the rower with the most starts',
      'select r.first_name, r.last_name from rowers r join starts s on s.rower_id = r.rower_id group by r.rower_id order by count(*) desc, r.rower_id limit 1',
    ],
    [
      'last name and wage of the rower of the highest age',
      'select last_name, wage from rowers order by age desc limit 1',
    ],
    ['what are the 3 highest prizes', 'select prize from heats order by prize desc limit 3'],
    ['return the two lowest wages', 'select wage from rowers order by wage limit 2'],
    [
      'titles of heats by date from the most recent to the oldest',
      'select title from heats order by held_on desc',
    ],
    [
      'last names of rowers ordered by the date they joined',
      'select last_name from rowers order by joined_on',
    ],
    [
      'list the last names of rowers in the order of age and wage',
      'select last_name from rowers order by age, wage',
    ],
    [
      'what is the last name of the rower who joined latest',
      'select last_name from rowers order by joined_on desc limit 1',
    ],
    [
      'which are the oldest rowers? Give me their last names',
      'select last_name from rowers where age = (select max(age) from rowers)',
    ],
    [
      'which town has the most bridges',
      'select town from towns order by number_of_bridges desc limit 1',
    ],
    [
      'what is the alphabetically ordered list of heat titles',
      'select title from heats order by title',
    ],
    [
      'last names of the top 3 rowers with the highest wage',
      'select last_name from rowers order by wage desc limit 3',
    ],
  ],
  refusals: [
    ['the top 3 rowers', /rowers/],
    ['which town has the most lighthouses', /lighthouses/],
    ['heats that the most referees judged', /referees/],
  ],
  talks: [
    [
      ['titles of heats', 'select title from heats'],
      ['sort them by prize', 'select title from heats order by prize'],
    ],
  ],
};
