CREATE TABLE brch (br_cd varchar(4) PRIMARY KEY, br_nm text, br_city text, yr_opn int, flr_sqm int, no_of_seats int);
INSERT INTO brch VALUES ('CEN','Central Library','Halden',1932,4200,310),('NOR','Northgate','Halden',1978,860,60),('RIV','Riverside','Halden',1995,1100,85),('OAK','Oakfield','Oakfield',1964,640,42),('MIL','Mill Lane','Barrow',1988,720,50),('STA','Station Square','Barrow',2011,1500,120),('HIL','Hillcrest','Oakfield',2004,980,70),('BUS','Book Bus',NULL,2016,40,NULL);
CREATE TABLE auth (a_no int PRIMARY KEY, a_fname text, a_lname text, a_ctry text, a_byr int);
INSERT INTO auth VALUES (1,'Margaret','Ellison','Canada',1939),(2,'Paul','Brandt','Germany',1952),(3,'Ines','Carvalho','Portugal',1970),(4,'Thomas','Hale','England',1840),(5,'Yuki','Tanabe','Japan',1966),(6,'Margaret','Doyle','Ireland',1981),(7,'Samuel','Okoro','Nigeria',1958),(8,'Claire','Vasseur','France',1975),(9,'Peter','Lindqvist','Sweden',1949),(10,'Ruth','Hammond','England',1963),(11,'Paul','Verdier','France',1921);
CREATE TABLE bk (b_no int PRIMARY KEY, ttl text, a_no int REFERENCES auth, catg text, pub_yr int, no_of_pgs int, lang varchar(2), b_price numeric(6,2));
INSERT INTO bk VALUES
(1,'The Salt Garden',1,'fiction',1986,324,'en',14.50),(2,'Cold Harbour',1,'fiction',1996,468,'en',16.00),(3,'A Short History of Bridges',2,'history',1999,410,'en',28.90),(4,'Die stille Werft',2,'fiction',1984,256,'de',12.00),
(5,'Lanterns at Noon',3,'fiction',2008,298,'en',15.20),(6,'The Mayor of Dunmore',4,'classics',1886,392,'en',9.90),(7,'Far from the Heath',4,'classics',1874,433,'en',9.50),(8,'Night Metro',5,'crime',2001,352,'en',13.80),
(9,'Seven Paper Cranes',5,'fiction',1994,276,'en',12.60),(10,'The Lodger of Cork',6,'crime',2015,388,'en',14.90),(11,'Under the Iroko',7,'fiction',1991,240,'en',11.75),(12,'Bread and Empire',8,'history',2012,536,'en',32.00),
(13,'La Rue des Ombres',8,'crime',2006,310,'fr',13.40),(14,'The Ice Road North',9,'travel',1983,288,'en',18.30),(15,'Gardens for Small Spaces',10,'hobby',2003,192,'en',21.50),(16,'Walking the Fells',10,'travel',1998,224,'en',17.20),
(17,'Old Maps of Halden',NULL,'history',1957,148,'en',NULL),(18,'Knots and Rigging',NULL,'hobby',1972,176,'en',10.80),(19,'The Paper Lighthouse',5,'crime',2011,334,'en',14.20);
CREATE TABLE cpy (c_id int PRIMARY KEY, bno int, br_cd varchar(4) REFERENCES brch, cond text, acq_dt date);
INSERT INTO cpy VALUES
(501,1,'CEN','good','2009-03-02'),(502,1,'NOR','worn','2005-06-14'),(503,1,'RIV','good','2012-09-20'),(504,2,'CEN','good','2011-01-11'),(505,2,'STA','new','2022-02-08'),(506,3,'CEN','good','2010-05-05'),(507,4,'CEN','worn','2001-10-30'),
(508,5,'RIV','good','2013-04-17'),(509,5,'HIL','new','2021-11-22'),(510,6,'OAK','worn','1998-07-07'),(511,6,'CEN','good','2014-08-19'),(512,7,'CEN','damaged','1996-02-27'),(513,8,'STA','good','2015-03-16'),(514,8,'NOR','good','2016-12-01'),
(515,8,'MIL','worn','2008-05-26'),(516,9,'HIL','good','2017-06-09'),(517,10,'STA','new','2022-05-13'),(518,10,'RIV','good','2018-10-04'),(519,11,'CEN','good','2012-01-25'),(520,12,'CEN','new','2021-03-30'),(521,12,'MIL','good','2016-07-21'),
(522,13,'CEN','good','2010-11-15'),(523,14,'OAK','damaged','1999-04-12'),(524,15,'MIL','good','2011-09-06'),(525,15,'RIV','worn','2007-02-18'),(526,16,'OAK','good','2013-12-10'),(527,17,'CEN','worn','1990-01-08');
CREATE TABLE mbr (m_no int PRIMARY KEY, fname text, lname text, sex varchar(1), bdt date, m_city text, m_typ text, jn_dt date, home_br varchar(4));
INSERT INTO mbr VALUES
(1,'Laura','Bennett','F','1984-02-11','Halden','adult','2010-04-06','CEN'),(2,'Oskar','Lindahl','M','1957-08-30','Barrow','senior','2003-09-15','STA'),(3,'Priya','Raman','F','2001-05-19','Halden','student','2019-10-01','CEN'),
(4,'Daniel','Foster','M','1991-12-03','Oakfield','adult','2015-01-20','OAK'),(5,'Laura','Quinn','F','1949-07-25','Oakfield','senior','1999-03-11','HIL'),(6,'Ben','Archer','M','2011-09-14','Barrow','child','2019-06-08','MIL'),
(7,'Mina','Archer','F','2013-03-02','Barrow','child','2021-02-13','MIL'),(8,'George','Tate','M','1972-11-17','Halden','adult','2008-08-28','RIV'),(9,'Helen','Marsh','F','1966-01-29','Halden','adult','2012-05-30','CEN'),
(10,'Ivan','Petkov','M','2000-10-10','Barrow','student','2020-09-21','STA'),(11,'Susan','Tate','F','1975-04-04','Halden','adult','2008-08-28','RIV'),(12,'Amir','Haddad','M','1988-06-22',NULL,'adult','2022-01-17',NULL),(13,'Rose','Whitlock','F','1941-12-31','Oakfield','senior','1995-02-02','OAK');
CREATE TABLE ln (ln_no int PRIMARY KEY, cpy_id int REFERENCES cpy, mno int, ln_dt date, due_dt date, ret_dt date, fine_amt numeric(5,2));
INSERT INTO ln VALUES
(1,501,1,'2022-01-10','2022-01-31','2022-01-28',0),(2,504,1,'2022-02-04','2022-02-25','2022-03-04',1.40),(3,513,2,'2022-01-15','2022-02-05','2022-02-12',1.40),(4,506,3,'2022-03-01','2022-03-22','2022-04-05',2.80),(5,520,3,'2022-03-01','2022-03-22','2022-03-20',0),
(6,510,4,'2022-02-12','2022-03-05','2022-03-03',0),(7,509,5,'2022-04-07','2022-04-28','2022-04-30',0.40),(8,516,5,'2022-05-02','2022-05-23','2022-05-19',0),(9,515,6,'2022-04-16','2022-05-07','2022-06-01',5.00),(10,524,6,'2022-06-11','2022-07-02','2022-06-25',0),
(11,521,7,'2022-06-11','2022-07-02','2022-07-01',0),(12,518,8,'2022-05-21','2022-06-11','2022-06-10',0),(13,503,8,'2022-07-05','2022-07-26','2022-08-02',1.40),(14,522,9,'2022-06-28','2022-07-19','2022-07-15',0),(15,507,9,'2022-07-18','2022-08-08','2022-08-07',0),
(16,511,9,'2022-09-02','2022-09-23',NULL,NULL),(17,517,10,'2022-08-03','2022-08-24','2022-09-10',4.00),(18,505,10,'2022-09-12','2022-10-03',NULL,NULL),(19,508,11,'2022-08-09','2022-08-30','2022-08-29',0),(20,503,11,'2022-08-16','2022-09-06','2022-09-05',0),
(21,501,3,'2022-09-06','2022-09-27',NULL,NULL),(22,513,10,'2022-09-12','2022-10-03',NULL,NULL),(23,514,1,'2022-08-22','2022-09-12','2022-09-12',0),(24,502,9,'2022-08-01','2022-08-22','2022-08-20',0),(25,526,4,'2022-08-27','2022-09-17','2022-09-21',0.80),(26,504,8,'2022-04-02','2022-04-23','2022-04-20',0);
