/** What a person sees at a terminal besides the rows: a pager, colours, a spinner; and that none of it costs a row. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, machine, noTerminal, run, runInTerminal } from './support/program.js';
import { testDatabase, type TestDatabase } from './support/server.js';

let database: TestDatabase;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase();
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});

type Options = Parameters<typeof runInTerminal>[1];

/** In a terminal of 24 lines, whose line ends are made ours again. */
async function atTerminal(args: readonly string[], options: Options = {}) {
  const finished = await runInTerminal([...args, '--db', database.url], { on, ...options });
  const stdout = finished.stdout.replaceAll('\r\n', '\n');
  return { ...finished, stdout, text: stdout.replace(/\x1b\[[\d;?]*[a-zA-Z]/g, '') };
}

const SHORT = 'select n from generate_series(1, 5) n';
const LONG = 'select n from generate_series(1, 100) n';
/** Marks what it is given. */
const MARKING = { PAGER: "sed 's/^/> /'" };

const skipped = noTerminal();
const describeAtTerminal = skipped === undefined ? describe : describe.skip;
const title = (text: string) => (skipped === undefined ? text : `${text} (${skipped})`);

const plain = (text: string) => text.replace(/\x1b\[[\d;?]*[a-zA-Z]/g, '');
const numbers = (text: string) =>
  [...plain(text).matchAll(/^(?:> )? +(\d+)$/gm)].map(([, n]) => +n!);
const ALL = Array.from({ length: 100 }, (_, i) => i + 1);

async function stillRunning(text: string): Promise<number> {
  const { stdout } = await run(
    [
      'sql',
      `select count(*) from pg_stat_activity where query like '%${text}%' and pid <> pg_backend_pid()`,
      '-F',
      'csv',
    ],
    { on, env: { PGASK_DB: database.url } },
  );
  return Number(stdout.split('\n')[1]);
}

describeAtTerminal(title('the pager'), () => {
  test('shows what is longer than the screen, and nothing else', async () => {
    const long = await atTerminal(['sql', LONG], { env: MARKING });
    expect(plain(long.stdout)).toMatch(/^> {3}n {2}\n> -----\n> {4}1\n/);
    expect(numbers(long.stdout)).toEqual(ALL);
    expect(plain(long.stdout)).toContain('> (100 rows)\n> \n');
    expect(long.code).toBe(0);
    const short = await atTerminal(['sql', SHORT], { env: MARKING });
    expect(plain(short.stdout)).toBe(' n \n---\n 1\n 2\n 3\n 4\n 5\n(5 rows)\n\n');
  });

  test.each([
    ['19 rows fit 24 lines', 19, false],
    ['20 rows do not, with the line that the prompt takes', 20, true],
  ])('%s', async (_, rows, paged) => {
    const sql = `select n from generate_series(1, ${rows}) n`;
    const { stdout } = await atTerminal(['sql', sql], { env: MARKING });
    expect(stdout.includes('> ')).toBe(paged);
  });

  test('counts lines as the terminal folds them', async () => {
    const args = ['sql', "select repeat('x', 1800) as x", '-F', 'csv'];
    expect((await atTerminal(args, { env: MARKING })).stdout).toMatch(/^> x/);
  });

  test('shows every format', async () => {
    for (const format of ['vertical', 'json', 'jsonl', 'csv', 'tsv', 'markdown']) {
      const { stdout } = await atTerminal(['sql', LONG, '-F', format], { env: MARKING });
      expect(stdout).toMatch(/^> /);
      expect(stdout.match(/^> /gm)!.length).toBeGreaterThanOrEqual(100);
    }
  });

  test.each([
    ['--pager always', ['sql', SHORT, '--pager', 'always'], true],
    ['--pager never', ['sql', LONG, '--pager', 'never'], false],
    ['a file', ['sql', LONG, '-o', 'rows.txt'], false],
  ])('%s', async (_, args, paged) => {
    const { stdout, code } = await atTerminal(args, { env: MARKING });
    expect(stdout.includes('> ')).toBe(paged);
    expect(code).toBe(0);
  });

  test('is none where stdout is no terminal, whatever is asked', async () => {
    const { stdout } = await run(['sql', LONG, '--pager', 'always', '--db', database.url], {
      on,
      env: { ...MARKING, TERM: 'xterm' },
    });
    expect(stdout).not.toContain('>');
    expect(numbers(stdout)).toEqual(ALL);
  });

  test('PSQL_PAGER goes before PAGER', async () => {
    const env = { PAGER: 'exit 1', PSQL_PAGER: MARKING.PAGER };
    expect((await atTerminal(['sql', LONG], { env })).stdout).toMatch(/^> /);
  });

  test.each([
    ['is missing', { PAGER: 'no-such-pager -x' }, ''],
    ['is no program', { PAGER: '/etc/passwd' }, ''],
    ['is empty', { PAGER: ' ' }, ''],
    ['would only print', { PAGER: 'cat' }, ''],
    ['has no terminal to work with', { ...MARKING, TERM: 'dumb' }, ''],
    ['ends with an error', { PAGER: 'exit 3;' }, 'exit code 3'],
    ['is not to be run by the shell', { PAGER: 'no-such-pager |' }, 'exit code 2'],
    ['is missing in a shell’s command', { PAGER: 'true && no-such-pager' }, 'exit code 127'],
    ['crashes', { PAGER: 'kill -SEGV $$' }, 'SIGSEGV'],
    ['takes it all, and fails', { PAGER: 'cat >/dev/null; exit 1' }, 'exit code 1'],
  ])('that %s: every row is printed', async (_, env, told) => {
    const { text, code } = await atTerminal(['sql', LONG], { env });
    expect(numbers(text)).toEqual(ALL);
    expect(text).toContain('(100 rows)\n');
    if (told === '') expect(text).not.toContain('pager');
    else expect(text).toContain(`warning: the pager ended with ${told}: ${env.PAGER}`);
    expect(code).toBe(0);
  });

  test('that fails when it has taken a lot: an error, since nobody knows what it has shown', async () => {
    const { text, code } = await atTerminal(
      ['sql', "select repeat('x', 1000) from generate_series(1, 5000)"],
      { env: { PAGER: 'cat >/dev/null; exit 4' } },
    );
    expect(text).toContain('pgask: the pager ended with exit code 4: cat >/dev/null; exit 4\n');
    expect(text).toContain('hint: what it showed is not the whole result');
    expect(code).toBe(1);
  });

  test('that is quit early: no error, and the statement is cancelled', async () => {
    const endless = 'select generate_series(1, 1000000000) as quit_early';
    const { stdout, code, durationMs } = await atTerminal(
      ['sql', endless, '--max-bytes', '100000000000'],
      {
        env: { PAGER: 'head -4' },
      },
    );
    expect(plain(stdout)).toBe(' quit_early \n------------\n          1\n          2\n');
    expect(code).toBe(0);
    expect(durationMs).toBeLessThan(10_000);
    expect(await stillRunning('quit_early')).toBe(0);
  });

  test('that is quit while the database still works on it', async () => {
    const sql = `select n, case when n > 3000 then pg_sleep(60) end as quit_waiting from generate_series(1, 4000) n`;
    const { code, durationMs } = await atTerminal(['sql', sql, '-F', 'csv'], {
      env: { PAGER: 'sleep 1' },
    });
    expect(code).toBe(0);
    expect(durationMs).toBeLessThan(10_000);
    expect(await stillRunning('quit_waiting')).toBe(0);
  });

  test('has the whole of a result of some megabytes at once, and lets go of the database', async () => {
    const sql = `select repeat('x', 1000) as let_go from generate_series(1, 10000)`;
    const finished = atTerminal(['sql', sql], { env: { PAGER: 'sleep 4; cat >/dev/null' } });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await stillRunning('let_go')).toBe(0);
    expect((await finished).code).toBe(0);
  });

  test('has the terminal to itself: what is said waits until it is done', async () => {
    const { stdout, code } = await atTerminal(['sql', LONG, '--max-rows', '50'], {
      env: { PAGER: 'sleep 1; cat; sleep 1; echo END' },
    });
    expect(stdout.indexOf('cut after 50 rows')).toBeGreaterThan(stdout.indexOf('END'));
    expect(code).toBe(6);
  });

  test.each([
    ['when they fit the screen', [], /\n\(5 rows\)\n\n.*the total/s],
    ['when they do not', ['--pager', 'always'], /> \(5 rows\)\n> \n.*the total/s],
  ])('shows rows before what is said of them, %s', async (_, flags, order) => {
    const args = ['top 5 customers by revenue', '--new', ...flags];
    const { stdout } = await runInTerminal(args, { on, env: MARKING });
    const text = plain(stdout.replaceAll('\r\n', '\n'));
    expect(text).toMatch(order);
    expect(text.match(/the total/g)).toHaveLength(1);
  });

  test('that is quit early leaves a request that can be gone on from', async () => {
    const first = ['top 5 customers by revenue', '--new', '--pager', 'always'];
    const quit = await runInTerminal(first, { on, env: { PAGER: 'true' } });
    expect(quit.code).toBe(0);
    const next = await run(['only the ones from Spain', '-F', 'csv'], { on });
    expect(next.stdout).toMatch(/^name,total_revenue\n/);
  });

  test('is given nothing of the database’s or the model’s', async () => {
    const env = {
      PAGER: 'env | sort',
      PGPASSWORD: 'hush-password',
      OPENAI_API_KEY: 'hush-key',
      PGASK_MAX_STEPS: '5',
      MINE: 'yes',
    };
    const { stdout } = await atTerminal(['sql', LONG], { env });
    expect(stdout).toContain('MINE=yes\n');
    expect(stdout).toContain('LESS=KSXR\n');
    expect(stdout).not.toMatch(/hush|PGASK_MAX|^PG/m);
  });

  test('of a directory’s .env is not run', async () => {
    writeFileSync(
      join(on.home, '.env'),
      "PAGER='touch owned; cat'\nPSQL_PAGER='touch owned; cat'\n",
    );
    const { stdout } = await atTerminal(['sql', LONG], { env: MARKING });
    rmSync(join(on.home, '.env'));
    expect(stdout).toMatch(/^> /);
  });

  test('keeps Ctrl-C to itself once it has all', async () => {
    const { text, code } = await atTerminal(['sql', LONG], {
      env: { PAGER: "trap : INT; cat; kill -INT 0; sleep 6; echo 'went on'" },
    });
    expect(text).toContain('went on\n');
    expect(code).toBe(0);
  });

  test('Ctrl-C ends the pager and the statement', async () => {
    const { code, durationMs } = await atTerminal(
      ['sql', 'select generate_series(1, 1000000000) as ctrl_c', '--max-bytes', '100000000000'],
      // The pager itself presses it, for all that share its terminal.
      { env: { PAGER: 'head -3; kill -INT 0; sleep 30' } },
    );
    expect(code).toBe(130);
    expect(durationMs).toBeLessThan(10_000);
    expect(await stillRunning('ctrl_c')).toBe(0);
  });
});

const hasLess = spawnSync('less', ['--version']).status === 0;
const testWithLess = hasLess ? test : test.skip;
describeAtTerminal(title(hasLess ? 'less' : 'less (skipped: less is not installed)'), () => {
  testWithLess('is what pages where nothing else is set; q ends it', async () => {
    const { stdout, code } = await atTerminal(['sql', LONG], { type: 'q' });
    expect(numbers(stdout).slice(0, 20)).toEqual(ALL.slice(0, 20));
    expect(stdout).not.toContain('100');
    expect(code).toBe(0);
  });

  testWithLess('shows it to the end', async () => {
    const { stdout, code } = await atTerminal(['sql', LONG], { type: 'Gq' });
    expect(stdout).toContain('(100 rows)');
    expect(code).toBe(0);
  });
});

describeAtTerminal(title('colour'), () => {
  const paints = async (args: readonly string[], env: Record<string, string> = {}) =>
    (await atTerminal(['sql', SHORT, ...args], { env })).stdout.includes('\x1b[1mn\x1b[22m');

  test('is at a terminal alone', async () => {
    expect(await paints([])).toBe(true);
    expect(await paints(['--color', 'never'])).toBe(false);
    expect(await paints([], { NO_COLOR: '1' })).toBe(false);
    expect(await paints([], { NO_COLOR: '' })).toBe(true);
    expect(await paints([], { TERM: 'dumb' })).toBe(false);
    expect(await paints(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
    const piped = (...args: string[]) =>
      run(['sql', SHORT, '--db', database.url, ...args], { on, env: { TERM: 'xterm' } });
    expect((await piped()).stdout).not.toContain('\x1b');
    expect((await piped('--color', 'always')).stdout).toContain('\x1b[1m');
  });

  test('is in no file and in no format for programs', async () => {
    const args = ['sql', SHORT, '--color', 'always', '--db', database.url];
    await run([...args, '-o', 'rows.txt'], { on });
    const file = readFileSync(join(on.home, 'rows.txt'), 'utf8');
    expect(file).toMatch(/^ n \n---\n 1\n/);
    for (const format of ['csv', 'tsv', 'json', 'jsonl', 'markdown']) {
      expect((await run([...args, '-F', format], { on })).stdout).not.toContain('\x1b');
    }
  });
});

describeAtTerminal(title('the spinner'), () => {
  test('begins after a second, and gives its line to the rows', async () => {
    const { stdout } = await atTerminal([
      'sql',
      'select 1 as a, pg_sleep(2.5)::text as b',
      '--color',
      'never',
    ]);
    expect(stdout).toContain('waiting for the database');
    const [, after] = stdout.split(/.*waiting for the database/s);
    // Its line is cleared, the cursor shown, and then the rows begin in the first column.
    expect(plain(after!).replace(/^\r/, '')).toMatch(
      /^\s*a \| b \n---\+---\n {1}1 \| \n\(1 row\)\n\n$/,
    );
    expect(after).toMatch(/\x1b\[1G\x1b\[0K/);
    expect(stdout.lastIndexOf('\x1b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\x1b[?25l'));
  });

  test('is not there for what is quick, nor where talk is not wanted', async () => {
    expect((await atTerminal(['sql', SHORT])).stdout).not.toContain('waiting');
    const quiet = await atTerminal(['sql', 'select 1 as a, pg_sleep(2)', '-q']);
    expect(quiet.stdout).not.toContain('waiting');
  });
});
