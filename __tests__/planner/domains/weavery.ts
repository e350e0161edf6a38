/** A weaving house: groups, what comes first in each of them, and amounts that are computed. */
import type { Domain } from './domain.js';

export const weavery: Domain = {
  name: 'weavery',
  today: '2025-05-05',
  sql: [
    `create table ref_fibre_kinds (fibre_kind_code text primary key, fibre_kind_description text not null)`,
    `create table workshops (workshop_id int primary key, name text not null, district text not null, floor_area int not null)`,
    `create table weavers (weaver_id int primary key, name text not null, workshop_id int references workshops, height_cm int not null, wage numeric not null)`,
    `create table cloths (cloth_id int primary key, fibre_kind_code text not null references ref_fibre_kinds, cloth_name text not null, cloth_price numeric not null, other_cloth_details text)`,
    `create table consignments (consignment_id int primary key, weaver_id int not null references weavers, sent_on date not null, total_charge numeric not null)`,
    `create table consignment_lines (consignment_id int not null references consignments, cloth_id int not null references cloths, quantity int not null, primary key (consignment_id, cloth_id))`,
    `insert into ref_fibre_kinds values ('W', 'Wool'), ('L', 'Linen'), ('S', 'Silk')`,
    `insert into workshops values (1, 'Upper Mill', 'North', 300), (2, 'Old Dyehouse', 'South', 180), (3, 'Canal Yard', 'North', 220)`,
    `insert into weavers select i, (array['Ada','Bo','Cleo','Dag','Eve','Finn','Gil'])[i], case when i = 7 then null else 1 + i % 3 end, 150 + (i * 17) % 40, 20 + (i * 7) % 11 from generate_series(1, 7) i`,
    `insert into cloths select i, (array['W','L','S'])[1 + i % 3], (array['Tweed','Damask','Taffeta','Loden','Cambric','Organza'])[i], 10 + (i * 13) % 17, 'roll ' || i from generate_series(1, 6) i`,
    `insert into consignments select i, 1 + (i * 5) % 7, date '2025-01-01' + i, 40 + (i * 31) % 90 from generate_series(1, 16) i`,
    `insert into consignment_lines select i, 1 + (i * k) % 6, 1 + (i + k) % 5 from generate_series(1, 16) i, generate_series(1, 2) k where (i * 1) % 6 <> (i * 2) % 6 or k = 1`,
  ],
  cases: [
    [
      'For each workshop, show its name and the name of its tallest weaver.',
      'select s.name, w.name from workshops s join weavers w using (workshop_id) where w.height_cm = (select max(height_cm) from weavers v where v.workshop_id = s.workshop_id)',
    ],
    [
      'For each fibre kind, show the description and the name of the most expensive cloth in it.',
      'select fibre_kind_description, cloth_name from cloths c join ref_fibre_kinds using (fibre_kind_code) where cloth_price = (select max(cloth_price) from cloths d where d.fibre_kind_code = c.fibre_kind_code)',
    ],
    [
      "Who is the tallest weaver of each workshop? Give the workshop's name and the weaver's name.",
      'select s.name, w.name from workshops s join weavers w using (workshop_id) where w.height_cm = (select max(height_cm) from weavers v where v.workshop_id = s.workshop_id)',
    ],
    [
      'For each district, return the district and the name of the workshop with the largest floor area.',
      `select district, name from workshops where name in ('Upper Mill', 'Old Dyehouse')`,
    ],
    [
      'For each workshop, give the name and height of its tallest weaver.',
      'select s.name, w.name, w.height_cm from workshops s join weavers w using (workshop_id) where w.height_cm = (select max(height_cm) from weavers v where v.workshop_id = s.workshop_id)',
    ],
    [
      'Return, for each district, the district and the name of the workshop with the largest floor area in it.',
      `select district, name from workshops where name in ('Upper Mill', 'Old Dyehouse')`,
    ],
    [
      'Which weavers have a charge of more than 150 in total?',
      'select name from weavers w where (select sum(total_charge) from consignments c where c.weaver_id = w.weaver_id) > 150',
    ],
    [
      'weavers whose consignments add up to a total charge above 150',
      'select name from weavers w where (select sum(total_charge) from consignments c where c.weaver_id = w.weaver_id) > 150',
    ],
    ['What is the total charge of all consignments?', 'select sum(total_charge) from consignments'],
    [
      'Show the consignment id and the total charge of all consignments.',
      'select consignment_id, total_charge from consignments',
    ],
    [
      'Which weavers have a charge of more than 150 altogether? Show the name and the total.',
      'select name, sum(total_charge) from weavers join consignments using (weaver_id) group by weaver_id, name having sum(total_charge) > 150',
    ],
    [
      'How many weavers does each workshop have? Give the names of the workshops.',
      'select s.name, count(*) from workshops s join weavers using (workshop_id) group by s.workshop_id, s.name',
    ],
    [
      'What is the average wage of the weavers in each workshop? Give the name of the workshop and the average.',
      'select s.name, avg(wage) from workshops s join weavers using (workshop_id) group by s.workshop_id, s.name',
    ],
    [
      'For each district, return its name and the average floor area of its workshops.',
      'select district, avg(floor_area) from workshops group by district',
    ],
  ],
  refusals: [['For each workshop, show the name of its loudest weaver.', /ranked/]],
  talks: [
    [
      ['the tallest weaver', 'select name from weavers order by height_cm desc limit 1'],
      ['and the shortest?', 'select name from weavers order by height_cm limit 1'],
    ],
  ],
};
