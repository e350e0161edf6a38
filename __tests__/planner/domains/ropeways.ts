/** Cable cars: things that go by their kind or their number, amounts for a time, averages behind a number, and heights above the sea. */
import type { Domain } from './domain.js';

export const ropeways: Domain = {
  name: 'ropeways',
  today: '2025-05-02',
  sql: [
    `create table stations (station_id int primary key, name text not null, valley text not null, elevation_m int not null, area_sqm int not null)`,
    `create table cabins (cabin_id int primary key, number text not null, kind text not null, seats int not null, daily_rent int not null, station_id int references stations)`,
    `create table wardens (warden_id int primary key, first_name text not null, last_name text not null, rank text, hourly_pay int not null, is_on_call boolean not null, hired_on date not null)`,
    `create table checks (check_id int primary key, cabin_id int references cabins, warden_id int references wardens, checked_on date not null, cost int not null, defects int not null)`,
    `insert into stations values (1,'Krane','Aster',850,300),(2,'Polder','Brim',-4,120),(3,'Hochfirn','Aster',2100,90),(4,'Talgrund','Brim',400,610)`,
    `insert into cabins values (1,'K-1','gondola',8,60,1),(2,'K-2','gondola',6,45,1),(3,'K-3','chair',2,20,2),(4,'K-4','gondola',10,90,3),(5,'K-5','chair',4,25,4)`,
    `insert into wardens values (1,'Ilse','Roth','senior',24,true,'2012-04-01'),(2,'Bruno','Keel','junior',17,false,'2019-09-01'),(3,'Mara','Voss','senior',22,true,'2021-03-15'),(4,'Tom','Lund',null,15,false,'2023-01-10')`,
    `insert into checks values (1,1,1,'2024-02-01',80,3),(2,1,1,'2024-06-01',120,5),(3,1,3,'2024-09-01',60,0),(4,2,1,'2024-03-01',90,2),(5,2,1,'2025-01-01',40,1),(6,4,3,'2024-07-01',200,4),(7,3,2,'2024-08-01',55,0)`,
  ],
  cases: [
    ['How many gondolas are there?', `select count(*) from cabins where kind = 'gondola'`],
    [
      'Which gondolas have more than 6 seats?',
      `select number from cabins where kind = 'gondola' and seats > 6`,
    ],
    ['How many chairs do we have?', `select count(*) from cabins where kind = 'chair'`],
    [
      'What is the number of the cabin with the highest daily rent?',
      `select number from cabins order by daily_rent desc limit 1`,
    ],
    ['numbers of the cabins with more than 5 seats', `select number from cabins where seats > 5`],
    [
      'What is the number of cabins with more than 5 seats?',
      `select count(*) from cabins where seats > 5`,
    ],
    ['cabins of the station Krane', `select number from cabins where station_id = 1`],
    ['last names of the wardens on call', `select last_name from wardens where is_on_call`],
    [
      'Which wardens earn more than 20 per hour? Show their last names.',
      `select last_name from wardens where hourly_pay > 20`,
    ],
    ['Which cabins cost less than 30 a day?', `select number from cabins where daily_rent < 30`],
    [
      'Which ranks earn more than 20 on average?',
      `select rank from wardens group by rank having avg(hourly_pay) > 20`,
    ],
    [
      'stations whose cabins have more than 5 seats on average',
      `select s.name from stations s join cabins c using (station_id) group by s.station_id having avg(c.seats) > 5`,
    ],
    [
      'Which stations are larger than the average station?',
      `select name from stations where area_sqm > (select avg(area_sqm) from stations)`,
    ],
    ['Which stations lie below sea level?', `select name from stations where elevation_m < 0`],
    [
      'stations more than 800 metres above sea level',
      `select name from stations where elevation_m > 800`,
    ],
    [
      'wardens hired after 2015: last name and rank',
      `select last_name, rank from wardens where hired_on >= '2016-01-01'`,
    ],
    [
      'Which wardens have never taken part in a check? Give their last names.',
      `select last_name from wardens w where not exists (select from checks c where c.warden_id = w.warden_id)`,
    ],
    ['What kinds are the cabins? Show each kind once.', `select distinct kind from cabins`],
    [
      'Show the valleys of all stations, without duplicates.',
      `select distinct valley from stations`,
    ],
    [
      'What is the average pay of the wardens for each rank? Leave out wardens without a rank.',
      `select rank, avg(hourly_pay) from wardens where rank is not null group by rank`,
    ],
    [
      'Which cabins have been checked by more than one warden?',
      `select c.number from cabins c join checks k using (cabin_id) group by c.cabin_id having count(distinct k.warden_id) > 1`,
    ],
    [
      'What is the largest number of defects found in a single check?',
      `select max(defects) from checks`,
    ],
  ],
  refusals: [
    // Nothing says what there would have to be so many of on average.
    ['Which wardens made more than 3 checks on average?', /./],
    // What ends a list is asked for as well.
    ['checks that cost more than 100: cost and start', /./],
  ],
  talks: [
    [
      ['last names of the wardens on call', 'select last_name from wardens where is_on_call'],
      ['how many are there', 'select count(*) from wardens where is_on_call'],
    ],
  ],
};
