import { expect, test } from '@jest/globals';
import { changesPrivileges } from '../../../lib/sql/rules/changes-privileges.js';
import { FINDING, judged, rangeOf } from './judged.js';

test.each([
  'grant select on t to r',
  'revoke all on t from public',
  'grant r to s',
  'alter default privileges grant select on tables to r',
  'alter table t owner to r',
  'alter schema s owner to r',
  'create policy p on t',
  'drop policy p on t',
  'alter table t enable row level security',
  'reassign owned by a to b',
  'create function f() returns int language sql security definer as $$ select 1 $$',
  'alter function f() security definer',
])('%s is found', async (sql) => {
  expect(await judged(changesPrivileges, sql)).toMatchObject({ ...FINDING, effect: 'admin' });
});

test.each([
  'create function f() returns int language sql as $$ select 1 $$',
  'alter table t add a int',
  'select 1',
])('%s is not', async (sql) => {
  expect(await judged(changesPrivileges, sql)).toBeUndefined();
});

test.each([
  ['grant select on t to r', 'grant', 'GRANT and REVOKE change who may do what'],
  [
    'alter default privileges grant select on tables to public',
    'alter default privileges',
    'ALTER DEFAULT PRIVILEGES changes who may do what',
  ],
  [
    'create function f() returns int language sql security definer as $$select 1$$',
    'security',
    'SECURITY DEFINER lets everybody run it with the rights of its owner',
  ],
])('%s: it points at %s', async (sql, range, reason) => {
  const finding = await judged(changesPrivileges, sql);
  expect(changesPrivileges.code).toBe('changes-privileges');
  expect(rangeOf(finding!, sql)).toBe(range);
  expect(finding).toMatchObject({ reason, hint: expect.stringMatching(/\w/) });
});
