CREATE TABLE "Cuisines" ("CuisineID" integer PRIMARY KEY, "CuisineName" varchar(40), "Region" varchar(40));
CREATE TABLE "Restaurants" ("RestaurantID" integer PRIMARY KEY, "RestaurantName" varchar(60), "CuisineID" integer, "City" varchar(40), "PriceRange" varchar(10), "SeatCount" integer, "OpenedYear" integer, "HasTerrace" boolean);
CREATE TABLE "Chefs" ("ChefID" integer PRIMARY KEY, "FirstName" varchar(40), "LastName" varchar(40), "Nationality" varchar(40), "BirthYear" integer, "RestaurantID" integer);
CREATE TABLE "Dishes" ("DishID" integer PRIMARY KEY, "RestaurantID" integer, "DishName" varchar(60), "Course" varchar(20), "Price" numeric(6,2), "IsVegetarian" boolean);
CREATE TABLE "Guests" ("GuestID" integer PRIMARY KEY, "FirstName" varchar(40), "LastName" varchar(40), "HomeCity" varchar(40), "JoinedOn" date);
CREATE TABLE "Reviews" ("ReviewID" integer PRIMARY KEY, "RestaurantID" integer, "GuestID" integer, "Stars" integer, "ReviewDate" date, "ReviewText" text);
INSERT INTO "Cuisines" VALUES (1,'Italian','Europe'),(2,'Japanese','Asia'),(3,'Mexican','Americas'),(4,'French','Europe'),(5,'Indian','Asia'),(6,'Thai','Asia'),(7,'Ethiopian','Africa'),(8,'Greek','Europe'),(9,'Peruvian','Americas');
INSERT INTO "Restaurants" VALUES
(1,'Trattoria Lucia',1,'Chicago','$$',62,1998,true),(2,'Sakura Garden',2,'Seattle','$$$',45,2007,false),(3,'El Farolito',3,'Austin','$',38,2012,true),
(4,'Chez Margot',4,'Boston','$$$$',54,1989,false),(5,'Spice Route',5,'Chicago','$$',80,2010,false),(6,'Bangkok Corner',6,'Portland','$',30,2015,false),
(7,'Addis Table',7,'Chicago','$$',42,2018,false),(8,'Osteria Verde',1,'Boston','$$$',70,2003,true),(9,'Kumo Ramen',2,'Portland','$$',28,2019,NULL),
(10,'Santorini Blue',8,'Seattle','$$',66,1995,true),(11,'La Petite Table',4,'Chicago','$$$',36,2001,true),(12,'Casa Oaxaca',3,'Austin','$$',90,2005,true),
(13,'Tandoor Palace',5,'Boston','$$',110,1992,false),(14,'Pasta Fresca',1,'Austin','$',25,2020,false),(15,'Ichiban',2,'Chicago','$$$',50,1999,false),(16,'Lemongrass',6,'Seattle','$$',48,2011,true);
INSERT INTO "Chefs" VALUES
(1,'Marco','Bellini','Italian',1965,1),(2,'Yuki','Tanaka','Japanese',1978,2),(3,'Rosa','Jimenez','Mexican',1984,3),(4,'Margot','Lefevre','French',1957,4),
(5,'Arjun','Mehta','Indian',1972,5),(6,'Daniel','Cho','American',1990,6),(7,'Selam','Tesfaye','Ethiopian',1986,7),(8,'Marco','Ricci','Italian',1981,8),
(9,'Kenji','Mori','Japanese',1992,9),(10,'Eleni','Pappas','Greek',1969,10),(11,'Claire','Dubois','French',1976,11),(12,'Miguel','Santos','Mexican',1970,12),
(13,'Anita','Rao','Indian',1988,13),(14,'Daniel','Whitaker','American',1995,14),(15,'Paul','Renard','French',1983,8),(16,'Julia','Brooks','American',1979,NULL),(17,'Naoko','Sato','Japanese',1961,15),(18,'Giulia','Conti','Italian',1991,1);
INSERT INTO "Dishes" VALUES
(1,1,'Lasagna','Main',17.50,false),(2,1,'Tiramisu','Dessert',8.00,true),(3,1,'Bruschetta','Starter',7.40,true),(4,2,'Salmon Nigiri','Main',22.00,false),(5,2,'Miso Soup','Starter',5.50,true),
(6,3,'Carnitas Tacos','Main',9.75,false),(7,3,'Guacamole','Starter',6.25,true),(8,4,'Duck Confit','Main',38.00,false),(9,4,'Creme Brulee','Dessert',12.50,true),(10,4,'Onion Soup','Starter',13.00,false),
(11,5,'Lamb Vindaloo','Main',18.25,false),(12,5,'Palak Paneer','Main',14.50,true),(13,5,'Samosa','Starter',6.00,true),(14,6,'Pad Thai','Main',12.00,false),(15,6,'Mango Sticky Rice','Dessert',6.75,true),
(16,7,'Doro Wat','Main',16.00,false),(17,7,'Shiro','Main',13.25,true),(18,8,'Mushroom Risotto','Main',24.00,true),(19,8,'Tiramisu','Dessert',9.50,true),(20,8,'Osso Buco','Main',32.50,false),
(21,9,'Tonkotsu Ramen','Main',15.50,false),(22,9,'Gyoza','Starter',7.00,false),(23,10,'Moussaka','Main',19.00,false),(24,10,'Greek Salad','Starter',9.00,true),(25,11,'Coq au Vin','Main',27.00,false),
(26,11,'Onion Soup','Starter',11.00,false),(27,12,'Mole Negro','Main',21.50,false),(28,12,'Churros','Dessert',7.25,true),(29,13,'Chicken Tikka','Main',16.75,false),(30,13,'Samosa','Starter',5.25,true),
(31,14,'Gnocchi','Main',11.50,true),(32,15,'Sashimi Platter','Main',34.00,false),(33,12,'Guacamole','Starter',8.50,true);
INSERT INTO "Guests" VALUES
(1,'Emily','Carter','Chicago','2019-03-14'),(2,'Noah','Singh','Boston','2020-07-22'),(3,'Grace','Liu','Seattle','2018-11-05'),(4,'Jacob','Carter','Portland','2021-01-30'),
(5,'Emily','Novak','Austin','2022-05-17'),(6,'Tyrone','Wells','Chicago','2017-09-09'),(7,'Sofia','Herrera','Austin','2019-12-01'),(8,'Ian','Walsh','Boston','2023-02-11'),
(9,'Leah','Goldberg','Denver','2020-04-04'),(10,'Victor','Petrov','Seattle','2018-06-18'),(11,'Mia','Johansson','Chicago','2023-08-08'),(12,'Omar','Farouk',NULL,'2021-10-10');
INSERT INTO "Reviews" VALUES
(1,1,1,5,'2022-01-15','Superb lasagna'),(2,1,6,4,'2022-03-20','Cosy'),(3,1,3,4,'2023-06-02',NULL),(4,2,3,5,'2021-05-11','Best fish in town'),(5,2,10,3,'2022-08-19','Slow service'),
(6,3,5,4,'2022-09-25','Cheap and tasty'),(7,3,7,5,'2023-01-07','My favourite'),(8,4,2,5,'2020-12-24','Worth it'),(9,4,8,2,'2023-03-13','Overpriced'),(10,4,1,4,'2021-07-04',NULL),
(11,5,6,3,'2021-02-16','Fine'),(12,5,1,4,'2023-04-29','Great samosas'),(13,6,4,4,'2022-11-11',NULL),(14,7,6,5,'2022-06-30','Wonderful injera'),(15,7,11,5,'2023-09-12','Amazing'),
(16,8,2,3,'2021-09-03','Average'),(17,9,4,5,'2022-02-26','Rich broth'),(18,9,3,2,'2023-07-21','Too salty'),(19,10,10,4,'2019-08-08','Sunny terrace'),(20,11,1,5,'2020-02-14','Romantic'),
(21,12,7,1,'2022-10-18','Cold food'),(22,12,5,3,'2023-05-05',NULL),(23,13,8,4,'2023-03-27','Huge portions'),(24,13,2,4,'2021-11-19','Reliable'),(25,1,2,2,'2023-10-10','Not what it was'),
(26,10,9,5,'2022-07-15','Great moussaka'),(27,4,6,5,'2022-12-31','Perfect evening'),(28,11,6,4,'2021-06-06',NULL),(29,3,9,3,'2021-03-03','Okay'),(30,1,10,3,'2020-09-19','Good wine'),(31,4,6,5,'2023-12-30','Again perfect'),(32,1,9,4,'2022-07-17','Lovely hosts');
