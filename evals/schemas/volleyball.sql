CREATE TABLE arena (arena_id int PRIMARY KEY, name text, city text, country text, capacity int, year_opened int, surface text);
INSERT INTO arena VALUES
(1,'PalaAurora','Trento','Italy',4300,2000,'taraflex'),(2,'Arena Vistula','Krakow','Poland',15000,2014,'taraflex'),(3,'Hala Orbita','Wroclaw','Poland',3000,1964,'parquet'),
(4,'Max Reiner Halle','Berlin','Germany',8500,1996,'taraflex'),(5,'Salle Colbert','Tours','France',3000,1978,'parquet'),(6,'PalaVerde','Treviso','Italy',5134,1983,'taraflex'),
(7,'Sporthal Zuid','Groningen','Netherlands',2200,1971,'parquet'),(8,'Bodensee Arena','Friedrichshafen','Germany',4000,2002,'taraflex'),(9,'Dvorana Tivoli','Ljubljana','Slovenia',4500,1965,'parquet');
CREATE TABLE team (team_id int PRIMARY KEY, name text, city text, country text, year_founded int, arena_id int REFERENCES arena, wins int, losses int, sets_won int, sets_lost int, titles int, budget_meur numeric(4,1));
INSERT INTO team VALUES
(1,'Aurora Trento','Trento','Italy',2000,1,14,4,46,21,4,9.5),(2,'Vistula Krakow','Krakow','Poland',1978,2,15,3,49,18,7,8.2),(3,'Orbita Wroclaw','Wroclaw','Poland',1951,3,6,12,27,41,0,3.1),
(4,'Berlin Foxes','Berlin','Germany',1991,4,11,7,39,30,12,6.4),(5,'Tours Volley','Tours','France',1946,5,9,9,33,34,9,4.8),(6,'Treviso Lions','Treviso','Italy',1987,6,12,6,41,26,9,NULL),
(7,'Groningen Storm','Groningen','Netherlands',1970,7,3,15,17,47,1,1.9),(8,'Lake Friedrichshafen','Friedrichshafen','Germany',1969,8,10,8,36,32,13,5.5),(9,'Dragons Ljubljana','Ljubljana','Slovenia',1946,9,5,13,24,43,2,2.7),
(10,'Volley Maaseik','Maaseik','Belgium',1961,NULL,8,10,30,36,0,3.6);
CREATE TABLE coach (coach_id int PRIMARY KEY, name text, nationality text, birth_year int, team_id int REFERENCES team, role text, seasons int);
INSERT INTO coach VALUES
(1,'Fabio Marchetti','Italy',1966,1,'head',5),(2,'Andrzej Lis','Poland',1971,2,'head',3),(3,'Nikola Petrovic','Serbia',1974,3,'head',1),(4,'Jens Hartmann','Germany',1969,4,'head',8),
(5,'Bruno Leclerc','France',1980,5,'head',2),(6,'Daniele Ricci','Italy',1963,6,'head',4),(7,'Wim de Boer','Netherlands',1977,7,'head',6),(8,'Mark Lebedew','Australia',1967,8,'head',3),
(9,'Matej Kranjc','Slovenia',1982,9,'head',2),(10,'Luca Serra','Italy',1985,1,'assistant',2),(11,'Piotr Mazur','Poland',1988,2,'assistant',4),(12,'Paolo Conti','Italy',1979,4,'assistant',1),(13,'Igor Stankovic','Serbia',1959,NULL,NULL,11);
CREATE TABLE player (player_id int PRIMARY KEY, name text, team_id int REFERENCES team, position text, jersey_no int, nationality text, birth_year int, height_cm int, weight_kg int, spike_reach_cm int, pts_avg numeric(4,1), aces int, blocks int);
INSERT INTO player VALUES
(1,'Marco Bellini',1,'outside hitter',7,'Italy',1998,196,88,348,14.2,25,19),(2,'Luca Ferri',1,'setter',5,'Italy',1994,191,84,330,2.9,18,22),(3,'Srecko Vuk',1,'middle blocker',12,'Croatia',1996,207,98,360,8.4,9,61),
(4,'Jakub Nowak',2,'opposite',9,'Poland',1999,204,95,362,18.6,41,30),(5,'Marcin Kowal',2,'setter',11,'Poland',1990,188,80,328,2.1,12,15),(6,'Tyler Reed',2,'outside hitter',3,'United States',1997,200,92,355,13.0,22,24),(7,'Pawel Gora',2,'libero',1,'Poland',1993,180,75,305,0.0,0,0),
(8,'Adam Zielinski',3,'outside hitter',14,'Poland',2001,194,86,340,11.5,14,17),(9,'Bartosz Wilk',3,'middle blocker',6,'Poland',2000,205,97,352,6.3,5,40),
(10,'Jonas Kruger',4,'opposite',13,'Germany',1995,202,99,357,17.1,28,33),(11,'Ruben Vogel',4,'libero',2,'Germany',1998,183,77,310,0.1,0,0),(12,'Carlos Mena',4,'outside hitter',10,'Cuba',1992,198,90,365,12.4,30,20),(13,'Tim Sauer',4,'setter',8,'Germany',2002,189,82,326,1.8,7,11),
(14,'Antoine Moreau',5,'outside hitter',17,'France',1996,195,87,345,13.7,20,14),(15,'Hugo Lambert',5,'middle blocker',4,'France',1989,201,96,348,7.0,6,48),(16,'Diego Paz',5,'opposite',15,'Argentina',1994,199,93,350,15.3,19,21),
(17,'Davide Sala',6,'opposite',18,'Italy',1991,203,97,356,16.0,33,27),(18,'Enrico Fontana',6,'libero',16,'Italy',2003,178,73,302,0.0,0,0),(19,'Joao Prado',6,'outside hitter',9,'Brazil',1993,193,85,346,12.9,17,16),
(20,'Sven Dijkstra',7,'middle blocker',11,'Netherlands',2000,208,101,354,7.7,8,37),(21,'Lars Bakker',7,'setter',1,'Netherlands',1999,192,83,331,2.4,10,9),
(22,'Felix Braun',8,'outside hitter',7,'Germany',1997,197,89,347,12.2,15,18),(23,'Marco Steiner',8,'middle blocker',3,'Austria',1995,204,95,351,8.9,11,52),
(24,'Ziga Potocnik',9,'opposite',10,'Slovenia',2001,200,94,353,14.8,24,19),(25,'Rok Zupan',9,'setter',6,'Slovenia',1988,187,81,325,1.5,6,8),(26,'Tine Hribar',9,'outside hitter',12,'Slovenia',1998,195,NULL,343,10.9,13,12),
(27,'Milan Jovic',NULL,'opposite',NULL,'Serbia',1987,206,100,358,NULL,NULL,NULL),(28,'Pierre Gallois',NULL,'setter',NULL,'France',1986,190,83,324,NULL,NULL,NULL);
CREATE TABLE match (match_id int PRIMARY KEY, season text, round int, match_date date, home_team_id int REFERENCES team, away_team_id int REFERENCES team, result text, duration_min int, attendance int, mvp_player_id int REFERENCES player);
INSERT INTO match VALUES
(1,'2021/22',1,'2021-10-09',1,2,'3-2',131,3900,1),(2,'2021/22',1,'2021-10-10',4,8,'3-1',108,5100,10),(3,'2021/22',1,'2021-10-10',5,7,'3-0',79,2100,16),(4,'2021/22',2,'2021-10-16',2,6,'3-1',112,9800,4),
(5,'2021/22',2,'2021-10-17',3,9,'2-3',127,1650,24),(6,'2021/22',2,'2021-10-17',8,1,'1-3',104,2900,3),(7,'2021/22',3,'2021-10-23',6,4,'3-0',82,4020,17),(8,'2021/22',3,'2021-10-24',7,2,'0-3',71,1400,4),
(9,'2021/22',4,'2021-11-06',9,5,'3-2',138,2250,24),(10,'2021/22',4,'2021-11-06',2,1,'3-0',84,12400,6),
(11,'2022/23',1,'2022-10-08',2,4,'3-0',80,10300,4),(12,'2022/23',1,'2022-10-08',6,3,'3-0',76,3700,17),(13,'2022/23',1,'2022-10-09',1,5,'3-1',103,3500,1),(14,'2022/23',2,'2022-10-15',5,8,'2-3',134,2400,23),
(15,'2022/23',2,'2022-10-16',4,1,'3-2',129,6900,12),(16,'2022/23',2,'2022-10-16',9,2,'0-3',73,3100,6),(17,'2022/23',3,'2022-10-22',8,6,'3-1',107,2750,22),(18,'2022/23',3,'2022-10-23',3,7,'3-0',81,1500,8),
(19,'2022/23',4,'2022-11-05',1,6,'3-0',85,4150,3),(20,'2022/23',4,'2022-11-05',7,4,'1-3',99,1250,10),(21,'2022/23',5,'2022-11-12',2,8,'3-1',110,9100,NULL),(22,'2022/23',5,'2022-11-13',4,5,'3-0',78,5600,10);
