-- Enums, dates, money, and two ways from one table to another.
create type room_type as enum ('single', 'double', 'suite');
create type booking_status as enum ('reserved', 'checked_in', 'completed', 'cancelled', 'no_show');
create table guests (id int primary key, name text not null, email text, country text not null, birthday date);
create table rooms (id int primary key, number text not null, type room_type not null, floor int not null, price_per_night numeric(7, 2) not null, has_balcony boolean not null);
create table staff (id int primary key, name text not null, position text not null, salary numeric(8, 2) not null, hired_on date not null, manager_id int references staff);
create table bookings (
  id int primary key, guest_id int not null references guests, room_id int not null references rooms, status booking_status not null, check_in date not null, check_out date not null,
  adults int not null, booked_by int references staff
);
create table payments (id int primary key, booking_id int not null references bookings, amount numeric(8, 2) not null, method text not null, paid_on date not null);
create table reviews (id int primary key, booking_id int not null references bookings, rating int not null, comment text, written_on date not null);
insert into guests values
  (1, 'Helen Park', 'helen@mail.example', 'Canada', '1980-03-12'), (2, 'Ahmed Nasser', 'ahmed@mail.example', 'Egypt', '1975-11-02'), (3, 'Sofia Rossi', null, 'Italy', '1992-07-25'), (4, 'Liam Byrne', 'liam@post.example', 'Ireland', '1988-01-30'),
  (5, 'Mei Chen', 'mei@post.example', 'China', '1995-09-09'), (6, 'Carlos Vega', null, 'Mexico', '1969-05-17'), (7, 'Nora Byrne', 'nora@mail.example', 'Ireland', null);
insert into rooms values
  (1, '101', 'single', 1, 70, false), (2, '102', 'single', 1, 75, true), (3, '201', 'double', 2, 110, false), (4, '202', 'double', 2, 120, true), (5, '203', 'double', 2, 115, true), (6, '301', 'suite', 3, 240, true), (7, '302', 'suite', 3, 260, true), (8, '103', 'single', 1, 72, false);
insert into staff values
  (1, 'Olga Petrov', 'director', 6200, '2009-02-01', null), (2, 'Ben Carter', 'receptionist', 2400, '2018-06-01', 1), (3, 'Aisha Khan', 'receptionist', 2500, '2020-10-15', 1), (4, 'Raj Patel', 'chef', 3600, '2015-03-20', 1), (5, 'Mia Wolf', 'cook', 2200, '2022-01-10', 4);
insert into bookings values
  (1, 1, 3, 'completed', '2024-01-10', '2024-01-14', 2, 2), (2, 2, 6, 'completed', '2024-02-01', '2024-02-08', 2, 3), (3, 3, 1, 'cancelled', '2024-02-20', '2024-02-22', 1, 2), (4, 4, 4, 'completed', '2024-03-05', '2024-03-07', 2, 2),
  (5, 5, 2, 'completed', '2024-03-28', '2024-04-02', 1, 3), (6, 1, 7, 'completed', '2024-05-17', '2024-05-20', 2, 3), (7, 6, 5, 'no_show', '2024-05-30', '2024-06-01', 2, null), (8, 4, 6, 'checked_in', '2024-06-12', '2024-06-18', 2, 2),
  (9, 3, 4, 'reserved', '2024-07-01', '2024-07-10', 2, 3), (10, 2, 3, 'reserved', '2024-08-15', '2024-08-20', 1, null);
insert into payments values (1, 1, 440, 'card', '2024-01-14'), (2, 2, 1000, 'card', '2024-02-01'), (3, 2, 680, 'cash', '2024-02-08'), (4, 4, 240, 'card', '2024-03-07'), (5, 5, 375, 'transfer', '2024-03-20'), (6, 6, 780, 'card', '2024-05-20'), (7, 8, 600, 'transfer', '2024-06-12');
insert into reviews values (1, 1, 5, 'Lovely stay', '2024-01-16'), (2, 2, 4, 'Great view, slow lift', '2024-02-10'), (3, 4, 2, 'Noisy street', '2024-03-09'), (4, 5, 4, null, '2024-04-05'), (5, 6, 5, 'Perfect', '2024-05-22');
