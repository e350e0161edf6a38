/** A bell foundry: keys that are names, codes that lead to things of the same name, and what a request tells of its own answer. */
import type { Domain } from './domain.js';

export const foundry: Domain = {
  name: 'foundry',
  today: '2025-05-05',
  sql: [
    `create table guilds (guild_name text primary key, place text not null, dues int not null)`,
    `create table founders (founder_id int primary key, name text not null, town text not null, guild_name text not null references guilds, mentor int references founders (founder_id))`,
    `create table furnaces (code text primary key, label text not null, heat int not null)`,
    `create table bells (bell_id int primary key, title text not null, guild_name text not null references guilds, weight int not null)`,
    `create table castings (casting_id int primary key, founder_id int not null references founders, bell_id int not null references bells, furnace text not null references furnaces (code), town text not null, lot text not null)`,
    `insert into guilds values ('Bronze', 'Hallgate', 20), ('Tin', 'Mill Lane', 35), ('Iron', 'Quay', 15)`,
    `insert into founders select i, (array['Ada Bly','Ben Orr','Cy Low','Di Moss','Ed Nye','Flo Pim'])[i], (array['Ely','Rye','Ely','Wick','Rye','Ely'])[i], (array['Bronze','Tin','Iron'])[1 + i % 3], case when i > 1 then 1 + i % 2 end from generate_series(1, 6) i`,
    `insert into furnaces values ('F1', 'Old Nan', 900), ('F2', 'Big Red', 1100), ('F3', 'Spare', 700)`,
    `insert into bells select i, (array['Great Tom','Little John','Angelus','Curfew','Tenor'])[i], (array['Bronze','Tin'])[1 + i % 2], 100 + 70 * i from generate_series(1, 5) i`,
    `insert into castings select i, 1 + (i * i) % 5, 1 + i % 5, (array['F1','F2','F2'])[1 + i % 3], (array['Ely','Rye','Stow'])[1 + i % 3], (100 + i)::text from generate_series(1, 14) i`,
  ],
  cases: [
    ['Where is the Tin guild?', `select place from guilds where guild_name = 'Tin'`],
    ['What are the names of the bells?', `select title from bells`],
    ['all the founder information in town Ely', `select * from founders where town = 'Ely'`],
    [
      'Which furnace has the largest number of castings?',
      `select label from furnaces f join castings c on c.furnace = f.code group by f.code order by count(*) desc limit 1`,
    ],
    [
      'Show the towns and the number of castings from each town.',
      `select town, count(*) from castings group by town`,
    ],
    [
      'guild name and total dues of guilds that have at least two founders',
      `select guild_name, sum(dues) from guilds g where (select count(*) from founders f where f.guild_name = g.guild_name) >= 2 group by 1`,
    ],
    ['castings with lot 105', `select * from castings where lot = '105'`],
  ],
  refusals: [['What are the titles of the 2 heaviest bells and what are they?', /what/i]],
  talks: [
    [
      ['names of founders', `select name from founders`],
      ['only those from Ely', `select name from founders where town = 'Ely'`],
    ],
  ],
};
