CREATE TABLE club (club_id integer PRIMARY KEY, club_name text, city text, country text, year_founded integer, members integer, boathouse_m2 integer, main_colour text);
CREATE TABLE rower (rower_id integer PRIMARY KEY, rower_name text, club_id integer REFERENCES club(club_id), nationality text, birth_year integer, height_cm integer, weight_kg numeric(4,1), side text, erg_2k_sec numeric(5,1), races integer, wins integer);
CREATE TABLE coach (coach_id integer PRIMARY KEY, coach_name text, club_id integer REFERENCES club(club_id), since_year text, titles_won integer);
CREATE TABLE venue (venue_id integer PRIMARY KEY, venue_name text, city text, country text, lanes integer, course_m integer, spectators integer);
CREATE TABLE duel (duel_id integer PRIMARY KEY, season text, duel_date date, venue_id integer REFERENCES venue(venue_id), home_club_id integer REFERENCES club(club_id), away_club_id integer REFERENCES club(club_id), boat_class text, home_result text, score text, margin_sec numeric(4,1), attendance integer);
CREATE TABLE season_stats (club_id integer REFERENCES club(club_id), season text, duels integer, wins integer, losses integer, pts integer, pts_avg numeric(4,2), final_rank integer, PRIMARY KEY (club_id, season));
INSERT INTO club VALUES
(1,'Thames Lightning','London','England',1872,410,950,'red'),(2,'Cam Blades','Cambridge','England',1901,260,620,'light blue'),(3,'Limmat RC','Zurich','Switzerland',1889,330,780,'blue'),(4,'Rotsee Eagles','Lucerne','Switzerland',1904,210,540,'yellow'),
(5,'Amstel Oars','Amsterdam','Netherlands',1918,295,700,'orange'),(6,'Maas Rotterdam','Rotterdam','Netherlands',1963,180,400,'green'),(7,'Alster Hamburg','Hamburg','Germany',1836,520,1200,'white'),(8,'Spree Achter','Berlin','Germany',1925,240,NULL,'blue'),
(9,'Arno Canottieri','Florence','Italy',1911,225,480,'red'),(10,'Clyde Rowing','Glasgow','Scotland',1978,150,310,'green'),
(11,'Vltava Praha','Prague','Czech Republic',1884,275,650,'white'),(12,'Seine Aviron','Paris','France',1946,190,NULL,'blue');
INSERT INTO rower VALUES
(1,'James Whitlock',1,'England',1995,194,93.5,'stroke',352.4,42,25),(2,'Oliver Reed',1,'England',1999,189,88.0,'bow',361.0,28,13),(3,'Daniel Moore',1,'Ireland',1992,197,97.2,'stroke',349.8,55,31),
(4,'Harry Stone',2,'England',2001,186,84.5,'bow',366.2,19,7),(5,'George Finch',2,'Wales',1997,191,90.1,'stroke',358.7,33,15),(6,'Luca Meier',3,'Switzerland',1996,193,92.0,'stroke',354.1,40,22),
(7,'Nico Baumann',3,'Switzerland',2000,188,86.3,'bow',363.5,24,11),(8,'Jan Keller',3,'Germany',1994,196,95.8,'stroke',351.6,47,27),(9,'Reto Frei',4,'Switzerland',1998,187,85.0,'bow',365.4,26,8),
(10,'Simon Graf',4,'Switzerland',2002,190,87.9,'both',362.3,12,3),(11,'Pieter de Vries',5,'Netherlands',1993,199,98.4,'stroke',347.9,58,36),(12,'Daan Bakker',5,'Netherlands',1999,192,91.2,'bow',357.0,30,17),
(13,'Sven Jansen',5,'Netherlands',2001,188,NULL,'both',364.8,15,7),(14,'Joost Visser',6,'Netherlands',1997,190,89.4,'bow',360.6,31,10),(15,'Tim Smit',6,'Belgium',2000,185,82.7,'stroke',369.9,18,4),
(16,'Lukas Brandt',7,'Germany',1991,198,99.0,'stroke',350.5,61,38),(17,'Felix Krause',7,'Germany',1998,195,94.6,'bow',353.3,37,21),(18,'Jan Petersen',7,'Denmark',1996,191,90.8,'both',356.2,36,19),
(19,'Max Richter',8,'Germany',2002,187,83.9,'bow',367.1,14,4),(20,'Paul Lehmann',8,'Germany',1999,192,92.6,'stroke',359.4,27,9),(21,'Matteo Ricci',9,'Italy',1995,189,88.8,'stroke',358.0,39,16),
(22,'Paolo Gallo',9,'Italy',2000,186,84.0,'bow',368.3,21,6),(23,'Ewan Murray',10,'Scotland',1998,193,91.7,'stroke',362.9,23,5),(24,'Filip Novak',NULL,'Czech Republic',1994,194,93.0,'bow',355.5,44,20);
INSERT INTO coach VALUES
(1,'Margaret Hale',1,'2012',4),(2,'Stephen Boyd',2,'2019',0),(3,'Urs Zimmermann',3,'2008',3),(4,'Beat Huber',4,'2020',0),(5,'Hans Mulder',5,'2015',2),(6,'Karin Vos',6,'2021',0),(7,'Dieter Lang',7,'1999',6),(8,'Ralf Engel',8,'2017',1),(9,'Giulia Bassi',9,'2014',1),(10,'Andrea Nero',NULL,'2003',2),(11,'Petra Lang',7,'2018',1);
INSERT INTO venue VALUES
(1,'Dorney Reach','London','England',8,2000,12000),(2,'Rotsee','Lucerne','Switzerland',6,2000,9000),(3,'Bosbaan','Amsterdam','Netherlands',8,2200,7500),(4,'Binnenalster','Hamburg','Germany',4,1500,15000),(5,'Cascine','Florence','Italy',4,1500,3000),(6,'Strathclyde','Glasgow','Scotland',6,2000,6000),(7,'Limmatkanal','Zurich','Switzerland',3,1200,2500);
INSERT INTO duel VALUES
(1,'2021','2021-04-17',1,1,2,'eight','won','2-0',4.2,5200),(2,'2021','2021-04-24',7,3,4,'eight','won','2-1',1.1,1800),(3,'2021','2021-05-08',3,5,6,'four','won','2-0',6.5,3100),(4,'2021','2021-05-15',4,7,8,'eight','won','2-0',5.9,8800),
(5,'2021','2021-05-29',5,9,1,'eight','lost','0-2',3.8,1500),(6,'2021','2021-06-05',2,4,7,'four','lost','1-2',2.0,4300),(7,'2021','2021-06-12',1,1,5,'eight','lost','1-2',0.6,7900),(8,'2021','2021-06-26',4,7,3,'eight','won','2-1',0.9,11200),
(9,'2022','2022-04-09',1,2,1,'four','lost','0-2',4.9,3600),(10,'2022','2022-04-23',3,5,3,'eight','won','2-1',1.4,5400),(11,'2022','2022-05-07',4,7,1,'eight','lost','1-2',0.4,13400),(12,'2022','2022-05-14',2,4,9,'four','won','2-0',3.3,2700),
(13,'2022','2022-05-21',6,10,2,'pair','lost','0-2',7.7,900),(14,'2022','2022-06-04',3,6,5,'eight','lost','0-2',5.2,4100),(15,'2022','2022-06-18',5,9,8,'pair','won','2-1',1.8,1300),(16,'2022','2022-06-25',7,3,7,'four','won','2-1',0.7,2400),
(17,'2023','2023-04-15',1,1,7,'eight','won','2-1',0.8,10100),(18,'2023','2023-04-29',3,5,1,'eight','won','2-0',2.6,6900),(19,'2023','2023-05-06',4,8,7,'four','lost','0-2',6.1,6200),(20,'2023','2023-05-20',2,3,5,'eight','lost','1-2',1.2,7300),
(21,'2023','2023-06-03',6,10,9,'pair','won','2-1',2.2,1100),(22,'2023','2023-06-10',5,9,3,'four','lost','0-2',4.4,1700),(23,'2023','2023-06-17',4,7,5,'eight','won','2-1',0.5,14600),(24,'2023','2023-06-24',2,6,4,'four','won','2-1',1.9,2200),(25,'2022','2022-05-28',7,3,11,'pair','won','2-0',3.0,1600);
INSERT INTO season_stats VALUES
(1,'2021',9,6,3,18,2.00,3),(2,'2021',8,2,6,6,0.75,7),(3,'2021',9,5,4,16,1.78,4),(4,'2021',8,3,5,9,1.13,6),(5,'2021',9,7,2,21,2.33,2),(7,'2021',9,8,1,24,2.67,1),(8,'2021',8,1,7,4,0.50,8),(9,'2021',8,4,4,12,1.50,5),
(1,'2022',10,9,1,27,2.70,1),(2,'2022',9,3,6,10,1.11,7),(3,'2022',10,6,4,19,1.90,4),(4,'2022',9,4,5,13,1.44,5),(5,'2022',10,7,3,22,2.20,3),(6,'2022',9,1,8,3,0.33,9),(7,'2022',10,8,2,23,2.30,2),(8,'2022',9,2,7,7,0.78,8),(9,'2022',9,4,5,12,1.33,6),(10,'2022',8,0,8,1,0.13,10),
(1,'2023',10,6,4,19,1.90,3),(3,'2023',10,5,5,15,1.50,4),(4,'2023',9,2,7,8,0.89,8),(5,'2023',10,9,1,28,2.80,1),(6,'2023',9,3,6,9,1.00,7),(7,'2023',10,7,3,22,2.20,2),(8,'2023',9,1,8,5,0.56,9),(9,'2023',9,4,5,11,1.22,6),(10,'2023',9,4,5,14,1.56,5);
