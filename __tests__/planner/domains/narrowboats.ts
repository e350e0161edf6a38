/** Narrowboats for hire: what happened lately, and how many different ones there are of what each row has one of. */
import type { Domain } from './domain.js';

export const narrowboats: Domain = {
  name: 'narrowboats',
  today: '2025-05-02',
  sql: [
    `create table boats (id int primary key, name text not null, hull text not null, launched_on date not null, hurt int not null)`,
    `create table skippers (id int primary key, first_name text not null, last_name text not null, hired_on date not null)`,
    `create table hires (id int primary key, boat_id int not null references boats, skipper_id int not null references skippers, hired_from date not null)`,
    `create table locks (id int primary key, name text not null, county text not null, canal text not null)`,
    `create table passages (hire_id int not null references hires, lock_id int not null references locks, primary key (hire_id, lock_id))`,
    `insert into boats values (1,'Heron','steel','2001-04-01',0),(2,'Otter','wood','2020-05-05',1),(3,'Vole','steel','1998-07-09',2)`,
    `insert into skippers values (1,'Ada','Moss','2024-12-01'),(2,'Ben','Reed','2010-02-02'),(3,'Cal','Wade','2019-09-09'),(4,'Ada','Wade','2016-06-06')`,
    `insert into hires values (1,1,1,'2025-01-02'),(2,1,2,'2025-03-09'),(3,2,3,'2025-04-20'),(4,3,4,'2024-08-30'),(5,3,2,'2025-03-15')`,
    `insert into locks values (1,'Upper Gate','Kent','Grand'),(2,'Lower Gate','Kent','Grand'),(3,'Mill Lock','Surrey','Grand'),(4,'Bell Lock','Essex','Link')`,
    `insert into passages values (1,1),(1,2),(2,3),(5,4),(3,1),(3,4),(4,2)`,
  ],
  cases: [
    [
      'which skipper most recently hired a steel boat',
      `select first_name, last_name from skippers where id = 2`,
    ],
    [
      'the 2 skippers who most recently hired a boat',
      `select first_name, last_name from skippers where id in (2, 3)`,
    ],
    [
      'which skippers passed locks in more than one county',
      `select first_name, last_name from skippers where id in (2, 3)`,
    ],
    [
      'which boats have passed locks of at least two canals',
      `select name from boats where id in (2, 3)`,
    ],
    [
      'skippers called Ada Moss or Cal Wade',
      `select first_name, last_name from skippers where id in (1, 3)`,
    ],
    [
      'how many skippers are named Ben Reed or Ada Wade?',
      `select count(*) from skippers where id in (2, 4)`,
    ],
    [
      'which skippers hired a steel boat in 2024?',
      `select first_name, last_name from skippers where id = 4`,
    ],
    ['how many skippers hired the Vole in 2025', `select count(*) from skippers where id = 2`],
    [
      'which skipper has been with us the longest?',
      `select first_name, last_name from skippers where id = 2`,
    ],
    [
      'names of boats in descending order of the number of skippers hurt',
      `select name from boats order by hurt desc`,
    ],
    ['counties of locks that have more than one lock', `select 'Kent'`],
    ['which canals of locks have exactly one lock of that canal', `select 'Link'`],
  ],
  refusals: [['names of boats that have more than two boats', /boats/]],
  talks: [
    [
      ['boats that passed locks in more than one county', 'select name from boats'],
      ['how many are made of steel?', 'select 2'],
    ],
  ],
};
