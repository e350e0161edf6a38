import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { machine, type Machine, run } from '../support/program.js';
import { availableServers, testServer } from '../support/server.js';
import { expected, FORMATS, same } from './expected.js';
import { type Ground, openGround } from './ground.js';
import { ARRAYS, literal, SAMPLES } from './samples.js';

/** A row of everything: each built-in type alone, in an array and in a row. */
const EVERYTHING = `select ${Object.entries({ ...SAMPLES, ...ARRAYS })
  .flatMap(([type, texts]) =>
    texts.map((text, n) => `${literal(text)}::${type} as "${type.replaceAll('"', '')} ${n}"`),
  )
  .join(',\n')} -- and all`;

describe.each(availableServers())('the program on $name', (available) => {
  let ground: Ground;
  let on: Machine;

  beforeAll(async () => {
    on = machine();
    ground = await openGround({
      server: await available.start(),
      options: '-c datestyle=German -c timezone=Africa/Monrovia -c bytea_output=escape',
    });
  });
  afterAll(async () => {
    await ground.close();
    on.remove();
  });

  test.each(FORMATS)('%s on stdout and in a file: the bytes of PostgreSQL', async (format) => {
    const file = join(on.home, `out.${format}`);
    const sql = `${EVERYTHING}\n`;
    const wanted = await expected(ground.session, sql, format);
    const env = {
      PGOPTIONS: '-c datestyle=German -c timezone=Africa/Monrovia -c bytea_output=escape',
    };
    const words = ['sql', '-', '-d', ground.url, '-F', format];
    const printed = await run(words, { stdin: sql, env, on });
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const stdout = same(Buffer.from(printed.stdout), wanted);
    expect(stdout.given).toBe(stdout.wanted);
    const written = await run([...words, '-o', file], { stdin: sql, env, on });
    expect(written).toMatchObject({ code: 0, stdout: '' });
    const inFile = same(readFileSync(file), wanted);
    expect(inFile.given).toBe(inFile.wanted);
  });
});

describe('what the program says around the rows', () => {
  let ground: Ground;
  let on: Machine;

  beforeAll(async () => {
    on = machine();
    ground = await openGround({ server: await testServer() });
  });
  afterAll(async () => {
    await ground.close();
    on.remove();
  });

  const sql = (text: string, ...more: string[]) =>
    run(['sql', text, '-d', ground.url, ...more], { on });

  test('a result that is cut is whole rows, a word on stderr and exit 6', async () => {
    const text = 'select n from generate_series(1, 100) n';
    const csv = await sql(text, '-F', 'csv', '--max-rows', '3');
    expect(csv).toMatchObject({ code: 6, stdout: 'n\n1\n2\n3\n' });
    expect(csv.stderr).toContain('the result was cut after 3 rows by --max-rows');
    const json = await sql(text, '-F', 'json', '--max-bytes', '25');
    expect(json.code).toBe(6);
    expect(JSON.parse(json.stdout)).toEqual([{ n: 1 }, { n: 2 }]);
    const jsonl = await sql(text, '-F', 'jsonl', '--max-bytes', '17', '--errors', 'json');
    expect(jsonl).toMatchObject({ code: 6, stdout: '{"n":1}\n{"n":2}\n' });
    expect(JSON.parse(jsonl.stderr)).toMatchObject({ error: { exit: 6, limit: 'max-bytes' } });
    const exact = await sql(text, '-F', 'jsonl', '--max-rows', '100');
    expect(exact).toMatchObject({ code: 0, stderr: '' });
  });

  test('--limit asks for less and is no cut; none at all is a header', async () => {
    const text = 'select n from generate_series(1, 100) n';
    const two = await sql(text, '-F', 'csv', '--limit', '2');
    expect(two).toMatchObject({ code: 0, stdout: 'n\n1\n2\n', stderr: '' });
    expect(await sql(text, '-F', 'csv', '--limit', '0')).toMatchObject({ code: 0, stdout: 'n\n' });
    expect(await sql(text, '-F', 'json', '--limit', '0')).toMatchObject({
      code: 0,
      stdout: '[]\n',
    });
    expect(await sql(text, '-F', 'jsonl', '--limit', '0')).toMatchObject({ code: 0, stdout: '' });
  });

  test('no rows are no failure, unless --fail-empty says so', async () => {
    const none = 'select 1 as a where false';
    for (const [format, stdout] of [
      ['csv', 'a\n'],
      ['tsv', 'a\n'],
      ['json', '[]\n'],
      ['jsonl', ''],
    ] as const) {
      expect(await sql(none, '-F', format)).toMatchObject({ code: 0, stdout });
      expect(await sql(none, '-F', format, '--fail-empty')).toMatchObject({ code: 1, stdout });
    }
    expect(await sql('select 1 as a', '-F', 'csv', '--fail-empty')).toMatchObject({ code: 0 });
  });

  const ENVELOPED = [
    `select 1 as a, 2 as a, 9007199254740993::int8 as "__proto__", '{"x":\n 1.10}'::json as "1", null as n`,
    'select n from generate_series(1, 3) n',
    'select 1 as a where false',
    'select',
    `show timezone`,
    `explain (format json) select 1`,
    `select 'NaN'::float8 as f, '\\x00ff'::bytea as b, array[row(1, e'\\n"')] as r`,
  ];

  test.each(ENVELOPED)(
    '--envelope around %s is one JSON object with the rows as they are',
    async (text) => {
      const rows = await sql(text, '-F', 'json');
      const { stdout, code } = await sql(text, '--envelope');
      expect(code).toBe(0);
      const envelope = JSON.parse(stdout) as {
        rows: unknown[];
        rowCount: number;
        columns: object[];
      };
      expect(envelope).toMatchObject({
        truncated: false,
        sql: text,
        rowCount: envelope.rows.length,
      });
      expect(stdout).toContain(`"rows":${rows.stdout.trimEnd()}`);
      if (!hasJq) return;
      const jq = spawnSync('jq', ['-c', '.rows | length'], { input: stdout, encoding: 'utf8' });
      expect(jq).toMatchObject({ status: 0, stdout: `${envelope.rowCount}\n` });
    },
  );

  test('--envelope tells a cut result in itself too', async () => {
    const text = 'select n from generate_series(1, 100) n';
    for (const limit of [
      ['--max-rows', '2'],
      ['--max-bytes', '300'],
    ]) {
      const { stdout, code } = await sql(text, '--envelope', ...limit);
      expect(code).toBe(6);
      const envelope = JSON.parse(stdout) as { rows: unknown[] };
      expect(envelope).toMatchObject({ truncated: true, rowCount: envelope.rows.length });
    }
    const { stdout, code } = await sql(text, '--envelope', '--limit', '2');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ truncated: false, rows: [{ n: 1 }, { n: 2 }] });
  });

  test('columns of one name are numbered in JSON, with a warning', async () => {
    const json = await sql('select 1 as a, 2 as a', '-F', 'json');
    expect(json).toMatchObject({ code: 0, stdout: '[{"a":1,"a_2":2}]\n' });
    expect(json.stderr).toContain('a_2');
    const csv = await sql('select 1 as a, 2 as a', '-F', 'csv');
    expect(csv).toMatchObject({ code: 0, stdout: 'a,a\n1,2\n', stderr: '' });
  });

  test('a statement that begins with a comment is no flag', async () => {
    const text = '-- the answer\nselect 42 as a';
    expect(await sql(text, '-F', 'csv')).toMatchObject({ code: 0, stdout: 'a\n42\n' });
    expect(await sql('--x\nselect 42 as a', '-F', 'csv')).toMatchObject({ code: 0 });
    expect(await sql('--formt csv', '-F', 'csv')).toMatchObject({ code: 2 });
  });

  test('a failure points into the statement as it was written', async () => {
    for (const format of FORMATS) {
      const text = "-- é\nselect 1 as a,\n  'é', nope -- x\n  from pg_class;";
      const { stdout, stderr, code } = await sql(text, '-F', format);
      expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
      expect(stderr).toContain("LINE 3:   'é', nope -- x\n               ^\n");
      const json = await sql(text, '-F', format, '--errors', 'json');
      const { error } = JSON.parse(json.stderr) as { error: object };
      expect(error).toMatchObject({ line: 3, column: 8, sql: text, sqlstate: '42703' });
    }
  });

  test('a failure in the middle leaves what nobody takes for the whole, and exit 1', async () => {
    const text = 'select n, 1 / (3000 - n) as d from generate_series(1, 5000) n';
    for (const format of FORMATS) {
      const { stdout, stderr, code } = await sql(text, '-F', format);
      expect(code).toBe(1);
      expect(stderr).toContain('division by zero');
      if (stdout === '') continue;
      if (format === 'json') expect(() => JSON.parse(stdout) as unknown).toThrow();
      // Lines that are there are whole ones.
      expect(stdout.endsWith('\n') || format === 'json').toBe(true);
    }
  });
});

const hasJq = spawnSync('jq', ['--version']).status === 0;
if (!hasJq)
  test.skip('jq is not installed: envelopes are read by JSON.parse alone', () => undefined);
