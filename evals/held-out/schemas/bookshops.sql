CREATE TABLE "Shop" ("ShopID" integer PRIMARY KEY, "ShopName" text, "City" text, "OpenedYear" integer, "FloorArea" integer, "HasCafe" boolean, "ManagerID" integer);
CREATE TABLE "Employee" ("EmployeeID" integer PRIMARY KEY, "FirstName" text, "LastName" text, "JobTitle" text, "Salary" numeric(9,2), "HireDate" date, "ShopID" integer);
CREATE TABLE "Author" ("AuthorID" integer PRIMARY KEY, "AuthorName" text, "Nationality" text, "BirthYear" integer, "DeathYear" integer);
CREATE TABLE "Book" ("BookID" integer PRIMARY KEY, "Title" text, "AuthorID" integer, "Genre" text, "Publisher" text, "PublicationYear" integer, "PageCount" integer, "Price" numeric(6,2), "Language" text);
CREATE TABLE "Stock" ("ShopID" integer, "BookID" integer, "Copies" integer);
CREATE TABLE "Sale" ("SaleID" integer PRIMARY KEY, "ShopID" integer, "BookID" integer, "EmployeeID" integer, "SaleDate" date, "Quantity" integer, "PaymentType" text);
INSERT INTO "Shop" VALUES
(1,'The Paper Lantern','Bristol',1984,320,true,1),(2,'Harbour Books','Bristol',2003,180,false,5),(3,'Castle Street Books','Edinburgh',1971,410,true,8),(4,'The Reading Room','Leeds',1996,260,true,12),
(5,'Quill & Ink','York',2011,140,false,15),(6,'Northgate Books','Leeds',2008,205,false,17),(7,'The Little Shelf','Bath',2016,75,false,NULL),(8,'Canal Side Books','Birmingham',1999,290,true,20);
INSERT INTO "Employee" VALUES
(1,'Helen','Carter','manager',41000,'1999-05-10',1),(2,'Tom','Ashby','bookseller',24500,'2015-09-01',1),(3,'Priya','Nair','bookseller',25200,'2013-03-18',1),(4,'Joe','Linton','cashier',21800,'2020-11-02',1),
(5,'Martin','Shaw','manager',36500,'2006-02-20',2),(6,'Tom','Reilly','bookseller',24000,'2018-06-11',2),(7,'Grace','Okafor','cashier',21500,'2021-01-15',2),
(8,'Fiona','McLeod','manager',43200,'1992-08-03',3),(9,'Callum','Fraser','bookseller',26100,'2010-10-25',3),(10,'Isla','Murray','bookseller',25600,'2012-04-16',3),(11,'Ewan','Fraser','cashier',22300,'2019-07-08',3),
(12,'Susan','Pickles','manager',38900,'2001-01-29',4),(13,'Daniel','Hirst','bookseller',24800,'2014-12-01',4),(14,'Aisha','Khan','bookseller',25000,'2016-05-23',4),
(15,'Robert','Dale','manager',34700,'2011-03-14',5),(16,'Molly','Thorpe','bookseller',23400,'2022-02-07',5),(17,'Karen','Booth','manager',35900,'2009-09-21',6),(18,'Liam','Sykes','bookseller',23900,'2019-10-14',6),
(19,'Grace','Holt','cashier',21200,'2022-06-20',6),(20,'David','Perry','manager',39800,'2000-04-17',8),(21,'Zoe','Adams','bookseller',25900,'2011-08-29',8),(22,'Imran','Malik','cashier',22000,'2017-01-09',8),(23,'Nadia','Price','accountant',33300,'2012-10-01',NULL);
INSERT INTO "Author" VALUES
(1,'Eleanor Marsh','British',1949,NULL),(2,'Julien Moreau','French',1962,NULL),(3,'Kenji Watanabe','Japanese',1938,2009),(4,'Rosa Delgado','Spanish',1971,NULL),(5,'Patrick Doyle','Irish',1955,2016),
(6,'Amara Eze','Nigerian',1980,NULL),(7,'Hugh Pemberton','British',1902,1978),(8,'Sylvie Laurent','French',1985,NULL),(9,'Greta Lindholm','Swedish',1966,NULL),(10,'Owen Bevan','British',1977,NULL),(11,'Maria Conti','Italian',1933,2004),(12,'Niamh Kelly','Irish',1990,NULL);
INSERT INTO "Book" VALUES
(1,'The Salt Road',1,'novel','Albion Press',1998,342,9.99,'English'),(2,'Winter Orchard',1,'novel','Albion Press',2007,410,11.50,'English'),(3,'A Short History of Tea',10,'history','Crown & Gate',2012,228,14.99,'English'),
(4,'Les Jours Gris',2,'novel','Editions du Pont',2001,295,12.80,'French'),(5,'The Glass Detective',9,'crime','Nordlicht',2010,376,8.99,'English'),(6,'The Second Witness',9,'crime','Nordlicht',2014,402,9.49,'English'),
(7,'Quiet River',3,'poetry','Crane House',1979,96,7.50,'English'),(8,'Letters to Nobody',5,'novel','Albion Press',1991,310,8.50,'English'),(9,'Lagos by Night',6,'novel','Sunbird',2015,288,10.99,'English'),
(10,'La Casa Vacía',4,'crime','Editorial Sur',2009,333,13.20,'Spanish'),(11,'Steam and Steel',7,'history','Crown & Gate',1956,512,24.00,'English'),(12,'Birds of the Fens',7,'nature','Crown & Gate',1961,184,18.75,'English'),
(13,'Le Petit Port',8,'children','Editions du Pont',2018,48,6.95,'French'),(14,'The Fox Who Counted',12,'children','Sunbird',2020,40,6.50,'English'),(15,'Tides',12,'poetry','Crane House',2019,72,8.25,'English'),
(16,'The Empty House',4,'crime','Nordlicht',2013,340,9.25,'English'),(17,'Roman Kitchens',11,'history','Crown & Gate',1988,264,21.50,'English'),(18,'Harvest Moon',5,'poetry','Crane House',2003,110,7.95,'English'),
(19,'The Last Lighthouse',10,'crime','Albion Press',2019,365,9.75,'English'),(20,'Collected Essays',5,'essays','Albion Press',2011,620,27.90,'English'),(21,'Sunday in Ibadan',6,'novel','Sunbird',2021,251,12.99,'English'),(22,'Paper Cranes',3,'novel','Crane House',1972,284,9.20,'English');
INSERT INTO "Stock" VALUES
(1,1,12),(1,2,8),(1,3,5),(1,5,15),(1,9,7),(1,14,20),(1,20,2),(2,1,6),(2,5,9),(2,6,9),(2,13,4),(3,1,10),(3,7,3),(3,8,6),(3,11,2),(3,12,4),(3,18,5),(3,19,14),(4,2,7),(4,3,6),(4,6,11),(4,9,5),(4,16,8),
(5,12,3),(5,15,6),(5,17,1),(6,5,10),(6,10,2),(6,14,9),(6,19,0),(8,1,9),(8,4,3),(8,6,12),(8,8,4),(8,21,16),(8,19,7);
INSERT INTO "Sale" VALUES
(1,1,1,2,'2023-01-05',1,'card'),(2,1,5,2,'2023-01-05',2,'cash'),(3,1,14,3,'2023-01-11',3,'card'),(4,2,5,6,'2023-01-14',1,'card'),(5,3,19,9,'2023-01-16',2,'card'),(6,3,11,10,'2023-01-20',1,'voucher'),
(7,4,6,13,'2023-01-23',1,'cash'),(8,4,9,14,'2023-02-02',2,'card'),(9,5,12,16,'2023-02-03',1,'cash'),(10,6,5,18,'2023-02-08',1,'card'),(11,6,14,19,'2023-02-11',4,'card'),(12,8,21,21,'2023-02-14',5,'card'),
(13,8,1,21,'2023-02-17',1,'cash'),(14,8,6,22,'2023-02-21',2,'voucher'),(15,1,2,3,'2023-02-25',1,'card'),(16,1,9,2,'2023-03-01',1,'card'),(17,3,8,9,'2023-03-04',1,'cash'),(18,3,1,9,'2023-03-06',2,'card'),
(19,4,16,14,'2023-03-09',1,'card'),(20,4,2,13,'2023-03-13',1,'voucher'),(21,2,6,6,'2023-03-15',3,'card'),(22,2,13,7,'2023-03-18',2,'cash'),(23,5,17,15,'2023-03-22',1,'card'),(24,8,4,21,'2023-03-25',1,'card'),
(25,8,21,22,'2023-03-29',2,'cash'),(26,1,20,4,'2023-04-03',1,'voucher'),(27,3,18,11,'2023-04-05',2,'cash'),(28,6,10,18,'2023-04-07',1,'card'),(29,1,5,4,'2023-04-12',2,'card'),(30,3,19,10,'2023-04-14',3,'card');
