CREATE TABLE dorm (dormid integer PRIMARY KEY, dname varchar(30), campus varchar(12), sex_cd char(1), yr_blt integer, no_of_flrs integer, cap integer);
CREATE TABLE room (dormid integer REFERENCES dorm(dormid), rno varchar(5), rtype varchar(10), flr integer, beds integer, mth_rent numeric(7,2), PRIMARY KEY (dormid, rno));
CREATE TABLE major (mcode char(4) PRIMARY KEY, mname varchar(30), fac varchar(20));
CREATE TABLE stu (stuid integer PRIMARY KEY, lname varchar(20), fname varchar(20), sex char(1), age integer, mcode char(4), hm_city varchar(20), hm_ctry varchar(20), gpa numeric(3,2));
CREATE TABLE lives_in (stuid integer REFERENCES stu(stuid), dormid integer, rno varchar(5), mv_in_dt date, mv_out_dt date);
CREATE TABLE amen (amenid integer PRIMARY KEY, aname varchar(25), mth_fee numeric(6,2));
CREATE TABLE has_amen (dormid integer, amenid integer);
INSERT INTO dorm VALUES
(100,'Ashton Hall','North','X',1965,4,120),(110,'Birch House','North','F',1972,3,80),(120,'Cedar Court','East','X',1998,6,210),(130,'Dunmore Hall','East','M',1958,3,75),
(140,'Elmwood','South','X',2006,5,160),(150,'Foster House','South','F',1981,4,95),(160,'Grant Tower','East','X',2014,11,340),(170,'Hollis Hall','North','M',1969,4,110);
INSERT INTO room VALUES
(100,'101','single',1,1,410),(100,'102','double',1,2,320),(100,'201','double',2,2,330),(110,'11','single',1,1,395),(110,'12','triple',1,3,250),(110,'21','single',2,1,405),
(120,'110','single',1,1,520),(120,'210','double',2,2,400),(120,'310','single',3,1,540),(120,'612','studio',6,1,690),(130,'1','double',1,2,285),(130,'2','triple',1,3,230),
(140,'105','single',1,1,560),(140,'205','double',2,2,430),(140,'305','studio',3,2,720),(150,'15','double',1,2,310),(150,'25','triple',2,3,245),
(160,'301','single',3,1,610),(160,'702','studio',7,1,780),(160,'1101','studio',11,2,850),(160,'502','double',5,2,470),(170,'14','double',1,2,300),(170,'24','single',2,1,380);
INSERT INTO major VALUES
('CSCI','Computer Science','Engineering'),('MECH','Mechanical Engineering','Engineering'),('HIST','History','Arts'),('ENGL','English','Arts'),('BIOL','Biology','Science'),('CHEM','Chemistry','Science'),('ECON','Economics','Business'),('PHIL','Philosophy','Arts');
INSERT INTO stu VALUES
(1001,'Baker','Anna','F',19,'CSCI','Boston','USA',3.62),(1002,'Chen','Wei','M',20,'CSCI','Shanghai','China',3.85),(1003,'Costa','Lucia','F',21,'HIST','Lisbon','Portugal',3.10),(1004,'Doyle','Sean','M',18,'ECON','Dublin','Ireland',2.75),
(1005,'Evans','Anna','F',22,'BIOL','Cardiff','UK',3.40),(1006,'Fischer','Jonas','M',23,'MECH','Hamburg','Germany',3.05),(1007,'Garcia','Elena','F',20,'CHEM','Madrid','Spain',3.71),(1008,'Hall','Peter','M',19,'ENGL','Chicago','USA',2.90),
(1009,'Ito','Yuki','F',18,'BIOL','Osaka','Japan',3.95),(1010,'Jones','Peter','M',21,'CSCI','London','UK',2.60),(1011,'Kumar','Ravi','M',22,'MECH','Delhi','India',3.33),(1012,'Larsen','Nina','F',19,'ECON','Oslo','Norway',3.20),
(1013,'Miller','Jack','M',20,'HIST','Denver','USA',2.45),(1014,'Nowak','Ewa','F',24,'CSCI','Krakow','Poland',3.58),(1015,'Owens','Tara','F',18,'ENGL','Boston','USA',3.02),(1016,'Petrov','Ivan','M',25,'CHEM','Sofia','Bulgaria',3.48),
(1017,'Quinn','Maeve','F',20,'BIOL','Dublin','Ireland',3.15),(1018,'Rossi','Marco','M',19,'ECON','Milan','Italy',2.98),(1019,'Schmidt','Lena','F',21,'MECH','Berlin','Germany',3.66),(1020,'Taylor','Jack','M',22,'CSCI','London','UK',3.27),
(1021,'Usman','Zara','F',19,'CHEM','Lahore','Pakistan',3.80),(1022,'Vogel','Max','M',18,NULL,'Berlin','Germany',NULL),(1023,'Walsh','Orla','F',23,'HIST','Cork','Ireland',3.55),(1024,'Young','Ben','M',20,'ECON','Chicago','USA',3.12);
INSERT INTO lives_in VALUES
(1001,110,'11','2021-09-01','2022-06-30'),(1001,120,'110','2022-09-01',NULL),(1002,160,'301','2022-09-01',NULL),(1003,150,'15','2021-09-05',NULL),(1004,130,'1','2022-09-03',NULL),(1005,150,'15','2020-09-01','2022-01-31'),
(1006,140,'105','2021-02-01',NULL),(1007,120,'310','2022-09-01',NULL),(1008,130,'1','2022-09-02',NULL),(1009,110,'21','2022-09-04',NULL),(1010,100,'102','2021-09-01',NULL),(1011,160,'1101','2021-09-01',NULL),(1012,110,'12','2022-09-01',NULL),
(1013,170,'14','2022-01-15',NULL),(1014,140,'305','2020-09-01',NULL),(1015,110,'12','2022-09-05',NULL),(1016,160,'702','2019-09-01',NULL),(1017,120,'210','2022-02-01',NULL),(1018,170,'14','2022-09-01',NULL),
(1019,120,'210','2022-02-10',NULL),(1020,160,'1101','2021-09-01','2022-12-20'),(1023,110,'11','2022-09-01',NULL),(1024,100,'201','2022-09-06',NULL),(1016,130,'2','2018-09-01','2019-06-30'),(1003,110,'12','2020-09-01','2021-06-30');
INSERT INTO amen VALUES (1,'Laundry',15),(2,'Gym',25),(3,'Bike Cellar',5),(4,'Music Room',10),(5,'Study Room',0),(6,'Sauna',30),(7,'TV Lounge',0),(8,'Parking',45),(9,'Roof Terrace',0);
INSERT INTO has_amen VALUES (100,1),(100,3),(100,5),(110,1),(110,5),(110,7),(120,1),(120,2),(120,3),(120,5),(120,8),(130,1),(130,7),(140,1),(140,2),(140,4),(140,8),(150,3),(150,5),(160,1),(160,2),(160,4),(160,5),(160,7),(160,8),(160,9),(170,3),(170,7);
