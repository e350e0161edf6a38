import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Machine, machine, run } from '../support/program.js';
import { type TestDatabase, testDatabase } from '../support/server.js';

let database: TestDatabase;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table boats (id int primary key, name text, harbour text);
       insert into boats select g, 'boat ' || g, 'harbour ' || g % 3 from generate_series(1, 3000) g;
       analyze boats`,
    ],
  });
  on = machine();
});
afterAll(async () => {
  on.remove();
  await database.drop();
});

const ask = (...flags: string[]) =>
  run(['boats of "harbour 1"', '--db', database.url, '--model', 'offline', ...flags], { on });
const folder = () => join(on.home, 'cache', 'pgask', 'values');

test('who wants no session leaves no values behind either', async () => {
  expect(await ask('--session', 'none')).toMatchObject({ code: 0 });
  expect(existsSync(folder())).toBe(false);
});

test('values that were looked up are kept for the next request, for their owner alone', async () => {
  expect(await ask()).toMatchObject({ code: 0 });
  const files = readdirSync(folder());
  expect(files).toHaveLength(1);
  expect(statSync(join(folder(), files[0]!)).mode & 0o777).toBe(0o600);
});
