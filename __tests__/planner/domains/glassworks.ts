/** A glassworks: workshops with a foreman, rows whose reference is missing, one column name in several tables. */
import type { Domain } from './domain.js';

export const glassworks: Domain = {
  name: 'glassworks',
  today: '2025-03-10',
  sql: [
    `create table crafts (craft_code text primary key, craft_name text not null)`,
    `create table workshops (workshop_id int primary key, title text not null, town text not null, foreman_id int)`,
    `create table blowers (blower_id int primary key, first_name text not null, last_name text not null, craft_code text not null references crafts, workshop_id int references workshops)`,
    `alter table workshops add foreign key (foreman_id) references blowers`,
    `create table cinemas (cinema_id int primary key, name text not null, town text not null, seats int not null)`,
    `create table wares (ware_id int primary key, label text not null, workshop_id int not null references workshops, hall text not null)`,
    `create table firings (firing_id int primary key, ware_id int not null references wares, hall text not null, season text not null, furnace text not null)`,
    `insert into crafts values ('BLOW', 'Glass blowing'), ('CUTT', 'Cutting'), ('ENGR', 'Engraving')`,
    `insert into workshops values (1, 'Ember', 'Lauscha', null), (2, 'Flint', 'Zwiesel', null), (3, 'Prism', 'Lauscha', null)`,
    `insert into blowers select i, (array['Ada','Bruno','Cleo','Dirk','Enzo','Fritz','Gerda'])[i], (array['Amsel','Brand','Clauss','Dorn','Eich','Falk','Gast'])[i], (array['BLOW','CUTT','ENGR'])[1 + i % 3], nullif(i % 4, 0) from generate_series(1, 7) i`,
    `update workshops set foreman_id = workshop_id + 4`,
    `insert into cinemas values (1, 'Roxy', 'Lauscha', 120), (2, 'Capitol', 'Zwiesel', 340), (3, 'Astra', 'Lauscha', 420), (4, 'Lux', 'Lauscha', 350)`,
    `insert into wares select i, (array['Goblet','Vase','Bowl','Bell','Marble'])[i], 1 + i % 3, (array['North Hall','South Hall'])[1 + i % 2] from generate_series(1, 5) i`,
    `insert into firings select i, 1 + i % 5, (array['North Hall','South Hall'])[1 + (i / 2) % 2], (array['spring','autumn'])[1 + i % 2], 'F' || i % 3 from generate_series(1, 9) i`,
  ],
  cases: [
    [
      'Show the first and last name of each blower and the town of the workshop.',
      'select first_name, last_name, town from blowers join workshops using (workshop_id)',
    ],
    [
      'Give the titles of workshops that have a blower whose first name contains the letter z.',
      `select title from workshops w where exists (select 1 from blowers b where b.workshop_id = w.workshop_id and first_name ilike '%z%')`,
    ],
    [
      'How many blowers are there for each craft?',
      'select craft_name, count(*) from blowers join crafts using (craft_code) group by 1',
    ],
    [
      'In which towns is there more than one movie theater with over 300 seats?',
      'select town from cinemas where seats > 300 group by town having count(*) > 1',
    ],
    [
      'labels of the wares that were fired in North Hall in autumn',
      `select label from wares w where exists (select 1 from firings f where f.ware_id = w.ware_id and f.hall = 'North Hall' and season = 'autumn')`,
    ],
  ],
  refusals: [['the pensions of the blowers', /pension/]],
  talks: [
    [
      ['last names of the blowers', 'select last_name from blowers'],
      [
        'and the town of the workshop',
        'select last_name, town from blowers left join workshops using (workshop_id)',
      ],
    ],
  ],
};
