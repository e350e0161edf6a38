/** Windmills and the millers who keep them: requests as people say them, with all that they say around them. */
import type { Domain } from './domain.js';

export const windmills: Domain = {
  name: 'windmills',
  today: '2025-05-05',
  sql: [
    `create table millers (miller_id int primary key, name text not null, age int not null, village text not null)`,
    `create table windmills (windmill_id int primary key, name text not null, miller_id int references millers, sails int not null, built int not null, height numeric not null)`,
    `create table grindings (grinding_id int primary key, windmill_id int not null references windmills, grain text not null, sacks int not null)`,
    `insert into millers values (1, 'Abel Stone', 61, 'Thrup'), (2, 'Bea Quern', 34, 'Wick'), (3, 'Col Hopper', 47, 'Thrup'), (4, 'Dot Sack', 29, 'Oke')`,
    `insert into windmills values (1, 'Old Tower', 1, 4, 1790, 21.5), (2, 'Black Post', 2, 4, 1810, 12), (3, 'White Smock', 1, 6, 1855, 24), (4, 'Hill Mill', null, 8, 1901, 18)`,
    `insert into grindings values (1, 1, 'rye', 12), (2, 1, 'oats', 40), (3, 2, 'rye', 25), (4, 3, 'wheat', 25), (5, 3, 'rye', 7), (6, 3, 'rye', 31)`,
  ],
  cases: [
    ['do you know how many windmills there are', 'select 4'],
    ['I was wondering if you could tell me the names of the millers', 'select name from millers'],
    [
      'any chance you could show me the names of the millers from Thrup?',
      `values ('Abel Stone'), ('Col Hopper')`,
    ],
    ['hi there, quick question: how many millers are from Thrup, if you can', 'select 2'],
    [
      'Im looking for the names of the millers older than 40, thanks in advance',
      `values ('Abel Stone'), ('Col Hopper')`,
    ],
    [
      'would you mind giving me the average age of the millers these days',
      'select avg(age) from millers',
    ],
    ['may i see the names of all windmills', 'select name from windmills'],
    ['whats the height of Old Tower', 'select 21.5'],
    [
      'give me a rundown of the names and heights of windmills pls',
      'select name, height from windmills',
    ],
    ['millers from Thrup, how many?', 'select 2'],
    [
      'names of the millers in alphabetical order, if possible',
      'select name from millers order by name',
    ],
    ['names of the millers A-Z', 'select name from millers order by name'],
    [
      'Show the names of the windmills starting with the highest',
      'select name from windmills order by height desc',
    ],
    ['names of the windmills with upwards of 4 sails', `values ('White Smock'), ('Hill Mill')`],
    ['Which windmills had minimum two grindings?', `values ('Old Tower'), ('White Smock')`],
    ['names of the windmills built post 1850', `values ('White Smock'), ('Hill Mill')`],
    ['names of the millers who lack windmills', `values ('Col Hopper'), ('Dot Sack')`],
    [
      '# of grindings for each single grain',
      'select grain, count(*) from grindings group by grain',
    ],
    [
      'names of the windmills with a height anywhere from 15 to 22',
      `values ('Old Tower'), ('Hill Mill')`,
    ],
  ],
  refusals: [['any idea how many lightning rods there are', /lightning|rods/]],
  talks: [
    [
      ['do you know how many millers there are', 'select 4'],
      ['and how many of them are from Thrup, please', 'select 2'],
    ],
  ],
};
