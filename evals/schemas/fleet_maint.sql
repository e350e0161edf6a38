CREATE TABLE bases (
  base_id integer PRIMARY KEY, name text NOT NULL, city text NOT NULL, country text NOT NULL, hangar_capacity integer);
CREATE TABLE aircraft (
  aircraft_id integer PRIMARY KEY, registration varchar(10) UNIQUE NOT NULL, manufacturer text, model text, seats integer,
  year_built integer, flight_hours integer, status text, base_id integer REFERENCES bases(base_id));
CREATE TABLE mechanics (
  mechanic_id integer PRIMARY KEY, first_name text, last_name text, gender char(1), birth_date date, hire_date date,
  hourly_rate numeric(6,2), email text, base_id integer REFERENCES bases(base_id));
CREATE TABLE jobs (
  job_id integer PRIMARY KEY, aircraft_id integer REFERENCES aircraft(aircraft_id), mechanic_id integer REFERENCES mechanics(mechanic_id),
  job_type text, priority text, started_on date, finished_on date, labor_hours numeric(6,1));
CREATE TABLE parts (
  part_id integer PRIMARY KEY, part_number varchar(20), name text, category text, supplier text, unit_price numeric(10,2), stock_quantity integer);
CREATE TABLE job_parts (
  job_id integer REFERENCES jobs(job_id), part_id integer REFERENCES parts(part_id), quantity integer, PRIMARY KEY (job_id, part_id));
INSERT INTO bases VALUES
(1,'Nordhaven','Oslo','Norway',6),(2,'Kastrup South','Copenhagen','Denmark',8),(3,'Fjordgate','Bergen','Norway',3),(4,'Lakeside','Geneva','Switzerland',4),
(5,'Tegel Annex','Berlin','Germany',5),(6,'Isar Works','Munich','Germany',7),(7,'Arlanda North','Stockholm','Sweden',4),(8,'Westfield','Aalborg','Denmark',2);
INSERT INTO aircraft VALUES
(1,'LN-ABA','Airbus','A320',180,2008,41250,'active',1),(2,'LN-ABB','Airbus','A320',174,2011,33800,'active',1),(3,'LN-ABC','Boeing','737-800',189,2006,48900,'in maintenance',1),
(4,'OY-KLA','Airbus','A319',144,2004,52310,'active',2),(5,'OY-KLB','ATR','ATR 72',70,2015,18220,'active',2),(6,'OY-KLC','ATR','ATR 72',72,2017,14900,'in maintenance',2),
(7,'LN-FJA','De Havilland','Dash 8',50,1998,61200,'stored',3),(8,'LN-FJB','De Havilland','Dash 8',78,2010,29870,'active',3),(9,'HB-GVA','Embraer','E190',100,2013,24650,'active',4),
(10,'HB-GVB','Embraer','E195',118,2016,17340,'active',4),(11,'D-TGLA','Boeing','737-700',149,2002,57020,'stored',5),(12,'D-TGLB','Airbus','A321',220,2018,12480,'active',5),
(13,'D-MUCA','Airbus','A321',212,2014,26900,'active',6),(14,'D-MUCB','Boeing','737-800',186,2012,31540,'active',6),(15,'D-MUCC','Embraer','E190',98,2009,35110,'in maintenance',6),
(16,'SE-ARN','Boeing','737 MAX 8',178,2021,4310,'active',7),(17,'SE-ARO','Saab','Saab 340',34,1995,58740,'retired',7),(18,'OY-XFE','Airbus','A320neo',186,2022,2950,'active',NULL);
INSERT INTO mechanics VALUES
(1,'Ingrid','Solberg','F','1979-04-12','2005-03-01',52.50,'i.solberg@skyfleet.example',1),(2,'Lars','Haugen','M','1985-09-30','2012-06-15',44.00,'l.haugen@skyfleet.example',1),
(3,'Mette','Jensen','F','1990-01-22','2016-02-01',39.50,'m.jensen@skyfleet.example',2),(4,'Søren','Kjær','M','1968-11-05','1994-08-20',58.00,NULL,2),
(5,'Lars','Nygaard','M','1993-07-17','2019-09-01',35.00,'l.nygaard@skyfleet.example',3),(6,'Claire','Dubois','F','1982-03-08','2010-01-11',61.00,'c.dubois@skyfleet.example',4),
(7,'Marco','Bernasconi','M','1975-12-19','2001-05-07',66.50,NULL,4),(8,'Jürgen','Weiss','M','1971-06-02','1998-10-12',55.00,'j.weiss@skyfleet.example',5),
(9,'Katrin','Vogel','F','1988-08-25','2014-04-01',46.50,'k.vogel@skyfleet.example',6),(10,'Thomas','Huber','M','1996-02-14','2021-03-15',33.50,'t.huber@skyfleet.example',6),
(11,'Anna','Lindqvist','F','1984-10-09','2013-08-01',47.00,'a.lindqvist@skyfleet.example',7),(12,'Erik','Bergman','M','1999-05-27','2022-01-10',31.00,NULL,7),
(13,'Thomas','Keller','M','1980-01-31','2007-11-05',49.00,'t.keller@skyfleet.example',6),(14,'Freja','Madsen','F','1998-12-03','2022-08-15',32.00,'f.madsen@skyfleet.example',NULL);
INSERT INTO jobs VALUES
(1,1,1,'A-check','normal','2022-01-10','2022-01-12',38.0),(2,1,2,'engine repair','high','2022-05-03','2022-05-09',96.5),(3,2,1,'A-check','normal','2022-02-14','2022-02-16',35.5),
(4,3,2,'C-check','normal','2023-03-01',NULL,210.0),(5,4,4,'avionics','high','2022-06-20','2022-06-22',24.0),(6,4,3,'landing gear','urgent','2022-09-11','2022-09-15',72.0),
(7,5,3,'A-check','normal','2022-03-03','2022-03-04',22.0),(8,6,4,'engine repair','urgent','2023-02-25',NULL,64.0),(9,7,5,'cabin refit','low','2021-11-02','2021-11-30',140.0),
(10,8,5,'A-check','normal','2022-04-18','2022-04-19',26.5),(11,8,5,'landing gear','high','2023-01-09','2023-01-12',48.0),(12,9,6,'A-check','normal','2022-07-05','2022-07-06',29.0),
(13,9,7,'avionics','high','2022-10-12','2022-10-13',15.5),(14,10,7,'engine repair','high','2023-01-20','2023-01-27',104.0),(15,11,8,'C-check','low','2021-09-06','2021-10-08',265.0),
(16,12,8,'A-check','normal','2022-08-22','2022-08-23',27.5),(17,13,9,'cabin refit','low','2022-11-14','2022-12-02',118.0),(18,13,13,'A-check','normal','2022-05-16','2022-05-18',33.0),
(19,14,13,'landing gear','urgent','2022-12-19','2022-12-23',80.5),(20,15,9,'C-check','normal','2023-02-13',NULL,175.0),(21,15,10,'avionics','high','2022-01-24','2022-01-25',18.0),
(22,16,11,'A-check','normal','2022-09-26','2022-09-27',25.0),(23,1,1,'avionics','normal','2023-01-16','2023-01-17',12.5),(24,3,1,'landing gear','high','2022-07-28','2022-08-01',66.0),
(25,4,4,'A-check','normal','2023-02-06','2023-02-07',31.0),(26,17,11,'engine repair','high','2021-06-14','2021-06-25',122.0),(27,14,9,'A-check','normal','2022-03-21','2022-03-22',30.0),
(28,12,13,'avionics','low','2023-02-20','2023-02-21',9.5),(29,1,2,'cabin refit','low','2022-11-21','2022-12-02',88.0);
INSERT INTO parts VALUES
(1,'EN-1001','Fuel pump','engine','Turbomek',4200.00,6),(2,'EN-1002','Igniter plug','engine','Turbomek',310.00,40),(3,'EN-1003','Turbine blade','engine','Rolland Aero',1850.00,24),
(4,'EN-1004','Oil filter','engine','Baltic Filters',85.50,120),(5,'LG-2001','Main wheel tyre','landing gear','Gummi Nord',1340.00,18),(6,'LG-2002','Brake disc','landing gear','Rolland Aero',2275.00,10),
(7,'LG-2003','Shock strut seal','landing gear','Gummi Nord',195.00,35),(8,'AV-3001','Altimeter','avionics','Avitron',6800.00,3),(9,'AV-3002','Radio unit','avionics','Avitron',5150.00,4),
(10,'AV-3003','Pitot tube','avionics','Helvetic Sensors',940.00,11),(11,'CB-4001','Seat cover','cabin','Linnea Textil',75.00,300),(12,'CB-4002','Reading light','cabin','Avitron',48.00,150),
(13,'CB-4003','Galley oven','cabin','Linnea Textil',3600.00,0),(14,'HY-5001','Hydraulic pump','hydraulics','Rolland Aero',7900.00,2),(15,'HY-5002','Hydraulic hose','hydraulics','Baltic Filters',120.00,60);
INSERT INTO job_parts VALUES
(1,4,2),(2,1,1),(2,2,4),(2,3,6),(3,4,2),(4,4,4),(4,5,2),(4,14,1),(5,8,1),(6,5,4),(6,6,2),(6,7,8),(7,4,1),(8,3,10),(8,1,2),(9,11,50),(9,12,25),(10,4,2),(11,7,4),(11,6,1),(12,4,1),
(13,10,2),(14,3,8),(14,2,2),(15,4,6),(15,14,1),(15,15,12),(16,4,2),(17,11,212),(17,12,60),(19,5,2),(19,6,4),(20,15,6),(20,4,4),(21,10,1),(22,4,2),(23,10,1),(24,7,6),(26,1,1),(26,3,4),(28,12,3);
