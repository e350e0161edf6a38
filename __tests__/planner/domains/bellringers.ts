/** Bell ringers and the methods that they ring: another one, one without the other, and both halves of a column. */
import type { Domain } from './domain.js';

export const bellringers: Domain = {
  name: 'bellringers',
  today: '2025-04-04',
  sql: [
    `create table method_type (method varchar(20) primary key, methodtype varchar(20) not null)`,
    `create table ringers (ringer_id int primary key, fname text not null, lname text not null, age int not null, sex varchar(1) not null)`,
    `create table rings (ringer_id int not null references ringers, method varchar(20) not null references method_type, unique (ringer_id, method))`,
    `create table passes (pass_id int primary key, ringer_id int not null references ringers, pass_number varchar(20) not null, state varchar(1) not null)`,
    `create table towers (tower_id int primary key, tower_name text not null, country text not null)`,
    `create table visits (visit_id int primary key, ringer_id int not null references ringers, home_tower int not null references towers, visited_tower int not null references towers)`,
    `insert into method_type values ('Bristol', 'surprise'), ('London', 'surprise'), ('Grandsire', 'plain'), ('Bob', 'plain'), ('Stedman', 'principle')`,
    `insert into ringers values (1, 'Ada', 'Thole', 41, 'F'), (2, 'Ben', 'Rope', 23, 'M'), (3, 'Cleo', 'Sally', 35, 'F'), (4, 'Dan', 'Tenor', 58, 'M'), (5, 'Eve', 'Treble', 19, 'F')`,
    `insert into rings values (1, 'Bristol'), (1, 'London'), (2, 'Bristol'), (3, 'Bob'), (4, 'Bob'), (4, 'Bristol'), (5, 'London')`,
    `insert into towers values (1, 'Bow', 'England'), (2, 'Cork', 'Ireland'), (3, 'Ely', 'England')`,
    `insert into visits values (1, 1, 1, 2), (2, 1, 1, 3), (3, 4, 2, 3)`,
    `insert into passes values (1, 4, '4560596484842', 'Y'), (2, 5, '4560596484999', 'y'), (3, 1, '88', 'N')`,
  ],
  cases: [
    [
      'What is the average age of male and female ringers?',
      'select sex, avg(age) from ringers group by sex',
    ],
    [
      'How many female and male ringers are there?',
      'select sex, count(*) from ringers group by sex',
    ],
    [
      'How many male and female ringers are there altogether?',
      `select count(*) from ringers where sex in ('M', 'F')`,
    ],
    [
      'What is the average age of the female ringers?',
      `select avg(age) from ringers where sex = 'F'`,
    ],
    [
      'last names of the ringers who have a Bristol method but not a London method',
      `select lname from ringers r where exists (select from rings g where g.ringer_id = r.ringer_id and method = 'Bristol') and not exists (select from rings g where g.ringer_id = r.ringer_id and method = 'London')`,
    ],
    [
      'last names of ringers with a method other than Bristol',
      `select lname from ringers r where exists (select from rings g where g.ringer_id = r.ringer_id and method <> 'Bristol')`,
    ],
    [
      'first and last name of the ringer with pass number 4560596484842',
      `select fname, lname from ringers where ringer_id = 4`,
    ],
    [`How many passes have the state 'Y'?`, 'select 1'],
    [
      'For each country, how many visits have a visited tower there?',
      'select country, count(*) from visits join towers on tower_id = visited_tower group by country',
    ],
    ['How many method types exist?', 'select count(distinct methodtype) from method_type'],
    ['How many methods are there?', 'select count(*) from method_type'],
  ],
  refusals: [['How many bells are there?', /bells/]],
  talks: [
    [
      ['How many ringers have a Bristol method?', 'select 3'],
      ['what are their last names?', `select unnest(array['Thole', 'Rope', 'Tenor'])`],
    ],
  ],
};
