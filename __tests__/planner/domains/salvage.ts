/** Divers and wrecks: amounts in several units, numbers of what is counted, words that say no more than their neighbours. */
import type { Domain } from './domain.js';

export const salvage: Domain = {
  name: 'salvage',
  today: '2026-05-04',
  sql: [
    `create table divers (diver_id int primary key, name text not null, country text not null)`,
    `create table wrecks (
      wreck_id int primary key, name text not null, num_victims int not null,
      worth_in_dollars int not null, worth_in_francs int not null, claim_approved text not null)`,
    `create table dives (
      dive_id int primary key, wreck_id int not null references wrecks, diver_id int not null references divers,
      seconds int not null, rating int not null)`,
    `create table tools (tool_id int primary key, label text not null, diver_id int not null references divers)`,
    `create table ascents (wreck_id int not null references wrecks, year int not null, ascents int not null, primary key (wreck_id, year))`,
    `create table hearings (
      hearing_id int primary key, topic text not null, supporting int not null references divers, opposing int not null references divers)`,
    `create table datalogs (log_id int primary key, bytes int not null)`,
    `insert into divers select i, (array['Ada Holm','Bo Lind','Cy Mora','Di Nagy'])[i], (array['Malta','Chile'])[1 + i % 2] from generate_series(1, 4) i`,
    `insert into wrecks select i, (array['Alba','Brig','Corvo','Dorne','Esk'])[i], (array[12,0,40,3,0])[i], i * 700, 4000 - i * 500, (array['yes','no'])[1 + i % 2] from generate_series(1, 5) i`,
    `insert into dives select i, 1 + (i * i) % 5, 1 + i % 4, 600 + (i * 37) % 500, i from generate_series(1, 20) i`,
    `insert into tools select i, 'tool ' || i, (array[1,1,1,1,2,3])[i] from generate_series(1, 6) i`,
    `insert into hearings values (1, 'fees', 1, 2), (2, 'gear', 2, 3), (3, 'tides', 1, 3)`,
    `insert into datalogs select i, i * 10 from generate_series(1, 7) i`,
    `insert into ascents select i, y, i * (y - 2015) from generate_series(1, 5) i, generate_series(2018, 2021) y`,
  ],
  cases: [
    ['which wreck had the most victims?', `select 'Corvo'`],
    ['what is the wreck with the most victims?', `select 'Corvo'`],
    ['how many wrecks had victims?', 'select count(*) from wrecks where num_victims > 0'],
    ['names of wrecks without victims', 'select name from wrecks where num_victims = 0'],
    [
      'names of wrecks with a worth above 1500 (in USD)',
      'select name from wrecks where worth_in_dollars > 1500',
    ],
    ['what is the average worth in francs of wrecks?', 'select avg(worth_in_francs) from wrecks'],
    ['what is the average duration of dives?', 'select avg(seconds) from dives'],
    ['what is the maximum duration of dives in seconds?', 'select max(seconds) from dives'],
    [
      'list the name and claim approval status of each wreck',
      'select name, claim_approved from wrecks',
    ],
    ['name of the diver(s) from Malta', `select name from divers where country = 'Malta'`],
    ['name and country of origin of all divers', 'select name, country from divers'],
    [
      'ids of the top three highly rated dives',
      'select dive_id from dives order by rating desc limit 3',
    ],
    ['id of the most poorly rated dive', 'select dive_id from dives order by rating limit 1'],
    [
      'which divers possess more than 3 tools?',
      'select name from divers d where (select count(*) from tools t where t.diver_id = d.diver_id) > 3',
    ],
    [
      'name the tools possessed by Ada Holm',
      'select label from tools t join divers d using (diver_id) where d.name = $$Ada Holm$$',
    ],
    [
      'names of divers on the opposing side of hearings',
      'select name from divers where diver_id in (select opposing from hearings)',
    ],
    [
      'names of divers that have not been on the opposing side of hearings',
      'select name from divers where diver_id not in (select opposing from hearings)',
    ],
    ['how many data logs are there?', 'select count(*) from datalogs'],
    ['how many ascents were made in 2020?', 'select sum(ascents) from ascents where year = 2020'],
  ],
  refusals: [
    ['what is the average worth of wrecks?', /worth_in_dollars.*worth_in_francs/s],
    ['what is the average worth of wrecks in euros?', /./],
    ['what is the average duration of dives in minutes?', /./],
    ['the number of victims of origin', /./],
  ],
  talks: [
    [
      ['how many wrecks had victims?', 'select count(*) from wrecks where num_victims > 0'],
      ['which of them had the most victims?', `select 'Corvo'`],
    ],
  ],
};
