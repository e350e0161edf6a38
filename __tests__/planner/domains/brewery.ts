/** A brewery: look-up tables, texts that are names and descriptions at once, links that are looked up or referred to. */
import type { Domain } from './domain.js';

export const brewery: Domain = {
  name: 'brewery',
  today: '2025-03-02',
  sql: [
    `create table ref_styles (style_code text primary key, style_name text not null, style_description text not null)`,
    `create table brewers (brewer_id int primary key, first_name text not null, last_name text not null, age int not null, town text not null)`,
    `create table beers (beer_id int primary key, beer_name text not null, beer_description text not null, style_code text not null references ref_styles, strength numeric(4,1) not null, price numeric(6,2) not null)`,
    `create table batches (batch_id int primary key, beer_id int not null references beers, brewer_id int not null references brewers, date_batch_started date not null, date_batch_closed date, litres int not null)`,
    `create table tanks (tank_id int primary key, volume int not null)`,
    `create table fillings (tank_id int not null references tanks, batch_id int not null references batches, primary key (tank_id, batch_id))`,
    `insert into ref_styles values ('ST','Stout','Stout'),('PA','Pale ale','hoppy'),('LA','Lager','bottom-fermented')`,
    `insert into brewers values (1,'Odd','Berg',41,'Hamar'),(2,'Kari','Lund',29,'Molde'),(3,'Nils','Vik',55,'Hamar'),(4,'Siri','Dahl',36,'Narvik')`,
    `insert into beers values (1,'Midnight','Midnight','ST',6.5,7.20),(2,'Fjord','clear and cold','LA',4.5,4.10),(3,'Gull','Gull','PA',5.2,5.60),(4,'Ember','smoked','ST',7.1,8.00)`,
    `insert into batches select i, 1 + (i * i) % 3, 1 + (i * 5) % 3, date '2024-01-10' + i * 6, case when i % 4 = 0 then null else date '2024-03-20' + ((i * 37) % 90) end, 200 + (i * 71) % 900 from generate_series(1, 40) i`,
    `insert into tanks select i, 500 * i from generate_series(1, 5) i`,
    `insert into fillings select 1 + i % 4, i from generate_series(1, 30) i`,
  ],
  cases: [
    // Said twice in one row: what is called so is meant.
    [
      'what is the price of the beer named "Midnight"?',
      `select price from beers where beer_name = 'Midnight'`,
    ],
    [
      'how many batches are there of the beer "Gull"?',
      `select count(*) from batches b join beers x using (beer_id) where x.beer_name = 'Gull'`,
    ],
    // The same key, looked up or where it is referred to.
    [
      'how many batches does the beer with id 2 have?',
      'select count(*) from batches where beer_id = 2',
    ],
    [
      'list the names of the beers in tank 3',
      `select beer_name from beers x where exists (select from batches b join fillings f using (batch_id) where b.beer_id = x.beer_id and f.tank_id = 3)`,
    ],
    // What stands behind a thing is said of that thing.
    [
      'prices of the beers that have batches with more than 1000 litres',
      `select price from beers x where exists (select from batches b where b.beer_id = x.beer_id and b.litres > 1000)`,
    ],
    [
      'which brewers have made a batch of the beer with id 1?',
      `select first_name, last_name from brewers r where exists (select from batches b where b.brewer_id = r.brewer_id and b.beer_id = 1)`,
    ],
    // The end of something is not when it was.
    [
      'show the litres of the most recent batch',
      'select litres from batches order by date_batch_started desc limit 1',
    ],
    [
      'which beer was in the first batch?',
      'select beer_name from beers join batches using (beer_id) order by date_batch_started limit 1',
    ],
    // A whole name, in a listing and in groups.
    [
      'what is the full name of the brewer with the most batches?',
      'select first_name, last_name from brewers join batches using (brewer_id) group by brewer_id order by count(*) desc limit 1',
    ],
    [
      'list the town and the number of brewers in each town',
      'select town, count(*) from brewers group by town',
    ],
    [
      'beers that are more expensive than the cheapest beer with style Stout',
      `select beer_name from beers where price > (select min(price) from beers where style_code = 'ST')`,
    ],
  ],
  refusals: [
    // Nothing in the words says which of both is meant.
    ['how many litres per date?', /./],
    ['what is the bitterness of each beer?', /bitterness/],
    ['the beers and the brewers of the owner', /owner/],
  ],
  talks: [
    [
      [
        'names of the beers with style Stout',
        `select beer_name from beers where style_code = 'ST'`,
      ],
      ['how many are there?', `select count(*) from beers where style_code = 'ST'`],
    ],
  ],
};
