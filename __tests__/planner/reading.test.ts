import { expect, test } from '@jest/globals';
import { planOn } from './catalogs.js';

const KENNEL = `
create table owners (id int primary key, name text not null, city text not null);
create table dogs (id int primary key, owner_id int not null references owners, name text not null, weight_kg int not null);
`;

test('each word is told with what it was read as, and why', () => {
  const riga = {
    word: 'Riga',
    relation: 'public.owners',
    column: 'city',
    value: 'Riga',
    match: 'exact',
  };
  const step = planOn(KENNEL, 'names of owners from Riga', [riga]);
  expect('reading' in step ? step.reading : []).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ words: 'owners', as: 'owners', reason: 'exact name', score: 1 }),
      expect.objectContaining({ words: 'Riga', as: 'owners.city = "Riga"', reason: 'exact value' }),
    ]),
  );
});

test('what may be read in two ways is refused with both, in words and as statements', () => {
  const ddl = `create table shops (id int primary key, city text not null, owner text not null);`;
  const found = ['city', 'owner'].map((column) => ({
    word: 'Sydney',
    relation: 'public.shops',
    column,
    value: 'Sydney',
    match: 'exact',
  }));
  expect(() => planOn(ddl, 'shops of Sydney', found)).toThrow(
    expect.objectContaining({
      exit: 7,
      readings: expect.arrayContaining([
        expect.objectContaining({ sql: expect.stringContaining("city = 'Sydney'") }),
        expect.objectContaining({ sql: expect.stringContaining("owner = 'Sydney'") }),
      ]),
    }),
  );
});
