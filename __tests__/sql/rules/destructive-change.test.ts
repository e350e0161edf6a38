import { expect, test } from '@jest/globals';
import { destructiveChange } from '../../../lib/sql/rules/destructive-change.js';
import { FINDING, judged, rangeOf } from './judged.js';

test.each([
  'truncate t',
  'drop table t',
  'drop schema s cascade',
  'drop materialized view m',
  'drop sequence s',
  'drop view v cascade',
  'alter table t drop column a',
  'alter table t add b int, drop column a',
  'drop owned by r',
  'alter table t alter a type int using 0',
  'alter table t alter a type int using b',
  'alter table t alter a type text using null::text',
  'drop database d',
  'drop extension e',
])('%s is found', async (sql) => {
  expect(await judged(destructiveChange, sql)).toMatchObject({ ...FINDING, effect: 'admin' });
});

test.each([
  'drop view v',
  'drop index i',
  'alter table t add a int',
  'alter table t alter a type bigint',
  'alter table t alter a type int using a::int',
  'delete from t',
  'create table t ()',
])('%s is not', async (sql) => {
  expect(await judged(destructiveChange, sql)).toBeUndefined();
});

test.each([
  ['truncate s.t', 's.t', 'TRUNCATE removes every row'],
  ['  /* é */ drop table if exists t', 'drop', 'DROP removes a table with what it holds'],
  ['alter table "Ünï" drop column a', '"Ünï"', 'DROP COLUMN removes the values of "a" of "Ünï"'],
])('%s: it points at %s', async (sql, range, reason) => {
  const finding = await judged(destructiveChange, sql);
  expect(destructiveChange.code).toBe('destructive-change');
  expect(rangeOf(finding!, sql)).toBe(range);
  expect(finding).toMatchObject({ reason, hint: expect.stringMatching(/\w/) });
});
