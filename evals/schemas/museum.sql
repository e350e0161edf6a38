-- Foreign keys everywhere, plain names.
create table artists (
  id int primary key, name text not null, country text, birth_year int, death_year int
);
create table galleries (
  id int primary key, name text not null, floor int not null, area_sqm numeric(6, 1) not null
);
create table artworks (
  id int primary key, title text not null, artist_id int references artists, gallery_id int references galleries,
  year int, medium text not null, insured_value numeric(10, 2), is_on_display boolean not null
);
create table exhibitions (
  id int primary key, title text not null, opens_on date not null, closes_on date not null, ticket_price numeric(5, 2) not null
);
create table exhibition_artworks (
  exhibition_id int references exhibitions, artwork_id int references artworks, primary key (exhibition_id, artwork_id)
);
create table visits (
  id int primary key, exhibition_id int references exhibitions, visited_on date not null, visitors int not null
);
insert into artists values
  (1, 'Clara Winter', 'Germany', 1921, 1988), (2, 'Paolo Ferri', 'Italy', 1955, null), (3, 'Yuki Tanaka', 'Japan', 1970, null),
  (4, 'Anna Lindqvist', 'Sweden', 1899, 1975), (5, 'Marco Bellini', 'Italy', 1930, 2001), (6, 'Ines Duarte', 'Portugal', 1982, null),
  (7, 'Otto Brandt', 'Germany', 1890, 1961), (8, 'Rosa Marin', null, 1964, null);
insert into galleries values
  (1, 'East Wing', 1, 320.5), (2, 'West Wing', 1, 280.0), (3, 'Rotunda', 2, 150.0), (4, 'Vault', 0, 95.5), (5, 'Sky Room', 3, 210.0);
insert into artworks values
  (1, 'Blue Harbour', 1, 1, 1950, 'oil', 120000, true), (2, 'Two Chairs', 1, 1, 1962, 'oil', 95000, true),
  (3, 'Iron Bird', 2, 3, 1990, 'bronze', 40000, true), (4, 'Silence', 3, 5, 2005, 'video', 15000, true),
  (5, 'Snowfield', 4, 2, 1930, 'oil', 210000, true), (6, 'Fisher Wife', 4, 4, 1935, 'watercolour', 60000, false),
  (7, 'Market Day', 5, 2, 1968, 'oil', 88000, true), (8, 'Old Bridge', 5, 4, 1971, 'watercolour', 30000, false),
  (9, 'Knot', 6, 3, 2015, 'bronze', 22000, true), (10, 'Night Shift', 7, 1, 1925, 'oil', 310000, true),
  (11, 'Factory Gate', 7, 4, 1929, 'charcoal', 45000, false), (12, 'Tide', 3, 5, 2011, 'video', 18000, true),
  (13, 'Untitled', 2, null, 1999, 'bronze', null, false);
insert into exhibitions values
  (1, 'Northern Light', '2023-02-01', '2023-05-31', 12.50), (2, 'Metal and Air', '2023-09-15', '2024-01-14', 14.00),
  (3, 'Moving Pictures', '2024-03-01', '2024-06-30', 10.00), (4, 'The Early Years', '2024-09-01', '2025-01-31', 16.00),
  (5, 'Open Depot', '2025-04-01', '2025-07-31', 8.00);
insert into exhibition_artworks values (1, 5), (1, 6), (1, 1), (2, 3), (2, 9), (2, 13), (3, 4), (3, 12), (4, 10), (4, 11), (4, 5), (4, 1);
insert into visits values
  (1, 1, '2023-02-04', 210), (2, 1, '2023-03-11', 180), (3, 1, '2023-05-20', 260), (4, 2, '2023-10-01', 150), (5, 2, '2023-12-27', 320),
  (6, 3, '2024-03-09', 90), (7, 3, '2024-05-05', 130), (8, 4, '2024-09-07', 400), (9, 4, '2024-12-28', 510), (10, 4, '2025-01-18', 275);
