/** A plant nursery: lines that hold how many, and prices that stand elsewhere. */
import type { Domain } from './domain.js';

const worth = 'sum(l.quantity * s.unit_price)';
const lines =
  'tray_lines l join seedlings s using (seedling_id) join deliveries d using (delivery_id)';

export const nursery: Domain = {
  name: 'nursery',
  today: '2025-05-05',
  sql: [
    `create table growers (grower_id int primary key, grower_name text not null, town text not null)`,
    `create table seedlings (seedling_id int primary key, species text not null, unit_price numeric not null, height int not null)`,
    `create table deliveries (delivery_id int primary key, grower_id int not null references growers, delivered_on date not null)`,
    `create table tray_lines (delivery_id int not null references deliveries, seedling_id int not null references seedlings, quantity int not null, primary key (delivery_id, seedling_id))`,
    `create table soils (soil_id int primary key, soil text not null, price_per_kg numeric not null)`,
    `create table loads (load_id int primary key, soil_id int not null references soils, grower_id int not null references growers, weight_kg int not null)`,
    `create table tours (tour_id int primary key, grower_id int not null references growers, guests int not null, fee numeric not null, deposit numeric not null)`,
    `insert into growers select i, (array['Oak Farm','Elm Yard','Ash Plot'])[i], (array['Ely','Rye','Ely'])[i] from generate_series(1, 3) i`,
    `insert into seedlings select i, (array['birch','larch','rowan','hazel'])[i], 2 + i * 1.5, 10 * i from generate_series(1, 4) i`,
    `insert into deliveries select i, 1 + i % 3, date '2025-01-01' + 9 * i from generate_series(1, 8) i`,
    `insert into tray_lines select i, 1 + (i + k) % 4, 3 + (i * k) % 7 from generate_series(1, 8) i, generate_series(1, 2) k`,
    `insert into soils values (1, 'peat', 0.4), (2, 'loam', 0.25)`,
    `insert into loads select i, 1 + i % 2, 1 + i % 3, 40 * i from generate_series(1, 7) i`,
    `insert into tours select i, 1 + i % 3, 5 + i, 30, 10 from generate_series(1, 4) i`,
  ],
  cases: [
    [
      'What is the total value of each delivery?',
      `select d.delivery_id, ${worth} from ${lines} group by 1`,
    ],
    [
      'What is the total price of the seedlings in each delivery?',
      `select d.delivery_id, ${worth} from ${lines} group by 1`,
    ],
    [
      'Which delivery had the highest total value (quantity times price)?',
      `select d.delivery_id from ${lines} group by 1 order by ${worth} desc limit 1`,
    ],
    [
      'For each grower, what is the total value of its loads, computed as weight times price per kg? Give the grower name and the value.',
      `select grower_name, sum(weight_kg * price_per_kg) from growers join loads using (grower_id) join soils using (soil_id) group by grower_id`,
    ],
    [
      'sum of weight * price per kg per soil',
      `select soil, sum(weight_kg * price_per_kg) from loads join soils using (soil_id) group by soil`,
    ],
    ['revenue per species', `select s.species, ${worth} from ${lines} group by 1`],
    ['average price of the seedlings', 'select avg(unit_price) from seedlings'],
    ['sum of the heights of the seedlings', 'select sum(height) from seedlings'],
  ],
  refusals: [
    ['What is the total value of each tour?', /value|belong together/],
    ['total of weight times height for each grower', /./],
  ],
  talks: [
    [
      ['total value of each delivery', `select d.delivery_id, ${worth} from ${lines} group by 1`],
      [
        'only those from 2024',
        `select d.delivery_id, ${worth} from ${lines} where delivered_on < '2025-01-01' group by 1`,
      ],
    ],
  ],
};
