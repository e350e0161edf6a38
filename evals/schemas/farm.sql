-- No key of any kind is declared: what belongs together shows in the names alone.
create table fields (field_id int, field_name text, hectares numeric(6, 2), soil text, irrigated boolean);
create table crops (crop_id int, crop_name text, family text, days_to_harvest int);
create table plantings (planting_id int, field_id int, crop_id int, planted_on date, seed_kg numeric(7, 1));
create table harvests (harvest_id int, planting_id int, harvested_on date, tonnes numeric(7, 2), quality text);
create table workers (worker_id int, full_name text, role text, hourly_wage numeric(5, 2), hired_on date);
create table work_hours (worker_id int, field_id int, work_date date, hours numeric(4, 1), task text);
insert into fields values
  (1, 'Long Meadow', 12.50, 'clay', true), (2, 'Hill Top', 8.00, 'chalk', false), (3, 'River Side', 20.25, 'loam', true),
  (4, 'Church Field', 5.75, 'loam', false), (5, 'Far Acre', 15.00, 'sand', false), (6, 'Mill Piece', 3.50, 'clay', true);
insert into crops values
  (1, 'wheat', 'cereal', 120), (2, 'barley', 'cereal', 100), (3, 'potato', 'root', 110), (4, 'carrot', 'root', 80), (5, 'pea', 'legume', 65),
  (6, 'lupin', 'legume', 150);
insert into plantings values
  (1, 1, 1, '2023-03-10', 1800), (2, 3, 3, '2023-04-05', 4200), (3, 2, 2, '2023-03-22', 950), (4, 4, 5, '2023-05-02', 310),
  (5, 1, 2, '2024-03-15', 1700), (6, 3, 1, '2024-03-01', 3300), (7, 5, 4, '2024-04-20', 240), (8, 6, 3, '2024-04-11', 800),
  (9, 4, 1, '2024-03-18', 700), (10, 2, 5, '2024-05-06', 420);
insert into harvests values
  (1, 1, '2023-07-20', 92.40, 'A'), (2, 2, '2023-08-01', 410.00, 'B'), (3, 3, '2023-07-05', 40.10, 'A'), (4, 4, '2023-07-09', 11.30, 'C'),
  (5, 5, '2024-07-02', 81.75, 'B'), (6, 6, '2024-07-11', 150.20, 'A'), (7, 7, '2024-07-15', 64.00, 'B'), (8, 8, '2024-08-05', 77.90, 'A'),
  (9, 9, '2024-07-22', 33.60, 'C');
insert into workers values
  (1, 'Peter Hales', 'driver', 17.50, '2015-03-01'), (2, 'Lena Ford', 'driver', 18.20, '2019-06-15'), (3, 'Sam Oduya', 'picker', 13.40, '2022-05-01'),
  (4, 'Maria Costa', 'picker', 13.90, '2021-05-01'), (5, 'Jon Bell', 'mechanic', 21.00, '2010-01-10'), (6, 'Eva Novak', 'manager', 28.75, '2008-09-01');
insert into work_hours values
  (1, 1, '2024-03-15', 9.5, 'sowing'), (1, 3, '2024-03-01', 8.0, 'sowing'), (2, 3, '2024-07-11', 11.0, 'harvesting'), (2, 5, '2024-04-20', 6.5, 'sowing'),
  (3, 4, '2024-07-22', 7.0, 'harvesting'), (3, 5, '2024-07-15', 8.5, 'harvesting'), (4, 5, '2024-07-15', 8.5, 'harvesting'), (4, 6, '2024-08-05', 9.0, 'harvesting'),
  (5, 1, '2024-05-02', 3.0, 'repair'), (1, 6, '2024-04-11', 5.5, 'sowing');
