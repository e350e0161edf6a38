/** A shipyard: what is tallest, oldest, most common and second, and in what order things are told. */
import type { Domain } from './domain.js';

export const shipyard: Domain = {
  name: 'shipyard',
  today: '2025-05-05',
  sql: [
    `create table piers (id int primary key, name text not null, length_m int not null, built_year int not null)`,
    `create table captains (id int primary key, name text not null, birth_date date, salary numeric(8,2), home_town text not null)`,
    `create table vessels (
      id int primary key, name text not null, flag text not null, tonnage int, height_m numeric(5,1) not null,
      launched_on date not null, captain_id int not null references captains, pier_id int not null references piers)`,
    `create table repairs (id int primary key, vessel_id int not null references vessels, cost numeric(9,2) not null, repaired_on date not null, kind text not null)`,
    `insert into piers values (1,'North Pier',120,1950),(2,'Stone Pier',300,1932),(3,'New Pier',210,2004)`,
    `insert into captains values (1,'Aud Berg','1960-03-01',5200,'Bergen'),(2,'Ciro Dias','1984-07-12',4100,'Lagos'),(3,'Eun Frey','1975-11-30',6100,'Bergen'),(4,'Gus Hill',null,null,'Cork')`,
    `insert into vessels select i, (array['Gull','Heron','Petrel','Skua','Tern','Auk','Eider','Plover'])[i], (array['Norway','Ireland','Norway','Portugal'])[1 + i % 4],
       case when i = 7 then null else 900 + (i * 377) % 2000 end, 10 + (i * 7) % 23, date '1990-02-01' + i * 611, 1 + i % 3, 1 + (i * i) % 3 from generate_series(1, 8) i`,
    `insert into repairs select i, 1 + (i * i) % 6, 100 + (i * 173) % 900, date '2024-01-10' + i * 9, (array['hull','engine','hull','paint','hull','radio'])[1 + i % 6] from generate_series(1, 23) i`,
  ],
  cases: [
    ['the tallest vessel', 'select name from vessels order by height_m desc limit 1'],
    [
      'the three heaviest vessels by tonnage',
      'select name, tonnage from vessels order by tonnage desc nulls last limit 3',
    ],
    [
      'which vessel has the second highest height',
      'select name from vessels order by height_m desc limit 1 offset 1',
    ],
    ['name of the oldest captain', 'select name from captains order by birth_date limit 1'],
    [
      'what is the name of the captain whose salary is the highest',
      'select name from captains order by salary desc nulls last limit 1',
    ],
    [
      'names of captains from the oldest to the youngest',
      'select name from captains order by birth_date',
    ],
    [
      'list the names of vessels in descending order of height',
      'select name from vessels order by height_m desc',
    ],
    [
      'names of vessels sorted by flag and then by name descending',
      'select name from vessels order by flag, name desc',
    ],
    ['names of piers in reverse alphabetical order', 'select name from piers order by name desc'],
    [
      'vessel names ordered by the name of their pier',
      'select v.name from vessels v join piers p on p.id = v.pier_id order by p.name, v.id',
    ],
    [
      'the most common flag among vessels',
      'select flag from vessels group by flag order by count(*) desc limit 1',
    ],
    [
      'which kind of repair is least frequent',
      'select kind from repairs group by kind order by count(*), kind limit 1',
    ],
    [
      'name of the vessel with the most repairs',
      'select v.name from vessels v join repairs r on r.vessel_id = v.id group by v.id order by count(*) desc, v.id limit 1',
    ],
    [
      'name and height of the vessel with the most repairs',
      'select v.name, v.height_m from vessels v join repairs r on r.vessel_id = v.id group by v.id order by count(*) desc, v.id limit 1',
    ],
    [
      'which pier has the vessels with the highest average height',
      'select p.name from piers p join vessels v on v.pier_id = p.id group by p.id order by avg(v.height_m) desc limit 1',
    ],
    [
      'names of vessels at the longest pier',
      'select v.name from vessels v join piers p on p.id = v.pier_id where p.length_m = (select max(length_m) from piers)',
    ],
    [
      'repairs of the vessel with the most repairs',
      'select * from repairs where vessel_id = (select vessel_id from repairs group by vessel_id order by count(*) desc, vessel_id limit 1)',
    ],
    [
      'average height of the 3 heaviest vessels',
      'select avg(height_m) from (select height_m from vessels order by tonnage desc nulls last limit 3) h',
    ],
    [
      'which vessel was launched most recently',
      'select name from vessels order by launched_on desc limit 1',
    ],
    [
      'different flags of vessels ordered by height',
      'select flag from vessels group by flag order by min(height_m)',
    ],
  ],
  refusals: [
    ['the best captain', /captain/],
    ['the most seaworthy vessel', /seaworthy/],
    ['vessels in order of their glamour', /glamour/],
  ],
  talks: [
    [
      ['names of vessels', 'select name from vessels'],
      ['sort them by height', 'select name from vessels order by height_m'],
    ],
  ],
};
