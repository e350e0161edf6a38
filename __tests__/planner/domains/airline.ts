/** An airline: a schema off the search path, enums, two keys to one table, years as numbers. */
import type { Domain } from './domain.js';

export const airline: Domain = {
  name: 'airline',
  today: '2025-08-20',
  sql: [
    `create schema ops`,
    `create type ops.flight_status as enum ('scheduled', 'departed', 'landed', 'cancelled')`,
    `create table ops.airports (code char(3) primary key, name text not null, city text not null, country text not null)`,
    `create table ops.aircraft (id int primary key, model text not null, manufacturer text not null, capacity int not null, built_year int not null)`,
    `create table ops.flights (
      id int primary key, flight_number text not null, origin_code char(3) not null references ops.airports,
      destination_code char(3) not null references ops.airports, aircraft_id int not null references ops.aircraft,
      departure_time timestamptz not null, arrival_time timestamptz, status ops.flight_status not null, distance_km int not null)`,
    `create table ops.passengers (id int primary key, full_name text not null, nationality text not null, frequent_flyer boolean not null)`,
    `create table ops.bookings (
      id int primary key, flight_id int not null references ops.flights, passenger_id int not null references ops.passengers,
      booked_at timestamptz not null, fare numeric(8,2) not null, seat text)`,
    `insert into ops.airports values ('LIS','Humberto Delgado','Lisbon','Portugal'),('OPO','Sa Carneiro','Porto','Portugal'),('CDG','Charles de Gaulle','Paris','France'),('VIE','Schwechat','Vienna','Austria')`,
    `insert into ops.aircraft values (1,'A320','Airbus',180,2012),(2,'A321','Airbus',220,2018),(3,'B737','Boeing',170,2009),(4,'E190','Embraer',100,2020)`,
    `insert into ops.flights select i, 'PG' || (100 + i % 9), (array['LIS','OPO','CDG','VIE'])[1 + i % 4], (array['LIS','OPO','CDG','VIE'])[1 + (i + 1 + i % 3) % 4], 1 + i % 3, timestamptz '2024-03-01 06:00+00' + i * interval '7 days 3 hours', case when i % 5 <> 0 then timestamptz '2024-03-01 08:30+00' + i * interval '7 days 3 hours' end, (array['scheduled','departed','landed','cancelled'])[1 + (i * i) % 4]::ops.flight_status, 300 + (i * 211) % 1500 from generate_series(1, 70) i`,
    `insert into ops.passengers select i, (array['Rui Alves','Eva Blum','Ian Cole','Zoe Duval','Leo Egger','Mia Faure'])[i], (array['Portuguese','Austrian','French'])[1 + i % 3], i % 2 = 0 from generate_series(1, 6) i`,
    `insert into ops.bookings select i, 1 + (i * 11) % 66, 1 + (i * i) % 5, timestamptz '2024-02-20 10:00+00' + i * interval '2 days', 50 + (i * 37) % 400, case when i % 7 = 0 then null else (i % 30) || 'C' end from generate_series(1, 150) i`,
  ],
  cases: [
    ['how many flights are there', 'select count(*) from ops.flights'],
    [
      'flights from Portugal',
      `select f.* from ops.flights f join ops.airports a on a.code = f.origin_code where a.country = 'Portugal'`,
    ],
    [
      'how many flights from Lisbon to Paris were there?',
      `select count(*) from ops.flights where origin_code = 'LIS' and destination_code = 'CDG'`,
    ],
    [
      'how many flights leave for Austria?',
      `select count(*) from ops.flights f join ops.airports a on a.code = f.destination_code where a.country = 'Austria'`,
    ],
    [
      'airports at which no flight arrives',
      'select * from ops.airports a where not exists (select from ops.flights f where f.destination_code = a.code)',
    ],
    ['cancelled flights', `select * from ops.flights where status = 'cancelled'`],
    [
      'how many flights were cancelled in 2025',
      `select count(*) from ops.flights where status = 'cancelled' and departure_time >= '2025-01-01' and departure_time < '2026-01-01'`,
    ],
    ['number of flights per status', 'select status, count(*) from ops.flights group by status'],
    [
      'number of flights per aircraft',
      'select a.id, count(*) from ops.aircraft a join ops.flights f on f.aircraft_id = a.id group by a.id',
    ],
    [
      'flights per aircraft model',
      'select a.model, count(*) from ops.aircraft a join ops.flights f on f.aircraft_id = a.id group by a.model',
    ],
    [
      'which aircraft have never flown',
      'select * from ops.aircraft a where not exists (select from ops.flights f where f.aircraft_id = a.id)',
    ],
    ['aircraft built after 2010', 'select * from ops.aircraft where built_year > 2010'],
    ['aircraft built by Airbus', `select * from ops.aircraft where manufacturer = 'Airbus'`],
    [
      'average capacity by manufacturer',
      'select manufacturer, avg(capacity) from ops.aircraft group by manufacturer',
    ],
    [
      'total fare per passenger',
      'select p.full_name, sum(b.fare) from ops.passengers p join ops.bookings b on b.passenger_id = p.id group by p.id',
    ],
    [
      'average fare of bookings in June 2024',
      `select avg(fare) from ops.bookings where booked_at >= '2024-06-01' and booked_at < '2024-07-01'`,
    ],
    ['bookings without a seat', 'select * from ops.bookings where seat is null'],
    [
      'top 2 passengers by total fare',
      'select p.full_name, sum(b.fare) from ops.passengers p join ops.bookings b on b.passenger_id = p.id group by p.id order by 2 desc limit 2',
    ],
    [
      'passengers without bookings',
      'select full_name from ops.passengers p where not exists (select from ops.bookings b where b.passenger_id = p.id)',
    ],
    ['French passengers', `select full_name from ops.passengers where nationality = 'French'`],
    ['frequent flyers', 'select full_name from ops.passengers where frequent_flyer'],
    ['airports in Portugal', `select name from ops.airports where country = 'Portugal'`],
    [
      'number of airports per country',
      'select country, count(*) from ops.airports group by country',
    ],
    ['flights with origin LIS', `select * from ops.flights where origin_code = 'LIS'`],
    [
      'the longest flight by distance',
      'select * from ops.flights order by distance_km desc, id limit 1',
    ],
    ['flights longer than 1200 km', 'select * from ops.flights where distance_km > 1200'],
    [
      'how many bookings per month this year',
      `select date_trunc('month', booked_at)::date, count(*) from ops.bookings where booked_at >= '2025-01-01' and booked_at < '2026-01-01' group by 1`,
    ],
    ['bookings over 400', 'select * from ops.bookings where fare > 400'],
    [
      'average fare per aircraft model',
      'select a.model, avg(b.fare) from ops.bookings b join ops.flights f on f.id = b.flight_id join ops.aircraft a on a.id = f.aircraft_id group by a.model',
    ],
    ['most expensive booking', 'select * from ops.bookings order by fare desc, id limit 1'],
    [
      'passengers who booked in 2025',
      `select full_name from ops.passengers p where exists (select from ops.bookings b where b.passenger_id = p.id and b.booked_at >= '2025-01-01' and b.booked_at < '2026-01-01')`,
    ],
    ['flights that have not arrived', 'select * from ops.flights where arrival_time is null'],
    [
      'list flight numbers of landed flights',
      `select flight_number from ops.flights where status = 'landed'`,
    ],
    [
      'number of bookings by nationality',
      'select p.nationality, count(*) from ops.bookings b join ops.passengers p on p.id = b.passenger_id group by 1',
    ],
  ],
  refusals: [
    ['flights of Portugal', /origin|destination|more than one/],
    ['flights to Mars', /Mars/],
    ['how many pilots are there', /pilots/],
    ['bookings with a window view', /window|view/],
    ['cancel flight 12', /chang/],
  ],
  talks: [
    [
      [
        'how many flights were cancelled',
        `select count(*) from ops.flights where status = 'cancelled'`,
      ],
      ['and landed?', `select count(*) from ops.flights where status = 'landed'`],
      [
        'in 2025',
        `select count(*) from ops.flights where status = 'landed' and departure_time >= '2025-01-01' and departure_time < '2026-01-01'`,
      ],
      [
        'per month',
        `select date_trunc('month', departure_time)::date, count(*) from ops.flights where status = 'landed' and departure_time >= '2025-01-01' and departure_time < '2026-01-01' group by 1`,
      ],
    ],
    [
      [
        'top 3 passengers by total fare',
        'select p.full_name, sum(b.fare) from ops.passengers p join ops.bookings b on b.passenger_id = p.id group by p.id order by 2 desc limit 3',
      ],
      [
        'only in 2024',
        `select p.full_name, sum(b.fare) from ops.passengers p join ops.bookings b on b.passenger_id = p.id where b.booked_at >= '2024-01-01' and b.booked_at < '2025-01-01' group by p.id order by 2 desc limit 3`,
      ],
      [
        'the top 1',
        `select p.full_name, sum(b.fare) from ops.passengers p join ops.bookings b on b.passenger_id = p.id where b.booked_at >= '2024-01-01' and b.booked_at < '2025-01-01' group by p.id order by 2 desc limit 1`,
      ],
    ],
  ],
};
