/** A playhouse whose columns are written in one, and whose links hold nothing but keys. */
import type { Domain } from './domain.js';

export const theatre: Domain = {
  name: 'theatre',
  today: '2025-03-03',
  sql: [
    `create table stages (stageid int primary key, stagename text not null, seattype text not null, rentprice int not null, maxaudience int not null, lighting text not null)`,
    `create table troupes (troupeid int primary key, troupename text not null, hometown text not null, foundyear int not null)`,
    `create table stage_gear (gearid int primary key, gear_name text not null)`,
    `create table has_gear (stageid int not null references stages, gearid int not null references stage_gear, primary key (stageid, gearid))`,
    `insert into stages select i, (array['Cellar','Arena','Loft','Barge','Courtyard'])[i], (array['Bench','Velvet','Bench','Folding','Velvet'])[i], (array[120,480,90,210,300])[i], (array[60,900,45,150,320])[i], (array['warm','cold','warm','warm','cold'])[i] from generate_series(1, 5) i`,
    `insert into troupes select i, (array['Mimes','Masks','Clowns'])[i], (array['Ghent','Turin','Ghent'])[i], 1990 + i * 4 from generate_series(1, 3) i`,
    `insert into stage_gear values (1, 'Fog Machine'), (2, 'Trapdoor'), (3, 'Turntable')`,
    `insert into has_gear values (1, 1), (2, 1), (2, 2), (3, 3), (4, 1), (4, 3), (5, 2)`,
  ],
  cases: [
    ['What is the average price of the stages?', 'select avg(rentprice) from stages'],
    [
      'Show the names of stages whose price is above the average price.',
      'select stagename from stages where rentprice > (select avg(rentprice) from stages)',
    ],
    [
      'Which stage has the highest rent price?',
      'select stagename from stages order by rentprice desc limit 1',
    ],
    [
      'Find the name of the stage with the maximum audience.',
      'select stagename from stages order by maxaudience desc limit 1',
    ],
    ['How many stages have velvet seats?', `select count(*) from stages where seattype = 'Velvet'`],
    [
      'List the seat type and rent price of all stages sorted by audience.',
      'select seattype, rentprice from stages order by maxaudience',
    ],
    [
      'Count the stages that cost more than 100 for each different lighting.',
      'select lighting, count(*) from stages where rentprice > 100 group by lighting',
    ],
    [
      'How many stages are there for each lighting type?',
      'select lighting, count(*) from stages group by lighting',
    ],
    ['Show the stagename and rentprice of stages.', 'select stagename, rentprice from stages'],
    [
      'What are the names of the gear that the Arena has?',
      `select g.gear_name from stage_gear g join has_gear h using (gearid) join stages s using (stageid) where s.stagename = 'Arena'`,
    ],
    [
      'What is the name of each stage that has a Fog Machine but no Turntable?',
      `select stagename from stages s where exists (select from has_gear h where h.stageid = s.stageid and h.gearid = 1) and not exists (select from has_gear h where h.stageid = s.stageid and h.gearid = 3)`,
    ],
    ['What are the home towns of troupes?', 'select hometown from troupes'],
    ['Which troupes are from Ghent?', `select troupename from troupes where hometown = 'Ghent'`],
  ],
  refusals: [['What is the ticket price of each stage?', /ticket/]],
  talks: [
    [
      [
        'List the stages with bench seats.',
        `select stagename from stages where seattype = 'Bench'`,
      ],
      [
        'only those that cost more than 100',
        `select stagename from stages where seattype = 'Bench' and rentprice > 100`,
      ],
    ],
  ],
};
