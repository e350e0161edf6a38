/** A stonemasons' yard: who does it, what there is of a kind, counts beside names, and what comes last. */
import type { Domain } from './domain.js';

export const quarry: Domain = {
  name: 'quarry',
  today: '2025-03-03',
  sql: [
    `create table quarries (id int primary key, name text not null, stone text not null, region text not null, contact_number text, opened_year int not null, opened_on date not null)`,
    `create table masons (id int primary key, name text not null, guild text not null, rank text not null, wage numeric(8,2) not null)`,
    `create table saws (id int primary key, label text not null, sawyer text not null, price numeric(8,2) not null, quarry_id int not null references quarries)`,
    `create table carvings (id int primary key, title text not null, style text not null, fee_asked numeric(8,2) not null, mason_id int not null references masons, quarry_id int not null references quarries, shed int not null)`,
    `insert into quarries select i, (array['Grey Top','Old Pit','Swan','Heath','Long Cut'])[i], (array['slate','granite','slate','marble','granite'])[i], (array['North','North','West','South','West'])[i], '0' || (7000 + i), (array[1998,2004,2004,2011,2011])[i], date '1998-05-01' + (array[0,2200,2390,4700,4900])[i] from generate_series(1, 5) i`,
    `insert into masons select i, (array['Ada Flint','Bo Marl','Cy Chalk','Di Shale','Ed Gravel','Flo Loam'])[i], (array['Hammer','Chisel','Hammer','Rule','Chisel','Hammer'])[i], (array['Master','Fellow','Fellow','Master','Apprentice','Fellow'])[i], 1200 + (i * 177) % 640 from generate_series(1, 6) i`,
    `insert into saws select i, 'S' || i, (array['Hob','Ned','Hob','Wat'])[1 + i % 4], 90 + (i * 37) % 110, 1 + i % 5 from generate_series(1, 9) i`,
    `insert into carvings select i, 'Piece ' || i, (array['relief','bust','frieze'])[1 + i % 3], 40 + (i * 53) % 300, 1 + (i * i) % 6, 1 + i % 4, 1 + i % 3 from generate_series(1, 24) i`,
  ],
  cases: [
    [
      'What is the total fee asked by masons with a wage above 1500?',
      'select sum(c.fee_asked) from carvings c join masons m on m.id = c.mason_id where m.wage > 1500',
    ],
    ['What is the average fee asked by all the masons?', 'select avg(fee_asked) from carvings'],
    [
      'How many carvings were made by masons whose guild is Hammer?',
      `select count(*) from carvings c join masons m on m.id = c.mason_id where m.guild = 'Hammer'`,
    ],
    [
      'average fee asked by mason',
      'select m.name, avg(c.fee_asked) from carvings c join masons m on m.id = c.mason_id group by m.id',
    ],
    ['What are the different sawyers?', 'select distinct sawyer from saws'],
    [
      'Which sawyers use saws that cost over 150?',
      'select distinct sawyer from saws where price > 150',
    ],
    ['Show all styles.', 'select distinct style from carvings'],
    ['What are all the regions with a quarry?', 'select distinct region from quarries'],
    [
      'Which sheds hold carvings of style bust?',
      `select distinct shed from carvings where style = 'bust'`,
    ],
    ['Show the style of all carvings.', 'select style from carvings'],
    [
      'How many carvings does each quarry have? List the number and the quarry name.',
      'select count(*), q.name from quarries q join carvings c on c.quarry_id = q.id group by q.id',
    ],
    [
      'Return the names and ids of each quarry, as well as the number of saws.',
      'select q.name, q.id, count(*) from quarries q join saws s on s.quarry_id = q.id group by q.id',
    ],
    ['How many chisel masons are there?', `select count(*) from masons where guild = 'Chisel'`],
    [
      'Which quarries are either in the region North, or in the region West and of granite?',
      `select name from quarries where region = 'North' or (region = 'West' and stone = 'granite')`,
    ],
    [
      'Show the name, wage, and guild of the mason with the lowest wage.',
      'select name, wage, guild from masons order by wage limit 1',
    ],
    [
      'Which carving has the largest fee?',
      'select title from carvings order by fee_asked desc limit 1',
    ],
    [
      'names of masons that are not of the guild Hammer',
      `select name from masons where guild <> 'Hammer'`,
    ],
    [
      'What is the name of the quarry that was opened most recently?',
      'select name from quarries order by opened_on desc limit 1',
    ],
  ],
  refusals: [
    ['What is the weight of each carving?', /weight/],
    ['what are the stones of all quarries and all masons?', /./],
    ['What are the opening dates of all quarries and all masons?', /quarries|masons|opening/],
  ],
  talks: [
    [
      ['how many carvings are there?', 'select count(*) from carvings'],
      ['only those of style bust', `select count(*) from carvings where style = 'bust'`],
    ],
  ],
};
