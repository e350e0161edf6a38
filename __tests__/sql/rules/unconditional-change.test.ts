import { expect, test } from '@jest/globals';
import { unconditionalChange } from '../../../lib/sql/rules/unconditional-change.js';
import { FINDING, judged, rangeOf } from './judged.js';

test.each([
  'delete from t',
  'update t set a = 1',
  'update only t set a = 1',
  'delete from t where 1=1',
  'delete from t where true or x',
  'delete from t where id = id',
  'delete from t where not false',
  'with x as (delete from t returning *) select * from x',
  'insert into l with x as (update t set a = 1 returning *) select * from x',
  'explain analyze delete from t',
  'update t set a = 1 from s where s.id = 1',
  'delete from t x using s where s.id = 1 and s.b > t.c',
  'delete from t using b',
  'update t set a = 1 from b where b.x = 1',
  'delete from t using t as x where x.id = 1',
  'delete from t where exists (select 1 from b where b.x = 1)',
  'delete from t using b where b.x = 1 or t.id = 1',
  'delete from t as a using b where t.id = 1 or b.x = 1',
  'delete from t where now() > current_date',
  'merge into t using s on s.id = 1 when matched then delete',
  'merge into t using s on true when matched then delete',
  'merge into t using s on t.id = s.id when not matched by source then delete',
  'merge into t using s on t.id = s.id when not matched by source and true then update set a = 1',
])('%s is found', async (sql) => {
  expect(await judged(unconditionalChange, sql)).toMatchObject({ ...FINDING, effect: 'admin' });
});

test.each([
  'delete from t where id = 1',
  'update t set a = 1 where b is null',
  'explain delete from t',
  'update t set a = 1 from s where s.id = t.id',
  'delete from public.t using s where public.t.id = s.id',
  'update t set a = 1 from s where s.id = b',
  'delete from t where exists (select 1 from s where s.id = t.id)',
  'delete from t using b where t.id = b.id',
  'delete from s.t using b where s.t.id = b.id and b.x = 1',
  'delete from t a using b where a.id = b.id',
  'delete from t using b where x = 1',
  'delete from t where false',
  'delete from t where current of c',
  'delete from t where exists (select 1 from b where b.id = t.id)',
  'insert into t values (1)',
  'select 1',
  'merge into t using s on t.id = s.id when matched then delete',
  'merge into t using s on t.id = s.id when not matched by source and t.old then delete',
  'merge into t using s on true when not matched then insert values (1)',
])('%s is not', async (sql) => {
  expect(await judged(unconditionalChange, sql)).toBeUndefined();
});

test.each([
  [
    "delete from t where  'é' = 'é'",
    "'é' = 'é'",
    'DELETE of t has a condition that is always true: it reaches every row',
  ],
  ['delete from s.t', 's.t', 'DELETE of s.t has no condition: it reaches every row'],
  [
    'update t set a = 1 from b where b.x = 1',
    'b.x = 1',
    'UPDATE of t has a condition that names no column of it: it reaches every row',
  ],
])('%s: it points at %s', async (sql, range, reason) => {
  const finding = await judged(unconditionalChange, sql);
  expect(unconditionalChange.code).toBe('unconditional-change');
  expect(rangeOf(finding!, sql)).toBe(range);
  expect(finding).toMatchObject({ reason, hint: expect.stringMatching(/\w/) });
});
