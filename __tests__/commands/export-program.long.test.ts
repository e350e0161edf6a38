/** `pgask export`: what is in the file, what is said, and what is there after a failure. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, createGunzip, gunzipSync } from 'node:zlib';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Machine,
  machine,
  noTerminal,
  programFile,
  run,
  runInTerminal,
  start,
} from '../support/program.js';
import { formatNames } from '../../lib/formats/formats.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let on: Machine;
let cwd = '';

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table customers (id int primary key, name text not null, country text);
       insert into customers values (1, 'Ana', 'Spain'), (2, 'Bob', 'France'), (3, 'Zoë', 'Spain'), (4, 'a,"b"', null);
       create table orders (id int primary key, customer_id int references customers, total numeric);
       insert into orders select g, g % 4 + 1, g * 1.5 from generate_series(1, 12) g;
       create table many as select g as id, 'row ' || g as text from generate_series(1, 300000) g;
       analyze`,
    ],
  });
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});
beforeEach(() => {
  cwd = mkdtempSync(join(on.home, 'work-'));
});

const args = (what: string, ...more: string[]) => ['export', what, '--db', database.url, ...more];
const exported = (what: string, ...more: string[]) => run(args(what, ...more), { on, cwd });
const content = (name: string) => readFileSync(join(cwd, name));
const names = () => readdirSync(cwd).sort();

describe('the file', () => {
  test.each([
    ['csv', 'id,name,country\n1,Ana,Spain\n2,Bob,France\n3,Zoë,Spain\n4,"a,""b""",\n'],
    [
      'jsonl',
      '{"id":1,"name":"Ana","country":"Spain"}\n{"id":2,"name":"Bob","country":"France"}\n{"id":3,"name":"Zoë","country":"Spain"}\n{"id":4,"name":"a,\\"b\\"","country":null}\n',
    ],
  ])('is %s as its name says, and stdout is empty', async (suffix, expected) => {
    const { code, stdout, stderr } = await exported('table customers', '-o', `c.${suffix}`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(content(`c.${suffix}`).toString()).toBe(expected);
    const size = Buffer.byteLength(expected);
    expect(stderr).toMatch(
      new RegExp(
        `^c\\.${suffix}: 4 rows, ${size} bytes in \\d+\\.\\d+ s \\([\\d.]+ (k?B|bytes)/s\\)\n$`,
      ),
    );
  });

  test('is what `pgask sql` writes in each format', async () => {
    for (const [suffix, format] of [
      ['csv', 'csv'],
      ['tsv', 'tsv'],
      ['json', 'json'],
      ['ndjson', 'jsonl'],
      ['txt', 'table'],
      ['md', 'markdown'],
    ] as const) {
      if (!formatNames.includes(format)) continue;
      const printed = await run(['sql', 'table orders', '--db', database.url, '-F', format], {
        on,
      });
      expect((await exported('table orders', '-o', `o.${suffix}`)).code).toBe(0);
      expect(content(`o.${suffix}`).toString()).toBe(printed.stdout);
    }
  });

  test('has the format of --format where its name has none', async () => {
    expect((await exported('table customers', '-o', 'out', '-F', 'csv')).code).toBe(0);
    expect(content('out').toString()).toMatch(/^id,name,country\n1,/);
  });

  test('is compressed as its name says, and gzip has no complaint', async () => {
    for (const suffix of ['gz', 'br'] as const) {
      const { code, stderr } = await exported('table many', '-o', `m.csv.${suffix}`);
      expect(code).toBe(0);
      const unpack = suffix === 'gz' ? gunzipSync : brotliDecompressSync;
      const text = unpack(content(`m.csv.${suffix}`)).toString();
      expect(text.split('\n')).toHaveLength(300_002);
      expect(text.startsWith('id,text\n1,row 1\n')).toBe(true);
      expect(text.endsWith('300000,row 300000\n')).toBe(true);
      const last = stderr.trimEnd().split('\n').at(-1)!;
      expect(last).toMatch(
        new RegExp(
          `^m\\.csv\\.${suffix}: 300,000 rows, [\\d.]+ (MB|kB) \\(5\\.2 MB uncompressed\\)`,
        ),
      );
    }
    expect(spawnSync('gzip', ['-t', join(cwd, 'm.csv.gz')]).status).toBe(0);
  });

  test('is compressed for the other commands as well', async () => {
    const sql = ['sql', 'select 1 as a', '--db', database.url, '-F', 'csv', '-o', 'a.csv.gz'];
    expect(await run(sql, { on, cwd })).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(gunzipSync(content('a.csv.gz')).toString()).toBe('a\n1\n');
  });

  test('that needs what this Node.js has not is refused before anything runs', async () => {
    const result = await exported('select pg_sleep(60)', '-o', 'x.csv.zst', '--timeout', '1s');
    if ('createZstdCompress' in zlib) {
      expect(result.code).toBe(6);
    } else {
      expect(result.code).toBe(2);
      expect(result.stderr).toMatch(
        /x\.csv\.zst can't be written.*zstd\nhint: choose \.gz or \.br/,
      );
      expect(result.durationMs).toBeLessThan(900);
    }
    expect(names()).toEqual([]);
  });

  test('may be a pipe, or stdout, which has the rows alone then', async () => {
    const dash = await exported('table customers', '-o', '-', '-F', 'csv');
    expect(dash.stdout).toMatch(/^id,name,country\n(.*\n){4}$/);
    // A shell's pipe: what the suite itself makes is a socket, which can't be opened by its name.
    const words = [programFile, ...args('table customers', '-o', '/dev/stdout', '-F', 'csv')];
    const line = `"$0" ${words.map((word) => `'${word}'`).join(' ')} 2>/dev/null | cat`;
    const env = { ...on.env };
    const piped = spawnSync('sh', ['-c', line, process.execPath], { encoding: 'utf8', env, cwd });
    expect(piped.stdout).toBe(dash.stdout);
    if (spawnSync('mkfifo', [join(cwd, 'pipe.jsonl.gz')]).status !== 0) return;
    const { finished } = start(args('table many', '-o', 'pipe.jsonl.gz'), { on, cwd });
    const { createReadStream } = await import('node:fs');
    let lines = 0;
    for await (const chunk of createReadStream(join(cwd, 'pipe.jsonl.gz')).pipe(createGunzip())) {
      lines += (chunk as Buffer).toString('latin1').split('\n').length - 1;
    }
    expect((await finished).code).toBe(0);
    expect(lines).toBe(300_000);
  });
});

describe('the statement', () => {
  test('comes from stdin or from a file as well', async () => {
    const piped = await run(args('-', '-o', 'a.csv'), { on, cwd, stdin: 'select 1 as a' });
    expect(piped.code).toBe(0);
    writeFileSync(join(cwd, 'q.sql'), '-- ü\nselect 2 as a');
    const from = ['export', '-f', 'q.sql', '--db', database.url, '-o', 'b.csv'];
    expect((await run(from, { on, cwd })).code).toBe(0);
    expect([content('a.csv').toString(), content('b.csv').toString()]).toEqual([
      'a\n1\n',
      'a\n2\n',
    ]);
  });

  test('with a mistake is told as SQL, with its place', async () => {
    const { code, stderr } = await exported('select * form orders', '-o', 'x.csv');
    expect(code).toBe(1);
    expect(stderr).toMatch(/syntax error.*\nLINE 1: select \* form orders\n/);
    expect(names()).toEqual([]);
  });

  test('passes the same guard as any other', async () => {
    const { code, stderr } = await exported('delete from orders', '-o', 'x.csv');
    expect(code).toBe(3);
    expect(stderr).toMatch(/refused: DELETE of orders has no condition/);
    expect(names()).toEqual([]);
  });
});

describe('a request', () => {
  const offline = (request: string, ...more: string[]) =>
    exported(request, '--session', 'exports', ...more);

  test('is answered by the offline planner, and followed by another', async () => {
    const first = await offline('all customers', '-o', 'all.csv', '--new');
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toMatch(/^all\.csv: 4 rows, /m);
    expect(content('all.csv').toString()).toMatch(/^name\nAna\n/);
    const next = await offline('only the ones from Spain', '-o', 'spain.jsonl');
    expect(next.code).toBe(0);
    expect(
      content('spain.jsonl')
        .toString()
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { name: string }).name)
        .sort(),
    ).toEqual(['Ana', 'Zoë']);
    const printed = await run(
      ['how many are there', '--db', database.url, '--session', 'exports', '-F', 'csv'],
      { on, cwd },
    );
    expect(printed.stdout).toMatch(/\n2\n$/);
  });

  test('that is not understood leaves the old file', async () => {
    writeFileSync(join(cwd, 'x.csv'), 'old');
    const { code, stdout } = await offline('frobnicate the orders', '-o', 'x.csv', '--new');
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(content('x.csv').toString()).toBe('old');
    expect(names()).toEqual(['x.csv']);
  });

  test('may name the file itself, without `export`', async () => {
    const ask = (request: string, ...more: string[]) =>
      run([request, '--db', database.url, '--session', 'named', ...more], { on, cwd });
    const done = await ask('export all orders to orders.csv', '--new');
    expect(done).toMatchObject({ code: 0, stdout: '' });
    expect(done.stderr).toMatch(/^orders\.csv: 12 rows, /m);
    expect(content('orders.csv').toString()).toMatch(/^id,customer_id,total\n1,2,1\.5\n/);
    const more = await ask('save the customers from Spain as spain.jsonl.gz', '-F', 'json');
    expect(JSON.parse(more.stdout)).toMatchObject({
      path: 'spain.jsonl.gz',
      format: 'jsonl',
      compression: 'gzip',
      rowCount: 2,
    });
    expect(gunzipSync(content('spain.jsonl.gz')).toString()).toMatch(/^\{"name":"Ana"/);
    const next = await ask('how many are there', '-F', 'csv');
    expect(next.stdout).toMatch(/\n2\n$/);
  });

  test.each([
    ['export all orders to ../orders.csv', /leads out of the working directory/],
    ['export all orders to /tmp/orders.csv', /leads out of the working directory/],
    ['export all orders to .orders.csv', /hidden/],
    ['export all orders to there.csv', /exists/],
    ['export all orders to orders.xlsx', /does not say a format/],
  ])('%s is refused', async (request, why) => {
    writeFileSync(join(cwd, 'there.csv'), 'old');
    const { code, stdout, stderr } = await run(
      [request, '--db', database.url, '--session', 'none'],
      { on, cwd },
    );
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(stderr).toMatch(why);
    expect(names()).toEqual(['there.csv']);
    expect(content('there.csv').toString()).toBe('old');
  });

  test('with -o goes where that says, whatever the request names', async () => {
    const done = await offline('export all orders to orders.csv', '-o', 'mine.csv', '--new');
    expect(done.code).toBe(0);
    expect(names()).toEqual(['mine.csv']);
  });
});

describe('what is said of it', () => {
  test('is an object on stdout for programs, beside the line on stderr', async () => {
    const { stdout, stderr } = await exported('table orders', '-o', 'o.csv', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      path: 'o.csv',
      format: 'csv',
      compression: null,
      rowCount: 12,
      bytes: content('o.csv').length,
      uncompressedBytes: content('o.csv').length,
      durationMs: expect.any(Number),
    });
    expect(stderr).toMatch(/^o\.csv: 12 rows, /m);
    const packed = await exported('table many', '-o', 'm.csv.gz', '-F', 'jsonl');
    expect(JSON.parse(packed.stdout)).toMatchObject({
      compression: 'gzip',
      rowCount: 300_000,
      bytes: content('m.csv.gz').length,
      uncompressedBytes: gunzipSync(content('m.csv.gz')).length,
    });
  });

  test('is inside of the envelope', async () => {
    const { stdout } = await exported('select 1 as a', '-o', 'a.csv', '--envelope');
    expect(JSON.parse(stdout)).toMatchObject({
      answer: '',
      sql: 'select 1 as a',
      columns: [{ name: 'a', type: 'int4' }],
      rows: null,
      rowCount: 1,
      truncated: false,
      file: { path: 'a.csv', rowCount: 1, bytes: 4 },
      steps: 0,
      session: null,
    });
  });

  test('is nothing with --quiet', async () => {
    const slow = 'select g, pg_sleep(0.5) from generate_series(1, 4) g';
    const { code, stdout, stderr } = await exported(slow, '-o', 'a.csv', '-q');
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('is a line now and then in a log, without animation, once it takes long', async () => {
    const slow = "select repeat('x', 100000), pg_sleep(0.05) from generate_series(1, 50) g";
    const { code, stderr } = await exported(slow, '-o', 'a.csv');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^a\.csv: \d+ rows, [\d.]+ MB so far \([\d.]+ MB\/s\)\na\.csv: 50 rows, /,
    );
    expect(stderr).not.toMatch(/[\r\x1b]/);
  });

  const inTerminal = noTerminal() === undefined ? test : test.skip;
  inTerminal(`is redrawn at a terminal ${noTerminal() ?? ''}`, async () => {
    const slow = "select repeat('x', 100000), pg_sleep(0.05) from generate_series(1, 50) g";
    const { code, stdout } = await runInTerminal(args(slow, '-o', 'a.csv'), { on, cwd });
    expect(code).toBe(0);
    const pictures = new Set(stdout.match(/a\.csv: \d+ rows, [\d.]+ MB so far/g));
    expect(pictures.size).toBeGreaterThan(1);
    expect(stdout).toMatch(
      /a\.csv: 50 rows, 5\.0 MB in \d\.\d s \([\d.]+ MB\/s\)\r\n(\x1b\[\?25h)?$/,
    );
  });
});

describe('the command line', () => {
  test.each([
    [['export', '-o', 'x.csv'], /there is nothing to export/],
    [['export', 'select 1'], /export needs a file to write to/],
    [
      ['export', 'select 1', '-o', 'x'],
      /x does not say which format it is to have\nhint: end it in \.csv, /,
    ],
    [['export', 'select 1', '-o', 'x.gz'], /x\.gz does not say which format/],
    [
      ['export', 'select 1', '-o', 'x.json', '-F', 'csv'],
      /x\.json is json, and --format asks for csv/,
    ],
    [['export', 'select 1', '-o', 'x.csv', '-F', 'cvs'], /unknown format: cvs/],
    [['export', 'select 1', '-o', 'x.csv', '--sql-only'], /--sql-only leaves nothing to export/],
    [['export', 'select 1', '-f', 'q.sql', '-o', 'x.csv'], /not both/],
    [['export', '-f', 'none.sql', '-o', 'x.csv'], /none\.sql can't be read/],
  ])('%j is a usage error', async (line, message) => {
    const { code, stdout, stderr } = await run(line, { on, cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(names()).toEqual([]);
  });

  test('a file that can not be written is known before anything is connected to', async () => {
    const { code, stderr } = await run(
      ['export', 'select 1', '-o', 'no/x.csv', '--db', 'postgres://nobody@192.0.2.1/none'],
      { on, cwd },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/no\/x\.csv can't be written: there is no such directory/);
  });
});

describe('limits and failures', () => {
  beforeEach(() => writeFileSync(join(cwd, 'x.csv'), 'old'));
  const untouched = () => {
    expect(content('x.csv').toString()).toBe('old');
    expect(names()).toEqual(['x.csv']);
  };

  test.each([
    ['--max-rows', '1000'],
    ['--max-bytes', '1000'],
  ])('%s cuts: exit 6, and the file is as it was', async (flag, value) => {
    const { code, stdout, stderr } = await exported('table many', '-o', 'x.csv', flag, value);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `^x\\.csv: the rows are not whole, so nothing was put in place\npgask: .*cut after \\d+ rows by ${flag}`,
      ),
    );
    untouched();
  });

  test('--max-bytes counts what is written before compression', async () => {
    const zeros = "select repeat('0', 100000) from generate_series(1, 20)";
    expect((await exported(zeros, '-o', 'x.csv.gz', '--max-bytes', '1000000')).code).toBe(6);
    expect(existsSync(join(cwd, 'x.csv.gz'))).toBe(false);
    expect((await exported(zeros, '-o', 'x.csv.gz', '--max-bytes', '3000000')).code).toBe(0);
    expect(content('x.csv.gz').length).toBeLessThan(50_000);
  });

  test('--limit is what was asked for', async () => {
    expect((await exported('table many', '-o', 'x.csv', '--limit', '2')).code).toBe(0);
    expect(content('x.csv').toString()).toBe('id,text\n1,row 1\n2,row 2\n');
  });

  test('--fail-empty writes the file and exits 1', async () => {
    const { code } = await exported('select 1 as a where false', '-o', 'x.csv', '--fail-empty');
    expect(code).toBe(1);
    expect(content('x.csv').toString()).toBe('a\n');
  });

  test('a statement that fails on its way leaves the file as it was', async () => {
    const { code, stdout } = await exported('select 1 / (90000 - id) from many', '-o', 'x.csv');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    untouched();
    const packed = await exported('select 1 / (90000 - id) from many', '-o', 'x.csv.gz');
    expect(packed.code).toBe(1);
    untouched();
  });

  test.each(['SIGKILL', 'SIGINT'] as const)(
    '%s in the middle leaves the old file',
    async (signal) => {
      const slow = "select repeat('x', 100000), pg_sleep(0.05) from generate_series(1, 400) g";
      for (const name of ['x.csv', 'x.csv.gz']) {
        const { child, finished } = start(args(slow, '-o', name), { on, cwd });
        for (let i = 0; i < 200 && !names().some((one) => one.endsWith('.tmp')); i++)
          await delay(25);
        await delay(300);
        child.kill(signal);
        const { code } = await finished;
        expect(code).toBe(signal === 'SIGINT' ? 130 : null);
      }
      expect(content('x.csv').toString()).toBe('old');
      // What a killed process leaves is removed by the next one that writes here.
      expect((await exported('select 1', '-o', 'y.csv')).code).toBe(0);
      expect(names()).toEqual(['x.csv', 'y.csv']);
      rmSync(join(cwd, 'y.csv'));
    },
  );

  const small = smallDisk();
  (small === undefined ? test : test.skip)(
    `a disk that fills up leaves the old file, compressed or not ${small ?? ''}`,
    async () => {
      const disk = join(cwd, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
      try {
        for (const name of ['x.csv', 'x.csv.gz']) {
          writeFileSync(join(disk, name), 'old');
          const noise = 'select md5(g::text), md5((-g)::text) from generate_series(1, 100000) g';
          const { code, stdout, stderr } = await exported(noise, '-o', join(disk, name));
          expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
          expect(stderr).toMatch(/can't be written: the disk is full/);
          expect(readFileSync(join(disk, name), 'utf8')).toBe('old');
        }
        expect(readdirSync(disk).sort()).toEqual(['x.csv', 'x.csv.gz']);
      } finally {
        execFileSync('umount', [disk]);
      }
    },
  );

  test('a full disk is told, and nothing is reported as written', async () => {
    if (!existsSync('/dev/full')) return;
    const { code, stdout, stderr } = await exported('table many', '-o', '/dev/full', '-F', 'csv');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/\/dev\/full can't be written: the disk is full/);
    expect(stderr).not.toMatch(/300,000 rows/);
  });
});

/** Why no small file system can be mounted here, for a test's title; undefined where one can. */
function smallDisk(): string | undefined {
  if (process.getuid?.() !== 0) return '(skipped: only root may mount)';
  const disk = mkdtempSync(join(tmpdir(), 'pgask-disk-'));
  try {
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    if (status !== 0) return '(skipped: mount is not permitted)';
    execFileSync('umount', [disk]);
    return undefined;
  } finally {
    rmSync(disk, { recursive: true, force: true });
  }
}
