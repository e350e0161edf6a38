import { expect, test } from '@jest/globals';
import { sessionCommands } from '../../../lib/sql/rules/session-commands.js';
import { FINDING, judged } from './judged.js';

test.each([
  "select set_config('role', 'r', true)",
  "update t set a = (select pg_catalog.set_config('session_replication_role', 'replica', true)) where id = 1",
  'begin',
  'commit',
  'set role r',
  'reset all',
  'prepare p as select 1',
  'execute p',
  'listen c',
  'lock table t',
  'discard all',
  'copy t from stdin',
  'copy t to stdout',
])('%s is found', async (sql) => {
  expect(await judged(sessionCommands, sql)).toMatchObject({ ...FINDING, effect: 'read' });
});

test.each([
  'update t set a = 1',
  'create table t ()',
  'alter role r set work_mem = 1',
  `copy t from '/x'`,
])('%s is not', async (sql) => {
  expect(await judged(sessionCommands, sql)).toBeUndefined();
});
