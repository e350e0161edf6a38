import { describe, expect, test } from '@jest/globals';
import { asText, withReplaced } from '../../lib/sql/deparse.js';
import { parseSql } from '../../lib/sql/parse.js';
import { referencesOf } from '../../lib/sql/references.js';

const HELD = "select f(a) from json_table('[1]', '$[*]' columns (a int path '$')) j";

async function sourceOf(sql: string) {
  const [statement] = await parseSql(sql);
  return { statement: statement!, sql };
}

describe('a statement with a part replaced', () => {
  test('keeps what can not be written back as it was written', async () => {
    const source = await sourceOf(HELD);
    const [call] = referencesOf(source.statement).functions;
    const text = await withReplaced(source, call!.node, {
      FuncCall: {
        funcname: [{ String: { sval: 'g' } }],
        args: call!.operands,
        funcformat: 'COERCE_EXPLICIT_CALL',
      },
    });
    expect(text).toMatch(/g\(a\)/);
    expect(text).toContain("json_table('[1]', '$[*]' columns (a int path '$'))");
  });

  test.each([
    ['a literal', "'pgask_hole_0()'"],
    ['a literal in escapes', "U&'pgask\\005fhole_0()'"],
    ['a name', '"PGASK_HOLE_0"()'],
  ])('is given up where %s looks like what stands for such a part', async (_, odd) => {
    expect(await asText(await sourceOf(HELD))).toEqual(expect.any(String));
    const sql = HELD.replace('f(a)', `f(a), ${odd}`);
    expect(await asText(await sourceOf(sql))).toBeUndefined();
  });
});
