/** A parcel service: counts, aggregates, groups, and what is said of groups. */
import type { Domain } from './domain.js';

export const parcels: Domain = {
  name: 'parcels',
  today: '2025-05-12',
  sql: [
    `create table depots (id int primary key, name text not null, town text not null, region text not null, opened_year int not null, num_lockers int not null)`,
    `create table couriers (id int primary key, name text not null, vehicle text not null, wage numeric(8,2) not null, age int not null, depot_id int not null references depots)`,
    `create table parcels (id int primary key, courier_id int references couriers, category text not null, destination text not null, weight_kg numeric(6,2) not null, piece_count text not null, posted_on date not null)`,
    `create table grievances (id int primary key, parcel_id int not null references parcels, severity int not null)`,
    `insert into depots values (1,'North Yard','Aston','Upland',1998,40),(2,'Quay','Bexley','Coast',2004,25),(3,'Mill','Bexley','Coast',2011,60),(4,'Annex','Corby','Upland',2004,0),(5,'Vale','Dunmore','Midland',2016,12)`,
    `insert into couriers select i, (array['Ada Brook','Bo Crane','Cy Drake','Di Egret','Eli Finch','Flo Grebe','Gus Heron'])[i], (array['van','bicycle','van','scooter','van','bicycle','van'])[i], 1500 + (i * 173) % 700, 22 + (i * 11) % 37, (array[1,1,2,2,3,1,5])[i] from generate_series(1, 7) i`,
    `insert into parcels select i, case when i % 9 = 0 then null else 1 + (i * i) % 6 end, (array['letter','box','crate','tube'])[1 + (i * i) % 3], (array['Aston','Bexley','Corby','Elmsted'])[1 + i % 4], 0.5 + (i * 7) % 23, ((i * 3) % 5 + 1)::text, date '2024-01-05' + i * 4 from generate_series(1, 80) i`,
    `insert into grievances select i, 1 + (i * 13) % 80, 1 + i % 5 from generate_series(1, 30) i`,
  ],
  cases: [
    ['names of the couriers whose age is "44"', 'select name from couriers where age = 44'],
    ['which depots have num lockers "40"?', 'select name from depots where num_lockers = 40'],
    [
      'which towns have at least two depots?',
      'select town from depots group by town having count(*) >= 2',
    ],
    [
      'show the vehicles with more than 2 couriers',
      'select vehicle from couriers group by vehicle having count(*) > 2',
    ],
    [
      'list all regions that have more than one depot with over 20 lockers',
      'select region from depots where num_lockers > 20 group by region having count(*) > 1',
    ],
    [
      'names of couriers with more than 10 parcels',
      'select name from couriers c where (select count(*) from parcels p where p.courier_id = c.id) > 10',
    ],
    [
      'for each region, how many depots are there?',
      'select region, count(*) from depots group by region',
    ],
    [
      'show each vehicle and the number of couriers that use it',
      'select vehicle, count(*) from couriers group by vehicle',
    ],
    [
      'list every town along with the number of depots there',
      'select town, count(*) from depots group by town',
    ],
    [
      'what are the names of the couriers and how many parcels did each one carry?',
      'select c.name, count(*) from couriers c join parcels p on p.courier_id = c.id group by c.id',
    ],
    [
      'for each depot, how many couriers does it have?',
      'select d.name, count(*) from depots d join couriers c on c.depot_id = d.id group by d.id',
    ],
    [
      'what are the different towns, and how many depots are in that town?',
      'select town, count(*) from depots group by 1',
    ],
    ['count the total number of couriers', 'select count(*) from couriers'],
    ['how many lockers are there in total?', 'select sum(num_lockers) from depots'],
    [
      'what is the average number of lockers of depots in the Coast region?',
      `select avg(num_lockers) from depots where region = 'Coast'`,
    ],
    ['what is the total number of pieces?', 'select sum(piece_count::numeric) from parcels'],
    [
      'average piece count of each category',
      'select category, avg(piece_count::numeric) from parcels group by category',
    ],
    [
      'count the number of distinct courier vehicles',
      'select count(distinct vehicle) from couriers',
    ],
    [
      'how many different destinations are there?',
      'select count(distinct destination) from parcels',
    ],
    ['in how many different towns are there depots?', 'select count(distinct town) from depots'],
    ['the courier with the highest wage', 'select name from couriers order by wage desc limit 1'],
    [
      'names of couriers with at most 12 parcels',
      'select c.name from couriers c join parcels p on p.courier_id = c.id group by c.id having count(*) <= 12',
    ],
    [
      'how many different categories did each courier carry?',
      'select c.name, count(distinct p.category) from couriers c join parcels p on p.courier_id = c.id group by c.id',
    ],
    [
      'count the number of couriers that have each vehicle',
      'select vehicle, count(*) from couriers group by vehicle',
    ],
    [
      'show the regions with at least 2 depots',
      'select region from depots group by region having count(*) >= 2',
    ],
  ],
  refusals: [
    ['how many parcels does it have?', /./],
    ['show the number of couriers in that region', /./],
    ['towns whose depots have at least 2 whiskers', /whiskers/],
  ],
  talks: [
    [
      ['how many parcels are there?', 'select count(*) from parcels'],
      ['per category', 'select category, count(*) from parcels group by category'],
    ],
  ],
};
