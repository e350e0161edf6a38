import type { Domain } from './domain.js';

/** Columns begin with what stands for their table, in one letter, in several, or apart; words that only a thesaurus knows. */
export const deckhands: Domain = {
  name: 'deckhands',
  today: '2025-05-02',
  sql: [
    `create table ferry ("fID" int primary key, "fName" text not null, "fLength" int not null, "fYear" int)`,
    `create table deckhand (did int primary key, dname text not null, dage int not null, dpage int, dsalary numeric not null, dtown text, coat_color text, fid int references ferry)`,
    `create table sea_accident (sa_id int primary key, sa_ferry int not null references ferry, sa_result text not null, sa_damage numeric not null, sa_dstrct text)`,
    `insert into ferry values (1, 'Isla', 60, 1988), (2, 'Mara', 85, 2003), (3, 'Una', 44, 2011)`,
    `insert into deckhand values (1, 'Jo Hay', 31, 4, 2100, 'Oban', 'red', 1), (2, 'Al Roy', 52, 9, 2600, 'Mallaig', 'blue', 1), (3, 'Bea Orr', 24, null, 1900, 'Oban', 'red', 2)`,
    `insert into sea_accident values (1, 1, 'repaired', 900, 'north'), (2, 1, 'scrapped', 5200, 'south'), (3, 2, 'repaired', 350, 'north')`,
  ],
  cases: [
    ['names of the ferries longer than 50', `select "fName" from ferry where "fLength" > 50`],
    ['which ferry is the longest?', `select "fName" from ferry order by "fLength" desc limit 1`],
    ['average age of the deckhands', 'select avg(dage) from deckhand'],
    [
      'names and salaries of deckhands older than 30',
      'select dname, dsalary from deckhand where dage > 30',
    ],
    [
      'How many deckhands come from each town?',
      'select dtown, count(*) from deckhand group by dtown',
    ],
    ['average wage of the deckhands', 'select avg(dsalary) from deckhand'],
    ['coat colour of each deckhand', 'select coat_color from deckhand'],
    [
      'total damage of the accidents in the north district',
      `select sum(sa_damage) from sea_accident where sa_dstrct = 'north'`,
    ],
    ['total loss of the accidents', 'select sum(sa_damage) from sea_accident'],
    [
      'outcome of the accident with the highest damage',
      'select sa_result from sea_accident order by sa_damage desc limit 1',
    ],
    [
      'names of ferries without accidents',
      `select "fName" from ferry where "fID" not in (select sa_ferry from sea_accident)`,
    ],
  ],
  talks: [
    [
      ['names of the deckhands', 'select dname from deckhand'],
      ['and their wages', 'select dname, dsalary from deckhand'],
    ],
  ],
  refusals: [
    ['average width of the ferries', /width/],
    ['total profit of the accidents', /profit/],
    ['how many captains are there', /captains/],
  ],
};
