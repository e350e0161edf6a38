/** A circus: parts that keys give a row, people that are other people's rows, links between two of a kind, years for keys. */
import type { Domain } from './domain.js';

export const circus: Domain = {
  name: 'circus',
  today: '2025-03-03',
  sql: [
    `create table venues (venue_id int primary key, name text not null, town text not null, seats int not null)`,
    `create table employees (emp_no int primary key, first_name text not null, last_name text not null, age int not null, hometown text)`,
    // No constraint says that an acrobat is one employee.
    `create table acrobats (emp_no int references employees, discipline text)`,
    `create table galas (year int primary key, host_venue int references venues, tickets int not null)`,
    `create table acts (act_code text primary key, title text not null, leader_no int references employees)`,
    `create table pairings (employee_no int not null references employees, partner_no int not null references employees, since int not null,
      primary key (employee_no, partner_no))`,
    `create table rehearsals (rehearsal_id int primary key, venue_id int references venues, clown text, hours int not null, mood text)`,
    `create table membership_of_union (emp_no int references employees, dues numeric not null)`,
    `insert into venues values (1,'Old Tannery','Leeds',800),(2,'Dock Shed','Hull',450),(3,'Corn Hall','Diss',300),(4,'Armoury','York',950)`,
    `insert into employees values (1,'Ida','Moss',31,'Leeds'),(2,'Otto','Vane',24,'Hull'),(3,'Rhea','Cobb',45,'Leeds'),(4,'Jory','Pell',38,'Truro'),(5,'Tess','Quill',27,'York')`,
    `insert into acrobats values (1,'trapeze'),(2,'silks'),(5,'trapeze')`,
    `insert into galas values (2016,1,700),(2017,2,400),(2018,1,640),(2019,4,900),(2021,4,910)`,
    `insert into acts values ('FLY','Night Flight',1),('DROP','Long Drop',1),('KNOT','Silk Knots',2),('CLWN','Three Hats',3)`,
    `insert into pairings values (1,5,2019),(5,1,2019),(2,1,2022),(3,4,2015)`,
    `insert into membership_of_union values (1,12),(3,20),(4,18)`,
    `insert into rehearsals values (1,1,'Bobo',3,'calm'),(2,1,'Pip',2,'wild'),(3,2,'Bobo',5,'wild'),(4,4,'Zaza',1,'calm')`,
  ],
  cases: [
    [
      'Which venues served as a host venue after 2018?',
      `select name from venues v where exists (select from galas g where g.host_venue = v.venue_id and g.year > 2018)`,
    ],
    [
      'Which venues have been host venues?',
      `select name from venues v where exists (select from galas g where g.host_venue = v.venue_id)`,
    ],
    [
      'names of venues that have at least two clowns',
      'select name from venues v where (select count(*) from rehearsals r where r.venue_id = v.venue_id) >= 2',
    ],
    ['moods of the clowns in the Dock Shed', `select mood from rehearsals where venue_id = 2`],
    ['Which clowns are wild?', `select distinct clown from rehearsals where mood = 'wild'`],
    ['how many galas were before 2018', 'select count(*) from galas where year < 2018'],
    [
      'names of the venues that have never been host venues',
      `select name from venues v where not exists (select from galas g where g.host_venue = v.venue_id)`,
    ],
    [
      'last names of the acrobats who lead more than one act',
      `select last_name from employees e join acrobats using (emp_no) where (select count(*) from acts a where a.leader_no = e.emp_no) > 1`,
    ],
    [
      'last names of employees who have no partner',
      `select last_name from employees e where not exists (select from pairings p where p.employee_no = e.emp_no)`,
    ],
    [
      'How many union members are younger than 35?',
      `select count(*) from membership_of_union join employees using (emp_no) where age < 35`,
    ],
  ],
  refusals: [['Which venues served as a boxing ring?', /boxing/]],
  talks: [
    [
      ['list the titles of the acts', 'select title from acts'],
      ['how many are there', 'select count(*) from acts'],
    ],
  ],
};

/** A holiday camp that keeps no keys at all: what links its lists is the cabin. */
export const camp: Domain = {
  name: 'camp',
  today: '2025-07-07',
  sql: [
    `create table campers (last_name text, first_name text, age int, cabin int, primary key (last_name, first_name))`,
    `create table counsellors (last_name text, first_name text, cabin int, primary key (last_name, first_name))`,
    `insert into campers values ('Abel','Nia',9,1),('Bock','Tom',10,1),('Cade','Uma',8,2),('Dorr','Lev',11,3),('Enns','Ivo',9,3)`,
    `insert into counsellors values ('Frey','Gail',1),('Hobb','Kurt',2),('Iver','Dora',3),('Juel','Piet',4)`,
  ],
  cases: [
    [
      'How many campers does Gail Frey look after?',
      `select count(*) from campers where cabin = (select cabin from counsellors where last_name = 'Frey')`,
    ],
    [
      'last names of counsellors with campers older than 9',
      `select last_name from counsellors c where exists (select from campers k where k.cabin = c.cabin and k.age > 9)`,
    ],
    [
      'Which counsellors have no campers? Give me the last names.',
      `select last_name from counsellors c where not exists (select from campers k where k.cabin = c.cabin)`,
    ],
    [
      'Which campers stay with counsellor Dora Iver?',
      `select first_name, last_name from campers where cabin = 3`,
    ],
  ],
  refusals: [['Which campers are allergic to nuts?', /allergic/]],
  talks: [
    [
      ['how many campers are there', 'select count(*) from campers'],
      ['only those in cabin 1', 'select count(*) from campers where cabin = 1'],
    ],
  ],
};
