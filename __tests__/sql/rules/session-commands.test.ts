import { expect, test } from '@jest/globals';
import { sessionCommands } from '../../../lib/sql/rules/session-commands.js';
import { FINDING, judged, rangeOf } from './judged.js';

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

test.each([
  [
    "select set_config('role', 'x', false)",
    'set_config',
    'set_config acts on the session that the change is made in',
  ],
  [
    'execute p(1)',
    'execute',
    'EXECUTE acts on a session, and a change is one transaction of its own',
  ],
  [
    'prepare p as delete from t',
    'prepare',
    'PREPARE acts on a session, and a change is one transaction of its own',
  ],
])('%s: it points at %s', async (sql, range, reason) => {
  const finding = await judged(sessionCommands, sql);
  expect(sessionCommands.code).toBe('session-commands');
  expect(rangeOf(finding!, sql)).toBe(range);
  expect(finding).toMatchObject({ reason, hint: expect.stringMatching(/\w/) });
});
