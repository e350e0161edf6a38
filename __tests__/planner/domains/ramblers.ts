/** Ramblers: numbers of what a column tells, what is denied of a thing, and what nobody asks for. */
import type { Domain } from './domain.js';

export const ramblers: Domain = {
  name: 'ramblers',
  today: '2025-06-15',
  sql: [
    `create table ramblers (
      rid int primary key, name text not null, village text not null, date_of_birth date not null, mentor int)`,
    `create table trails (tid int primary key, trail_name text not null, warden text not null)`,
    `create table ratings (
      rid int references ramblers (rid), tid int references trails (tid), boots int, rated_on date)`,
    `create table rangers (
      ranger_id int primary key references ramblers (rid), badge_points int not null)`,
    `create table outings (outing_id int primary key, year int not null, name text not null, date text not null)`,
    `create table grants (grant_id int primary key, trail_id int references trails (tid), amount int not null)`,
    `create table donors (donor_id int primary key, trail_id int references trails (tid), no_of_grants int not null)`,
    `insert into ramblers values (1,'Ida','Ash','1980-02-01',7),(2,'Bo','Elm','1990-05-05',7),(3,'Cy','Ash','1975-09-09',7),
      (4,'Dee','Fir','2001-01-01',8)`,
    `insert into trails values (1,'Ridge','Holt'),(2,'Fen','Marsh'),(3,'Moor','Holt')`,
    `insert into ratings values (1,1,4,'2024-01-01'),(1,2,2,'2024-02-01'),(2,1,5,'2024-03-01'),(3,2,3,'2024-04-01'),
      (1,1,4,'2024-05-01')`,
    `insert into rangers values (1,40),(2,10)`,
    `insert into outings values (1,2024,'Spring','2024-04-01'),(2,2024,'Autumn','2024-10-01')`,
    `insert into grants values (1,1,100),(2,1,50),(3,2,70)`,
    `insert into donors values (1,1,9),(2,2,9)`,
  ],
  cases: [
    ['ramblers who gave 4 boots', `select name from ramblers where rid = 1`],
    ['names of ramblers who never gave 4 boots', `select name from ramblers where rid <> 1`],
    ['Which trails got a 5 boot rating?', `select trail_name from trails where tid = 1`],
    ['ramblers who rated Ridge and Fen', `select name from ramblers where rid = 1`],
    ['ramblers who rated Ridge or Fen', `select name from ramblers where rid <= 3`],
    ['trails with more than 2 boots', `select trail_name from trails where tid in (1, 2)`],
    ['trails with more than 2 ratings', `select trail_name from trails where tid = 1`],
    ['From which villages did no rangers come?', `select 'Fir'`],
    [
      'names of ramblers by date of birth from old to young',
      `select name from ramblers order by date_of_birth`,
    ],
    ['Which mentors mentor more than 2 ramblers?', 'select 7'],
    [
      'the total amount of grants for each trail',
      `select trail_name, sum(amount) from trails join grants on trail_id = tid group by 1`,
    ],
  ],
  refusals: [
    ['the most recent outing', /dates as text/],
    ['the three best paid donors, starting with the best paid one', /./],
    ['How many ramblers have at least one "A" boot?', /./],
  ],
  talks: [
    [
      ['names of ramblers who gave 4 boots', `select name from ramblers where rid = 1`],
      ['how many are there?', `select 1`],
    ],
  ],
};
