/** Airships: names, codes and links that several tables have, told apart by what is nearest to what is asked for. */
import type { Domain } from './domain.js';

export const airships: Domain = {
  name: 'airships',
  today: '2025-06-15',
  sql: [
    `create table ref_hull_types (hull_type_code text primary key, hull_type_description text not null)`,
    `create table airships (
      airship_id int primary key, airship_name text not null, hull_type_code text not null references ref_hull_types,
      capacity int not null)`,
    `create table pilots (pilot_id int primary key, pilot_name text not null, town text not null)`,
    `create table pilot_enlistments (
      pilot_id int not null references pilots, airship_id int not null references airships, primary key (pilot_id, airship_id))`,
    `create table trainings (
      pilot_id int not null references pilots, airship_id int not null references airships, hours int not null,
      primary key (pilot_id, airship_id))`,
    `create table voyages (
      voyage_id int primary key, voyage_name text not null, airship_id int not null references airships,
      distance_km int not null)`,
    `create table rigger (rigid int primary key, fname text not null, lname text not null)`,
    `create table mast (mastid int primary key, mast_name text not null)`,
    `create table rigger_drills_at (rigid int references rigger, mastid int references mast)`,
    `insert into ref_hull_types values ('RG','Rigid'),('SR','Semi-rigid'),('BL','Blimp')`,
    `insert into airships values (1,'Tern','RG',40),(2,'Cirrus','SR',12),(3,'Anvil','RG',66)`,
    `insert into pilots values (1,'Ada Roth','Lund'),(2,'Ben Sipe','Visby'),(3,'Cleo Farr','Lund'),(4,'Dag Moe','Kalmar')`,
    `insert into pilot_enlistments values (1,1),(2,1),(3,2)`,
    `insert into trainings values (1,1,20),(2,3,14),(4,3,9)`,
    `insert into voyages values (1,'Northern Loop',1,900),(2,'Fjord Run',3,1200),(3,'Isle Hop',1,300)`,
    `insert into rigger values (1,'Eva','Holt'),(2,'Finn','Berg'),(3,'Gro','Aas')`,
    `insert into mast values (1,'Northmast'),(2,'Lowfield')`,
    `insert into rigger_drills_at values (1,1),(1,2),(2,1),(2,1),(3,2)`,
  ],
  cases: [
    ['list all hull type codes', 'select hull_type_code from ref_hull_types'],
    ['list all airship ids', 'select airship_id from airships'],
    [
      'show the name and capacity of the airship that has the longest voyage',
      `select airship_name, capacity from airships where airship_id = 3`,
    ],
    [
      'names of the pilots who never trained on any airship',
      'select pilot_name from pilots where pilot_id not in (select pilot_id from trainings)',
    ],
    [
      'names of the pilots who never enlisted on any airship',
      'select pilot_name from pilots where pilot_id not in (select pilot_id from pilot_enlistments)',
    ],
    [
      'the name and capacity of the airship with the highest capacity',
      `select airship_name, capacity from airships where airship_id = 3`,
    ],
    [
      'first names of the riggers who drill at Northmast or Lowfield',
      'select fname from rigger where rigid in (select rigid from rigger_drills_at)',
    ],
  ],
  refusals: [
    ['how many hull types does each airship have?', /each is there once/],
    ['which pilots belong to the airship Tern?', /more than one way/],
  ],
  talks: [
    [
      ['list all airship ids', 'select airship_id from airships'],
      ['how many are there', 'select count(*) from airships'],
    ],
  ],
};
