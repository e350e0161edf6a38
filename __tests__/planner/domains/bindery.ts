/** A bindery: counts that are kept as columns, prices in two currencies, columns that are names themselves, codes. */
import type { Domain } from './domain.js';

export const bindery: Domain = {
  name: 'bindery',
  today: '2025-03-03',
  sql: [
    `create table workshops (workshop_id int primary key, workshop_name text not null, foreman text not null, patron text, country text not null, total_benches int not null)`,
    `create table bindings (binding_title text primary key, b_id int not null, workshop_id int not null references workshops, num_of_plates int not null, blemishes int, stitch_count int not null, price_in_francs numeric not null, price_in_pounds numeric not null, weight_oz numeric not null, weight_g numeric not null, gilded char(1) not null)`,
    `insert into workshops values (1, 'Alder Lane', 'Ivo Stone', 'Cole Press', 'Wales', 4), (2, 'Stone Court', 'Jan Reed', 'Alder Trust', 'Eire', 9), (3, 'Mill Row', 'Ada Cole', null, 'Wales', 2)`,
    `insert into bindings select 'Volume ' || i, 500 + i, 1 + i % 3, 20 * i, nullif(i % 4, 3), 100 + i * 7, i * 12, i * 10, i * 3, i * 85, case when i % 3 = 0 then 'Y' else 'N' end from generate_series(1, 11) i`,
  ],
  cases: [
    [
      'How many bindings have number of plates smaller than 100?',
      'select count(*) from bindings where num_of_plates < 100',
    ],
    [
      'Titles of the bindings that have a plate count of at least 120',
      'select binding_title from bindings where num_of_plates >= 120',
    ],
    [
      'Which workshops have a total number of benches above 3?',
      'select workshop_name from workshops where total_benches > 3',
    ],
    [
      'What is the average total number of benches of the workshops?',
      'select avg(total_benches) from workshops',
    ],
    [
      'How many bindings have blemish records?',
      'select count(*) from bindings where blemishes > 0',
    ],
    [
      'titles of the bindings without stitches',
      'select binding_title from bindings where stitch_count = 0',
    ],
    [
      'titles of the bindings with a price above 60 pounds',
      'select binding_title from bindings where price_in_pounds > 60',
    ],
    [
      'What is the title of the binding with the lowest price (in CHF)?',
      'select binding_title from bindings order by price_in_francs limit 1',
    ],
    ['average price of the bindings in francs', 'select avg(price_in_francs) from bindings'],
    [
      'titles of the bindings that weigh more than 12 ounces',
      'select binding_title from bindings where weight_oz > 12',
    ],
    [
      'Which patrons have the substring "Alder" in their names?',
      `select patron from workshops where patron like '%Alder%'`,
    ],
    [
      'Find the patrons whose name ends with "Press"',
      `select patron from workshops where patron like '%Press'`,
    ],
    [
      'foremen of the workshops whose name starts with "Stone"',
      `select foreman from workshops where workshop_name like 'Stone%'`,
    ],
    [
      'names of the workshops supported by a patron whose name contains "Press"',
      `select workshop_name from workshops where patron like '%Press%'`,
    ],
    [
      'ids of the bindings with a price above 100 francs',
      'select b_id from bindings where price_in_francs > 100',
    ],
    [
      'name and country of origin of the workshops with more than 3 benches',
      'select workshop_name, country from workshops where total_benches > 3',
    ],
    [
      `How many bindings are gilded (have 'Y' as "gilded" information)?`,
      `select count(*) from bindings where gilded = 'Y'`,
    ],
    [
      `titles of the bindings that are gilded, with gilded value 'N'`,
      `select binding_title from bindings where gilded = 'N'`,
    ],
  ],
  refusals: [
    ['titles of the bindings with a price above 60', /price_in_(?:francs|pounds)/],
    ['average price of the bindings (in USD)', /USD/],
    ['titles of the bindings with a price above 60 dollars', /dollars/],
  ],
  talks: [
    [
      [
        'titles of the bindings with a price above 60 pounds',
        'select binding_title from bindings where price_in_pounds > 60',
      ],
      ['how many are there?', 'select count(*) from bindings where price_in_pounds > 60'],
    ],
  ],
};
