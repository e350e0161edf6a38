import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { openPool } from '../../lib/databases/pool.js';
import { serverDriver } from '../../lib/databases/server.js';
import { run } from '../support/program.js';
import { openProxy } from '../support/proxy.js';
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

test.each([
  ['a cancel that comes late does not hit what the session runs next', 200, 2],
  ['a cancel of which nobody knows whether it has come ends the session', 3000, 3],
])('%s', async (_, ms, connections) => {
  const { hostname, port } = new URL(database.url);
  let opened = 0;
  // The first connection is the session, the second the cancel.
  const proxy = await openProxy({ host: hostname, port: Number(port) }, (connection) => {
    opened++;
    return connection === 1 ? { toServer: { type: 'delay', ms } } : {};
  });
  const url = new URL(proxy.url(database.url));
  url.searchParams.set('sslmode', 'disable');
  const target = resolveConnection(parseConnectionString(url.href), {}, undefined);
  const pool = openPool(serverDriver({ target, maxConnections: 1, warn: () => undefined }));
  const { signal } = new AbortController();
  try {
    await pool.with(signal, async (session) => {
      const short = session.query('select 1');
      void session.cancel();
      await short;
    });
    const rows = await pool.with(signal, (session) =>
      session.query("select 'slept' from pg_catalog.pg_sleep(1)"),
    );
    expect(rows).toEqual([['slept']]);
    expect(opened).toBeGreaterThanOrEqual(connections);
  } finally {
    await pool.close();
    await proxy.close();
  }
});
