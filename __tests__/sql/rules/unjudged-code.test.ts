import { expect, test } from '@jest/globals';
import { unjudgedCode } from '../../../lib/sql/rules/unjudged-code.js';
import { FINDING, judged, rangeOf } from './judged.js';

test.each([
  'do $$ begin end $$',
  'create extension e',
  'create language l',
  `create function f() returns int language plpython3u as 'x'`,
  `create function f() returns int language c as 'x'`,
])('%s is found', async (sql) => {
  expect(await judged(unjudgedCode, sql)).toMatchObject({ ...FINDING, effect: 'admin' });
});

test.each([
  'create function f() returns int language sql as $$ select 1 $$',
  'create function f() returns trigger language plpgsql as $$ begin return null; end $$',
  'select 1',
])('%s is not', async (sql) => {
  expect(await judged(unjudgedCode, sql)).toBeUndefined();
});

test.each([
  ['do $$begin end$$', 'do', 'what the code of DO does can not be told from its text'],
  ['create extension e', 'create extension', 'the script of an extension runs unseen'],
])('%s: it points at %s', async (sql, range, reason) => {
  const finding = await judged(unjudgedCode, sql);
  expect(unjudgedCode.code).toBe('unjudged-code');
  expect(rangeOf(finding!, sql)).toBe(range);
  expect(finding).toMatchObject({ reason, hint: expect.stringMatching(/\w/) });
});
