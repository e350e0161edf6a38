/** A printing house: who may run which press, and the jobs on them. */
import type { Domain } from './domain.js';

export const printworks: Domain = {
  name: 'printworks',
  today: '2025-05-20',
  sql: [
    `create table halls (hall_id int primary key, label text not null, floor int not null)`,
    `create table presses (
      press_id int primary key, name text not null, maker text not null, color text not null, speed int not null,
      hall_id int not null references halls)`,
    `create table operators (operator_id int primary key, name text not null, town text not null, wage int not null)`,
    `create table licences (
      operator_id int not null references operators, press_id int not null references presses,
      issued_on date not null, primary key (operator_id, press_id))`,
    `create table print_jobs (
      job_id int primary key, title text not null, press_id int not null references presses,
      operator_id int not null references operators, copies int not null, price int not null, run_on date not null,
      cancelled boolean not null)`,
    `create table apprentices (apprentice_id int primary key, name text not null)`,
    `create table exams (exam_id int primary key, subject text not null, parts int not null)`,
    `create table exam_results (
      apprentice_id int not null references apprentices, exam_id int not null references exams, passed_on date not null,
      primary key (apprentice_id, exam_id))`,
    `insert into apprentices values (1, 'Nils'), (2, 'Olga'), (3, 'Pia')`,
    `insert into exams values (1, 'Ink', 2), (2, 'Paper', 3), (3, 'Binding', 4)`,
    `insert into exam_results values (1, 1, '2024-06-01'), (1, 2, '2024-06-02'), (1, 3, '2024-06-03'), (2, 2, '2024-06-02'), (2, 3, '2024-06-03'), (3, 3, '2024-06-03')`,
    `insert into halls values (1, 'North', 0), (2, 'South', 1)`,
    `insert into presses values (1, 'Anton', 'Heiland', 'green', 900, 1), (2, 'Berta', 'Heiland', 'grey', 1400, 1),
      (3, 'Cora', 'Rollmann', 'green', 700, 2), (4, 'Dora', 'Pressac', 'grey', 1400, 2)`,
    `insert into operators values (1, 'Ines', 'Ulm', 30), (2, 'Jonas', 'Ulm', 34), (3, 'Karla', 'Trier', 29), (4, 'Lars', 'Fulda', 34),
      (5, 'Mona', 'Fulda', 22)`,
    `insert into licences values (1, 1, '2021-02-01'), (1, 2, '2021-05-01'), (1, 3, '2022-02-01'), (1, 4, '2023-01-05'), (2, 1, '2020-01-01'),
      (2, 3, '2023-03-03'), (3, 2, '2021-08-01'), (3, 4, '2022-08-01'), (4, 2, '2024-04-01')`,
    `insert into print_jobs select i, 'Leaflet ' || i, 1 + (i * i) % 4, 1 + (i * 3) % 4, 100 * (1 + i % 7), 40 + (i * 37) % 90,
      date '2023-01-10' + i * 21, i % 6 = 0 from generate_series(1, 40) i`,
  ],
  cases: [
    [
      'the fastest press in each hall',
      'select h.label, p.name from presses p join halls h using (hall_id) where p.speed = (select max(q.speed) from presses q where q.hall_id = p.hall_id)',
    ],
    [
      'for each maker, the name of the slowest press',
      'select p.maker, p.name from presses p where p.speed = (select min(q.speed) from presses q where q.maker = p.maker)',
    ],
    [
      'the operator with the highest wage in each town',
      'select o.town, o.name from operators o where o.wage = (select max(q.wage) from operators q where q.town = o.town)',
    ],
    [
      'the latest print job of each press',
      'select p.name, j.title from print_jobs j join presses p using (press_id) where j.run_on = (select max(k.run_on) from print_jobs k where k.press_id = j.press_id)',
    ],
    [
      'the 2 most expensive print jobs of each operator',
      'select name, title from (select o.name, j.title, rank() over (partition by o.operator_id order by j.price desc) as r from print_jobs j join operators o using (operator_id)) x where r <= 2',
    ],
    [
      'for each hall the press with the most print jobs',
      'select label, name from (select h.label, p.name, rank() over (partition by h.hall_id order by count(*) desc) as r from print_jobs j join presses p using (press_id) join halls h using (hall_id) group by h.hall_id, h.label, p.press_id, p.name) x where r = 1',
    ],
    [
      'apprentices who have taken all exams',
      'select name from apprentices a where not exists (select from exams e where not exists (select from exam_results r where r.exam_id = e.exam_id and r.apprentice_id = a.apprentice_id))',
    ],
    [
      'apprentices who took every exam with more than 2 parts',
      'select name from apprentices a where not exists (select from exams e where e.parts > 2 and not exists (select from exam_results r where r.exam_id = e.exam_id and r.apprentice_id = a.apprentice_id))',
    ],
    [
      'exams taken by all apprentices',
      'select e.* from exams e where not exists (select from apprentices a where not exists (select from exam_results r where r.exam_id = e.exam_id and r.apprentice_id = a.apprentice_id))',
    ],
    ['print jobs on all presses', 'select title from print_jobs'],
  ],
  refusals: [
    ['the best press in each hall', /by what/],
    ['operators who have run all presses', /every one/],
    ['operators who ran jobs in every year', /every/],
    ['operators with licences for all presses', /all/],
    ['how many exams were taken by all apprentices', /every one/],
  ],
  talks: [
    [
      ['presses made by Heiland', `select name from presses where maker = 'Heiland'`],
      [
        'only the green ones',
        `select name from presses where maker = 'Heiland' and color = 'green'`,
      ],
    ],
  ],
};
