/** Makers of instruments and those who play them: what conditions say, of one row, of several, of none. */
import type { Domain } from './domain.js';

export const lutherie: Domain = {
  name: 'lutherie',
  today: '2025-06-15',
  sql: [
    `create table makers (id int primary key, name text not null, town text not null, age int not null, tradition text not null, founded_year int)`,
    `create table instruments (
      id int primary key, name text not null, kind text not null, maker_id int not null references makers,
      price numeric(8,2) not null, weight numeric(5,2), built_year int not null, wood text)`,
    `create table players (id int primary key, name text not null, age int not null, town text not null, seat_code text not null)`,
    `create table hires (
      id int primary key, instrument_id int not null references instruments, player_id int not null references players,
      started_on date not null, weeks int not null)`,
    `insert into makers values
      (1,'Orla Finch','Cremeda',61,'baroque',1988),(2,'Bert Zahn','Mittenau',38,'modern',2009),(3,'Silvio Ratti','Cremeda',27,'modern',2019),
      (4,'Noor Haddad','Oldbridge',55,'folk',1995),(5,'Wren Castle','Mittenau',70,'baroque',null)`,
    `insert into instruments
      select i, (array['Amber Viola','Brisk Violin','Cold Cello','Dune Harp','Ember Lute','Fern Violin','Gale Cello','Hush Viola','Isle Lute','Jade Harp','Kite Violin','Lark Cello'])[i],
        (array['viola','violin','cello','harp','lute','violin','cello','viola','lute','harp','violin','cello'])[i], 1 + i % 4,
        400 + (i * 977) % 2600, case when i % 6 = 0 then null else 0.5 + (i * 1.3)::numeric(5,2) end, 1990 + (i * 5) % 34, (array['maple','spruce','ebony'])[1 + i % 3]
      from generate_series(1, 12) i`,
    `insert into players
      select i, (array['Ada Quill','Ben Rook','Cy Tarn','Dot Umber','Eli Vane','Fay Wold','Gil Yarrow','Hal Zest'])[i], 18 + (i * 11) % 50,
        (array['Oldbridge','Cremeda','Seaford'])[1 + i % 3], 'S' || (100 + i)
      from generate_series(1, 8) i`,
    `insert into hires
      select i, 1 + (i * 5) % 11, 1 + (i * 3) % 7, date '2023-02-01' + i * 17, 1 + (i * 7) % 20 from generate_series(1, 40) i`,
  ],
  cases: [
    [
      'How many cellos are there among the instruments?',
      `select count(*) from instruments where kind = 'cello'`,
    ],
    [
      'How many of the instruments are harps?',
      `select count(*) from instruments where kind = 'harp'`,
    ],
    [
      'Among the instruments, how many are lutes?',
      `select count(*) from instruments where kind = 'lute'`,
    ],
    [
      'average price per kind, only kinds with at least 3 instruments',
      'select kind, avg(price) from instruments group by kind having count(*) >= 3',
    ],
    [
      'number of hires per player, only those with more than 5',
      'select p.name, count(*) from hires h join players p on p.id = h.player_id group by p.id, p.name having count(*) > 5',
    ],
    [
      'For each maker, show the average price of instruments, but only for makers with at least three instruments.',
      'select m.name, avg(i.price) from makers m join instruments i on i.maker_id = m.id group by m.id, m.name having count(*) >= 3',
    ],
    [
      'How many makers live in each of the towns?',
      'select town, count(*) from makers group by town',
    ],
    [
      'Some makers have no instruments. What are they called?',
      'select name from makers where id not in (select maker_id from instruments)',
    ],
    [
      'Which instrument has a higher price than any other?',
      'select name from instruments order by price desc limit 1',
    ],
    ['Who among the players is older than 40?', 'select name from players where age > 40'],
    [
      'instruments with a price over 2500 or below 800',
      'select name from instruments where price > 2500 or price < 800',
    ],
    [
      'names of makers older than 60 or younger than 30',
      'select name from makers where age > 60 or age < 30',
    ],
    ['players with age either 29 or 40', 'select name from players where age in (29, 40)'],
    ['names of players under the age of 30', 'select name from players where age < 30'],
    [
      'names of the instruments whose price is between 500 and 1500',
      'select name from instruments where price between 500 and 1500',
    ],
    [
      'names of instruments that cost at least 2000',
      'select name from instruments where price >= 2000',
    ],
    [
      'names of instruments that are more expensive than the average',
      'select name from instruments where price > (select avg(price) from instruments)',
    ],
    [
      'names of instruments with a price below the average price of cellos',
      `select name from instruments where price < (select avg(price) from instruments where kind = 'cello')`,
    ],
    [
      'makers older than every maker in Mittenau',
      `select name from makers where age > (select max(age) from makers where town = 'Mittenau')`,
    ],
    ['names of makers who are younger than Noor Haddad', `select name from makers where age < 55`],
    [
      'names of players in the same town as Ada Quill',
      `select name from players where town = (select town from players where name = 'Ada Quill')`,
    ],
    [
      'towns that have both makers older than 50 and makers younger than 30',
      `select town from makers where age > 50 intersect select town from makers where age < 30`,
    ],
    [
      'Show the towns shared by makers older than 60 and younger than 40',
      `select town from makers where age > 60 intersect select town from makers where age < 40`,
    ],
    [
      'Which makers have made both violins and cellos? Give their names.',
      `select name from makers m where exists (select 1 from instruments where maker_id = m.id and kind = 'violin') and exists (select 1 from instruments where maker_id = m.id and kind = 'cello')`,
    ],
    [
      'Which towns do not have any makers with the modern tradition?',
      `select town from makers except select town from makers where tradition = 'modern'`,
    ],
    [
      'names of instruments that start with the letter F',
      `select name from instruments where name like 'F%'`,
    ],
    [
      `names of instruments that have the word 'Violin' in their name`,
      `select name from instruments where name ilike '%violin%'`,
    ],
    [
      'names of players that never hired a harp',
      `select name from players p where not exists (select 1 from hires h join instruments i on i.id = h.instrument_id where h.player_id = p.id and i.kind = 'harp')`,
    ],
    [
      'names of instruments that Ben Rook hired',
      `select name from instruments i where exists (select 1 from hires h join players p on p.id = h.player_id where h.instrument_id = i.id and p.name = 'Ben Rook')`,
    ],
    [
      'names of instruments that Ada Quill hired but Ben Rook did not hire',
      `select name from instruments i where exists (select 1 from hires h join players p on p.id = h.player_id where h.instrument_id = i.id and p.name = 'Ada Quill')
         and not exists (select 1 from hires h join players p on p.id = h.player_id where h.instrument_id = i.id and p.name = 'Ben Rook')`,
    ],
    [
      'how many instruments were built in or after 2010',
      'select count(*) from instruments where built_year >= 2010',
    ],
    [
      'names of instruments built in the 1990s',
      'select name from instruments where built_year between 1990 and 1999',
    ],
    [
      'names of instruments not made of maple',
      `select name from instruments where wood <> 'maple'`,
    ],
    [
      'names of makers in Cremeda, or in Mittenau and with the baroque tradition',
      `select name from makers where town = 'Cremeda' or (town = 'Mittenau' and tradition = 'baroque')`,
    ],
    [
      'how many players have seat code S104',
      `select count(*) from players where seat_code = 'S104'`,
    ],
  ],
  talks: [
    [
      ['names of players older than 40', 'select name from players where age > 40'],
      ['only those in Seaford', `select name from players where age > 40 and town = 'Seaford'`],
    ],
  ],
  refusals: [
    ['How many dentists are there among the players?', /dentists/],
    ['makers that are both older than 60 and younger than 30 in total yodeling', /yodeling/],
    ['names of players older than the heaviest cello', /./],
    ['instruments whose price zorbles', /zorbles/],
  ],
};
