/** A harbour: no foreign keys declared, codes with marks in them, names of people in two columns, keys with names of their own. */
import type { Domain } from './domain.js';

export const harbour: Domain = {
  name: 'harbour',
  today: '2025-05-05',
  sql: [
    `create table berths (berth_id int primary key, quay text not null, depth_m numeric(4,1) not null)`,
    `create table vessels (vessel_no int primary key, name text not null, flag text not null, length_m int not null, home_berth_id int)`,
    `create table pilots (pilot_id int primary key, first_name text not null, last_name text not null, licence text not null)`,
    `create table calls (id int primary key, vessel_no int not null, berth_id int not null, pilot_id int, arrived date not null, fee numeric(8,2) not null, permit text not null)`,
    `create table cargo_kinds (kind_code text primary key, description text not null)`,
    `create table call_cargo (call_id int not null, kind_code text not null, tonnes int not null, primary key (call_id, kind_code))`,
    `insert into berths values (1,'North Quay',12.5),(2,'North Quay',9.0),(3,'Basin, East',7.5),(4,'Ro-Ro Pier',8.0)`,
    `insert into vessels values (10,'Aurora Borealis','Norway',180,1),(11,'Sea of Tranquillity','Malta',220,1),(12,'Kittiwake','Norway',90,3),(13,'Señorita','Chile',140,null)`,
    `insert into pilots values (1,'Nora','Lund','P-12'),(2,'Theo','Brandt','P-7'),(3,'Nora','Brandt','X/9')`,
    `insert into calls select i, 10 + i % 4, 1 + i % 3, case when i % 5 <> 0 then 1 + i % 2 end, date '2025-01-03' + i * 5, 400 + (i * 73) % 900, 'HB-' || (100 + i % 6) from generate_series(1, 24) i`,
    `insert into cargo_kinds values ('grain','Grain in bulk'),('cars','Motor cars'),('wood','Sawn timber')`,
    `insert into call_cargo select i, (array['grain','cars','wood'])[1 + i % 3], 100 + i * 10 from generate_series(1, 24) i`,
  ],
  cases: [
    // Values: as they are typed, with marks, without accents, with a slip.
    ['vessels named "Sea of Tranquillity"', `select name from vessels where vessel_no = 11`],
    ['flag of the vessel Senorita', `select flag from vessels where vessel_no = 13`],
    ['length of the vessel Kitiwake', `select length_m from vessels where vessel_no = 12`],
    ['how many calls have the permit HB-103', `select count(*) from calls where permit = 'HB-103'`],
    [
      'names of the pilots with licence X/9',
      `select first_name, last_name from pilots where pilot_id = 3`,
    ],
    ['licence of the pilot "Nora Lund"', `select licence from pilots where pilot_id = 1`],
    ['licence of the pilot Theo Brandt', `select licence from pilots where pilot_id = 2`],
    [
      `depth of the berths whose quay is 'Basin, East'`,
      `select depth_m from berths where berth_id = 3`,
    ],
    [`names of vessels whose flag is "Peru"`, `select name from vessels where flag = 'Peru'`],
    [
      `how many vessels have the flag 'Norway'`,
      `select count(*) from vessels where flag = 'Norway'`,
    ],
    // Keys that are nowhere declared.
    [
      'number of calls of each vessel',
      'select v.name, count(*) from vessels v join calls c on c.vessel_no = v.vessel_no group by v.vessel_no, v.name',
    ],
    [
      'names of vessels that have no calls',
      'select name from vessels v where not exists (select from calls c where c.vessel_no = v.vessel_no)',
    ],
    [
      'how many calls did the pilot Nora Lund have',
      'select count(*) from calls where pilot_id = 1',
    ],
    [
      'average fee of calls of vessels from Norway',
      `select avg(fee) from calls c join vessels v on v.vessel_no = c.vessel_no where v.flag = 'Norway'`,
    ],
    [
      'number of calls at the berths of the North Quay',
      `select count(*) from calls where berth_id in (1, 2)`,
    ],
    [
      'total tonnes of each cargo kind',
      'select kind_code, sum(tonnes) from call_cargo group by kind_code',
    ],
    // One row a pair.
    [
      'names of vessels and the fees of their calls',
      'select v.name, c.fee from vessels v join calls c on c.vessel_no = v.vessel_no',
    ],
    [
      'names of vessels and the permits of their calls',
      'select v.name, c.permit from vessels v join calls c on c.vessel_no = v.vessel_no',
    ],
    ['id of the vessel Kittiwake', 'select vessel_no from vessels where vessel_no = 12'],
  ],
  refusals: [
    ['vessels from Atlantis', /Atlantis/],
    ['flag of the vessel Black Pearl', /Black|Pearl/],
    ['names of pilots with the tallest mast', /mast|tall/],
    ['how many calls had the permit of a lighthouse', /lighthouse/],
  ],
  talks: [
    [
      [
        'how many vessels have the flag Norway',
        `select count(*) from vessels where flag = 'Norway'`,
      ],
      ['and Malta?', `select count(*) from vessels where flag = 'Malta'`],
    ],
  ],
};
