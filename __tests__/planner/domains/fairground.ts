/** Showmen and their rides: predicates in pairs, things called by their kind, adjectives that compare, deeds that a column counts. */
import type { Domain } from './domain.js';

export const fairground: Domain = {
  name: 'fairground',
  today: '2025-06-15',
  sql: [
    `create table showmen (id int primary key, name text not null, town text not null, wage int not null, age int not null)`,
    `create table rides (
      id int primary key, name text not null, kind text not null, showman_id int not null references showmen,
      price numeric(8,2) not null, weight int not null, seats int not null, tickets_sold int not null, prizes_won int not null)`,
    `create table inspections (
      id int primary key, ride_id int not null references rides, inspected_on date not null, cost numeric(8,2) not null, points int not null)`,
    `insert into showmen values
      (1,'Alba Reed','Torrow',3100,52),(2,'Bram Sutter','Linfield',2400,34),(3,'Cleo Nash','Torrow',4200,61),
      (4,'Doro Pike','Marl',2900,45),(5,'Evan Wick','Linfield',3600,29)`,
    `insert into rides
      select i, (array['Amber Whirl','Big Dipper','Cloud Nine','Dark Mile','Eagle Swing','Frost Wheel','Golden Horse','Hidden Hall','Iron Loop','Jolly Swing','King Horse','Long Slide'])[i],
        (array['carousel','coaster','wheel','ghost train','swing','wheel','carousel','ghost train','coaster','swing','carousel','slide'])[i], 1 + (i * 7) % 4,
        2 + (i * 37) % 11, 300 + (i * 173) % 900, 8 + (i * 5) % 30, 400 + (i * 613) % 2100, i % 5
      from generate_series(1, 12) i`,
    `insert into inspections
      select i, 1 + (i * 5) % 10, date '2023-01-10' + i * 19, 40 + (i * 31) % 170, 50 + (i * 17) % 50 from generate_series(1, 36) i`,
  ],
  cases: [
    // Things that are called by their kind.
    ['How many carousels are there?', `select count(*) from rides where kind = 'carousel'`],
    [
      'Which carousels cost more than 5?',
      `select name from rides where kind = 'carousel' and price > 5`,
    ],
    [
      'How many swings or wheels are there?',
      `select count(*) from rides where kind in ('swing', 'wheel')`,
    ],
    [
      'the two heaviest ghost trains',
      `select name from rides where kind = 'ghost train' order by weight desc limit 2`,
    ],
    [
      'Which coasters have never been inspected?',
      `select name from rides where kind = 'coaster' and id not in (select ride_id from inspections)`,
    ],
    [
      'How many carousels does each showman have?',
      `select s.name, count(*) from rides r join showmen s on s.id = r.showman_id where kind = 'carousel' group by s.id, s.name`,
    ],
    [
      'Which rides are heavier than the average carousel?',
      `select name from rides where weight > (select avg(weight) from rides where kind = 'carousel')`,
    ],
    [
      'Which rides cost more than the most expensive swing?',
      `select name from rides where price > (select max(price) from rides where kind = 'swing')`,
    ],
    [
      'Which showmen earn more than the average showman in Torrow?',
      `select name from showmen where wage > (select avg(wage) from showmen where town = 'Torrow')`,
    ],
    // Predicates in pairs.
    [
      'Which showmen not only have a carousel but also a swing?',
      `select name from showmen s where exists (select 1 from rides where showman_id = s.id and kind = 'carousel') and exists (select 1 from rides where showman_id = s.id and kind = 'swing')`,
    ],
    [
      'Which showmen neither have a carousel nor a wheel?',
      `select name from showmen s where not exists (select 1 from rides where showman_id = s.id and kind in ('carousel', 'wheel'))`,
    ],
    [
      'Which showmen either have a slide or live in Marl?',
      `select name from showmen s where town = 'Marl' or exists (select 1 from rides where showman_id = s.id and kind = 'slide')`,
    ],
    [
      'Which showmen both live in Torrow and earn over 4000?',
      `select name from showmen where town = 'Torrow' and wage > 4000`,
    ],
    [
      'names of showmen who neither live in Torrow nor own a coaster',
      `select name from showmen s where town <> 'Torrow' and not exists (select 1 from rides where showman_id = s.id and kind = 'coaster')`,
    ],
    // Adjectives in their plain form, and bounds before the verb.
    [
      'Which rides are at least as heavy as the average ride?',
      'select name from rides where weight >= (select avg(weight) from rides)',
    ],
    [
      'Which rides are not as heavy as the average ride?',
      'select name from rides where weight < (select avg(weight) from rides)',
    ],
    ['Which showmen earn as much as Doro Pike?', `select name from showmen where wage = 2900`],
    [
      'Which showmen earn at least as much as the average?',
      'select name from showmen where wage >= (select avg(wage) from showmen)',
    ],
    [
      'Which rides have at least as many seats as the average ride?',
      'select name from rides where seats >= (select avg(seats) from rides)',
    ],
    [
      'Which rides have at least had 4 inspections?',
      'select r.name from rides r join inspections i on i.ride_id = r.id group by r.id, r.name having count(*) >= 4',
    ],
    // What is done, and how often.
    [
      'Which rides sold more than 1500 tickets?',
      'select name from rides where tickets_sold > 1500',
    ],
    ['Which ride sold the fewest tickets?', 'select name from rides order by tickets_sold limit 1'],
    [
      'Which showman sold the most tickets?',
      'select s.name from rides r join showmen s on s.id = r.showman_id group by s.id, s.name order by sum(tickets_sold) desc limit 1',
    ],
    [
      'How many tickets did each showman sell?',
      'select s.name, sum(tickets_sold) from rides r join showmen s on s.id = r.showman_id group by s.id, s.name',
    ],
    [
      'How many prizes did each kind win on average?',
      'select kind, avg(prizes_won) from rides group by kind',
    ],
    ['How many tickets were sold in total?', 'select sum(tickets_sold) from rides'],
    [
      'Which rides won more prizes than the average ride?',
      'select name from rides where prizes_won > (select avg(prizes_won) from rides)',
    ],
    [
      'How many points did each ride get on average?',
      'select r.name, avg(points) from inspections i join rides r on r.id = i.ride_id group by r.id, r.name',
    ],
    [
      'How many seats do wheels have on average?',
      `select avg(seats) from rides where kind = 'wheel'`,
    ],
    // Second questions for how much.
    [
      'Which ride is the heaviest and how much does it cost?',
      'select name, price from rides order by weight desc limit 1',
    ],
    [
      'What are the names of the three oldest showmen and what do they earn?',
      'select name, wage from showmen order by age desc limit 3',
    ],
    [
      'Who are the showmen of Linfield? How old are they?',
      `select name, age from showmen where town = 'Linfield'`,
    ],
    [
      'How much does the cheapest ride of each kind cost?',
      'select kind, min(price) from rides group by kind',
    ],
  ],
  refusals: [
    ['How many trampolines are there?', /trampolines/i],
    ['Which showmen both live in Torrow?', /./],
  ],
  talks: [
    [
      ['How many carousels are there?', `select count(*) from rides where kind = 'carousel'`],
      ['and how many swings?', `select count(*) from rides where kind = 'swing'`],
    ],
    [
      [
        'Which rides sold more than 1500 tickets?',
        'select name from rides where tickets_sold > 1500',
      ],
      [
        'only those that cost at most 6',
        'select name from rides where tickets_sold > 1500 and price <= 6',
      ],
    ],
  ],
};
