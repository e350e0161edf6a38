/** Telescopes and who uses them: several outputs, several sentences, words that say nothing. */
import type { Domain } from './domain.js';

const usedBy = `from sessions s join telescopes t on t.id = s.telescope_id`;

export const observatory: Domain = {
  name: 'observatory',
  today: '2025-03-10',
  sql: [
    `create table domes (id int primary key, name text not null, valley text not null, country text not null, height numeric(6,1) not null)`,
    `create table telescopes (id int primary key, dome_id int not null references domes, name text not null, maker text not null,
      aperture int not null, weight int not null, opening_date date not null, closing_date date)`,
    `create table observers (id int primary key, first_name text not null, last_name text not null, age int not null, rank text not null, email text)`,
    `create table sessions (id int primary key, telescope_id int not null references telescopes, observer_id int not null references observers,
      night date not null, hours numeric(4,1) not null)`,
    `insert into domes values (1,'North Dome','Elqui','Chile',12.5),(2,'Old Dome','Elqui','Chile',9),(3,'Sand Dome','Draa','Morocco',15),(4,'Mist Dome','Taurito','Spain',11)`,
    `insert into telescopes values
      (1,1,'Argus','Halden',400,900,'1998-04-02',null),(2,1,'Lynceus','Halden',800,2500,'2004-09-12',null),(3,2,'Iris','Orba',250,320,'1979-01-20','2011-06-30'),
      (4,3,'Cyclops','Orba',1200,6100,'2016-02-08',null),(5,3,'Heimdall','Kestrel',600,1400,'2009-11-01','2020-12-31'),(6,4,'Panoptes','Kestrel',1200,5800,'2019-07-15',null)`,
    `insert into observers values
      (1,'Ada','Brink',34,'senior','ada@sky.example'),(2,'Ben','Castro',51,'chief',null),(3,'Chloe','Dunn',27,'junior','chloe@sky.example'),
      (4,'Dario','Engel',27,'junior',null),(5,'Elif','Brink',45,'senior','elif@sky.example')`,
    `insert into sessions
      select i, 1 + (i * i) % 5, 1 + (i * 3) % 4, date '2024-01-04' + i * 9, 2 + (i * 7) % 9 * 0.5 from generate_series(1, 40) i`,
  ],
  cases: [
    [
      'Which telescopes have an aperture above 500? List their names and makers.',
      'select name, maker from telescopes where aperture > 500',
    ],
    [
      'Which dome has the most telescopes? Give me the name and the valley of the dome.',
      'select d.name, d.valley from domes d join telescopes t on t.dome_id = d.id group by d.id order by count(*) desc, d.id limit 1',
    ],
    [
      'How many telescopes does each maker have? List the maker and the count.',
      'select maker, count(*) from telescopes group by maker',
    ],
    [
      'Find the observers older than 30. Sort them by age.',
      'select first_name, last_name from observers where age > 30 order by age',
    ],
    [
      'What are the names of the domes in Chile, and what are their heights?',
      `select name, height from domes where country = 'Chile'`,
    ],
    [
      'Show the names of all domes in Chile. Also show their valleys.',
      `select name, valley from domes where country = 'Chile'`,
    ],
    [
      'What are the first and last names of the observers?',
      'select first_name, last_name from observers',
    ],
    [
      'list the opening and closing dates of telescopes made by Orba',
      `select opening_date, closing_date from telescopes where maker = 'Orba'`,
    ],
    [
      'the minimum, maximum and average aperture of telescopes',
      'select min(aperture), max(aperture), avg(aperture) from telescopes',
    ],
    [
      'average aperture and weight of telescopes',
      'select avg(aperture), avg(weight) from telescopes',
    ],
    [
      'What are the name, maker, aperture and weight of each telescope?',
      'select name, maker, aperture, weight from telescopes',
    ],
    ['Show both the name and the height of every dome', 'select name, height from domes'],
    ['What are the names of the valleys?', 'select distinct valley from domes'],
    ['all makers and the number of each', 'select maker, count(*) from telescopes group by maker'],
    [
      'For each dome, show the valley and the number of telescopes',
      'select d.valley, count(*) from domes d join telescopes t on t.dome_id = d.id group by d.id',
    ],
    [
      'Return all the information for each dome record',
      'select id, name, valley, country, height from domes',
    ],
    ['names of all different makers', 'select distinct maker from telescopes'],
    ['Give me a list of all the dome names', 'select name from domes'],
    ['Sort the names of telescopes by weight', 'select name from telescopes order by weight'],
    ['How old is Ben Castro?', `select age from observers where last_name = 'Castro'`],
    [
      'Among all the telescopes, which telescopes have a weight below 1000?',
      'select name from telescopes where weight < 1000',
    ],
    [
      'Count the total number of sessions in 2024',
      `select count(*) from sessions where night >= '2024-01-01' and night < '2025-01-01'`,
    ],
    [
      'Please can you show me all the sessions there were with the telescope called Argus',
      `select s.* ${usedBy} where t.name = 'Argus'`,
    ],
  ],
  talks: [
    [
      [
        'Which telescopes have an aperture above 500? List their names and makers.',
        'select name, maker from telescopes where aperture > 500',
      ],
      [
        'only the ones made by Kestrel',
        `select name, maker from telescopes where aperture > 500 and maker = 'Kestrel'`,
      ],
    ],
  ],
  refusals: [
    ['Which telescopes are haunted? List their names.', /haunted/],
    ['Which domes are in Chile? List their prices.', /prices/],
    ['polish telescope 3', /polish|belong/],
    ['the first and middle names of observers', /middle|belong/],
    ['telescopes not the domes', /belong|telescopes/],
  ],
};
