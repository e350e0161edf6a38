/** Buses and their stops: tables of links, keys that nobody declared, and what a join would count twice. */
import type { Domain } from './domain.js';

export const tramway: Domain = {
  name: 'tramway',
  today: '2025-05-05',
  sql: [
    `create table bus (bus_id int primary key, plate text not null, seats int not null)`,
    `create table stop (stop_id int primary key, name text not null, street text not null, benches int not null)`,
    `create table bus_stop (bus_id int not null references bus, stop_id int not null references stop, primary key (bus_id, stop_id))`,
    `create table drivers (driver_id int primary key, name text not null, age int not null, mentor int references drivers)`,
    `create table depots (depot_id int primary key, name text not null, district text not null, capacity int not null)`,
    `create table works_at (driver_id int not null references drivers, depot_id int not null references depots, shift_type text not null)`,
    `create table squads (squad_id varchar(4), season int, squad_name text, rank int)`,
    `create table wages (wage_id int primary key, squad_id varchar(4), driver_id int references drivers, amount numeric(8,2) not null)`,
    `create table relays (relay_id int primary key, giver_id int not null references drivers, taker_id int not null references drivers, minutes int not null)`,
    `insert into bus select i, 'TR ' || (100 + i * 7), 20 + (i * 13) % 40 from generate_series(1, 7) i`,
    `insert into stop select i, (array['Abbey','Brook','Castle','Dock','Elm'])[i], (array['Mill Street','High Street'])[1 + i % 2], i % 4 from generate_series(1, 5) i`,
    `insert into bus_stop select distinct 1 + (i * i) % 7, 1 + (i * 3) % 4 from generate_series(1, 15) i`,
    `insert into drivers select i, (array['Ann','Bo','Cid','Dee','Eve','Fay','Gus','Hal'])[i], 22 + (i * 11) % 37, nullif(i / 3, 0) from generate_series(1, 8) i`,
    `insert into depots select i, (array['North Yard','South Yard','Quay'])[i], (array['Upper','Lower','Upper'])[i], 10 + i * i * 7 from generate_series(1, 3) i`,
    `insert into works_at select distinct 1 + (i * i) % 8, 1 + i % 3, (array['early','late'])[1 + (i * i) % 2] from generate_series(1, 17) i`,
    `insert into squads select (array['RED','BLU'])[1 + i % 2], 2020 + i / 2, (array['Red Line','Blue Line'])[1 + i % 2], 1 + (i * i) % 2 from generate_series(0, 7) i`,
    `insert into wages select i, (array['RED','BLU'])[1 + i % 2], 1 + (i * 5) % 8, 900 + (i * 317) % 800 from generate_series(1, 12) i`,
    `insert into relays select i, 1 + (i * 5) % 4, 1 + (i * 3 + i / 2) % 6, 4 + (i * 7) % 23 from generate_series(1, 13) i`,
  ],
  cases: [
    [
      'names of the givers',
      'select name from drivers where driver_id in (select giver_id from relays)',
    ],
    [
      'how many takers are there',
      'select count(*) from drivers where driver_id in (select taker_id from relays)',
    ],
    [
      'name of the taker with the most relays',
      'select d.name from relays r join drivers d on d.driver_id = r.taker_id group by d.driver_id, d.name order by count(*) desc, d.driver_id limit 1',
    ],
    [
      'average minutes for each giver',
      'select d.name, avg(r.minutes) from relays r join drivers d on d.driver_id = r.giver_id group by d.driver_id, d.name',
    ],
    [
      'names of the givers older than 40',
      'select name from drivers where age > 40 and driver_id in (select giver_id from relays)',
    ],
    ['how many bus stops are there', 'select count(*) from stop'],
    ['list the names of all bus stops', 'select name from stop'],
    [
      'total number of benches for all bus stops in Mill Street',
      `select sum(benches) from stop where street = 'Mill Street'`,
    ],
    [
      'the number of buses for each stop',
      'select s.name, count(*) from bus_stop l join stop s on s.stop_id = l.stop_id group by s.stop_id, s.name',
    ],
    [
      'average age of the drivers for each depot',
      'select d.name, avg(r.age) from works_at w join drivers r on r.driver_id = w.driver_id join depots d on d.depot_id = w.depot_id group by d.depot_id, d.name',
    ],
    [
      'what is the total number of seats of the buses for each stop',
      'select s.name, sum(b.seats) from bus_stop l join stop s on s.stop_id = l.stop_id join bus b on b.bus_id = l.bus_id group by s.stop_id, s.name',
    ],
    [
      'which depot has the highest average age of drivers',
      'select d.name from works_at w join drivers r on r.driver_id = w.driver_id join depots d on d.depot_id = w.depot_id group by d.depot_id, d.name order by avg(r.age) desc limit 1',
    ],
    [
      'average age of the drivers in the depot with the highest capacity',
      'select avg(age) from drivers where driver_id in (select driver_id from works_at where depot_id = (select depot_id from depots order by capacity desc limit 1))',
    ],
    [
      'names and shift types of the drivers',
      'select d.name, w.shift_type from works_at w join drivers d on d.driver_id = w.driver_id',
    ],
    [
      'total amount of the wages of the squad named "Red Line"',
      `select sum(amount) from wages where squad_id = 'RED'`,
    ],
    [
      'how many wages has the squad called "Blue Line"',
      `select count(*) from wages where squad_id = 'BLU'`,
    ],
  ],
  refusals: [
    ['average age of the depots', /several times|told/],
    ['average age of the drivers for each district', /several times|more than one way/],
    ['total amount of wages for each squad name', /several times|repeat/],
  ],
  talks: [
    [
      ['how many bus stops are there', 'select count(*) from stop'],
      ['only those in High Street', `select count(*) from stop where street = 'High Street'`],
    ],
  ],
};
