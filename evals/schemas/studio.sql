-- Names in mixed case, which have to be quoted.
create table "Artist" ("ArtistId" int primary key, "StageName" text not null, "Genre" text not null, "SignedOn" date);
create table "Album" (
  "AlbumId" int primary key, "Title" text not null, "ArtistId" int references "Artist", "ReleaseDate" date, "CopiesSold" int not null
);
create table "Track" (
  "TrackId" int primary key, "Title" text not null, "AlbumId" int references "Album", "LengthSeconds" int not null, "IsExplicit" boolean not null
);
create table "Engineer" ("EngineerId" int primary key, "FullName" text not null, "HourlyRate" numeric(6, 2) not null);
create table "StudioSession" (
  "SessionId" int primary key, "AlbumId" int references "Album", "EngineerId" int references "Engineer",
  "SessionDate" date not null, "Hours" numeric(4, 1) not null
);
insert into "Artist" values
  (1, 'Velvet Coast', 'indie', '2018-05-01'), (2, 'DJ Marble', 'electronic', '2020-02-14'), (3, 'The Low Tides', 'folk', '2016-11-30'),
  (4, 'Nova Reyes', 'pop', '2021-07-07'), (5, 'Granite Choir', 'folk', null), (6, 'Static Bloom', 'electronic', '2022-03-21');
insert into "Album" values
  (1, 'Salt', 1, '2019-04-12', 42000), (2, 'Glass Hours', 1, '2022-09-30', 65000), (3, 'Pulse', 2, '2021-01-15', 120000), (4, 'Driftwood', 3, '2017-06-02', 18000),
  (5, 'Harbour Songs', 3, '2020-10-23', 23500), (6, 'Neon Heart', 4, '2022-05-20', 310000), (7, 'Afterglow', 4, '2023-11-03', 275000), (8, 'Circuit Garden', 6, '2023-02-10', 51000);
insert into "Track" values
  (1, 'Low Sun', 1, 201, false), (2, 'Tin Roof', 1, 187, false), (3, 'Paper Boats', 2, 242, false), (4, 'Glass', 2, 305, true), (5, 'Pulse', 3, 412, false),
  (6, 'Strobe Light', 3, 366, false), (7, 'Old Pier', 4, 178, false), (8, 'Lantern', 5, 233, false), (9, 'Heartbeat', 6, 194, false), (10, 'Call Me Never', 6, 188, true),
  (11, 'Sugar', 6, 176, true), (12, 'Dusk', 7, 221, false), (13, 'Afterglow', 7, 259, false), (14, 'Wires', 8, 347, false), (15, 'Moss', 8, 298, false);
insert into "Engineer" values (1, 'Greta Holm', 85.00), (2, 'Luis Prado', 70.00), (3, 'Tess Murray', 95.50), (4, 'Ivo Kral', 60.00);
insert into "StudioSession" values
  (1, 1, 1, '2018-11-05', 8.0), (2, 1, 2, '2018-11-06', 6.5), (3, 2, 1, '2022-03-14', 9.0), (4, 3, 3, '2020-09-09', 5.0), (5, 3, 3, '2020-09-10', 7.5),
  (6, 5, 2, '2020-04-18', 4.0), (7, 6, 3, '2021-12-01', 10.0), (8, 6, 1, '2021-12-03', 8.5), (9, 7, 3, '2023-06-20', 11.0), (10, 8, 2, '2022-10-10', 6.0), (11, 8, 1, '2022-10-12', 3.5);
