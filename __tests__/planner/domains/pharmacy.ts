/** Drugs with substitutes among them: links of a thing to others of its kind, columns as they are written, bounds. */
import type { Domain } from './domain.js';

export const pharmacy: Domain = {
  name: 'pharmacy',
  today: '2025-06-15',
  sql: [
    `create table makers (maker_id int primary key, first_name text not null, last_name text not null, town text not null)`,
    `create table drugs (
      drug_id int primary key, title text not null, price numeric(8,2) not null, maker_id int references makers)`,
    `create table substitutes (
      drug_id int not null references drugs, substitute_id int not null references drugs, primary key (drug_id, substitute_id))`,
    `insert into makers values (1,'Ilse','Brandt','Fernby'),(2,'Tom','Okoro','Saltley'),(3,'Ana','Reyes','Fernby')`,
    `insert into drugs select i, (array['Alvane','Borex','Cindol','Dorvil','Estane','Fenlor'])[i], 4 + i * 3, case when i = 6 then null else 1 + i % 3 end
      from generate_series(1, 6) i`,
    `insert into substitutes values (1,2),(1,3),(4,2),(5,1)`,
  ],
  cases: [
    [
      'drugs without substitutes',
      'select title from drugs where drug_id not in (select drug_id from substitutes)',
    ],
    [
      'how many drugs have a substitute',
      'select count(*) from drugs where drug_id in (select drug_id from substitutes)',
    ],
    [
      'titles and prices of drugs with more than one substitute',
      'select title, price from drugs where drug_id = 1',
    ],
    [
      'what is the title of the substitute of the drug Dorvil?',
      `select title from drugs where title = 'Borex'`,
    ],
    [
      'the title of the drug that is a substitute for Estane',
      `select title from drugs where title = 'Alvane'`,
    ],
    [
      'makers that have at least two drugs',
      'select first_name, last_name from makers where maker_id in (select maker_id from drugs group by maker_id having count(*) >= 2)',
    ],
    ['titles of drugs and the maker_id', 'select title, maker_id from drugs'],
    [
      'drug ids and the names of the makers',
      'select d.drug_id, m.first_name, m.last_name from drugs d join makers m using (maker_id)',
    ],
  ],
  refusals: [
    ['drugs whose substitute is drug Borex', /which of the two/],
    ['drugs without a licence', /licence/],
  ],
  talks: [
    [
      ['how many drugs have a substitute', 'select count(distinct drug_id) from substitutes'],
      ['list them', 'select title from drugs where drug_id in (select drug_id from substitutes)'],
    ],
  ],
};
