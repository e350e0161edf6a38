CREATE TABLE ref_order_status_codes (order_status_code varchar(10) PRIMARY KEY, order_status_description varchar(80));
INSERT INTO ref_order_status_codes VALUES ('PE','Pending'),('PD','Paid'),('PK','Packed'),('SH','Shipped'),('DL','Delivered'),('CN','Cancelled'),('RT','Returned'),('HD','On hold');
CREATE TABLE customers (customer_id int PRIMARY KEY, customer_first_name varchar(50), customer_last_name varchar(50), customer_gender varchar(10), customer_email varchar(80), customer_city varchar(50), customer_date_of_birth date, date_became_customer date, other_customer_details varchar(255));
INSERT INTO customers VALUES
(1,'Anna','Keller','Female','anna.keller@mailbox.de','Berlin','1988-04-12','2019-02-03',NULL),
(2,'Tom','Bradley','Male','tbradley@post.uk','Leeds','1975-09-30','2017-06-21',NULL),
(3,'Maria','Santos','Female',NULL,'Lisbon','1992-01-17','2020-11-05',NULL),
(4,'Anna','Novak','Female','novak.anna@seznam.cz','Prague','1996-07-08','2021-03-15',NULL),
(5,'Luc','Girard','Male','luc.girard@orange.fr','Lyon','1969-12-02','2018-08-27',NULL),
(6,'Emma','Clarke','Female','emma.c@post.uk','London','1983-05-25','2018-01-10',NULL),
(7,'Jonas','Weber','Male',NULL,'Hamburg','1990-10-19','2022-04-01','vip'),
(8,'Sofia','Lopez','Female','slopez@correo.es','Madrid','1979-03-03','2019-09-14',NULL),
(9,'Peter','Clarke','Male','peter.clarke@post.uk','Leeds','1985-11-11','2020-02-29',NULL),
(10,'Ines','Duarte','Female','ines.d@sapo.pt','Porto','1999-08-22','2022-07-18',NULL),
(11,'Henrik','Olsen','Male','h.olsen@online.no','Oslo','1972-02-14','2017-12-01',NULL),
(12,'Claire','Dubois','Female',NULL,'Lyon','1994-06-06','2023-01-09',NULL);
CREATE TABLE sellers (seller_id int PRIMARY KEY, seller_name varchar(60), seller_city varchar(50), seller_country varchar(50), date_registered date, seller_rating numeric(3,1), seller_phone varchar(30), other_seller_details varchar(255));
INSERT INTO sellers VALUES
(1,'Northwind Gadgets','Hamburg','Germany','2016-03-14',4.6,'+49 40 555120',NULL),
(2,'Casa Verde','Lisbon','Portugal','2018-07-02',4.2,'+351 21 555870',NULL),
(3,'Bright Pages','Leeds','United Kingdom','2015-11-20',4.8,NULL,NULL),
(4,'Trail & Peak','Munich','Germany','2019-01-30',3.9,'+49 89 555311',NULL),
(5,'Little Acorn Toys','Leeds','United Kingdom','2020-05-11',4.4,'+44 113 555209',NULL),
(6,'Atelier Rousseau','Lyon','France','2017-09-09',NULL,'+33 4 555017',NULL),
(7,'Kitchenwerk','Hamburg','Germany','2021-02-18',4.1,NULL,NULL),
(8,'Sound Harbor','Porto','Portugal','2014-06-25',3.5,'+351 22 555440',NULL),
(9,'Blue Lantern','Marseille','France','2022-10-03',NULL,NULL,NULL),
(10,'Pixel Depot','Madrid','Spain','2018-12-12',4.7,'+34 91 555638',NULL);
CREATE TABLE products (product_id int PRIMARY KEY, seller_id int REFERENCES sellers, product_name varchar(80), product_category varchar(40), product_price numeric(8,2), product_weight_grams int, product_color varchar(20), other_product_details varchar(255));
INSERT INTO products VALUES
(1,1,'Wireless Mouse','Electronics',24.90,95,'black',NULL),
(2,1,'Mechanical Keyboard','Electronics',89.00,980,'white',NULL),
(3,1,'USB-C Hub','Electronics',39.50,120,'grey',NULL),
(4,2,'Terracotta Planter','Garden',18.00,1500,'red',NULL),
(5,2,'Herb Scissors','Garden',12.50,140,'green',NULL),
(6,3,'Atlas of Rivers','Books',45.00,1320,NULL,NULL),
(7,3,'Night Train Stories','Books',14.99,310,NULL,NULL),
(8,3,'Bread Baking Basics','Books',22.00,640,NULL,NULL),
(9,4,'Trekking Poles','Sports',64.00,520,'blue',NULL),
(10,4,'Camping Stove','Sports',55.00,870,'red',NULL),
(11,5,'Wooden Train Set','Toys',34.00,1100,'green',NULL),
(12,5,'Plush Fox','Toys',16.50,260,'red',NULL),
(13,6,'Linen Tablecloth','Home',48.00,700,'white',NULL),
(14,6,'Ceramic Vase','Home',72.00,1850,'blue',NULL),
(15,7,'Cast Iron Pan','Home',59.90,2400,'black',NULL),
(16,7,'Chef Knife','Home',95.00,230,'black',NULL),
(17,8,'Bluetooth Speaker','Electronics',79.00,560,'blue',NULL),
(18,8,'Studio Headphones','Electronics',149.00,290,'black',NULL),
(19,10,'Webcam HD','Electronics',52.00,160,'black',NULL),
(20,10,'Drawing Tablet','Electronics',129.00,640,'black',NULL),
(21,2,'Garden Hose','Garden',29.90,2100,'green',NULL),
(22,1,'Laptop Stand','Electronics',42.00,900,'grey',NULL);
CREATE TABLE orders (order_id int PRIMARY KEY, customer_id int REFERENCES customers, order_status_code varchar(10) REFERENCES ref_order_status_codes, date_order_placed date, payment_method varchar(20), other_order_details varchar(255));
INSERT INTO orders VALUES
(101,1,'DL','2022-11-03','Credit Card',NULL),(102,1,'DL','2022-12-15','PayPal',NULL),(103,1,'CN','2023-02-01','PayPal',NULL),(104,1,'SH','2023-05-20','Credit Card',NULL),
(105,2,'DL','2022-09-18','Invoice',NULL),(106,2,'RT','2023-01-07','Invoice',NULL),
(107,3,'DL','2022-12-22','Credit Card',NULL),(108,3,'PE','2023-06-02','PayPal',NULL),
(109,4,'DL','2023-03-11','Credit Card',NULL),
(110,5,'DL','2022-10-29','Voucher',NULL),(111,5,'CN','2023-04-14','Credit Card',NULL),
(112,6,'DL','2023-01-25','PayPal',NULL),(113,6,'DL','2023-03-30','PayPal',NULL),(114,6,'PK','2023-05-28','Credit Card',NULL),
(115,7,'SH','2023-05-19','Credit Card',NULL),
(116,8,'DL','2022-08-08','Credit Card',NULL),(117,8,'CN','2023-02-17','Invoice',NULL),
(118,9,'PD','2023-06-01','PayPal',NULL),
(119,10,'DL','2023-04-02','Credit Card',NULL),(120,10,'RT','2023-04-21','Credit Card',NULL),
(121,11,'CN','2022-12-05','Invoice',NULL),(122,11,'DL','2023-02-26','Invoice',NULL);
CREATE TABLE order_items (order_item_id int PRIMARY KEY, order_id int REFERENCES orders, product_id int REFERENCES products, item_quantity int, other_item_details varchar(255));
INSERT INTO order_items VALUES
(1,101,1,1,NULL),(2,101,2,1,NULL),(3,102,7,3,NULL),(4,102,12,1,NULL),(5,103,18,1,NULL),(6,104,17,1,NULL),(7,104,1,2,NULL),
(8,105,6,1,NULL),(9,105,7,2,NULL),(10,106,10,1,NULL),(11,107,4,6,NULL),(12,107,5,1,NULL),(13,108,16,1,NULL),(14,109,9,2,NULL),(15,109,10,1,NULL),
(16,110,13,2,NULL),(17,110,8,1,NULL),(18,111,14,1,NULL),(19,112,7,1,NULL),(20,112,11,2,NULL),(21,113,8,1,NULL),(22,113,15,1,NULL),(23,114,3,1,NULL),(24,114,1,1,NULL),
(25,115,16,2,NULL),(26,115,15,1,NULL),(27,116,18,1,NULL),(28,116,19,1,NULL),(29,117,2,1,NULL),(30,118,12,4,NULL),(31,118,11,1,NULL),(32,119,4,2,NULL),(33,119,7,1,NULL),(34,120,17,1,NULL),(35,121,9,1,NULL),(36,122,6,1,NULL),(37,122,3,2,NULL),(38,104,3,1,NULL);
CREATE TABLE shipments (shipment_id int PRIMARY KEY, order_id int REFERENCES orders, tracking_number varchar(20), carrier_name varchar(30), shipment_date date, delivery_date date, shipping_cost numeric(6,2), other_shipment_details varchar(255));
INSERT INTO shipments VALUES
(1,101,'DH700121','DHL','2022-11-04','2022-11-06',4.90,NULL),(2,102,'DH700188','DHL','2022-12-16','2022-12-21',4.90,NULL),(3,104,'UP33017','UPS','2023-05-22',NULL,7.50,NULL),
(4,105,'RM90012','Royal Mail','2022-09-20','2022-09-23',3.20,NULL),(5,106,'DH700240','DHL','2023-01-09','2023-01-14',11.90,NULL),(6,107,'CT51177','CTT','2022-12-23','2022-12-30',9.40,NULL),
(7,109,'UP33102','UPS','2023-03-13','2023-03-16',12.80,NULL),(8,110,'CP80045','Colissimo','2022-10-31','2022-11-02',5.60,NULL),(9,110,'CP80046','Colissimo','2022-11-02','2022-11-07',5.60,NULL),
(10,112,'RM90077','Royal Mail','2023-01-26','2023-01-28',3.90,NULL),(11,113,'DH700301','DHL','2023-04-01','2023-04-08',13.50,NULL),(12,115,'DH700412','DHL','2023-05-22',NULL,6.90,NULL),
(13,116,'UP32890','UPS','2022-08-10','2022-08-15',10.20,NULL),(14,119,'CT51300','CTT','2023-04-03','2023-04-05',4.10,NULL),(15,120,'CT51322','CTT','2023-04-23','2023-04-27',4.10,NULL),(16,122,'DH700333','DHL','2023-02-28','2023-03-09',17.30,NULL);
