/** Choirs of a valley: how often, how many of each, what is said of records, and averages over members. */
import type { Domain } from './domain.js';

export const choir: Domain = {
  name: 'choir',
  today: '2025-05-05',
  sql: [
    `create table ensembles (id int primary key, name text not null, town text not null, founded_year int not null)`,
    `create table singers (id int primary key, name text not null, voice text not null, age int not null, locker int not null, village text not null)`,
    `create table members (id int primary key, singer_id int not null references singers, ensemble_id int not null references ensembles, joined_year int not null)`,
    `create table concerts (id int primary key, title text not null, hall text not null, ensemble_id int not null references ensembles, tickets_sold int not null)`,
    `create table reviews (id int primary key, concert_id int not null references concerts, critic text not null, stars int not null)`,
    `insert into ensembles select i, (array['Alba','Borea','Cantus','Dolce','Echo'])[i], (array['Ilz','Ilz','Murn','Salm','Murn'])[i], 1950 + i * 7 from generate_series(1, 5) i`,
    `insert into singers select i, 'Singer ' || chr(64 + i), (array['alto','bass','tenor'])[1 + i % 3], 20 + (i * 7) % 9, 1 + (i * i) % 5, (array['Oed','Reit','Au','Hof'])[1 + (i * i) % 4] from generate_series(1, 14) i`,
    `insert into members select i, 1 + (i * 5) % 13, 1 + (i * i) % 4, 2010 + i % 6 from generate_series(1, 22) i`,
    `insert into concerts select i, 'Evening ' || i, (array['Guildhall','Barn','Minster','Arena'])[1 + (i * i) % 4], 1 + (i * 3) % 4, 100 + (i * 71) % 300 from generate_series(1, 15) i`,
    `insert into reviews select i, 1 + (i * i) % 13, (array['Kern','Lot','Marr'])[1 + i % 3], 1 + (i * 3) % 5 from generate_series(1, 25) i`,
  ],
  cases: [
    ['names of the singers whose locker is "3"', 'select name from singers where locker = 3'],
    ['how many reviews have stars of "4"?', 'select count(*) from reviews where stars = 4'],
    [
      'titles of the concerts whose ensemble id is "2"',
      'select title from concerts where ensemble_id = 2',
    ],
    [
      'Which villages are shared by at least two singers?',
      'select village from singers group by village having count(*) >= 2',
    ],
    [
      'List the voices shared by more than four singers.',
      'select voice from singers group by voice having count(*) > 4',
    ],
    [
      'Report all lockers that have more than 2 singers.',
      'select locker from singers group by locker having count(*) > 2',
    ],
    [
      'Show each age along with the number of singers of that age.',
      'select age, count(*) from singers group by age',
    ],
    [
      'Find the locker that is used by the largest number of singers.',
      'select locker from singers group by locker order by count(*) desc, locker limit 1',
    ],
    [
      'Find the halls that have more than 3 records.',
      'select hall from concerts group by hall having count(*) > 3',
    ],
    [
      'Which halls were used more than three times for concerts?',
      'select hall from concerts group by hall having count(*) > 3',
    ],
    [
      'Which ensembles have appeared at least twice in concerts?',
      'select name from ensembles e where (select count(*) from concerts c where c.ensemble_id = e.id) >= 2',
    ],
    [
      'What are the names of the ensembles with a single concert?',
      'select name from ensembles e where (select count(*) from concerts c where c.ensemble_id = e.id) = 1',
    ],
    [
      'Which ensembles have never given a single concert?',
      'select name from ensembles e where not exists (select from concerts c where c.ensemble_id = e.id)',
    ],
    [
      'What is the average age of the members of the ensemble "Alba"?',
      `select avg(s.age) from members m join singers s on s.id = m.singer_id join ensembles e on e.id = m.ensemble_id where e.name = 'Alba'`,
    ],
    [
      'What are the average and maximum age of the members of each ensemble?',
      'select e.name, avg(s.age), max(s.age) from members m join singers s on s.id = m.singer_id join ensembles e on e.id = m.ensemble_id group by e.id',
    ],
    [
      'For each concert, what is the average review?',
      'select c.title, avg(r.stars) from concerts c join reviews r on r.concert_id = c.id group by c.id',
    ],
    [
      'For each ensemble, return its town and the average number of tickets sold of its concerts.',
      'select e.town, avg(c.tickets_sold) from ensembles e join concerts c on c.ensemble_id = e.id group by e.id',
    ],
    [
      'What is the most common village of members?',
      'select s.village from members m join singers s on s.id = m.singer_id group by s.village order by count(*) desc, s.village limit 1',
    ],
    ['How many singers have each voice?', 'select voice, count(*) from singers group by voice'],
  ],
  refusals: [
    ['How many times did the choirmaster faint?', /faint|choirmaster/],
    ['What is the average salary of the members?', /salary/],
    ['Which villages are shared by two conductors?', /conductors/],
  ],
  talks: [
    [
      ['how many singers have each voice?', 'select voice, count(*) from singers group by voice'],
      [
        'only the ones older than 22',
        'select voice, count(*) from singers where age > 22 group by voice',
      ],
    ],
  ],
};
