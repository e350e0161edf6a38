CREATE TABLE ctry (ctry_cd char(3) PRIMARY KEY, ctry_nm varchar(30), cont varchar(20));
CREATE TABLE team (tm_no integer PRIMARY KEY, tm_nm varchar(40), ctry_cd char(3) REFERENCES ctry, fnd_yr integer, bdgt_mil numeric(5,1), spons varchar(30));
CREATE TABLE rider (r_id integer PRIMARY KEY, fname varchar(20), lname varchar(20), sex char(1), dob date, nat_cd char(3), tm_no integer REFERENCES team, wt_kg integer, ht_cm integer, spec varchar(15));
CREATE TABLE race (race_no integer PRIMARY KEY, rname varchar(40), host_cd char(3), st_dt date, dist_km numeric(6,1), no_of_stages integer, cat varchar(10));
CREATE TABLE res (race_no integer REFERENCES race, rdr_id integer, pos integer, pts integer, prz_eur integer, stat varchar(5), PRIMARY KEY (race_no, rdr_id));
CREATE TABLE mgr (mgr_id integer PRIMARY KEY, fname varchar(20), lname varchar(20), tm integer, hire_dt date, sal_eur integer);
INSERT INTO ctry VALUES ('FRA','France','Europe'),('ITA','Italy','Europe'),('ESP','Spain','Europe'),('BEL','Belgium','Europe'),('NED','Netherlands','Europe'),('COL','Colombia','South America'),('AUS','Australia','Oceania'),('USA','United States','North America'),('DEN','Denmark','Europe'),('ECU','Ecuador','South America');
INSERT INTO team VALUES (1,'Velo Lumiere','FRA',1994,18.5,'Lumiere Bank'),(2,'Rosso Corsa','ITA',1987,14.0,'Ferrando'),(3,'Oranje Express','NED',2004,25.2,'Windmolen'),(4,'Los Condores','COL',2011,7.5,NULL),(5,'Flandria Pro','BEL',1968,21.0,'Brouwer'),(6,'Southern Cross','AUS',2012,12.8,'Outback Air'),(7,'Toro Bravo','ESP',1980,16.3,'Iberenergia'),(8,'Boreal','DEN',2016,9.9,NULL),(9,'Nouvelle Route','FRA',2019,4.2,'Cidre Breton');
INSERT INTO rider VALUES
(11,'Luc','Moreau','M','1992-04-17','FRA',1,66,178,'climber'),(12,'Antoine','Girard','M','1996-09-02','FRA',1,74,185,'sprinter'),(13,'Claire','Benoit','F','1998-01-23','FRA',9,54,168,'climber'),
(14,'Matteo','Ricci','M','1990-06-30','ITA',2,70,180,'all-round'),(15,'Giulia','Ferri','F','1995-12-11','ITA',2,57,170,'sprinter'),(16,'Luca','Bassi','M','1999-03-08','ITA',5,64,174,'climber'),
(17,'Jan','de Vries','M','1988-11-05','NED',3,80,191,'time trial'),(18,'Sanne','Bakker','F','1993-07-19','NED',3,60,173,'all-round'),(19,'Pieter','Claes','M','1994-02-14','BEL',5,77,186,'sprinter'),
(20,'Jan','Peeters','M','1987-08-28','BEL',5,72,182,'all-round'),(21,'Camilo','Rojas','M','1997-05-09','COL',4,58,167,'climber'),(22,'Andres','Quintero','M','2000-10-21','COL',4,60,169,'climber'),
(23,'Jack','Morrison','M','1991-01-31','AUS',6,75,184,'time trial'),(24,'Chloe','Barnes','F','1997-08-16','AUS',6,56,169,'climber'),(25,'Pablo','Serrano','M','1989-03-27','ESP',7,65,176,'climber'),
(26,'Lucia','Navarro','F','2001-06-04','ESP',7,55,166,'sprinter'),(27,'Tyler','Hayes','M','1995-04-12','USA',6,71,181,'all-round'),(28,'Mads','Holm','M','1998-12-01','DEN',3,69,183,'time trial'),
(29,'Emil','Krogh','M','2002-02-22','DEN',8,67,179,NULL),(30,'Diego','Paredes','M','1993-09-15','ECU',7,62,171,'climber'),(31,'Luc','Fontaine','M','1986-10-10','FRA',NULL,78,188,'sprinter');
INSERT INTO race VALUES
(501,'Alpine Grand Tour','FRA','2021-06-26',3280.5,21,'GT'),(502,'Dolomite Classic','ITA','2021-09-11',242.0,1,'Classic'),(503,'Cobbles of Flanders','BEL','2022-04-03',266.5,1,'Classic'),
(504,'Iberian Tour','ESP','2022-08-20',3120.0,20,'GT'),(505,'Andes Challenge','COL','2022-02-08',890.4,6,'Stage'),(506,'Delta Crossing','NED','2022-05-14',755.0,5,'Stage'),
(507,'Great Ocean Ride','AUS','2023-01-17',702.3,5,'Stage'),(508,'Alpine Grand Tour','FRA','2023-07-01',3390.8,21,'GT'),(509,'Cobbles of Flanders','BEL','2023-04-02',273.4,1,'Classic'),(510,'Coast to Coast','USA','2023-05-20',1105.0,8,'Stage'),(511,'Sherry Classic','ESP','2023-10-07',198.6,1,'Classic');
INSERT INTO res VALUES
(501,11,1,100,500000,'FIN'),(501,21,2,80,200000,'FIN'),(501,17,3,65,100000,'FIN'),(501,14,NULL,0,0,'DNF'),(501,25,4,55,70000,'FIN'),
(502,14,1,50,20000,'FIN'),(502,16,2,40,10000,'FIN'),(502,25,3,30,5000,'FIN'),(502,20,NULL,0,0,'DNF'),
(503,19,1,50,25000,'FIN'),(503,20,2,40,12500,'FIN'),(503,12,3,30,6000,'FIN'),(503,17,7,12,1000,'FIN'),(503,23,NULL,0,0,'DNF'),
(504,25,1,100,300000,'FIN'),(504,21,2,80,150000,'FIN'),(504,30,3,65,80000,'FIN'),(504,11,5,48,40000,'FIN'),(504,27,NULL,0,0,'DSQ'),
(505,21,1,60,30000,'FIN'),(505,22,2,45,15000,'FIN'),(505,30,3,35,8000,'FIN'),
(506,17,1,60,28000,'FIN'),(506,28,2,45,14000,'FIN'),(506,19,4,28,4000,'FIN'),(506,12,NULL,0,0,'DNF'),
(507,23,1,60,26000,'FIN'),(507,27,2,45,13000,'FIN'),(507,28,3,35,7000,'FIN'),
(508,21,1,100,500000,'FIN'),(508,11,2,80,200000,'FIN'),(508,16,3,65,100000,'FIN'),(508,17,9,22,10000,'FIN'),(508,22,NULL,0,0,'DNF'),
(509,20,1,50,25000,'FIN'),(509,19,2,40,12500,'FIN'),(509,14,5,20,3000,'FIN'),
(510,27,1,60,32000,'FIN'),(510,23,3,35,9000,'FIN'),(510,30,2,45,16000,'FIN'),
(511,20,1,50,15000,'FIN'),(511,25,2,40,8000,'FIN');
INSERT INTO mgr VALUES (1,'Henri','Blanchard',1,'2015-02-01',210000),(2,'Paolo','Ricci',2,'2009-11-15',175000),(3,'Wim','Jonker',3,'2018-01-10',260000),(4,'Hernan','Suarez',4,'2011-05-05',88000),(5,'Dirk','Maes',5,'2020-12-01',235000),(6,'Karen','Doyle',6,'2019-07-22',140000),(7,'Jorge','Vidal',7,'2013-03-18',182000),(8,'Astrid','Lund',NULL,'2021-09-30',95000);
