/** A stage: keys that say in which part somebody is, links between two things, accounts of people, numbers before a thing. */
import type { Domain } from './domain.js';

export const stage: Domain = {
  name: 'stage',
  today: '2025-03-03',
  sql: [
    `create table crew_members (crew_id int primary key, first_name text not null, last_name text not null)`,
    `create table props (prop_id int primary key, prop_name text not null)`,
    `create table defects (
      defect_id int primary key, prop_id int not null references props, reported_by_crew_id int not null references crew_members,
      approved_by_crew_id int not null references crew_members, date_defect_reported date not null, note text)`,
    `create table defect_journal (
      defect_journal_id int primary key, assigned_to_crew_id int not null references crew_members, defect_id int not null references defects)`,
    `create table tutors (tutor_id int primary key, tutor_name text not null, rank int not null)`,
    `create table apprentices (apprentice_id int primary key, sponsor_name text, apprentice_name text not null, points int not null)`,
    `create table apprentice_tutor (apprentice_id int not null references apprentices, tutor_id int not null references tutors, primary key (apprentice_id, tutor_id))`,
    `create table patronacct (p_id int primary key, name text not null)`,
    `create table pledges (pledge_id int primary key, p_id int not null references patronacct, sum_promised int not null)`,
    `insert into crew_members values (1,'Ida','Lund'),(2,'Per','Holm'),(3,'Siv','Dahl'),(4,'Tor','Moe')`,
    `insert into props values (1,'ladder'),(2,'crown'),(3,'lantern')`,
    `insert into defects values (1,1,1,2,'2024-01-05','torn'),(2,1,3,2,'2024-02-06','bent'),(3,2,1,4,'2024-03-07','lost'),(4,3,3,1,'2024-04-08','dull'),(5,2,2,3,'2024-05-09','split')`,
    `insert into defect_journal values (1,4,3),(2,1,1),(3,2,1),(4,3,2),(5,1,5)`,
    `insert into tutors values (1,'Vera',1),(2,'Walt',2),(3,'Xeno',1)`,
    `insert into apprentices values (1,'Acme','Nia',30),(2,'Bolt','Oli',10),(3,'Cork','Pia',20)`,
    `insert into apprentice_tutor values (1,1),(1,2),(2,2),(3,3)`,
    `insert into patronacct values (1,'Rolf'),(2,'Signe'),(3,'Ulla')`,
    `insert into pledges values (1,1,50),(2,1,70),(3,2,20)`,
  ],
  cases: [
    [
      'first names of the crew members assigned to the defect with id 1',
      'select first_name from crew_members where crew_id in (select assigned_to_crew_id from defect_journal where defect_id = 1)',
    ],
    [
      'Which crew members are assigned to defect 3? Give me the last names.',
      'select last_name from crew_members where crew_id in (select assigned_to_crew_id from defect_journal where defect_id = 3)',
    ],
    [
      'What is the date of the defects reported by Ida Lund?',
      'select date_defect_reported from defects where reported_by_crew_id = 1',
    ],
    [
      'names of the props that have defects reported by both Ida Lund and Siv Dahl',
      'select prop_name from props where prop_id = 1',
    ],
    [
      'Show the names of apprentices and the names of their tutors',
      'select a.apprentice_name, t.tutor_name from apprentices a join apprentice_tutor l on l.apprentice_id = a.apprentice_id join tutors t on t.tutor_id = l.tutor_id',
    ],
    [
      'names of tutors and names of their apprentices',
      'select t.tutor_name, a.apprentice_name from apprentices a join apprentice_tutor l on l.apprentice_id = a.apprentice_id join tutors t on t.tutor_id = l.tutor_id',
    ],
    ['rank 1 tutors', 'select tutor_name from tutors where rank = 1'],
    ['how many rank 2 tutors are there', 'select count(*) from tutors where rank = 2'],
    [
      'names of the apprentices with a rank 2 tutor',
      `select apprentice_name from apprentices where apprentice_name in ('Nia', 'Oli')`,
    ],
    ['how many patrons are there', 'select count(*) from patronacct'],
    [
      'names of the patrons without pledges',
      'select name from patronacct where p_id not in (select p_id from pledges)',
    ],
    ['name of the patron with the most pledges', `select name from patronacct where name = 'Rolf'`],
  ],
  refusals: [
    ['names of the crew members assigned to the sewing', /sewing/],
    ['list all information in the table of props', /information/],
  ],
  talks: [
    [
      ['rank 1 tutors', 'select tutor_name from tutors where rank = 1'],
      ['how many are there', 'select count(*) from tutors where rank = 1'],
    ],
  ],
};
