/** Soap works: columns that two tables have side by side, what so many do, and what is not done in a certain way. */
import type { Domain } from './domain.js';

export const soapworks: Domain = {
  name: 'soapworks',
  today: '2025-06-12',
  sql: [
    `create table works (id int primary key, name text not null, region text not null, founded_year int not null)`,
    `create table boilers (id int primary key, name text not null, sex text not null, age int not null, wage numeric(8,2) not null, home_town text not null, bonus numeric(8,2), works_id int not null references works)`,
    `create table crates (id int primary key, label text not null, weight int not null, height int not null)`,
    `create table soaps (id int primary key, title text not null, scent text not null, weight int not null, price numeric(6,2) not null, works_id int not null references works, crate_id int not null references crates)`,
    `create table buyers (id int primary key, name text not null, payment_method text not null, town text not null)`,
    `insert into works select i, (array['Lye Lane','Tallow End','Old Kettle','Lather Row','Suds'])[i], (array['Fenland','Downs','Fenland','Coast','Downs'])[i], (array[1901,1950,1950,1988,2003])[i] from generate_series(1, 5) i`,
    `insert into boilers select i, 'Boiler ' || i, (array['M','F'])[1 + i % 2], 22 + (i * 13) % 40, 1500 + (i * 311) % 1400, (array['Ely','Lewes','Cromer'])[1 + i % 3], case when i % 3 = 0 then 100 + i end, 1 + (i * i) % 5 from generate_series(1, 26) i`,
    `insert into crates select i, 'C' || i, 8 + (i * 7) % 20, 30 + i from generate_series(1, 6) i`,
    `insert into soaps select i, 'Bar ' || i, (array['rose','pine','mint'])[1 + i % 3], 80 + (i * 29) % 170, 2 + (i * 17) % 9, 1 + i % 5, 1 + (i * 3) % 6 from generate_series(1, 21) i`,
    `insert into buyers select i, 'Buyer ' || i, (array['Cash','Cheque','Giro'])[1 + (i * i) % 3], (array['Ely','Lewes'])[1 + i % 2] from generate_series(1, 9) i`,
  ],
  cases: [
    [
      "List the titles of the soaps with the crate's label.",
      'select s.title, c.label from soaps s join crates c on c.id = s.crate_id',
    ],
    [
      "List the titles of the soaps with the works's name and region.",
      'select s.title, w.name, w.region from soaps s join works w on w.id = s.works_id',
    ],
    [
      "List the titles of the soaps with the crate's label C2.",
      `select s.title from soaps s join crates c on c.id = s.crate_id where c.label = 'C2'`,
    ],
    [
      'What are the average weight and price of the soaps?',
      'select avg(weight), avg(price) from soaps',
    ],
    [
      'What is the average weight and the average price of soaps that smell of rose?',
      `select avg(weight), avg(price) from soaps where scent = 'rose'`,
    ],
    [
      'Show the minimum weight and height of all crates.',
      'select min(weight), min(height) from crates',
    ],
    [
      'Find the average age and number of female boilers from each home town.',
      `select home_town, avg(age), count(*) from boilers where sex = 'F' group by home_town`,
    ],
    [
      'In which works do more than 2 boilers earn over 2000?',
      'select w.name from works w where (select count(*) from boilers b where b.works_id = w.id and b.wage > 2000) > 2',
    ],
    [
      'What are the names of the works in which at least three boilers are older than 40?',
      'select w.name from works w where (select count(*) from boilers b where b.works_id = w.id and b.age > 40) >= 3',
    ],
    [
      'Works where more than one boiler is from Ely',
      `select w.name from works w where (select count(*) from boilers b where b.works_id = w.id and b.home_town = 'Ely') > 1`,
    ],
    [
      'What are the home towns in which more than 2 boilers have a bonus?',
      'select home_town from boilers where bonus is not null group by home_town having count(*) > 2',
    ],
    [
      'List the names of buyers who did not pay with Cash.',
      `select name from buyers where payment_method <> 'Cash'`,
    ],
    [
      'Which buyers have not paid by cheque?',
      `select name from buyers where payment_method <> 'Cheque'`,
    ],
    [
      'What are the ages of the oldest and the youngest boiler?',
      'select max(age), min(age) from boilers',
    ],
    [
      'What are the heights of the tallest and the shortest crate?',
      'select max(height), min(height) from crates',
    ],
    [
      'What are the two home towns that the most boilers come from?',
      'select home_town from boilers group by home_town order by count(*) desc, home_town limit 2',
    ],
    [
      'Which two scents do the fewest soaps have?',
      'select scent from soaps group by scent order by count(*), scent limit 2',
    ],
    [
      'What is the home town of the home town that the most boilers live in?',
      'select home_town from boilers group by home_town order by count(*) desc, home_town limit 1',
    ],
    [
      'What are the scents of soaps of which there are more than 6?',
      'select scent from soaps group by scent having count(*) > 6',
    ],
  ],
  refusals: [
    ['Which buyers did not sing Cash?', /sing|Cash/],
    ['In which works do more than 2 boilers juggle?', /juggle|boilers/],
  ],
  talks: [
    [
      [
        'which buyers did not pay by cash?',
        `select name from buyers where payment_method <> 'Cash'`,
      ],
      [
        'only those from Ely',
        `select name from buyers where payment_method <> 'Cash' and town = 'Ely'`,
      ],
    ],
  ],
};
