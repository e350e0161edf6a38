import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { run } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

/** So many that what is looked up in them at once is more than there are sessions. */
const SQL = `do $$ begin
  for i in 1..380 loop
    execute format('create table drawer_%s (id int, label text); insert into drawer_%1$s values (1, ''thing %1$s'')', i);
  end loop;
end $$`;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ sql: [SQL, 'analyze'] });
}, 60_000);
afterAll(() => database.drop());

test('many that wait for a session are no reason for a warning of Node', async () => {
  const args = ['values', 'thing 177', '--db', database.url, '--format', 'json'];
  const { stdout, stderr, code } = await run(args);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).toContain('drawer_177');
});
