/** A vineyard: fractions by bare names, names in two parts, what is asked in a second sentence. */
import type { Domain } from './domain.js';

export const vineyard: Domain = {
  name: 'vineyard',
  today: '2025-03-03',
  sql: [
    `create table estates (estate_id int primary key, name text not null, slope text not null, hectares int not null)`,
    `create table parcels (parcel_id int primary key, estate_id int not null references estates, name text not null, sand float, clay float, fee float)`,
    `create table growers (grower_id int primary key, first_name text not null, last_name text not null, email text, nick_name text, estate_id int references estates)`,
    `insert into estates values (1,'Marl Hill','south',40),(2,'Flint End','north',25),(3,'Loam Bank','south',60)`,
    `insert into parcels values (1,1,'Upper',55.5,20,310),(2,1,'Lower',30,48.2,90),(3,2,'Ditch',12.5,61,120),(4,3,'Long',71,9,200)`,
    `insert into growers values (1,'Ada','Finch','a@v.example','ady',1),(2,'Ben','Rook','b@v.example','benno',1),(3,'Ada','Finch','af@v.example','fin',3),(4,'Ada','Rook','ar@v.example','rookie',2),(5,'Ben','Wren','bw@v.example','wrenny',3)`,
  ],
  cases: [
    ['sand percentages of the parcels', 'select sand from parcels'],
    [
      'What is the percentage of clay in parcels with a sand percentage above 20?',
      'select clay from parcels where sand > 20',
    ],
    [
      'names of the two parcels with the highest clay percentages',
      'select name from parcels order by clay desc limit 2',
    ],
    ['Show the nicknames and emails of the growers.', 'select nick_name, email from growers'],
    [
      'names of the parcels and the estates they correspond to',
      'select p.name, e.name from parcels p join estates e using (estate_id)',
    ],
    [
      'How many parcels correspond to each estate?',
      'select e.name, count(*) from parcels p join estates e using (estate_id) group by e.estate_id',
    ],
    [
      'How many growers work at each estate?',
      'select e.name, count(*) from growers join estates e using (estate_id) group by e.estate_id',
    ],
    ['How many kinds of slopes are there?', 'select count(distinct slope) from estates'],
    ['How many kinds of different slopes are listed?', 'select count(distinct slope) from estates'],
    [
      'How many parcels belong to each estate?',
      'select e.name, count(*) from parcels p join estates e using (estate_id) group by e.estate_id',
    ],
    [
      'How many estates correspond to each slope?',
      'select slope, count(*) from estates group by slope',
    ],
    [
      'Which estate has the most hectares? And what is its slope?',
      'select name, slope from estates order by hectares desc limit 1',
    ],
    [
      'What is the email of the grower with the nickname fin? And what is the last name?',
      `select email, last_name from growers where nick_name = 'fin'`,
    ],
  ],
  refusals: [
    ['What is the percentage of hectares in each estate?', /percentage/],
    ['What is the percentage of the fee for each parcel?', /percentage/],
    ['What percentage of the growers are called Ada?', /percentage/],
    ['Which estate has the most hectares? And what is its vintage?', /vintage/],
  ],
  talks: [
    [
      ['sand percentages of the parcels', 'select sand from parcels'],
      ['only those above 50', 'select sand from parcels where sand > 50'],
    ],
  ],
};
