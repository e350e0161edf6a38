/** Guided walks: people who are called after what they do, owners in a column, rows that only tie others together. */
import type { Domain } from './domain.js';

export const rambles: Domain = {
  name: 'rambles',
  today: '2025-05-02',
  sql: [
    `create table guides (guide_id int primary key, first_name text not null, last_name text not null, village text not null)`,
    `create table walks (walk_id int primary key, title text not null, terrain text not null, first_held_year int not null, length_km int not null)`,
    `create table walk_guides (walk_id int references walks, guide_id int references guides, since_year int)`,
    `create table barns (barn_id int primary key, label text not null, owner_name text not null, walk_id int references walks, sale_price int)`,
    `create table grievances (grievance_id int primary key, walk_id int references walks, lodged_on date not null)`,
    `insert into guides values (1,'Orla','Finch','Stow'),(2,'Piet','Maas','Kern'),(3,'Ada','Wold','Stow'),(4,'Kim','Rees','Kern')`,
    `insert into walks values (1,'Fox Ridge','marsh',1988,7),(2,'Old Weir','hills',1997,12),(3,'Lime Path','marsh',2004,5),(4,'Crag Loop','cliffs',2011,9)`,
    `insert into walk_guides values (1,1,2001),(2,1,2003),(3,2,2010),(4,3,2012),(1,3,2015)`,
    `insert into barns values (1,'Red Barn','Ivo Tull',1,900),(2,'Dutch Barn','Ivo Tull',2,1500),(3,'Long Barn','Una Speck',3,700),(4,'Tithe Barn','Gil Hart',2,2400)`,
    `insert into grievances values (1,1,'2024-03-01'),(2,1,'2024-06-04'),(3,3,'2025-01-09')`,
  ],
  cases: [
    [
      'Who guides "Fox Ridge"?',
      `select first_name, last_name from guides g where exists (select from walk_guides k join walks w using (walk_id) where k.guide_id = g.guide_id and w.title = 'Fox Ridge')`,
    ],
    [
      'Who guides more than one walk?',
      `select first_name, last_name from guides g where (select count(*) from walk_guides k where k.guide_id = g.guide_id) > 1`,
    ],
    ['Who owns the Long Barn?', `select owner_name from barns where label = 'Long Barn'`],
    [
      'Who owns more than one barn?',
      `select owner_name from barns group by owner_name having count(*) > 1`,
    ],
    [
      'titles of the walks to which no guide has ever been assigned',
      `select title from walks w where not exists (select from walk_guides k where k.walk_id = w.walk_id)`,
    ],
    ['Which walks date from before 2000?', `select title from walks where first_held_year < 2000`],
    ['walks dating back to 1997', `select title from walks where first_held_year = 1997`],
    ['Which barns were sold for more than 800?', `select label from barns where sale_price > 800`],
    [
      'terrains with more than one walk, along with their average length',
      `select terrain, avg(length_km) from walks group by terrain having count(*) > 1`,
    ],
    [
      'What are the longest, the shortest and the average length of the walks?',
      `select max(length_km), min(length_km), avg(length_km) from walks`,
    ],
    [
      'Are there any walks without guides? What are they called?',
      `select title from walks w where not exists (select from walk_guides k where k.walk_id = w.walk_id)`,
    ],
    [
      'What are the terrains of the walks? Show each of them only once.',
      `select distinct terrain from walks`,
    ],
    ['barns with a known sale price', `select label from barns where sale_price is not null`],
  ],
  refusals: [
    // What something was let for is not what it was sold for.
    ['Which barns were rented for more than 800?', /rented/],
    // Which village is theirs is said of both together.
    ['walks led by guides from a village that is not their own village', /./],
    // A list of all of them does not tell the average.
    ['What is the average length of the walks? List the titles.', /./],
    // Nothing tells who does it.
    ['Who paints the Long Barn?', /paints/],
  ],
  talks: [
    [
      ['how many walks are there', 'select count(*) from walks'],
      ['and guides', 'select count(*) from guides'],
    ],
  ],
};
