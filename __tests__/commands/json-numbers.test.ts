/** `--json-numbers string` in the program: every format of JSON, rows larger than a chunk, and what guards count. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isRoundedByDouble } from '../../lib/formats/json-numbers.js';
import { type Machine, machine, run } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create type pair as (big int8, exact numeric);
       create table odd (id int, big int8, exact numeric, real8 float8, list numeric[], pair pair, doc jsonb, raw json, words text);
       insert into odd values
         (1, 9007199254740993, 12345678901234567890.12, 0.1, '{1.10,0.1234567890123456789,NaN}', '(9223372036854775807,1e-400)',
          '{"a":[1e400,1e5,9007199254740993],"9007199254740993":"9007199254740993"}', E'{"a" :\\n 9007199254740993 , "b":"\\\\" 9007199254740993"}',
          'x "9007199254740993" \\'),
         (2, 9007199254740992, 1.10, 1e-300, '{}', null, '9007199254740993', '[[[1E400]]]', null);
       insert into odd select g, 9007199254740993 + g, (g * 1.5)::numeric, g * 0.1, array(select (h * 1234567890123.4567890123) from generate_series(1, 20) h),
         row(g, g * 9007199254740993.0)::pair, jsonb_build_object('n', g * 9007199254740993.0), '[1, 2.50, 9007199254740993]', repeat('ü"9007199254740993', 10)
         from generate_series(3, 4000) g;
       insert into odd select 4001, 1, 2, 3, array(select 9007199254740993 + g from generate_series(1, 200000) g), null, null, null, repeat('"', 100000)`,
    ],
  });
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});

const sql = (text: string, ...more: string[]) =>
  run(['sql', text, '--db', database.url, '-q', ...more], { on });

/** The same text with quotes, made by looking at its tokens. */
function reference(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') || !isRoundedByDouble(token) ? token : `"${token}"`,
  );
}

describe('--json-numbers string', () => {
  test.each(['json', 'jsonl'])(
    'changes exactly the numbers that a double rounds in %s',
    async (format) => {
      const exact = await sql('table odd', '-F', format);
      const quoted = await sql('table odd', '-F', format, '--json-numbers', 'string');
      expect(quoted.code).toBe(0);
      expect(exact.stdout.length).toBeGreaterThan(4_000_000);
      // No diff of megabytes where it fails.
      expect(quoted.stdout === reference(exact.stdout)).toBe(true);
      expect(quoted.stdout.slice(0, 60)).toContain('"big":"9007199254740993"');
      const same = await sql('table odd', '-F', format, '--json-numbers', 'exact');
      expect(same.stdout === exact.stdout).toBe(true);
    },
  );

  test('holds in the envelope and in exports', async () => {
    const envelope = await sql(
      'select big, exact from odd where id < 3',
      '--envelope',
      '--json-numbers',
      'string',
    );
    expect(JSON.parse(envelope.stdout)).toMatchObject({
      rows: [
        { big: '9007199254740993', exact: '12345678901234567890.12' },
        { big: 9007199254740992, exact: 1.1 },
      ],
      rowCount: 2,
    });
    const cwd = mkdtempSync(join(on.home, 'work-'));
    await run(
      [
        'export',
        'select big from odd where id < 3',
        '--db',
        database.url,
        '-o',
        'x.jsonl',
        '--json-numbers',
        'string',
      ],
      { on, cwd },
    );
    expect(readFileSync(join(cwd, 'x.jsonl'), 'utf8')).toBe(
      '{"big":"9007199254740993"}\n{"big":9007199254740992}\n',
    );
  });

  test('changes nothing in the other formats', async () => {
    const text = 'select big, exact, doc from odd where id < 3';
    for (const format of ['csv', 'table']) {
      const exact = await sql(text, '-F', format);
      expect((await sql(text, '-F', format, '--json-numbers', 'string')).stdout).toBe(exact.stdout);
    }
  });

  test('counts its quotes as bytes', async () => {
    const line = '{"n":"9007199254740993"}\n';
    const text = 'select 9007199254740993 as n from generate_series(1, 10)';
    for (const [bytes, rows] of [
      [line.length * 3, 3],
      [line.length * 3 - 1, 2],
    ] as const) {
      const cut = await sql(
        text,
        '-F',
        'jsonl',
        '--json-numbers',
        'string',
        '--max-bytes',
        String(bytes),
      );
      expect({ code: cut.code, stdout: cut.stdout }).toEqual({
        code: 6,
        stdout: line.repeat(rows),
      });
    }
  });

  test('is exact or string', async () => {
    const { code, stderr } = await sql('select 1', '--json-numbers', 'strings');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/did you mean string/),
    });
  });
});
