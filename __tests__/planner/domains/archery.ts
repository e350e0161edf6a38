/** Archers and their clubs: what is denied of two things, links told by a verb, and words that name a column and a table. */
import type { Domain } from './domain.js';

export const archery: Domain = {
  name: 'archery',
  today: '2025-05-02',
  sql: [
    `create table venues (venue_id int primary key, label text not null, county text not null)`,
    `create table clubs (club_id int primary key, club_name text not null, venue_id int not null references venues, coach_count int not null)`,
    `create table coaches (coach_id int primary key, coach_name text not null, age int not null, club_id int not null references clubs)`,
    `create table archers (archer_id int primary key, archer_name text not null, age int not null, lesson text not null, club_id int references clubs, date_of_registration date not null)`,
    `create table lessons (lesson_id int primary key, title text not null, coach_id int not null references coaches)`,
    `create table bows (bow_id int primary key, style text not null, draw_weight int not null)`,
    `create table bows_owned (archer_id int not null references archers, bow_id int not null references bows, primary key (archer_id, bow_id))`,
    `create table trained_with (archer_id int not null references archers, bow_id int not null references bows, primary key (archer_id, bow_id))`,
    `create table course_enrolments (enrolment_id int primary key, archer_id int not null references archers, date_of_enrolment date not null, date_of_completion date)`,
    `create table ref_round_types (round_type_code text primary key, round_type_description text not null)`,
    `create table rounds (round_id int primary key, round_title text not null, round_description text not null, round_type_code text not null references ref_round_types, arrows int not null)`,
    `create table shots (round_id int not null references rounds, archer_id int not null references archers, score int not null, primary key (round_id, archer_id))`,
    `insert into venues values (1, 'Kent County', 'Essex'), (2, 'Long Meadow', 'Kent'), (3, 'Abbey Field', 'Kent')`,
    `insert into clubs values (1, 'Old Oak', 1, 60), (2, 'Ash Bowmen', 2, 3), (3, 'Oak and Elm', 3, 2)`,
    `insert into coaches values (1, 'Una Reed', 58, 2), (2, 'Ivo Stone', 34, 1), (3, 'Kai Moss', 41, 3)`,
    `insert into archers values (1, 'Zoe Hart', 24, 'basic', 1, '2020-01-01'), (2, 'Ben Lark', 37, 'basic', 1, '2021-02-01'), (3, 'Cat Finn', 19, 'target', 2, '2022-03-01'), (4, 'Dov Pine', 45, 'field', 3, '2023-04-01'), (5, 'Eve Rush', 28, 'field', null, '2024-05-01')`,
    `insert into lessons values (1, 'Stance', 1), (2, 'Release', 1), (3, 'Anchor', 3)`,
    `insert into bows values (1, 'Longbow', 40), (2, 'Barebow', 30), (3, 'Recurve', 35)`,
    `insert into bows_owned values (1, 1), (2, 2), (3, 3), (4, 1), (4, 2)`,
    `insert into trained_with values (1, 2), (5, 1), (3, 1)`,
    `insert into course_enrolments values (1, 1, '2024-01-05', '2024-02-05'), (2, 3, '2024-03-05', null)`,
    `insert into ref_round_types values ('IN', 'Indoor'), ('OUT', 'Outdoor')`,
    `insert into rounds values (1, 'Portsmouth', 'sixty arrows', 'IN', 60), (2, 'York', 'a long day', 'OUT', 144), (3, 'Frostbite', 'in gloves', 'OUT', 36)`,
    `insert into shots values (1, 1, 500), (1, 2, 480), (2, 3, 900), (3, 3, 300), (3, 4, 250), (3, 1, 310)`,
  ],
  cases: [
    [
      'Which archers do not own a Longbow or a Barebow?',
      `select archer_name from archers a where not exists (select 1 from bows_owned o join bows b using (bow_id) where o.archer_id = a.archer_id and style in ('Longbow', 'Barebow'))`,
    ],
    [
      'names of the archers who are in a club that has archers with a name that contains "Zoe"',
      `select archer_name from archers where club_id in (select club_id from archers where archer_name like '%Zoe%')`,
    ],
    [
      'What are the names of archers in clubs with archers younger than 20?',
      `select archer_name from archers where club_id in (select club_id from archers where age < 20)`,
    ],
    [
      'What is the title of the round with the fewest arrows, and the names of the archers who shot it?',
      `select round_title, archer_name from rounds join shots using (round_id) join archers using (archer_id) where arrows = (select min(arrows) from rounds)`,
    ],
    [
      'How many clubs are in Kent county?',
      `select count(*) from clubs join venues using (venue_id) where county = 'Kent'`,
    ],
    [
      'names of the clubs with coaches older than 50',
      `select club_name from clubs c where exists (select 1 from coaches where club_id = c.club_id and age > 50)`,
    ],
    [
      'What is the average score of shots by archers who are younger than 30?',
      `select avg(score) from shots join archers using (archer_id) where age < 30`,
    ],
    [
      'Show the round type code and description and the round title.',
      `select round_type_code, round_type_description, round_title from rounds join ref_round_types using (round_type_code)`,
    ],
    [
      'number of lessons in each club',
      `select club_name, count(*) from lessons join coaches using (coach_id) join clubs using (club_id) group by club_id, club_name`,
    ],
    [
      `names of the clubs whose name has 'Oak'`,
      `select club_name from clubs where club_name ilike '%Oak%'`,
    ],
    [
      'dates of enrollment and completion of the archers',
      `select date_of_enrolment, date_of_completion from course_enrolments`,
    ],
    [
      'names of the archers who trained with a Longbow',
      `select archer_name from archers a where exists (select 1 from trained_with t join bows b using (bow_id) where t.archer_id = a.archer_id and style = 'Longbow')`,
    ],
    [
      'Find the numbers of different styles and draw weights.',
      'select count(distinct style), count(distinct draw_weight) from bows',
    ],
    [
      'names of the archers without a club number',
      `select archer_name from archers where club_id is null`,
    ],
  ],
  refusals: [
    ['archers who did not only own a Longbow', /only/],
    ['names of the bows and coaches', /not connected|belong/],
  ],
  talks: [
    [
      [
        'names of the clubs with coaches older than 50',
        `select club_name from clubs c where exists (select 1 from coaches where club_id = c.club_id and age > 50)`,
      ],
      [
        'how many are there?',
        `select count(*) from clubs c where exists (select 1 from coaches where club_id = c.club_id and age > 50)`,
      ],
    ],
  ],
};
