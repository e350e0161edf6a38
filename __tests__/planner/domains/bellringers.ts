/** Bell ringers and the methods that they ring: another one, one without the other, and both halves of a column. */
import type { Domain } from './domain.js';

export const bellringers: Domain = {
  name: 'bellringers',
  today: '2025-04-04',
  sql: [
    `create table method_type (method varchar(20) primary key, methodtype varchar(20) not null)`,
    `create table ringers (ringer_id int primary key, fname text not null, lname text not null, age int not null, sex varchar(1) not null)`,
    `create table rings (ringer_id int not null references ringers, method varchar(20) not null references method_type, unique (ringer_id, method))`,
    `insert into method_type values ('Bristol', 'surprise'), ('London', 'surprise'), ('Grandsire', 'plain'), ('Bob', 'plain'), ('Stedman', 'principle')`,
    `insert into ringers values (1, 'Ada', 'Thole', 41, 'F'), (2, 'Ben', 'Rope', 23, 'M'), (3, 'Cleo', 'Sally', 35, 'F'), (4, 'Dan', 'Tenor', 58, 'M'), (5, 'Eve', 'Treble', 19, 'F')`,
    `insert into rings values (1, 'Bristol'), (1, 'London'), (2, 'Bristol'), (3, 'Bob'), (4, 'Bob'), (4, 'Bristol'), (5, 'London')`,
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
