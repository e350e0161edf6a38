/** Quarries and their blocks: columns told in units, and requests that tell numbers in others. */
import type { Domain } from './domain.js';

export const stonepits: Domain = {
  name: 'stonepits',
  today: '2025-05-05',
  sql: [
    `create table pits (pit_id int primary key, pit_name text not null, elevation_ft int not null, rainfall_mm int not null, opened_year int not null)`,
    `create table masons (mason_id int primary key, mason_name text not null, birth_year int not null, pit_id int references pits)`,
    `create table blocks (block_id int primary key, pit_id int not null references pits, stone text not null, weight_kg numeric not null, width_cm int not null, cut_min int not null, price_eur numeric not null)`,
    `create table carts (cart_id int primary key, cart_name text not null, limit_t int not null, toll numeric not null)`,
    `insert into pits values (1, 'Grey Face', 900, 1200, 1860), (2, 'Long Step', 4200, 640, 1955), (3, 'Sheer End', 2600, 880, 2010)`,
    `insert into masons select i, 'Mason ' || i, 1950 + (i * 17) % 50, 1 + i % 3 from generate_series(1, 8) i`,
    `insert into blocks select i, 1 + i % 3, (array['slate','marble'])[1 + i % 2], 400 + (i * 730) % 4000, 40 + (i * 37) % 140, 30 + (i * 47) % 200, 5 * i from generate_series(1, 14) i`,
    `insert into carts values (1, 'Ox', 3, 4), (2, 'Mule', 1, 2)`,
  ],
  cases: [
    [
      'Show the ids of the blocks that are heavier than 2 tonnes.',
      'select block_id from blocks where weight_kg > 2000',
    ],
    [
      'How many blocks weigh more than 1.5 tonnes?',
      'select count(*) from blocks where weight_kg > 1500',
    ],
    [
      'How many slate blocks are wider than 1 metre?',
      `select count(*) from blocks where stone = 'slate' and width_cm > 100`,
    ],
    ['pits higher than 1000 metres', 'select pit_name from pits where elevation_ft > 3280.84'],
    ['names of the pits above 2000 feet', 'select pit_name from pits where elevation_ft > 2000'],
    ['the name of the wettest pit', `select pit_name from pits where pit_id = 1`],
    [
      'Who is the youngest mason?',
      'select mason_name from masons order by birth_year desc limit 1',
    ],
    ['masons older than 50 years', 'select mason_name from masons where birth_year < 1975'],
  ],
  refusals: [
    ['Which blocks are heavier than 3 metres?', /./],
    ['Which blocks have a price above 3 kilometres?', /./],
    ['the loudest pit', /ranked/],
  ],
  talks: [
    [
      ['masons older than 50 years', 'select mason_name from masons where birth_year < 1975'],
      ['how many are there?', 'select count(*) from masons where birth_year < 1975'],
    ],
  ],
};
