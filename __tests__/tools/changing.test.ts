/** `run_dml` and `run_ddl`: which of them a text is for, and what the model is told. */
import { describe, expect, test } from '@jest/globals';
import type { Judgement } from '../../lib/databases/database.js';
import { runDdl } from '../../lib/tools/run-ddl.js';
import { runDml } from '../../lib/tools/run-dml.js';
import type { ChangeMade, Tool, ToolContext } from '../../lib/tools/tool.js';

const MADE: ChangeMade = {
  ...{ type: 'applied', id: 'ab12cd34', again: false, edited: undefined, elsewhere: [] },
  statements: [{ command: 'UPDATE', rowCount: 2 }],
};
const HARMLESS: Judgement = { verdict: 'allow', effect: 'read' };
const ACTS: Judgement = {
  ...{ verdict: 'refuse', effect: 'write', rule: 'functions' },
  ...{ reason: 'it acts', hint: 'leave it' },
};

async function call(
  tool: Tool,
  sql: string,
  made: ChangeMade = MADE,
  judgement = HARMLESS,
  previewRows = 2,
) {
  const proposed: string[] = [];
  const context = {
    database: { check: () => Promise.resolve(judgement) },
    signal: new AbortController().signal,
    ...{ timeoutMs: 1000, previewRows },
    change: (text: string) => {
      proposed.push(text);
      return Promise.resolve(made);
    },
  } as unknown as ToolContext;
  const outcome = await tool.run({ sql }, context).catch((error: unknown) => error);
  return { outcome, proposed };
}

describe('which tool a text is for', () => {
  test.each([
    'insert into t values (1) on conflict do nothing returning *',
    'update t set a = 1 where b = 2',
    'delete from t using u where t.a = u.a',
    'merge into t using u on t.a = u.a when matched then delete',
    'with gone as (delete from t where a = 1 returning *) select count(*) from gone',
    'insert into t values (1); update t set a = 2 where a = 1',
  ])('run_dml takes: %s', async (sql) => {
    expect((await call(runDml, sql)).proposed).toEqual([sql]);
    const { outcome, proposed } = await call(runDdl, sql);
    expect(outcome).toMatchObject({ recoverable: true, hint: 'call run_dml with them' });
    expect(proposed).toEqual([]);
  });

  test.each([
    'create table t (a int)',
    'create table t as select 1 as a',
    'drop table t',
    'truncate t',
    'grant select on t to public',
    'vacuum t',
    'call p()',
    'do $$ begin end $$',
    "select setval('s', 1)",
    'refresh materialized view v',
  ])('run_ddl takes: %s', async (sql) => {
    expect((await call(runDdl, sql)).proposed).toEqual([sql]);
    const { outcome, proposed } = await call(runDml, sql);
    expect(outcome).toMatchObject({ recoverable: true, hint: expect.stringMatching(/run_ddl/) });
    expect(proposed).toEqual([]);
  });

  test('a SELECT is a change where the database says that it acts', async () => {
    expect((await call(runDdl, 'select archive()', MADE, ACTS)).proposed).toHaveLength(1);
    const { outcome, proposed } = await call(runDdl, 'select 1');
    expect(outcome).toMatchObject({ recoverable: true, message: 'SELECT changes nothing' });
    expect(proposed).toEqual([]);
  });

  test.each([
    ['a mix of both', 'create table t (a int); insert into t values (1)'],
    ['what is no SQL', 'delete form t'],
    ['a NUL byte', 'delete from t where a = 1\0'],
  ])('neither takes %s, and the model may mend it', async (_name, sql) => {
    for (const tool of [runDml, runDdl]) {
      const { outcome, proposed } = await call(tool, sql);
      expect(outcome).toMatchObject({ recoverable: true });
      expect(proposed).toEqual([]);
    }
  });

  test('where nothing is changed at all, both are refused for good', async () => {
    const context = { database: {}, signal: undefined } as unknown as ToolContext;
    await expect(runDml.run({ sql: 'delete from t where a = 1' }, context)).rejects.toMatchObject({
      ...{ exit: 3, recoverable: false, effect: 'write' },
    });
    await expect(runDdl.run({ sql: 'drop table t' }, context)).rejects.toMatchObject({ exit: 3 });
  });

  test('there is no input but the statements', () => {
    for (const tool of [runDml, runDdl]) {
      expect(Object.keys(tool.input.shape as object)).toEqual(['sql']);
      expect(tool.input.safeParse({ sql: 'x', yes: true }).success).toBe(false);
      expect(tool).toMatchObject({ alters: true, streams: true });
    }
  });
});

describe('what the model is told', () => {
  const told = async (made: ChangeMade) =>
    (await call(runDml, 'delete from t where a = 1', made)).outcome;

  test('of a change: what became of it, in counts', async () => {
    expect(await told(MADE)).toMatchObject({ text: 'applied as change ab12cd34: UPDATE 2' });
    expect(await told({ ...MADE, again: true })).toMatchObject({
      text: 'applied already in this run as change ab12cd34, and not again: UPDATE 2',
    });
    expect(await told({ ...MADE, type: 'planned' })).toMatchObject({
      text: expect.stringMatching(/^written down as plan ab12cd34, .*nothing is changed yet/),
    });
  });

  test('of what a person made of it, and of tables elsewhere as data', async () => {
    const elsewhere = [{ table: 'public."x\ny"', inserted: 0, updated: 0, deleted: 3 }];
    expect(await told({ ...MADE, edited: 'update t set a = 3', elsewhere })).toMatchObject({
      text: expect.stringMatching(
        /edited it to: update t set a = 3\nwhat cascades and triggers did:$/,
      ),
      values: '{"table":"public.\\"x\\ny\\"","inserted":0,"updated":0,"deleted":3}',
    });
  });

  test('of rows that RETURNING gave: as many as of any query, as data', async () => {
    const column = { name: 'id', key: 'id', oid: 23, type: 'int4' };
    const returned = { columns: [column], rows: [['7'], ['8'], ['9']] };
    const made = { ...MADE, statements: [{ command: 'INSERT', rowCount: 3, returned }] };
    expect(await told(made)).toMatchObject({
      text: 'applied as change ab12cd34: INSERT 3\nwhat RETURNING gave:',
      values: 'columns: ["id int4"]\n["7"]\n["8"]',
    });
    const sql = 'insert into t values (1) returning id';
    const { outcome } = await call(runDml, sql, made, HARMLESS, 0);
    expect(outcome).toMatchObject({ text: 'applied as change ab12cd34: INSERT 3' });
    expect(outcome).not.toHaveProperty('values');
  });
});
