/** A pottery that is spoken of with more words than its tables have: what they add, and what they do not. */
import type { Domain } from './domain.js';

export const pottery: Domain = {
  name: 'pottery',
  today: '2025-05-05',
  sql: [
    `create table potters (id int primary key, first_name text not null, last_name text not null, town text not null, date_joined date not null, date_left date)`,
    `create table kilns (id int primary key, name text not null, fuel text not null, capacity int not null)`,
    `create table pots (id int primary key, potter_id int not null references potters, kiln_id int not null references kilns, title text not null, glaze text not null, price numeric not null)`,
    `create table repairs (id int primary key, pot_id int not null references pots, repair_date date not null, amount numeric not null)`,
    `create table contests (id int primary key, potter_id int not null references potters, season int not null, gold int not null, silver int not null)`,
    `insert into potters values (1, 'Ada', 'Loam', 'Stoke', '2019-02-01', null), (2, 'Ben', 'Marl', 'Bath', '2020-03-05', '2024-01-31'), (3, 'Cleo', 'Silt', 'Stoke', '2021-07-09', null)`,
    `insert into kilns values (1, 'Etna', 'wood', 40), (2, 'Hekla', 'gas', 90), (3, 'Fuji', 'gas', 120)`,
    `insert into pots select i, 1 + i % 3, 1 + i % 2, 'Pot ' || i, (array['celadon','tenmoku','shino'])[1 + (i / 2) % 3], 20 + (i * 7) % 50 from generate_series(1, 14) i`,
    `insert into repairs select i, 1 + (i * 3) % 9, date '2025-01-01' + i, i * 4 from generate_series(1, 6) i`,
    `insert into contests values (1, 1, 2023, 2, 1), (2, 2, 2023, 0, 3), (3, 1, 2024, 1, 0), (4, 3, 2024, 4, 2)`,
  ],
  cases: [
    ['Show the title and the glaze scheme of every pot.', 'select title, glaze from pots'],
    [
      'How many pots have the glaze level "shino"?',
      `select count(*) from pots where glaze = 'shino'`,
    ],
    ['What is the total number of gold medals?', 'select sum(gold) from contests'],
    [
      'How many pots have no repair histories?',
      'select count(*) from pots p where not exists (select from repairs r where r.pot_id = p.id)',
    ],
    ['What is the total amount of money of the repairs?', 'select sum(amount) from repairs'],
    ['How many kilns are there in this shop?', 'select count(*) from kilns'],
    ['What are the names of all kilns in the museum?', 'select name from kilns'],
    [
      'When did Ada Loam join the company?',
      `select date_joined from potters where first_name = 'Ada'`,
    ],
    [
      'List the titles of the pots and sort the results by price.',
      'select title from pots order by price',
    ],
    [
      'Show the names of kilns that can accommodate more than 80 visitors.',
      'select name from kilns where capacity > 80',
    ],
    ['What is the kiln that can accommodate the most pots?', `select name from kilns where id = 3`],
    [
      'Show the titles of pots whose price is in the range of 20 and 40.',
      'select title from pots where price between 20 and 40',
    ],
    [
      'Show the titles of pots with a price within the range 20 to 40.',
      'select title from pots where price between 20 and 40',
    ],
    [
      'Show the titles of the pots crafted by potters from Stoke.',
      `select p.title from pots p join potters q on q.id = p.potter_id where q.town = 'Stoke'`,
    ],
    [
      'Which potter has incurred the most repairs?',
      `select first_name, last_name from potters where id = 2`,
    ],
    ['Hom many kilns have a capactiy over 100?', 'select count(*) from kilns where capacity > 100'],
    [
      'names of kilns that can accomodate more than 80 visitors',
      'select name from kilns where capacity > 80',
    ],
  ],
  refusals: [
    ['the spuot of the pots', /spuot/],
    ['titles of the pots auctioned by Marl', /auctioned/],
    ['How many pots are there in the cellar?', /cellar/],
    ['What is the status of each potter?', /status/],
    ['Show the titles of pots with their policy.', /policy/],
    ['How many scheme pots are there?', /scheme/],
    ['How many potters work in the museum cafe?', /museum|cafe/],
    ['How many pots weigh more than 5 kilograms?', /./],
    ['How many pots were auctioned?', /auctioned/],
    ['How many potters have a first aid badge?', /badge|aid/],
  ],
  talks: [
    [
      ['How many kilns are in this shop?', 'select count(*) from kilns'],
      ['show their names', 'select name from kilns'],
    ],
  ],
};
