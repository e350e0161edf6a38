/** Homes to let: other words for nearly the same thing, texts that say yes or no, whoever keeps all this. */
import type { Domain } from './domain.js';

export const lettings: Domain = {
  name: 'lettings',
  today: '2025-05-02',
  sql: [
    `create table landlords (landlord_id int primary key, name text not null, gender char(1) not null)`,
    `create table apartments (
      apartment_id int primary key, code text not null, town text not null, rent int not null,
      furnished char(1) not null, has_lift varchar(3), is_insured smallint not null,
      landlord_id int not null references landlords)`,
    `create table tenants (
      tenant_id int primary key, name text not null, smoking text not null,
      apartment_id int not null references apartments)`,
    `insert into landlords select i, (array['Ava Bly','Ben Coe','Cara Dunn','Dov Eads'])[i], (array['F','M'])[1 + i % 2] from generate_series(1, 4) i`,
    `insert into apartments select i, 'A' || i, (array['Alba','Brix'])[1 + i % 2], 400 + (i * 137) % 600, (array['Y','N','Y'])[1 + i % 3], (array['yes','no','no',null])[1 + i % 4], case when i % 5 = 0 then 1 else 0 end, 1 + (i * i) % 4 from generate_series(1, 17) i`,
    `insert into tenants select i, 'T' || i, (array['No','Yes','No','No'])[1 + i % 4], 1 + (i * 5) % 13 from generate_series(1, 15) i`,
  ],
  cases: [
    ['How many flats are there in Alba?', `select count(*) from apartments where town = 'Alba'`],
    ['What is the average rent of a flat?', 'select avg(rent) from apartments'],
    ['How many flats are furnished?', `select count(*) from apartments where furnished = 'Y'`],
    ['codes of the furnished flats', `select code from apartments where furnished = 'Y'`],
    ['How many flats are unfurnished?', `select count(*) from apartments where furnished = 'N'`],
    [
      'codes of apartments that are not furnished',
      `select code from apartments where furnished = 'N'`,
    ],
    ['codes of apartments with a lift', `select code from apartments where has_lift = 'yes'`],
    ['codes of apartments with no lift', `select code from apartments where has_lift = 'no'`],
    ['codes of the insured apartments', `select code from apartments where is_insured = 1`],
    ['How many smoking residents are there?', `select count(*) from tenants where smoking = 'Yes'`],
    [
      'How many residents live in a furnished flat?',
      `select count(*) from tenants join apartments using (apartment_id) where furnished = 'Y'`,
    ],
    ['How many female landlords are there?', `select count(*) from landlords where gender = 'F'`],
    ['How many flats does the agency have?', 'select count(*) from apartments'],
    ['How many residents do we have on file?', 'select count(*) from tenants'],
    ["What is the highest rent of the firm's flats?", 'select max(rent) from apartments'],
    [
      'codes of apartments with a rent above the average of the whole company',
      'select code from apartments where rent > (select avg(rent) from apartments)',
    ],
  ],
  refusals: [
    ['How many flats are there in the cellar?', /cellar/],
    ['How many cottages are furnished?', /cottages/],
    ['How many caretakers work for the agency?', /caretakers/],
    ['codes of the heated apartments', /heated/],
  ],
  talks: [
    [
      ['How many flats are furnished?', `select count(*) from apartments where furnished = 'Y'`],
      ['and in Brix?', `select count(*) from apartments where furnished = 'Y' and town = 'Brix'`],
    ],
  ],
};
