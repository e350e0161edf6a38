import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { testServer } from '../support/server.js';
import { type Ground, openGround } from './ground.js';

/** Rows that arrive in many pieces: what has to be written otherwise may be torn anywhere. */
describe('rows larger than what arrives at once', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await openGround({ server: await testServer() });
  });
  afterAll(() => ground.close());

  test.each([
    ['backslashes', String.raw`repeat('\', 300001)`],
    ['quotation marks', `repeat('"', 300001)`],
    ['line ends', String.raw`repeat(e'\r\n', 150001)`],
    ['line feeds and tabs', String.raw`repeat(e'\n\t', 150001)`],
    ['control characters', String.raw`repeat(e'\x01\b\f\v', 60001)`],
    ['letters of several bytes', `repeat('é名\u{1f469}', 60001)`],
    ['white space of a json value', String.raw`('[1,' || repeat(e'\n\r \t', 80000) || '2]')::json`],
    ['a json value with escapes', String.raw`('"' || repeat('\n\\\"\u00e9', 50000) || '"')::json`],
    ['an array of odd texts', String.raw`array_fill(e'"\\,{}\n'::text, array[30000])`],
    ['bytes', `decode(repeat('005c0a', 100000), 'hex')`],
  ])('%s', async (_, value) => {
    // The first column moves the places where the rest is torn.
    await ground.compare(
      `select repeat('.', n) as dots, ${value} as x, n from generate_series(0, 2) n order by n`,
    );
  });

  test('many rows with what has to be escaped at every place', async () => {
    await ground.compare(String.raw`select n, repeat('x', n % 97) || e'\\\n"\t' || repeat('é', n % 53) as x,
      case n % 3 when 0 then null when 1 then '' else '\N' end as y from generate_series(1, 20000) n order by n`);
  });
});
