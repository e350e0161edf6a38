CREATE TABLE clinics (clinic_id int PRIMARY KEY, name text NOT NULL, city text NOT NULL, phone text, opened_year int, number_of_rooms int);
CREATE TABLE vets (vet_id int PRIMARY KEY, first_name text, last_name text, gender char(1), clinic_id int REFERENCES clinics, specialty text, salary int, hire_date date);
CREATE TABLE owners (owner_id int PRIMARY KEY, first_name text, last_name text, city text, email text, phone text);
CREATE TABLE pets (pet_id int PRIMARY KEY, name text, species text, breed text, sex text, birth_date date, weight_kg numeric(5,2), owner_id int REFERENCES owners);
CREATE TABLE visits (visit_id int PRIMARY KEY, pet_id int REFERENCES pets, vet_id int REFERENCES vets, visit_date date, reason text, fee numeric(7,2), paid boolean);
CREATE TABLE treatments (treatment_id int PRIMARY KEY, name text, category text, price numeric(7,2));
CREATE TABLE visit_treatments (visit_id int REFERENCES visits, treatment_id int REFERENCES treatments, quantity int, PRIMARY KEY (visit_id, treatment_id));
INSERT INTO clinics VALUES
(1,'Paws & Claws','Leeds','0113 555 0101',2009,6),(2,'Riverside Vets','York','01904 555 020',1998,4),(3,'Happy Tails','Leeds',NULL,2015,3),
(4,'Northgate Animal Hospital','Manchester','0161 555 0404',1987,12),(5,'Greenfield Veterinary Centre','Sheffield','0114 555 0505',2003,5),
(6,'The Cat Clinic','Manchester','0161 555 0606',2018,2),(7,'Harbour Vets','Hull','01482 555 070',1994,4),(8,'Moorland Practice','Skipton',NULL,2021,2);
INSERT INTO vets VALUES
(1,'Sarah','Whitfield','F',1,'Surgery',58000,'2010-03-15'),(2,'David','Okafor','M',1,'Dermatology',49500,'2014-09-01'),(3,'Emma','Lindqvist','F',2,'General Practice',44000,'2018-06-11'),
(4,'Thomas','Bell','M',2,'Surgery',61000,'2001-01-20'),(5,'Priya','Nair','F',3,'General Practice',42500,'2020-02-03'),(6,'Sarah','Coleman','F',4,'Cardiology',72000,'2005-11-07'),
(7,'Marcus','Reid','M',4,'Surgery',68500,'2012-04-30'),(8,'Helen','Foster','F',4,'Dentistry',53000,'2016-08-22'),(9,'James','Okafor','M',4,'General Practice',41000,'2022-01-10'),
(10,'Ruth','Abbott','F',5,'Dermatology',50500,'2013-05-19'),(11,'Daniel','Price','M',5,'General Practice',43200,'2019-10-14'),(12,'Lucy','Marsh','F',6,'Dentistry',51500,'2018-03-05'),
(13,'Peter','Grant','M',7,'General Practice',46800,'2011-07-25'),(14,'Nadia','Hussain','F',NULL,'Exotic Animals',47500,'2023-09-04');
INSERT INTO owners VALUES
(1,'Laura','Bennett','Leeds','laura.b@mail.com','07700 900101'),(2,'Michael','Chen','York','mchen@inbox.com','07700 900102'),(3,'Fiona','Gallagher','Leeds',NULL,'07700 900103'),
(4,'Robert','Singh','Manchester','rsingh@mail.com',NULL),(5,'Laura','Petrov','Manchester','lpetrov@post.net','07700 900105'),(6,'George','Hill','Sheffield','ghill@mail.com','07700 900106'),
(7,'Amira','Khan','Hull',NULL,NULL),(8,'Stephen','Doyle','York','sdoyle@post.net','07700 900108'),(9,'Ellen','Wright','Sheffield','ewright@inbox.com','07700 900109'),
(10,'Oscar','Lund','Leeds','olund@mail.com','07700 900110'),(11,'Grace','Bennett','Bradford','grace.bennett@mail.com','07700 900111'),(12,'Ian','Murray','Manchester',NULL,'07700 900112');
INSERT INTO pets VALUES
(1,'Bella','dog','Labrador','female','2016-05-12',29.50,1),(2,'Max','dog','Beagle','male','2019-08-03',13.20,1),(3,'Luna','cat','Siamese','female','2020-01-25',4.10,2),
(4,'Charlie','dog','Labrador','male','2014-11-30',33.80,3),(5,'Milo','cat','Persian','male','2018-04-17',5.60,3),(6,'Thumper','rabbit','Dutch','male','2021-03-09',2.20,4),
(7,'Coco','parrot','African Grey','female','2010-07-21',0.45,4),(8,'Daisy','dog','Poodle','female','2017-02-14',8.90,5),(9,'Simba','cat','Maine Coon','male','2015-09-05',7.80,5),
(10,'Rocky','dog','Boxer','male','2012-12-01',30.40,6),(11,'Nala','cat','Siamese','female','2022-06-18',3.70,6),(12,'Bella','cat','Persian','female','2013-10-10',4.90,7),
(13,'Buddy','dog','Beagle','male','2021-07-07',11.60,8),(14,'Snowy','rabbit','Angora','female','2022-02-28',3.10,9),(15,'Oreo','cat',NULL,'male','2019-03-22',5.20,9),
(16,'Rex','dog','German Shepherd','male','2015-01-19',36.70,10),(17,'Kiwi','parrot','Budgerigar','male','2022-10-02',0.04,10),(18,'Shadow','cat',NULL,'male',NULL,6.30,10),
(19,'Poppy','dog','Poodle','female','2020-09-29',7.40,5),(20,'Hazel','hamster','Syrian','female','2023-01-15',0.13,2);
INSERT INTO visits VALUES
(1,1,1,'2023-01-12','Vaccination',45.00,true),(2,1,1,'2023-06-20','Lameness',80.00,true),(3,2,2,'2023-02-15','Skin rash',65.00,true),(4,3,3,'2023-03-02','Vaccination',40.00,true),
(5,4,1,'2023-03-28','Surgery',310.00,false),(6,5,5,'2023-04-11','Check-up',35.00,true),(7,6,9,'2023-04-19','Check-up',38.00,true),(8,7,6,'2023-05-05','Breathing problems',120.00,false),
(9,8,7,'2023-05-23','Surgery',275.00,true),(10,9,8,'2023-06-01','Dental cleaning',150.00,true),(11,10,10,'2023-06-14','Skin rash',70.00,true),(12,11,11,'2023-07-03','Vaccination',42.00,true),
(13,12,13,'2023-07-18','Check-up',36.00,false),(14,13,4,'2023-08-09','Surgery',290.00,true),(15,14,10,'2023-08-21','Skin rash',68.00,true),(16,15,11,'2023-09-12','Vaccination',42.00,true),
(17,16,2,'2023-09-27','Skin rash',66.00,false),(18,17,5,'2023-10-04','Check-up',34.00,true),(19,4,1,'2023-10-30','Check-up',48.00,true),(20,8,8,'2023-11-15','Dental cleaning',145.00,false),
(21,1,2,'2024-01-09','Vaccination',47.00,true),(22,9,6,'2024-01-22','Heart murmur',185.00,true),(23,12,12,'2024-02-06','Dental cleaning',138.00,true),(24,3,4,'2024-02-19','Surgery',260.00,false),
(25,13,3,'2024-03-05','Vaccination',43.00,true),(26,19,7,'2024-03-14','Check-up',52.00,true),(27,10,10,'2024-04-02','Check-up',39.00,true),(28,4,1,'2024-04-25','Lameness',84.00,false),
(29,9,9,'2024-05-13','Vaccination',41.00,false),(30,20,3,'2024-05-30','Check-up',30.00,true);
INSERT INTO treatments VALUES
(1,'Rabies vaccine','Vaccine',22.00),(2,'Distemper vaccine','Vaccine',18.50),(3,'X-ray','Diagnostics',95.00),(4,'Blood test','Diagnostics',48.00),(5,'Antibiotic injection','Medication',16.00),
(6,'Painkiller','Medication',12.50),(7,'Tooth extraction','Dental',75.00),(8,'Scale and polish','Dental',60.00),(9,'General anaesthetic','Surgical',110.00),(10,'Medicated shampoo','Medication',14.75),
(11,'Ultrasound','Diagnostics',130.00),(12,'Microchip','Other',25.00);
INSERT INTO visit_treatments VALUES
(1,1,1),(1,2,1),(2,3,1),(2,6,10),(3,10,2),(4,1,1),(5,9,1),(5,3,2),(5,6,14),(7,4,1),(8,3,1),(8,5,2),(9,9,1),(9,5,1),(10,8,1),(10,7,2),(11,10,1),(11,5,3),(12,1,1),(12,2,1),
(14,9,1),(14,4,1),(15,10,1),(16,1,1),(17,10,1),(19,4,1),(20,8,1),(21,1,1),(22,4,2),(23,7,1),(23,8,1),(24,9,1),(25,2,1),(28,3,1),(28,6,6),(29,1,1);
