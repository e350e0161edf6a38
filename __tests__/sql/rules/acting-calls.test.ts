import { expect, test } from '@jest/globals';
import { actingCalls } from '../../../lib/sql/rules/acting-calls.js';
import { FINDING, judged } from './judged.js';

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
