CREATE TABLE club (club_id int PRIMARY KEY, club_name text, city text, country text, year_founded int, members int);
CREATE TABLE player (player_id int PRIMARY KEY, first_name text, last_name text, gender text, country text, birth_year int, title text, rating int, peak_rating int, wins int, draws int, losses int, avg_move_seconds numeric(5,1), club_id int REFERENCES club);
CREATE TABLE tournament (tournament_id int PRIMARY KEY, tournament_name text, city text, country text, year text, rounds int, prize_fund int, time_control text, winner_id int REFERENCES player);
CREATE TABLE opening (eco_code text PRIMARY KEY, opening_name text, first_moves text, white_win_pct numeric(4,1), draw_pct numeric(4,1));
CREATE TABLE game (game_id int PRIMARY KEY, tournament_id int REFERENCES tournament, round int, white_player_id int REFERENCES player, black_player_id int REFERENCES player, result text, moves int, duration_min int, eco_code text REFERENCES opening);
INSERT INTO club VALUES
(1,'Knights of Lyon','Lyon','France',1924,85),(2,'Berlin Schachfreunde','Berlin','Germany',1903,210),(3,'Club Ajedrez Sevilla','Seville','Spain',1956,64),(4,'Warsaw Rooks','Warsaw','Poland',1978,120),
(5,'Torre Bianca','Milan','Italy',1992,47),(6,'Hanse Hamburg','Hamburg','Germany',1949,150),(7,'Paris Echecs','Paris','France',1910,175),(8,'Bishop Opener','Gdansk','Poland',2011,33),(9,'Madrid Peones','Madrid','Spain',2004,58),(10,'Napoli Scacchi','Naples','Italy',1968,41),(11,'Rhein Bauern','Cologne','Germany',1987,72);
INSERT INTO player VALUES
(1,'Antoine','Moreau','M','France',1988,'GM',2612,2655,340,410,122,71.5,7),(2,'Claire','Dubois','F','France',1995,'IM',2431,2450,188,201,97,64.2,1),(3,'Jonas','Weber','M','Germany',1979,'GM',2577,2640,512,688,245,82.0,2),
(4,'Lena','Hartmann','F','Germany',2001,'FM',2318,2330,120,85,78,55.3,6),(5,'Pablo','Ruiz','M','Spain',1992,'IM',2466,2492,233,254,141,60.8,3),(6,'Marta','Ruiz','F','Spain',1999,'FM',2287,2312,97,66,83,58.1,9),
(7,'Krzysztof','Nowak','M','Poland',1971,'GM',2534,2668,601,790,310,90.4,4),(8,'Agnieszka','Zielinska','F','Poland',1986,'IM',2402,2447,264,290,188,67.7,4),(9,'Luca','Ferrari','M','Italy',2004,'IM',2489,2489,141,92,60,48.9,5),
(10,'Giulia','Romano','F','Italy',1990,NULL,2105,2160,75,41,92,52.0,5),(11,'Jonas','Keller','M','Germany',2006,'FM',2376,2376,88,47,39,45.6,2),(12,'Hugo','Lefevre','M','France',1965,'IM',2290,2485,420,515,398,88.8,1),
(13,'Tomasz','Kowalski','M','Poland',1997,NULL,2198,2240,102,60,111,57.9,8),(14,'Ines','Navarro','F','Spain',2003,NULL,2144,2144,51,28,49,50.5,3),(15,'Stefan','Vogel','M','Germany',1958,'GM',2391,2610,702,988,455,95.1,6),
(16,'Marie','Laurent','F','France',2008,NULL,2052,2075,33,15,41,41.2,7),(17,'Andrei','Popescu','M','Romania',1984,'GM',2598,2631,377,455,160,73.3,9),(18,'Elena','Popescu','F','Romania',1989,'IM',2419,2463,205,240,133,66.6,NULL),
(19,'Pablo','Ortega','M','Spain',1983,'FM',2301,2355,166,140,150,61.4,9),(20,'Marco','Bianchi','M','Italy',1976,NULL,1988,2090,60,52,97,79.9,3);
INSERT INTO tournament VALUES
(1,'Lyon Open','Lyon','France','2021',9,15000,'classical',1),(2,'Berlin Masters','Berlin','Germany','2021',7,42000,'classical',3),(3,'Seville Rapid Cup','Seville','Spain','2022',11,8000,'rapid',9),
(4,'Warsaw Memorial','Warsaw','Poland','2022',9,25000,'classical',17),(5,'Lyon Open','Lyon','France','2023',9,18000,'classical',1),(6,'Milan Blitz Night','Milan','Italy','2023',13,5000,'blitz',9),
(7,'Hamburg Classic','Hamburg','Germany','2023',7,30000,'classical',7),(8,'Madrid Spring Festival','Madrid','Spain','2024',9,20000,'rapid',NULL);
INSERT INTO opening VALUES
('B90','Sicilian Najdorf','1.e4 c5 2.Nf3 d6',38.4,33.2),('C65','Ruy Lopez Berlin','1.e4 e5 2.Nf3 Nc6',33.7,47.9),('D37','Queen''s Gambit Declined','1.d4 d5 2.c4 e6',37.0,43.5),('E60','King''s Indian Defence','1.d4 Nf6 2.c4 g6',40.8,31.1),
('C11','French Defence','1.e4 e6 2.d4 d5',39.9,34.6),('A10','English Opening','1.c4',36.2,39.8),('B12','Caro-Kann Defence','1.e4 c6 2.d4 d5',37.5,38.7),('A80','Dutch Defence','1.d4 f5',43.3,28.5);
INSERT INTO game VALUES
(1,1,1,1,12,'1-0',34,210,'B90'),(2,1,1,2,3,'0-1',51,305,'C65'),(3,1,2,3,1,'1/2-1/2',28,140,'D37'),(4,1,3,1,5,'1-0',42,255,'C11'),(5,1,3,12,2,'1/2-1/2',63,330,'A10'),
(6,2,1,3,7,'1-0',47,290,'E60'),(7,2,1,4,11,'1-0',39,232,'B90'),(8,2,2,7,4,'1-0',55,318,'D37'),(9,2,3,11,3,'0-1',31,180,'C11'),(10,2,4,15,7,'1/2-1/2',22,95,'C65'),
(11,3,1,9,5,'1-0',36,48,'B90'),(12,3,2,6,9,'0-1',29,41,'B12'),(13,3,3,5,14,'1-0',58,66,'E60'),(14,3,4,14,6,'1/2-1/2',70,75,'D37'),(15,4,1,17,8,'1-0',44,262,'C11'),
(16,4,2,7,17,'0-1',61,345,'E60'),(17,4,3,8,13,'1-0',33,201,'B90'),(18,4,4,18,7,'1/2-1/2',40,228,'C65'),(19,5,1,1,17,'1-0',49,296,'D37'),(20,5,2,2,18,'0-1',37,219,'A10'),
(21,5,3,16,12,'0-1',26,118,'B12'),(22,6,1,9,10,'1-0',24,9,'B90'),(23,6,2,20,9,'0-1',19,7,'A10'),(24,6,3,10,20,'1-0',45,12,'C11'),(25,7,1,7,3,'1-0',53,310,'B90'),(26,7,2,15,11,'0-1',38,214,'E60'),
(27,7,3,3,15,'1/2-1/2',18,60,'C65'),(28,7,4,11,7,'1/2-1/2',66,352,'B12'),(29,4,5,1,3,'1-0',41,240,'C65'),(30,5,4,12,1,'0-1',30,165,NULL);
