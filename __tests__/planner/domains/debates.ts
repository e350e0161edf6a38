/** Debates between clubs: several keys to one table, told apart by verbs, adverbs and prepositions. */
import type { Domain } from './domain.js';

export const debates: Domain = {
  name: 'debates',
  today: '2025-06-15',
  sql: [
    `create table clubs (club_id int primary key, club_name text not null, town text not null)`,
    `create table speakers (speaker_id int primary key, speaker_name text not null, club_id int not null references clubs)`,
    `create table debates (
      debate_id int primary key, motion text not null, held_on date not null,
      home_club_id int not null references clubs, away_club_id int not null references clubs,
      winner_club_id int references clubs, best_speaker_id int references speakers)`,
    `create table essays (essay_id int primary key, title text not null, pages int not null)`,
    `create table rebuttals (
      rebutting_essay_id int references essays, rebutted_essay_id int references essays,
      primary key (rebutting_essay_id, rebutted_essay_id))`,
    `create table coach_rides (
      ride_id int primary key, departure_town text not null, arrival_town text not null, seats int not null)`,
    `insert into clubs values (1,'Rhetors','Ely'),(2,'Gadflies','Ripon'),(3,'Sophists','Wells'),(4,'Hecklers','Ely')`,
    `insert into speakers select i, (array['Ada Pym','Ben Roe','Cy Tull','Dot Ware','Eli Yeo','Fay Zell'])[i], 1 + i % 3 from generate_series(1, 6) i`,
    `insert into debates select i, 'Motion ' || i, date '2024-01-05' + i * 17, 1 + i % 3, 1 + (i + 1 + i % 2) % 3,
      case when i % 4 > 0 then 1 + (i * i) % 3 end, case when i % 5 > 0 then 1 + i % 6 end
      from generate_series(1, 20) i where 1 + i % 3 <> 1 + (i + 1 + i % 2) % 3`,
    `insert into essays values (1,'On Tea',12),(2,'Against Tea',9),(3,'Of Salt',30),(4,'On Both',17)`,
    `insert into rebuttals values (2,1),(4,1),(4,2),(3,4)`,
    `insert into coach_rides values (1,'Ely','Ripon',40),(2,'Ripon','Ely',22),(3,'Wells','Ely',31),(4,'Ely','Wells',18)`,
  ],
  cases: [
    [
      'How many debates did the Gadflies hold away?',
      `select count(*) from debates d join clubs c on c.club_id = d.away_club_id where c.club_name = 'Gadflies'`,
    ],
    [
      'Which clubs have held at least three debates at home?',
      'select c.club_name from clubs c where (select count(*) from debates d where d.home_club_id = c.club_id) >= 3',
    ],
    [
      'Which clubs never played away?',
      'select c.club_name from clubs c where not exists (select from debates d where d.away_club_id = c.club_id)',
    ],
    [
      'Which debates did the Rhetors host?',
      `select d.* from debates d join clubs c on c.club_id = d.home_club_id where c.club_name = 'Rhetors'`,
    ],
    [
      'Who won in 2024?',
      `select c.club_name from clubs c where exists (select from debates d where d.winner_club_id = c.club_id and d.held_on between '2024-01-01' and '2024-12-31')`,
    ],
    [
      'Who has never won a debate?',
      'select c.club_name from clubs c where not exists (select from debates d where d.winner_club_id = c.club_id)',
    ],
    [
      'essays that rebut "On Tea"',
      'select title from essays e where exists (select from rebuttals r where r.rebutting_essay_id = e.essay_id and r.rebutted_essay_id = 1)',
    ],
    [
      'Which essays were rebutted by "On Both"?',
      'select title from essays e where exists (select from rebuttals r where r.rebutted_essay_id = e.essay_id and r.rebutting_essay_id = 4)',
    ],
    ['coach rides from Ely to Wells', 'select * from coach_rides where ride_id = 4'],
    ['How many coach rides arrive in Ely?', 'select 2'],
  ],
  refusals: [
    ['How many debates did the Gadflies hold?', /home|away|more than one/],
    ['Who lost in 2024?', /lost|belong/],
    ['Who published "On Tea"?', /published|belong|not understood/],
  ],
  talks: [
    [
      [
        'debates of the Sophists at home',
        `select d.* from debates d join clubs c on c.club_id = d.home_club_id where c.club_name = 'Sophists'`,
      ],
      [
        'how many are there?',
        `select count(*) from debates d join clubs c on c.club_id = d.home_club_id where c.club_name = 'Sophists'`,
      ],
    ],
  ],
};
