import { expect, test } from '@jest/globals';
import { unconditionalChange } from '../../../lib/sql/rules/unconditional-change.js';
import { FINDING, judged } from './judged.js';

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
  'insert into t values (1)',
  'select 1',
  'merge into t using s on t.id = s.id when matched then delete',
  'merge into t using s on t.id = s.id when not matched by source and t.old then delete',
  'merge into t using s on true when not matched then insert values (1)',
])('%s is not', async (sql) => {
  expect(await judged(unconditionalChange, sql)).toBeUndefined();
});
