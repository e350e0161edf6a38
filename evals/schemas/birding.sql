CREATE TABLE species (species_id INTEGER PRIMARY KEY, common_name VARCHAR(50), latin_name VARCHAR(60), family VARCHAR(40), wingspan_cm NUMERIC(5,1), weight_g NUMERIC(7,1), clutch_size INTEGER, conservation_status VARCHAR(30));
CREATE TABLE observers (observer_id INTEGER PRIMARY KEY, first_name VARCHAR(30), last_name VARCHAR(30), country VARCHAR(30), age INTEGER, year_joined VARCHAR(4), life_list_count INTEGER, level VARCHAR(20));
CREATE TABLE sites (site_id INTEGER PRIMARY KEY, site_name VARCHAR(50), region VARCHAR(30), country VARCHAR(30), habitat VARCHAR(30), elevation_m INTEGER, area_ha NUMERIC(8,1), year_protected INTEGER);
CREATE TABLE observations (observation_id INTEGER PRIMARY KEY, species_id INTEGER REFERENCES species(species_id), observer_id INTEGER REFERENCES observers(observer_id), site_id INTEGER REFERENCES sites(site_id), obs_date DATE, bird_count INTEGER, temp_c NUMERIC(4,1), weather VARCHAR(20));
CREATE TABLE ring_recoveries (ring_no VARCHAR(10) PRIMARY KEY, species_id INTEGER REFERENCES species(species_id), source_site_id INTEGER REFERENCES sites(site_id), destination_site_id INTEGER REFERENCES sites(site_id), distance_km INTEGER, days_elapsed INTEGER);
CREATE TABLE bird_races (race_id INTEGER PRIMARY KEY, season VARCHAR(4), home_observer_id INTEGER REFERENCES observers(observer_id), away_observer_id INTEGER REFERENCES observers(observer_id), home_species INTEGER, away_species INTEGER, result VARCHAR(10));

INSERT INTO species (species_id, common_name, latin_name, family, wingspan_cm, weight_g, clutch_size, conservation_status) VALUES
  (1, 'White Stork', 'Ciconia ciconia', 'Ciconiidae', 165, 3400, 4, 'Least Concern'),
  (2, 'Barn Swallow', 'Hirundo rustica', 'Hirundinidae', 33, 19, 5, 'Least Concern'),
  (3, 'Northern Lapwing', 'Vanellus vanellus', 'Charadriidae', 84, 215, 4, 'Near Threatened'),
  (4, 'Eurasian Curlew', 'Numenius arquata', 'Scolopacidae', 95, 770, 4, 'Near Threatened'),
  (5, 'Golden Eagle', 'Aquila chrysaetos', 'Accipitridae', 205, 4500, 2, 'Least Concern'),
  (6, 'Red Kite', 'Milvus milvus', 'Accipitridae', 175, 1050, 2, 'Least Concern'),
  (7, 'Common Kingfisher', 'Alcedo atthis', 'Alcedinidae', 25, 38, 6, 'Least Concern'),
  (8, 'European Turtle Dove', 'Streptopelia turtur', 'Columbidae', 50, 140, 2, 'Vulnerable'),
  (9, 'Atlantic Puffin', 'Fratercula arctica', 'Alcidae', 55, 400, 1, 'Vulnerable'),
  (10, 'Common Pochard', 'Aythya ferina', 'Anatidae', 77, 930, 9, 'Vulnerable'),
  (11, 'Black-tailed Godwit', 'Limosa limosa', 'Scolopacidae', 76, 300, 4, 'Near Threatened'),
  (12, 'Hen Harrier', 'Circus cyaneus', 'Accipitridae', 110, 430, 5, 'Least Concern'),
  (13, 'Sociable Lapwing', 'Vanellus gregarius', 'Charadriidae', 72, 210, 4, 'Critically Endangered'),
  (14, 'Mallard', 'Anas platyrhynchos', 'Anatidae', 90, 1150, 11, 'Least Concern'),
  (15, 'Sand Martin', 'Riparia riparia', 'Hirundinidae', 28, 14, 5, 'Least Concern'),
  (16, 'Great Auk Decoy', 'Pinguinus impennis', 'Alcidae', NULL, NULL, 1, 'Extinct');

INSERT INTO observers (observer_id, first_name, last_name, country, age, year_joined, life_list_count, level) VALUES
  (1, 'Peter', 'Halloran', 'Ireland', 62, '1989', 2140, 'expert'),
  (2, 'Birgit', 'Lehmann', 'Germany', 47, '2003', 1310, 'expert'),
  (3, 'Joost', 'van Dijk', 'Netherlands', 35, '2012', 870, 'intermediate'),
  (4, 'Peter', 'Marsh', 'United Kingdom', 54, '1996', 1755, 'expert'),
  (5, 'Nora', 'Kelly', 'Ireland', 28, '2019', 245, 'beginner'),
  (6, 'Carmen', 'Ruiz', 'Spain', 41, '2008', 1020, 'intermediate'),
  (7, 'Anke', 'Lehmann', 'Germany', 22, '2021', 130, 'beginner'),
  (8, 'Stuart', 'Blyth', 'United Kingdom', 67, '1984', 2485, 'expert'),
  (9, 'Elin', 'Strand', 'Norway', 39, '2010', 940, 'intermediate'),
  (10, 'Hugo', 'Peeters', 'Belgium', 31, '2016', 515, 'intermediate'),
  (11, 'Molly', 'Blyth', 'United Kingdom', 19, '2022', 88, 'beginner'),
  (12, 'Javier', 'Soto', 'Spain', 58, '2001', NULL, 'expert');

INSERT INTO sites (site_id, site_name, region, country, habitat, elevation_m, area_ha, year_protected) VALUES
  (1, 'Wexford Slobs', 'Leinster', 'Ireland', 'wetland', 0, 194, 1969),
  (2, 'Marsh End', 'Norfolk', 'United Kingdom', 'wetland', 2, 410.5, 1948),
  (3, 'Tarifa Point', 'Andalusia', 'Spain', 'coast', 12, 85, 2003),
  (4, 'Lauwersmeer', 'Groningen', 'Netherlands', 'wetland', -1, 6000, 2003),
  (5, 'Glen Tanar', 'Aberdeenshire', 'United Kingdom', 'forest', 380, 4185, 1979),
  (6, 'Runde Cliffs', 'Sunnmore', 'Norway', 'cliff', 290, 620, 1957),
  (7, 'Federsee', 'Baden-Wurttemberg', 'Germany', 'lake', 578, 2350, 1939),
  (8, 'Monfrague', 'Extremadura', 'Spain', 'forest', 465, 18396, 1979),
  (9, 'Skellig View', 'Munster', 'Ireland', 'cliff', 140, 22, NULL),
  (10, 'Zwin Plain', 'West Flanders', 'Belgium', 'coast', 4, 213, 1952),
  (11, 'Hortobagy Gate', 'Northern Plain', 'Hungary', 'grassland', 90, 8200, 1973);

INSERT INTO observations (observation_id, species_id, observer_id, site_id, obs_date, bird_count, temp_c, weather) VALUES
  (1, 3, 1, 1, '2022-02-12', 340, 6.5, 'rain'),
  (2, 11, 1, 1, '2022-02-12', 85, 6.5, 'rain'),
  (3, 4, 5, 1, '2022-03-05', 42, 9, 'cloudy'),
  (4, 9, 1, 9, '2022-05-21', 610, 13, 'sunny'),
  (5, 9, 5, 9, '2022-06-02', 455, 15.5, 'sunny'),
  (6, 4, 4, 2, '2022-04-17', 18, 11, 'cloudy'),
  (7, 10, 4, 2, '2022-11-06', 130, 7, 'rain'),
  (8, 12, 8, 2, '2022-12-27', 2, 1.5, 'fog'),
  (9, 14, 11, 2, '2023-01-14', 260, 3, 'cloudy'),
  (10, 3, 8, 2, '2023-01-14', 515, 3, 'cloudy'),
  (11, 1, 6, 3, '2022-08-19', 1250, 29, 'sunny'),
  (12, 2, 6, 3, '2022-09-10', 800, 27, 'sunny'),
  (13, 6, 12, 3, '2022-10-02', 36, 23.5, 'cloudy'),
  (14, 1, 12, 3, '2023-08-11', 980, 31, 'sunny'),
  (15, 11, 3, 4, '2022-04-09', 220, 10, 'cloudy'),
  (16, 10, 3, 4, '2022-10-30', 75, 12, 'rain'),
  (17, 3, 10, 4, '2023-03-11', 150, 8.5, 'cloudy'),
  (18, 14, 3, 4, '2023-03-11', 90, 8.5, 'cloudy'),
  (19, 5, 8, 5, '2022-05-28', 1, 12.5, 'cloudy'),
  (20, 12, 4, 5, '2022-06-15', 3, 16, 'sunny'),
  (21, 5, 11, 5, '2023-05-13', 2, 10, 'rain'),
  (22, 9, 9, 6, '2022-06-25', 7200, 14, 'sunny'),
  (23, 9, 8, 6, '2023-06-30', 5600, 12, 'fog'),
  (24, 1, 2, 7, '2022-05-07', 14, 18, 'sunny'),
  (25, 6, 2, 7, '2022-05-07', 6, 18, 'sunny'),
  (26, 7, 7, 7, '2022-07-03', 1, 22, 'sunny'),
  (27, 7, 2, 7, '2023-04-22', 2, 13, 'rain'),
  (28, 6, 6, 8, '2022-03-26', 28, 17, 'sunny'),
  (29, 5, 12, 8, '2022-03-27', 2, 16.5, 'sunny'),
  (30, 1, 6, 8, '2023-04-01', 60, 19, 'cloudy'),
  (31, 8, 6, 8, '2023-05-20', 9, 26, 'sunny'),
  (32, 2, 10, 10, '2022-05-15', 45, 17.5, 'cloudy'),
  (33, 15, 10, 10, '2022-05-15', 110, 17.5, 'cloudy'),
  (34, 4, 2, 10, '2022-09-18', 33, NULL, NULL),
  (35, 15, 7, 7, '2023-05-06', 64, 16, 'cloudy'),
  (36, 6, 8, 2, '2023-02-05', 4, 5, 'cloudy'),
  (37, 4, 10, 4, '2023-04-15', 21, 9, 'cloudy'),
  (38, 3, 11, 2, '2022-10-10', 70, 12.5, 'sunny'),
  (39, 5, 8, 5, '2023-06-03', 2, 14, 'sunny'),
  (40, 3, 11, 1, '2023-12-03', 120, 7, 'rain');

INSERT INTO ring_recoveries (ring_no, species_id, source_site_id, destination_site_id, distance_km, days_elapsed) VALUES
  ('A1044', 1, 7, 3, 1790, 38),
  ('A1077', 1, 7, 8, 1620, 51),
  ('B2210', 2, 2, 3, 1880, 29),
  ('B2215', 2, 10, 3, 1930, 33),
  ('C3301', 11, 4, 1, 720, 64),
  ('C3302', 11, 4, 2, 290, 12),
  ('C3340', 11, 1, 8, 1480, 95),
  ('D4100', 9, 6, 9, 1340, 122),
  ('E5012', 15, 7, 3, 1785, 27),
  ('A1102', 1, 8, 7, 1615, 140),
  ('F6003', 4, 4, 2, 285, 20),
  ('F6011', 4, 5, 1, 560, 44),
  ('G7001', 6, 7, 8, 1630, 60);

INSERT INTO bird_races (race_id, season, home_observer_id, away_observer_id, home_species, away_species, result) VALUES
  (1, '2019', 1, 4, 112, 118, 'away'),
  (2, '2019', 8, 2, 131, 109, 'home'),
  (3, '2020', 4, 8, 121, 127, 'away'),
  (4, '2020', 6, 3, 98, 98, 'draw'),
  (5, '2021', 1, 6, 104, 95, 'home'),
  (6, '2021', 9, 8, 88, 129, 'away'),
  (7, '2022', 4, 1, 125, 119, 'home'),
  (8, '2022', 10, 5, 73, 61, 'home'),
  (9, '2022', 2, 9, 107, 101, 'home'),
  (10, '2023', 8, 1, 134, 126, 'home'),
  (11, '2023', 5, 10, 66, 66, 'draw'),
  (12, '2023', 3, 4, 103, 116, 'away');
