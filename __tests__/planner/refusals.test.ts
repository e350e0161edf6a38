import { describe, expect, test } from '@jest/globals';
import { NotUnderstoodError } from '../../lib/errors.js';
import { planOn, sqlOn } from './catalogs.js';

const PIANOS = `
create table tuners (id int primary key, name text not null, town text not null);
create table pianos (
  id int primary key,
  tuner_id int not null,
  maker text not null,
  price numeric(10,2) not null,
  foreign key (tuner_id) references tuners (id)
);
create table halls (id int primary key, name text not null, seats int not null);
`;

function refusalOf(request: string): NotUnderstoodError {
  try {
    const step = planOn(PIANOS, request);
    expect(step).toBe('a refusal');
  } catch (error) {
    if (error instanceof NotUnderstoodError) return error;
    throw error;
  }
  throw new Error('unreachable');
}

describe('what could not be read together is told by where it broke', () => {
  test('the part that was read, what stands behind it, and that the part can be asked for', () => {
    const { message, hint } = refusalOf('the names of tuners among whose again of no pianos');
    expect(message).toBe(
      'it is not clear how these words belong together: "the names of tuners" was read, ' +
        'but not "among whose again of no pianos" behind it',
    );
    expect(hint).toBe('"the names of tuners" alone can be answered; ask for one thing at a time');
  });

  test('what is long is cut away from the place', () => {
    const { message } = refusalOf(
      'the names of tuners with more than 3 pianos and with less than 9 pianos whose price is over 1000 among whose again of no pianos',
    );
    expect(message).toMatch(/: "… .*whose price is over 1000" was read, but not "among/);
  });

  test('where the beginning can not be read, the longest thing in it', () => {
    const { message, hint } = refusalOf('again by no than pianos');
    expect(message).toMatch(/of all only "pianos.*" was read, not "again by/);
    expect(hint).toMatch(/one thing at a time/);
  });
});

test('numbers and comparatives are no unknown words', () => {
  for (const request of ['tuners two again of', 'pianos higher again of', 'halls twice again of']) {
    expect(refusalOf(request).message).not.toMatch(/^not understood/);
  }
});

test('an unknown word is told, and what there is instead', () => {
  const { message, hint } = refusalOf('the flavours of tuners');
  expect(message).toBe('not understood: flavours');
  expect(hint).toBe('nothing is called so; there are tuners, pianos, halls');
});

test('what can not be joined is told with what to say instead', () => {
  const { message, hint } = refusalOf('the price of pianos for each hall');
  expect(message).toMatch(/^not understood: /);
  expect(hint).not.toBe('');
});

test('a whole request with a pronoun in it refers to nothing before', () => {
  const { message } = refusalOf(
    'for each maker again than the pianos of them for them are cheap too',
  );
  expect(message).not.toMatch(/could refer to/);
});

test('an order that nothing can be brought into is no question about kinds of things', () => {
  const pianos = `${PIANOS}
create table categories (id int primary key, name text not null, tuner_id int not null, foreign key (tuner_id) references tuners (id));`;
  const request = 'how many tuners are there';
  const earlier = [{ request, sql: sqlOn(pianos, request) }];
  expect(() => planOn(pianos, 'sort by town', [], earlier)).toThrow(NotUnderstoodError);
});
