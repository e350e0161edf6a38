/** Connections that break before, in and behind COMMIT, and anywhere else. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { type TestDatabase, testDatabase } from '../support/server.js';
import { bytesOf, MOMENTS, oneRound, type Round } from './cut-connections.js';

let database: TestDatabase;
let sql: postgres.Sql;
let directory: string;
let bytes: number;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table counters (id int primary key, n int not null default 0);
       insert into counters select generate_series(1, 1000)`,
    ],
  });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  directory = await mkdtemp(join(tmpdir(), 'pgask-once-'));
  bytes = await bytesOf(database.url, directory, 'update counters set n = 1 where id = 1000');
}, 60_000);
afterAll(async () => {
  await sql.end();
  await database.drop();
  await rm(directory, { recursive: true });
});

/** `npm run test:long` has many more. */
const ROUNDS = Number(process.env['EXACTLY_ONCE_ROUNDS'] ?? 12);

test.each(MOMENTS)(
  'a connection that breaks %s: rows change once or not at all, and the report agrees',
  async (moment) => {
    const told: Round[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const id = MOMENTS.indexOf(moment) * 200 + round;
      const text = `update counters set n = n + 1 where id = ${id}`;
      const one = await oneRound({ url: database.url, directory, bytes }, { moment, round, text });
      told.push(one);
      const [row] = await sql<{ n: number }[]>`select n from counters where id = ${id}`;
      expect({ ...one, n: row?.n }).toEqual({ ...one, n: one.reported === 'applied' ? 1 : 0 });
      expect(one.reported).not.toBe('unknown');
      expect([one.reported, undefined]).toContain(one.state);
    }
    // It broke where it was meant to, or nothing was tested.
    const outcomes = new Set(told.map(({ outcome }) => outcome));
    if (moment === 'before COMMIT') {
      expect([...outcomes]).toEqual(['the connection was lost before COMMIT']);
    } else if (moment === 'in its answer') {
      expect([...outcomes]).toEqual(['the connection was lost after COMMIT']);
    } else if (moment === 'behind COMMIT') {
      expect(told.every(({ outcome }) => outcome?.startsWith('the connection was lost'))).toBe(
        true,
      );
    } else {
      expect(told.some(({ reported }) => reported === 'not applied')).toBe(true);
    }
  },
  300_000,
);
