/** Many databases in one schema: most words are called so in several of them, and nothing links one with another. */
import { bindery } from './bindery.js';
import { brewery } from './brewery.js';
import { clinic } from './clinic.js';
import type { Domain } from './domain.js';
import { foundry } from './foundry.js';
import { harbour } from './harbour.js';
import { herbarium } from './herbarium.js';
import { mill } from './mill.js';
import { observatory } from './observatory.js';
import { pottery } from './pottery.js';
import { puppetry } from './puppetry.js';
import { quarry } from './quarry.js';
import { regatta } from './regatta.js';
import { salvage } from './salvage.js';
import { stage } from './stage.js';
import { theatre } from './theatre.js';
import { tramway } from './tramway.js';

const parts: readonly Domain[] = [
  ...[bindery, brewery, clinic, foundry, harbour, herbarium, mill, observatory, pottery],
  ...[puppetry, quarry, regatta, salvage, stage, theatre, tramway],
];

export const crowd: Domain = {
  name: 'crowd',
  today: '2025-03-03',
  sql: [
    ...parts.flatMap(({ sql }) => sql),
    `create table soc (socid int primary key, nm text not null, town text not null)`,
    `create table fellows (fid int primary key, fname text not null, lname text not null, dues int not null)`,
    `create table seats (fid int not null references fellows, socid int not null references soc, since int not null, primary key (fid, socid))`,
    `create table universities (id int primary key, name text not null, rank int not null)`,
    `create table tag_orders (order_id int primary key, fid int not null references fellows, total int not null)`,
    `create table tag_lines (order_id int not null references tag_orders, tag text not null, qty int not null)`,
    `create table requisitions (order_id int primary key, placed_on date not null)`,
    `insert into soc select i, (array['Lunar','Linnean','Royal Dredge','Antiquary'])[i], (array['Leeds','Cork','Leeds','Bath'])[i] from generate_series(1, 4) i`,
    `insert into fellows select i, (array['Ann','Ben','Cleo','Dov','Eve','Fay'])[i], (array['Ashby','Bligh','Crewe','Dunn','Eliot','Frome'])[i], 20 + (i * 17) % 50 from generate_series(1, 6) i`,
    `insert into seats select f, s, 1990 + f * s from generate_series(1, 6) f, generate_series(1, 4) s where (f * s) % 3 <> 0`,
    `insert into universities select i, (array['Northgate','Lunar','Seaford'])[i], i from generate_series(1, 3) i`,
    `insert into tag_orders select i, 1 + (i * i) % 5, 10 * i from generate_series(1, 9) i`,
    `insert into tag_lines select 1 + i % 9, (array['brass','tin','zinc'])[1 + i % 3], i from generate_series(1, 20) i`,
    `insert into requisitions select i, date '2024-01-01' + i from generate_series(1, 9) i`,
  ],
  cases: [
    ['How many societies are there?', 'select count(*) from soc'],
    [
      'Which fellows have a seat in the society "Lunar"? Show the first and last names.',
      `select f.fname, f.lname from fellows f join seats s on s.fid = f.fid join soc on soc.socid = s.socid where soc.nm = 'Lunar'`,
    ],
    [
      'What are the last names of the fellows of the society called Linnean?',
      `select f.lname from fellows f join seats s on s.fid = f.fid join soc on soc.socid = s.socid where soc.nm = 'Linnean'`,
    ],
    [
      'last names of fellows who never made an order',
      'select lname from fellows where fid not in (select fid from tag_orders)',
    ],
    [
      'the number of orders of each fellow',
      'select f.fname, f.lname, count(*) from fellows f join tag_orders o on o.fid = f.fid group by f.fid',
    ],
    ['total quantity per order', 'select order_id, sum(qty) from tag_lines group by order_id'],
    ['List names of all troupes', 'select troupename from troupes'],
    [
      'How many carvings were made by masons whose guild is Hammer?',
      `select count(*) from carvings c join masons m on m.id = c.mason_id where m.guild = 'Hammer'`,
    ],
    ['What is the average fee asked by all the masons?', 'select avg(fee_asked) from carvings'],
    ['patients from Kiel', `select pat_nm from tbl_pat where city = 'Kiel'`],
    [
      'find the town that the most rowers come from',
      'select t.town from towns t join rowers r on r.town_id = t.town_id group by t.town_id order by count(*) desc, t.town_id limit 1',
    ],
  ],
  refusals: [
    ['Show all styles.', /styles/],
    ['How many scheme pots are there?', /scheme/],
    ['What is the salary of each fellow?', /salary/],
    ['names of the universities that fellows studied at', /./],
  ],
  talks: [
    [
      ['how many fellows are there?', 'select count(*) from fellows'],
      ['only those with dues over 40', 'select count(*) from fellows where dues > 40'],
    ],
  ],
};
