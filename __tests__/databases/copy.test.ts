import { describe, expect, test } from '@jest/globals';
import { asCopy, asJson, checkWrapped, textOfStatement } from '../../lib/databases/copy.js';
import { parseSql } from '../../lib/sql/parse.js';

const column = (name: string, key = name) => ({ name, key, oid: 25, type: 'text' });

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

async function wrapped(sql: string): Promise<string> {
  const [parsed] = await parseSql(sql);
  const inner = asJson(textOfStatement(sql, parsed!), [column('a'), column('a', 'a_2')]);
  const copy = asCopy(inner, 'json');
  await checkWrapped(copy, parsed!);
  // A place in the statement is the same place there.
  const at = sql.search(/select|values|table|with/);
  const text = sql.slice(at).replace(/;.*/s, '');
  expect(copy.sql.slice(copy.offset + at)).toMatch(new RegExp(`^${escaped(text.trimEnd())}`));
  return copy.sql;
}

describe('a statement within a statement of ours', () => {
  test.each([
    'select 1, 2',
    ' /* a */ select 1, 2 -- the end',
    'select 1, 2; -- and nothing more',
    "values (1, 'x')\n;\n",
    'table t',
    'with recursive t as (select 1, 2 union all select 3, 4) select * from t order by 1 limit 2',
    "select ')', $$)$$, e'\\')', \")\", 1 /* ) */ from (select 1) as \")\"",
    '(select 1, 2) union (select 3, 4)',
  ])('%s is the same statement there', async (sql) => {
    expect(await wrapped(sql)).toMatch(/^copy \(select pg_catalog\.row_to_json\(/);
  });

  test('another one is noticed', async () => {
    const [parsed] = await parseSql('select 1');
    for (const other of ['select 2', 'select 1 union select 1', 'select 1) to stdout; select (2']) {
      const copy = asCopy({ sql: other, offset: 0 }, 'csv');
      await expect(checkWrapped(copy, parsed!)).rejects.toThrow();
    }
  });

  test('columns are only renamed where two have one name', () => {
    const inner = { sql: 'select 1', offset: 0 };
    expect(asJson(inner, [column('b')]).sql).not.toContain('(b)');
    expect(asJson(inner, [column('b'), column('b', 'b_2')]).sql).toContain('(b, b_2)');
  });
});
