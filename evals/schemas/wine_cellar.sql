CREATE TABLE ref_wine_types (wine_type_code varchar(10) PRIMARY KEY, wine_type_description varchar(40));
CREATE TABLE ref_payment_methods (payment_method_code varchar(10) PRIMARY KEY, payment_method_description varchar(40));
CREATE TABLE customers (customer_id integer PRIMARY KEY, payment_method_code varchar(10) REFERENCES ref_payment_methods(payment_method_code), customer_first_name varchar(30), customer_last_name varchar(30), customer_phone varchar(20), customer_email varchar(60), date_became_customer date, other_customer_details text);
CREATE TABLE customer_address_history (customer_id integer REFERENCES customers(customer_id), address_line_1 varchar(60), city varchar(30), country varchar(30), date_address_from date, date_address_to date);
CREATE TABLE wines (wine_id integer PRIMARY KEY, wine_type_code varchar(10) REFERENCES ref_wine_types(wine_type_code), wine_name varchar(50), producer_name varchar(50), region varchar(30), country_of_origin varchar(30), vintage_year integer, bottle_price numeric(8,2), bottles_in_cellar integer, other_wine_details text);
CREATE TABLE customer_orders (order_id integer PRIMARY KEY, customer_id integer REFERENCES customers(customer_id), order_date date, date_paid date, order_status_code varchar(12), other_order_details text);
CREATE TABLE order_items (order_id integer REFERENCES customer_orders(order_id), wine_id integer REFERENCES wines(wine_id), item_quantity integer, item_discount_pct integer, PRIMARY KEY (order_id, wine_id));
INSERT INTO ref_wine_types VALUES ('RED','Red wine'),('WHT','White wine'),('ROS','Rosé wine'),('SPK','Sparkling wine'),('DES','Dessert wine'),('FOR','Fortified wine'),('ORG','Orange wine');
INSERT INTO ref_payment_methods VALUES ('CC','Credit card'),('DD','Direct debit'),('INV','Invoice'),('CASH','Cash'),('PP','PayPal');
INSERT INTO customers VALUES
(1,'CC','Henry','Aldridge','020-7001','henry.a@mail.example','2012-03-14',NULL),(2,'INV','Claudia','Romano','055-2210','c.romano@mail.example','2015-07-02','vip'),(3,'CC','Pierre','Lefèvre','01-4455','plefevre@mail.example','2010-11-20',NULL),
(4,'DD','Anna','Schuster','089-3344',NULL,'2018-01-09',NULL),(5,'CASH','Henry','Cole',NULL,'hcole@mail.example','2019-05-25','n/a'),(6,'INV','Sofia','Almeida','021-9087','sofia.alm@mail.example','2016-09-13',NULL),
(7,'CC','Margaret','Byrne','01-6677','mbyrne@mail.example','2013-12-01',NULL),(8,'DD','Klaus','Richter','030-5512','k.richter@mail.example','2011-06-30','vip'),(9,'CC','Julie','Lambert','04-7788','jlambert@mail.example','2020-02-18',NULL),
(10,'INV','Edward','Finch',NULL,'e.finch@mail.example','2017-08-08',NULL),(11,'CASH','Paula','Schuster','089-9911',NULL,'2021-10-04',NULL),(12,'CC','Giorgio','Bellini','06-1234','gbellini@mail.example','2014-04-22','n/a'),
(13,'INV','Nora','Walsh','01-8899','nwalsh@mail.example','2022-01-15',NULL),(14,'DD','Oscar','Lindgren','08-4567','oscar.l@mail.example','2022-05-30',NULL);
INSERT INTO customer_address_history VALUES
(1,'12 Marlow Road','London','United Kingdom','2012-03-14','2018-08-31'),(1,'4 Abbey Close','Oxford','United Kingdom','2018-09-01',NULL),(2,'Via Roma 18','Florence','Italy','2015-07-02',NULL),(3,'7 Rue Verte','Lyon','France','2010-11-20','2014-05-31'),
(3,'22 Quai Nord','Paris','France','2014-06-01',NULL),(4,'Isarweg 3','Munich','Germany','2018-01-09',NULL),(5,'81 Mill Lane','London','United Kingdom','2019-05-25',NULL),(6,'Rua do Sol 5','Lisbon','Portugal','2016-09-13','2020-12-31'),
(6,'9 Rue des Lilas','Paris','France','2021-01-01',NULL),(7,'3 Canal View','Dublin','Ireland','2013-12-01',NULL),(8,'Lindenallee 40','Berlin','Germany','2011-06-30','2016-03-31'),(8,'Am Wall 2','Bremen','Germany','2016-04-01',NULL),
(9,'15 Cours Mirabel','Marseille','France','2020-02-18',NULL),(10,'27 Park Row','London','United Kingdom','2017-08-08','2021-06-30'),(10,'6 Harbour St','Dublin','Ireland','2021-07-01',NULL),(11,'Isarweg 9','Munich','Germany','2021-10-04',NULL),(12,'Piazza Nuova 1','Rome','Italy','2014-04-22',NULL),(14,'Storgatan 8','Stockholm','Sweden','2022-05-30',NULL);
INSERT INTO wines VALUES
(1,'RED','Clos du Moulin','Domaine Perrault','Burgundy','France',2015,64.00,48,NULL),(2,'RED','Vigna Alta','Cantina Belforte','Tuscany','Italy',2013,52.50,30,NULL),(3,'WHT','Schlossberg Riesling','Weingut Adler','Mosel','Germany',2019,18.90,120,'dry'),
(4,'SPK','Brut Réserve','Maison Valcourt','Champagne','France',2012,78.00,24,NULL),(5,'FOR','Vintage Port','Quinta da Serra','Douro','Portugal',2003,95.00,12,NULL),(6,'ROS','Rose de Mer','Château Bellac','Provence','France',2021,14.50,90,NULL),
(7,'WHT','Terre Bianche','Cantina Belforte','Tuscany','Italy',2020,16.80,75,NULL),(8,'RED','Gran Reserva','Bodegas Lerma','Rioja','Spain',2010,43.00,36,NULL),(9,'DES','Eiswein','Weingut Adler','Mosel','Germany',2016,58.00,10,'half bottle'),
(10,'RED','Château Bellac Rouge','Château Bellac','Provence','France',2018,21.00,60,NULL),(11,'WHT','Les Pierres','Domaine Perrault','Burgundy','France',2017,49.00,28,NULL),(12,'SPK','Cava Brut','Bodegas Lerma','Penedès','Spain',2019,12.90,110,NULL),
(13,'RED','Joven','Bodegas Lerma','Rioja','Spain',2022,9.80,200,NULL),(14,'WHT','Vinho Branco','Quinta da Serra','Douro','Portugal',2021,11.40,85,NULL),(15,'RED','Brunello Antico','Fattoria Sole','Tuscany','Italy',2008,120.00,6,NULL),
(16,'DES','Vin Doux','Château Bellac','Provence','France',2014,26.00,0,NULL),(17,'FOR','Tawny Port','Quinta da Serra','Douro','Portugal',NULL,34.00,22,'no vintage');
INSERT INTO customer_orders VALUES
(1,1,'2021-02-10','2021-02-12','delivered',NULL),(2,2,'2021-03-05','2021-04-01','delivered',NULL),(3,3,'2021-03-18','2021-03-18','delivered','gift'),(4,1,'2021-06-22','2021-06-25','delivered',NULL),(5,4,'2021-07-14','2021-07-20','delivered',NULL),
(6,5,'2021-09-01','2021-09-01','delivered',NULL),(7,6,'2021-10-11','2021-11-09','delivered',NULL),(8,7,'2021-11-30','2021-12-02','delivered','gift'),(9,8,'2021-12-08','2021-12-15','delivered',NULL),(10,3,'2021-12-12','2021-12-12','delivered',NULL),
(11,9,'2022-01-20',NULL,'cancelled',NULL),(12,1,'2022-02-03','2022-02-04','delivered',NULL),(13,10,'2022-03-15','2022-04-20','delivered',NULL),(14,8,'2022-04-28','2022-05-05','delivered',NULL),(15,12,'2022-05-16','2022-05-17','delivered',NULL),
(16,2,'2022-06-09',NULL,'shipped',NULL),(17,3,'2022-06-30','2022-07-01','shipped',NULL),(18,7,'2022-07-07',NULL,'cancelled',NULL),(19,6,'2022-08-19',NULL,'shipped','gift'),(20,13,'2022-09-02',NULL,'pending',NULL),(21,3,'2022-09-10','2022-09-10','pending',NULL),(22,4,'2022-09-12',NULL,'pending',NULL);
INSERT INTO order_items VALUES
(1,1,6,0),(1,4,2,0),(2,2,12,10),(3,4,6,5),(3,11,3,0),(4,3,12,0),(4,6,6,0),(5,3,18,10),(5,9,2,0),(6,13,6,0),(7,5,3,0),(7,14,12,0),(8,1,3,0),(8,8,6,0),(9,3,24,15),(9,9,1,0),(10,4,12,10),(10,1,6,5),(11,6,12,0),(12,15,1,0),(12,2,3,0),
(13,8,12,10),(13,12,6,0),(14,9,3,0),(14,7,6,0),(15,15,2,5),(15,2,6,0),(16,7,24,10),(17,11,6,0),(17,10,12,0),(18,1,2,0),(19,14,18,5),(19,5,1,0),(20,12,12,0),(20,13,12,0),(21,4,3,0),(22,3,12,5);
