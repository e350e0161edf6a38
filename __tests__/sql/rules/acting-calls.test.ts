import { expect, test } from '@jest/globals';
import { actingCalls } from '../../../lib/sql/rules/acting-calls.js';
import { FINDING, judged, rangeOf } from './judged.js';

test.each([
  'select pg_terminate_backend(1)',
  'update t set a = 1 where (select pg_reload_conf())',
  'select pg_catalog.pg_cancel_backend(1)',
  `select dblink_exec('x', 'y')`,
])('%s is found', async (sql) => {
  expect(await judged(actingCalls, sql)).toMatchObject({ ...FINDING, effect: 'admin' });
});

test.each(['select now()', 'select pg_backend_pid()', 'select "pg_terminate_backend" from t'])(
  '%s is not',
  async (sql) => {
    expect(await judged(actingCalls, sql)).toBeUndefined();
  },
);

test.each([
  [
    "select pg_catalog.lo_import('/etc/passwd')",
    'pg_catalog.lo_import',
    'lo_import reaches the files of the server',
  ],
  ['update t set a = lo_unlink(b)', 'lo_unlink', 'lo_unlink destroys a large object'],
])('%s: it points at %s', async (sql, range, reason) => {
  const finding = await judged(actingCalls, sql);
  expect(actingCalls.code).toBe('acting-calls');
  expect(rangeOf(finding!, sql)).toBe(range);
  expect(finding).toMatchObject({ reason, hint: expect.stringMatching(/\w/) });
});
