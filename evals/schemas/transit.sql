-- Everything is in a schema that is not on the search path.
create schema ops;
create table ops.depots (id int primary key, name text not null, city text not null, bays int not null);
create table ops.lines (id int primary key, code text not null, kind text not null, length_km numeric(5, 1) not null, is_night boolean not null);
create table ops.vehicles (
  id int primary key, plate text not null, depot_id int not null references ops.depots, model text not null, seats int not null, built_year int not null
);
create table ops.drivers (
  id int primary key, first_name text not null, last_name text not null, depot_id int references ops.depots, licensed_since date not null, supervisor_id int references ops.drivers
);
create table ops.trips (
  id int primary key, line_id int not null references ops.lines, vehicle_id int not null references ops.vehicles, driver_id int not null references ops.drivers,
  departed_at timestamp not null, delay_minutes int not null, passengers int not null
);
create table ops.incidents (id int primary key, trip_id int not null references ops.trips, kind text not null, cost numeric(8, 2), reported_on date not null);
insert into ops.depots values (1, 'Central', 'Brno', 40), (2, 'Eastgate', 'Brno', 25), (3, 'Quarry', 'Zlin', 18);
insert into ops.lines values (1, '12', 'tram', 9.4, false), (2, '14', 'tram', 7.8, false), (3, '60', 'bus', 15.2, false), (4, 'N60', 'bus', 18.0, true), (5, '31', 'trolleybus', 11.1, false), (6, 'N12', 'tram', 9.4, true);
insert into ops.vehicles values
  (1, 'BR-101', 1, 'Vario', 42, 2009), (2, 'BR-102', 1, 'Vario', 42, 2011), (3, 'BR-201', 2, 'Citybus', 35, 2018), (4, 'BR-202', 2, 'Citybus', 35, 2020), (5, 'ZL-301', 3, 'Trolino', 38, 2015), (6, 'ZL-302', 3, 'Trolino', 38, 2022),
  (7, 'BR-103', 1, 'Drak', 50, 2023);
insert into ops.drivers values
  (1, 'Jana', 'Kolar', 1, '2001-04-01', null), (2, 'Petr', 'Maly', 1, '2012-09-15', 1), (3, 'Eva', 'Horak', 2, '2008-02-20', 1), (4, 'Tomas', 'Benes', 2, '2019-06-01', 3), (5, 'Lucie', 'Dvorak', 3, '2015-11-11', 1), (6, 'Karel', 'Maly', 3, '2021-03-30', 5);
insert into ops.trips values
  (1, 1, 1, 2, '2024-05-06 06:10', 2, 55), (2, 1, 2, 1, '2024-05-06 07:00', 0, 71), (3, 2, 1, 2, '2024-05-06 09:30', 7, 40), (4, 3, 3, 3, '2024-05-06 07:45', 12, 33), (5, 3, 4, 4, '2024-05-07 08:00', 4, 29),
  (6, 4, 4, 4, '2024-05-08 00:30', 0, 9), (7, 5, 5, 5, '2024-05-07 16:20', 15, 38), (8, 5, 6, 6, '2024-06-01 12:00', 1, 22), (9, 1, 7, 1, '2024-06-03 17:15', 3, 90), (10, 6, 7, 2, '2024-06-04 01:10', 5, 14), (11, 3, 3, 3, '2024-06-05 15:40', 21, 37);
insert into ops.incidents values (1, 4, 'collision', 5400.00, '2024-05-06'), (2, 7, 'breakdown', 890.50, '2024-05-07'), (3, 11, 'breakdown', 1200.00, '2024-06-05'), (4, 3, 'vandalism', 150.00, '2024-05-09'), (5, 9, 'vandalism', null, '2024-06-03');
