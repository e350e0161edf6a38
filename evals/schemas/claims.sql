CREATE TABLE ref_policy_types (policy_type_code varchar(10) PRIMARY KEY, policy_type_description varchar(60));
CREATE TABLE ref_claim_status (claim_status_code varchar(10) PRIMARY KEY, claim_status_description varchar(60));
CREATE TABLE ref_payment_methods (payment_method_code varchar(10) PRIMARY KEY, payment_method_description varchar(60));
CREATE TABLE customers (customer_id integer PRIMARY KEY, customer_first_name varchar(40), customer_last_name varchar(40), customer_gender_code char(1), customer_date_of_birth date, customer_city varchar(40), customer_phone varchar(30), customer_email varchar(80), other_customer_details text);
CREATE TABLE policies (policy_id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers(customer_id), policy_type_code varchar(10) NOT NULL REFERENCES ref_policy_types(policy_type_code), policy_start_date date, policy_end_date date, annual_premium numeric(10,2), other_policy_details text);
CREATE TABLE claims (claim_id integer PRIMARY KEY, policy_id integer NOT NULL REFERENCES policies(policy_id), claim_status_code varchar(10) REFERENCES ref_claim_status(claim_status_code), date_claim_made date, amount_claimed numeric(10,2), cause_of_loss varchar(40), other_claim_details text);
CREATE TABLE settlements (settlement_id integer PRIMARY KEY, claim_id integer NOT NULL REFERENCES claims(claim_id), payment_method_code varchar(10) REFERENCES ref_payment_methods(payment_method_code), date_claim_settled date, amount_settled numeric(10,2), other_settlement_details text);
INSERT INTO ref_policy_types VALUES ('MOTOR','Motor vehicle insurance'),('HOME','Home and contents insurance'),('TRAVEL','Travel insurance'),('LIFE','Life insurance'),('PET','Pet insurance'),('LEGAL','Legal protection insurance');
INSERT INTO ref_claim_status VALUES ('OPN','Open'),('SET','Settled'),('REJ','Rejected'),('REV','Under review'),('WDN','Withdrawn');
INSERT INTO ref_payment_methods VALUES ('BT','Bank transfer'),('CHQ','Cheque'),('CC','Credit card'),('CSH','Cash'),('PP','PayPal');
INSERT INTO customers VALUES
(1,'Hannah','Whitlock','F','1984-03-12','Bristol','0117 4960 112','h.whitlock@example.com',NULL),
(2,'Oliver','Brandt','M','1971-11-30','Leeds','0113 4960 871','obrandt@example.org','prefers letters'),
(3,'Priya','Nair','F','1990-07-04','Leicester',NULL,'priya.nair@example.com',NULL),
(4,'George','Okafor','M','1965-01-19','London','020 7946 0321',NULL,'VIP'),
(5,'Hannah','Pritchard','F','1958-09-23','Cardiff','029 2018 0455','hpritchard@example.net',NULL),
(6,'Samuel','Lindqvist','M','1988-05-15','Bristol',NULL,'sam.l@example.com',NULL),
(7,'Teresa','Moreno','F','1979-12-02','London','020 7946 0777','tmoreno@example.com',NULL),
(8,'Duncan','McAllister','M','1950-04-28','Edinburgh','0131 496 0090',NULL,'deaf, use text relay'),
(9,'Aisha','Rahman','F','1995-10-11','Leeds','0113 4960 222','aisha.r@example.org',NULL),
(10,'Peter','Whitlock','M','1982-08-08','Bristol','0117 4960 113','p.whitlock@example.com','spouse of 1'),
(11,'Lena','Fischer','F','1968-02-17','Edinburgh','0131 496 0345','lena.fischer@example.net',NULL),
(12,'Marcus','Boateng','M','1999-06-21','London',NULL,'mboateng@example.com',NULL),
(13,'Joan','Hargreaves','F','1947-12-25','York','01904 960 018',NULL,NULL),
(14,'Peter','Szabo','M','1975-03-03','Leeds','0113 4960 519','pszabo@example.com',NULL),
(15,'Yvonne','Delacroix','F','1986-01-14','London','020 7946 0654','yvonne.d@example.com',NULL),
(16,'Rhys','Bevan','M','1993-11-09','Cardiff',NULL,'rhys.bevan@example.org','student');
INSERT INTO policies VALUES
(101,1,'MOTOR','2019-02-01','2024-01-31',540.00,NULL),(102,1,'HOME','2020-05-10','2025-05-09',310.50,NULL),(103,2,'MOTOR','2018-07-15','2023-07-14',725.00,'garage kept'),
(104,2,'LIFE','2015-01-01',NULL,1280.00,NULL),(105,3,'TRAVEL','2023-06-01','2023-08-31',89.90,NULL),(106,4,'HOME','2016-09-20','2026-09-19',980.00,'listed building'),
(107,4,'MOTOR','2021-03-05','2024-03-04',1150.00,NULL),(108,4,'LIFE','2010-10-10',NULL,2100.00,NULL),(109,5,'PET','2022-01-17','2023-01-16',210.00,NULL),
(110,6,'MOTOR','2022-04-02','2025-04-01',615.75,NULL),(111,7,'TRAVEL','2022-12-15','2023-01-15',64.00,NULL),(112,7,'HOME','2017-08-01','2024-07-31',450.00,NULL),
(113,8,'HOME','2014-11-11',NULL,395.00,NULL),(114,9,'MOTOR','2023-01-20','2024-01-19',890.00,'new driver'),(115,9,'PET','2023-02-14','2024-02-13',185.00,NULL),
(116,10,'MOTOR','2019-02-01','2024-01-31',505.00,NULL),(117,11,'TRAVEL','2023-07-07','2023-07-28',72.50,NULL),(118,11,'LIFE','2012-06-30',NULL,1475.00,NULL),
(119,12,'MOTOR','2022-09-09','2023-09-08',1320.00,'black box'),(120,14,'HOME','2021-10-01','2024-09-30',365.00,NULL),(121,14,'PET','2021-10-01','2022-09-30',150.00,NULL),
(122,15,'TRAVEL','2022-05-05','2022-06-05',58.25,NULL),(123,15,'MOTOR','2020-12-12','2023-12-11',670.00,NULL),(124,7,'PET','2020-03-03','2023-03-02',240.00,NULL);
INSERT INTO claims VALUES
(1001,101,'SET','2020-11-03',1850.00,'Collision',NULL),(1002,101,'SET','2022-01-14',420.00,'Vandalism',NULL),(1003,102,'REJ','2021-08-30',2300.00,'Water damage','no receipt'),
(1004,103,'SET','2019-04-22',5600.00,'Collision',NULL),(1005,105,'SET','2023-07-19',640.00,'Lost luggage',NULL),(1006,106,'SET','2018-02-11',15200.00,'Fire',NULL),
(1007,106,'REV','2023-09-01',7400.00,'Water damage',NULL),(1008,107,'OPN','2023-10-05',3125.00,'Theft',NULL),(1009,109,'SET','2022-06-06',890.00,'Illness',NULL),
(1010,110,'WDN','2022-12-24',300.00,'Vandalism',NULL),(1011,111,'REJ','2023-01-08',1120.00,'Illness','pre-existing'),(1012,112,'SET','2019-12-30',2750.00,'Water damage',NULL),
(1013,112,'SET','2021-03-18',980.00,'Theft',NULL),(1014,113,'SET','2020-02-09',4300.00,'Storm',NULL),(1015,114,'OPN','2023-08-16',2210.00,'Collision',NULL),
(1016,115,'SET','2023-05-25',475.00,'Illness',NULL),(1017,116,'SET','2021-07-01',3900.00,'Collision',NULL),(1018,117,'OPN','2023-07-30',510.00,'Lost luggage',NULL),
(1019,119,'SET','2023-02-02',8800.00,'Collision',NULL),(1020,119,'REJ','2023-04-12',1900.00,'Theft',NULL),(1021,120,'REV','2023-09-20',3350.00,'Storm',NULL),
(1022,122,'SET','2022-05-28',265.00,'Lost luggage',NULL),(1023,123,'OPN','2023-11-02',1475.00,NULL,NULL),(1024,124,'SET','2021-01-27',1210.00,'Illness',NULL),
(1025,119,'SET','2022-11-17',760.00,'Vandalism',NULL),(1026,106,'SET','2020-06-14',2100.00,'Theft',NULL),(1027,107,'REJ','2022-02-02',1500.00,'Vandalism','excess too high');
INSERT INTO settlements VALUES
(1,1001,'BT','2021-01-20',1700.00,NULL),(2,1002,'CHQ','2022-03-01',420.00,NULL),(3,1004,'BT','2019-08-15',5100.00,NULL),(4,1005,'CC','2023-08-21',500.00,NULL),
(5,1006,'BT','2018-07-07',9000.00,'first part'),(6,1006,'CHQ','2018-10-31',4500.00,'second part'),(7,1009,'BT','2022-07-19',890.00,NULL),(8,1012,'CHQ','2020-03-05',2400.00,NULL),
(9,1013,'BT','2021-05-10',950.00,NULL),(10,1014,'CHQ','2020-04-29',4300.00,NULL),(11,1016,'PP','2023-06-15',380.00,NULL),(12,1017,'BT','2021-10-12',3650.00,NULL),
(13,1019,'BT','2023-06-30',7900.00,NULL),(14,1022,'CC','2022-06-30',200.00,NULL),(15,1024,'PP','2021-03-03',1100.00,NULL),(16,1025,'BT','2023-01-09',700.00,NULL),(17,1026,'CC','2020-09-09',1875.00,NULL);
