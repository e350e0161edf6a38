-- Measurements over time, capacities, and a table that many others share.
create table regions (id int primary key, name text not null, population int not null);
create table plants (
  id int primary key, name text not null, region_id int not null references regions, source text not null, capacity_mw numeric(7, 1) not null, commissioned date not null, decommissioned date
);
create table operators (id int primary key, name text not null, founded int not null);
create table plant_operators (plant_id int references plants, operator_id int references operators, share_percent int not null, primary key (plant_id, operator_id));
create table readings (id int primary key, plant_id int not null references plants, month date not null, output_mwh numeric(9, 1) not null);
create table outages (id int primary key, plant_id int not null references plants, started_at timestamp not null, ended_at timestamp, cause text not null);
insert into regions values (1, 'Highlands', 310000), (2, 'Coast', 1250000), (3, 'Plains', 840000), (4, 'Islands', 56000);
insert into plants values
  (1, 'Ben Dorn', 1, 'hydro', 180, '1968-05-01', null), (2, 'Cape Grey', 2, 'wind', 95.5, '2014-09-12', null), (3, 'Millfield', 3, 'coal', 620, '1979-11-20', '2023-03-31'), (4, 'Sunny Flats', 3, 'solar', 60, '2019-04-02', null),
  (5, 'Old Pier', 2, 'gas', 340, '1999-06-30', null), (6, 'Gull Rock', 4, 'wind', 24, '2021-08-15', null), (7, 'Larkhill', 3, 'wind', 130, '2017-10-05', null), (8, 'Loch Mor', 1, 'hydro', 75, '1955-03-18', null);
insert into operators values (1, 'Northern Grid', 1948), (2, 'Brightwind', 2006), (3, 'Helio', 2015), (4, 'Coastal Power', 1992);
insert into plant_operators values (1, 1, 100), (2, 2, 60), (2, 4, 40), (3, 1, 100), (4, 3, 100), (5, 4, 100), (6, 2, 100), (7, 2, 75), (7, 1, 25), (8, 1, 100);
insert into readings values
  (1, 1, '2024-01-01', 98000), (2, 1, '2024-02-01', 91000), (3, 1, '2024-03-01', 87500), (4, 2, '2024-01-01', 31000), (5, 2, '2024-02-01', 28400), (6, 2, '2024-03-01', 25900), (7, 4, '2024-01-01', 3100), (8, 4, '2024-02-01', 4900),
  (9, 4, '2024-03-01', 8200), (10, 5, '2024-01-01', 140000), (11, 5, '2024-02-01', 151500), (12, 5, '2024-03-01', 122000), (13, 6, '2024-01-01', 7600), (14, 6, '2024-02-01', 8100), (15, 7, '2024-01-01', 40100), (16, 7, '2024-02-01', 36200),
  (17, 7, '2024-03-01', 33000), (18, 8, '2024-01-01', 37000), (19, 8, '2024-02-01', 35200), (20, 3, '2023-01-01', 260000), (21, 3, '2023-02-01', 244000);
insert into outages values
  (1, 3, '2023-02-10 04:00', '2023-02-11 16:00', 'turbine failure'), (2, 5, '2024-01-22 13:30', '2024-01-22 19:00', 'maintenance'), (3, 2, '2024-02-03 22:00', '2024-02-04 06:00', 'storm'), (4, 6, '2024-02-03 21:15', '2024-02-06 12:00', 'storm'),
  (5, 1, '2024-03-12 08:00', '2024-03-12 11:30', 'maintenance'), (6, 7, '2024-03-30 17:45', null, 'grid fault');
