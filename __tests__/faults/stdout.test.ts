/** What becomes of a result that stdout does not take: a full disk, no stdout, a reader that has gone or does not read. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, machine, programFile, start } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';
import { type Activity, watchActivity } from './activity.js';
import { missing, shell } from './shell.js';

const inLinux = process.platform === 'linux' ? test : test.skip;

let database: TestDatabase;
let activity: Activity;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase();
  activity = watchActivity(database.url);
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await activity.end();
  await database.drop();
});

const line = (text: string) => shell(text, { on, env: { DB: database.url } });
const oneLine = (words: RegExp) =>
  expect.stringMatching(new RegExp(`^pgask: [^\\n]*${words.source}[^\\n]*\\n$`));

describe('a stdout that takes nothing', () => {
  inLinux.each([
    ['one row', `pgask sql 'select 1' --db $DB`],
    ['many rows', `pgask sql 'select generate_series(1, 100000)' --db $DB -F csv`],
    ['JSON', `pgask sql 'select generate_series(1, 100000)' --db $DB -F json`],
    ['a list', 'pgask sessions list'],
    ['help', 'pgask --help'],
    ['help that is not made beforehand', 'pgask --help --quiet'],
  ])('is a full disk for %s: exit 1 and one line', async (_what, command) => {
    expect(await line(`${command} > /dev/full`)).toMatchObject({
      code: 1,
      stderr: oneLine(/full|ENOSPC/),
    });
  });

  test('is one for -o /dev/full too', async () => {
    if (!existsSync('/dev/full')) return;
    expect(await line(`pgask sql 'select 1' --db $DB -o /dev/full`)).toMatchObject({
      code: 1,
      stderr: oneLine(/full/),
    });
  });

  test('a file that may not grow has no more than what fitted, and the rest is not lost in silence', async () => {
    // Node's own stream for files takes a short write for a whole one.
    const text = `(trap '' XFSZ; ulimit -f 1; pgask sql "select repeat('x', 2000)" --db $DB -F csv > cut.csv)`;
    expect(await line(text)).toMatchObject({ code: 1, stderr: oneLine(/larger than/) });
    expect(readFileSync(join(on.home, 'cut.csv')).length).toBe(1024);
  });

  inLinux('and is not open for writing is called so', async () => {
    expect(await line(`pgask sql 'select 1' --db $DB 1< /dev/null`)).toMatchObject({
      code: 1,
      stderr: oneLine(/not open for writing/),
    });
  });
});

describe('a closed stdout', () => {
  inLinux.each([
    ['a result', `pgask sql 'select 1' --db $DB`],
    ['a request', `pgask 'how many tables' --db $DB`],
    ['a list', 'pgask sessions list'],
    ['help', 'pgask --help'],
    ['the version', 'pgask --version'],
  ])('fails %s with exit 1 and one line', async (_what, command) => {
    expect(await line(`${command} >&-`)).toMatchObject({ code: 1, stderr: oneLine(/closed/) });
  });

  inLinux('fails before anything is run', async () => {
    const { code, durationMs } = await line(`pgask sql 'select pg_sleep(20)' --db $DB >&-`);
    expect(code).toBe(1);
    expect(durationMs).toBeLessThan(10_000);
  });

  test('does not matter where the result goes to a file, and no descriptor gets mixed up', async () => {
    const { code } = await line(
      `pgask sql 'select 1 as a' --db $DB -F csv -o all.csv <&- >&- 2>&-`,
    );
    expect(code).toBe(0);
    expect(readFileSync(join(on.home, 'all.csv'), 'utf8')).toBe('a\n1\n');
  });

  test.each(['2>&-', '<&-', '2>&- <&-'])('is no other: %s changes nothing', async (closed) => {
    expect(await line(`pgask sql 'select 1 as a' --db $DB -F csv ${closed}`)).toMatchObject({
      code: 0,
      stdout: 'a\n1\n',
    });
  });

  test('is not what a result is sent to that nobody wants', async () => {
    expect(await line(`pgask sql 'select 1' --db $DB > /dev/null`)).toMatchObject({
      code: 0,
      stderr: '',
    });
    // Node opens /dev/null for reading too where a child's output is ignored, as Python and daemons do.
    const args = [programFile, 'sql', 'select 1', '--db', database.url];
    const child = spawn(process.execPath, args, { env: on.env, stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([0, null]);
    const python = missing('python3');
    if (python !== undefined) return;
    const discard = `import subprocess, sys
sys.exit(subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode)`;
    writeFileSync(join(on.home, 'discard.py'), discard);
    expect(
      await line(`python3 discard.py "$NODE" "$PROGRAM" sql 'select 1' --db $DB`),
    ).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a reader that goes away', () => {
  test.each(['csv', 'jsonl', 'json', 'table'])(
    'ends a long result in silence, and the query on the server within a second: %s',
    async (format) => {
      const marker = `gone_${format}`;
      const { code, stderr, stdout, durationMs } = await line(
        `pgask sql 'select generate_series(1, 1e9) as ${marker}' --db $DB -F ${format} | head -1`,
      );
      expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
      expect(stdout).not.toBe('');
      // A start on a busy machine is most of it.
      expect(durationMs).toBeLessThan(8000);
      expect(await activity.until(marker, 'is gone', 1000)).toBeLessThan(1000);
    },
  );

  inLinux.each([
    ['a pipe', ' | (sleep 1; echo left >&2)'],
    ['a named pipe', '> pipe & (sleep 1 < pipe; echo left >&2); wait $!; exit $?'],
  ])('%s is noticed while the server computes and nothing is written', async (_what, where) => {
    const marker = `silent_${where.length}`;
    const run = line(
      `rm -f pipe; mkfifo pipe; pgask sql 'select pg_sleep(25) as ${marker}' --db $DB ${where}`,
    );
    await activity.until(marker, 'runs', 10_000);
    const { code, stderr, durationMs } = await run;
    expect({ code, stderr }).toEqual({ code: 141, stderr: 'left\n' });
    expect(durationMs).toBeLessThan(6000);
    expect(await activity.until(marker, 'is gone', 1000)).toBeLessThan(1000);
  });

  test('a socket is noticed too', async () => {
    const marker = 'silent_socket';
    const args = ['sql', `select pg_sleep(25) as ${marker}`, '--db', database.url];
    const { child, finished } = start(args, { on });
    finished.catch(() => undefined);
    const ended = once(child, 'exit');
    await activity.until(marker, 'runs', 10_000);
    child.stdout!.destroy();
    expect(await activity.until(marker, 'is gone', 2000)).toBeLessThan(1300);
    expect(await ended).toEqual([141, null]);
  });

  test('does not spoil a result that it has read to its end', async () => {
    for (let i = 0; i < 5; i++) {
      const { code, stdout } = await line(`pgask sql 'select 1 as a' --db $DB -F csv | head -2`);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'a\n1\n' });
    }
  });
});

describe('a reader that does not read', () => {
  inLinux('does not make the memory grow', async () => {
    const args = ['sql', 'select generate_series(1, 1e9) as piles_up', '-F', 'csv'];
    const { child, finished } = start([...args, '--db', database.url], { on });
    finished.catch(() => undefined);
    child.stdout!.pause();
    await activity.until('piles_up', 'runs', 10_000);
    await delay(3000);
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    expect(Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) / 1024).toBeLessThan(150);
    child.stdout!.destroy();
    expect(await activity.until('piles_up', 'is gone', 2000)).toBeLessThan(1300);
  });

  test('gets every byte when it does', async () => {
    const { stdout, code, stderr } = await line(
      `pgask sql 'select repeat(md5(g::text), 30) from generate_series(1, 100000) g' --db $DB -F csv --timeout 60s | (sleep 2; wc -c)`,
    );
    expect({ stdout: Number(stdout), code, stderr }).toEqual({
      stdout: 100_000 * (32 * 30 + 1) + 'repeat\n'.length,
      code: 0,
      stderr: '',
    });
  });

  test('finds the pipe as blocking as it was, when others write to it afterwards', async () => {
    // Node makes the pipe non-blocking, for everybody who shares it.
    const { stdout } = await line(
      `(pgask sql 'select 1 as a' --db $DB -F csv; head -c 1000000 /dev/zero || echo broken >&2) | (sleep 1; wc -c)`,
    );
    expect(Number(stdout)).toBe(1_000_000 + 'a\n1\n'.length);
  });
});
