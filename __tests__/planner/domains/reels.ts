/** Reels in halls: verbs that say no more than a link does, of one row of it, and deeds that nothing tells. */
import type { Domain } from './domain.js';

export const reels: Domain = {
  name: 'reels',
  today: '2025-06-15',
  sql: [
    `create table reels (reel_id int primary key, title text not null, makers_country text)`,
    `create table halls (hall_id int primary key, hall_name text not null, town text not null)`,
    `create table projectionists (projectionist_id int primary key, first_name text not null, last_name text not null)`,
    `create table runs (
      run_id int primary key, reel_id int not null references reels, hall_id int not null references halls,
      projectionist_id int references projectionists, weekday text not null)`,
    `create table crates (crate_id int primary key, courier_name text not null, hall_id int not null references halls, weight_kg int)`,
    `insert into reels values (1,'Dune Song','Chile'),(2,'Salt Road','Peru'),(3,'Glass Owl','Chile')`,
    `insert into halls values (1,'Rex','Ely'),(2,'Odeon','Ripon'),(3,'Lyric','Ely')`,
    `insert into projectionists values (1,'Ola','Berg'),(2,'Kit','Snow')`,
    `insert into runs values (1,1,1,1,'Monday'),(2,1,2,2,'Friday'),(3,2,1,2,'Friday'),(4,2,2,1,'Monday'),(5,1,1,1,'Monday')`,
    `insert into crates values (1,'Swift',1,40),(2,'Mule',2,55),(3,'Swift',3,12)`,
  ],
  cases: [
    [
      'Which reels were shown on Friday in the Rex?',
      `select title from reels r where exists (select from runs u where u.reel_id = r.reel_id and u.weekday = 'Friday' and u.hall_id = 1)`,
    ],
    [
      'Which halls have shown "Salt Road"?',
      'select hall_name from halls h where exists (select from runs u where u.hall_id = h.hall_id and u.reel_id = 2)',
    ],
    [
      'Which projectionists have seen "Salt Road"?',
      'select first_name, last_name from projectionists p where exists (select from runs u where u.projectionist_id = p.projectionist_id and u.reel_id = 2)',
    ],
    [
      'ids and weights of the crates carried by Swift',
      `select crate_id, weight_kg from crates where courier_name = 'Swift'`,
    ],
    ['How many crates were sent by Swift?', 'select 2'],
    [
      'Show the name of each hall and the number of crates kept there.',
      'select h.hall_name, count(*) from halls h join crates c on c.hall_id = h.hall_id group by h.hall_id',
    ],
  ],
  refusals: [
    ['Who directed "Dune Song"?', /belong|directed/],
    ['Which halls won "Dune Song"?', /belong|won/],
    ['Which reels have beaten "Dune Song"?', /beaten/],
  ],
  talks: [
    [
      ['reels shown in Ely', `select title from reels where reel_id in (1, 2)`],
      ['how many are there?', 'select 2'],
    ],
  ],
};
