/** `pgask eval` as a script runs it: the built program, a server, cases in a file or a pipe. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Machine, machine, run, type RunOptions, start } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

const SQL = `
  create table ships (id int primary key, name text not null, flag text, tonnage int);
  insert into ships values (1, 'Aurora', 'Norway', 900), (2, 'Boreas', 'Malta', 500), (3, 'Ceres', 'Norway', 700);
  analyze;
`;

let database: TestDatabase;
let on: Machine;
let cwd = '';
let url = '';

beforeAll(async () => {
  database = await testDatabase({ sql: [SQL] });
  url = database.url.replace(database.name, '{db}');
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});
beforeEach(() => {
  cwd = mkdtempSync(join(on.home, 'work-'));
});

const CASES = [
  {
    id: 'count',
    question: 'how many ships',
    gold_sql: 'select count(*) from ships',
    tags: ['agg'],
  },
  { id: 'names', question: 'names of the ships', gold_sql: 'select name from ships' },
  // What the planner says is right; the case wants something else.
  { id: 'odd', question: 'how many ships', gold_sql: 'select 17' },
  { id: 'none', question: 'what is the weather like on Mars' },
  {
    id: 'talk',
    turns: [
      { question: 'how many ships', gold_sql: 'select count(*) from ships' },
      {
        question: 'only the ones from Norway',
        gold_sql: "select count(*) from ships where flag = 'Norway'",
      },
    ],
  },
];

const asLines = (cases: readonly object[]) =>
  cases.map((one) => `${JSON.stringify({ db: database.name, ...one })}\n`).join('');

function file(cases: readonly object[]): string {
  const path = join(cwd, 'cases.jsonl');
  writeFileSync(path, asLines(cases));
  return path;
}

const evaluate = (args: readonly string[], options: RunOptions = {}) =>
  run(['eval', ...args], { on, cwd, ...options });
const everywhere = (...more: string[]) => ['--database-url', url, ...more];

interface Line {
  readonly part: string;
  readonly metric: string;
  readonly value: number | null;
  readonly unit: string;
  readonly count: number | null;
  readonly n: number;
}

function shareOf(stdout: string, metric: string, part = 'all') {
  const lines = JSON.parse(stdout) as Line[];
  const line = lines.find((one) => one.part === part && one.metric === metric);
  return line === undefined ? undefined : [line.count, line.n];
}

describe('pgask eval', () => {
  test('tells how many are right, in any format', async () => {
    const path = file(CASES);
    const { stdout, stderr, code } = await evaluate([path, ...everywhere('--format', 'json')]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(shareOf(stdout, 'accuracy')).toEqual([4, 5]);
    expect(shareOf(stdout, 'answered')).toEqual([5, 5]);
    expect(shareOf(stdout, 'right-when-answered')).toEqual([4, 5]);
    expect(shareOf(stdout, 'refused')).toEqual([1, 1]);
    expect(shareOf(stdout, 'turn-accuracy')).toEqual([2, 2]);
    expect(shareOf(stdout, 'conversation-accuracy')).toEqual([1, 1]);
    expect(shareOf(stdout, 'accuracy', 'tag agg')).toEqual([1, 1]);
    expect(shareOf(stdout, 'p95-time')).toEqual([null, 6]);

    const table = await evaluate([path, ...everywhere()]);
    expect(table.stdout).toMatch(/ all +\| accuracy +\| +80\.0 \| % +\| +4 \| 5\n/);
    const markdown = await evaluate([path, ...everywhere('--format', 'markdown')]);
    expect(markdown.stdout).toMatch(/\| all +\| accuracy +\| +80\.0 +\| % +\| +4 +\| +5 +\|\n/);
  }, 60_000);

  test('reads a pipe, and writes what was predicted', async () => {
    const { stdout, code } = await evaluate(
      ['-', ...everywhere('--predictions', 'answers.jsonl', '--format', 'csv', '-o', 'report.csv')],
      { stdin: asLines(CASES) },
    );
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(readFileSync(join(cwd, 'report.csv'), 'utf8')).toContain('all,accuracy,80.0,%,4,5\n');
    const lines = readFileSync(join(cwd, 'answers.jsonl'), 'utf8').trimEnd().split('\n');
    const predictions = lines.map((line) => JSON.parse(line) as { id: string; sql: string | null });
    const ids = ['count', 'names', 'odd', 'none', 'talk/1', 'talk/2'];
    expect(predictions.map(({ id }) => id)).toEqual(ids);
    expect(predictions.map(({ sql }) => sql === null)).toEqual(ids.map((id) => id === 'none'));
    expect(predictions.at(-1)!.sql).toContain('Norway');
  });

  test('leaves no session', async () => {
    const alone = machine();
    try {
      await run(['eval', '-', '--database-url', url], { on: alone, stdin: asLines(CASES) });
      expect(existsSync(join(alone.env['XDG_STATE_HOME']!, 'pgask'))).toBe(false);
    } finally {
      alone.remove();
    }
  });

  test('asks the database that --db names, or the configured one', async () => {
    const path = file(CASES.map((one) => ({ ...one, db: undefined })));
    const byFlag = await evaluate([path, '--db', database.url, '--format', 'json']);
    expect(shareOf(byFlag.stdout, 'accuracy')).toEqual([4, 5]);
    const configured = { databases: { fleet: { url: database.url }, other: { embedded: true } } };
    writeFileSync(join(cwd, 'agent.config.json'), JSON.stringify(configured), { mode: 0o600 });
    const named = file(CASES.map((one) => ({ ...one, db: 'fleet' })));
    const options = ['--config', 'agent.config.json', '--format', 'json'];
    const byName = await evaluate([named, ...options]);
    expect(shareOf(byName.stdout, 'accuracy')).toEqual([4, 5]);
    const unknown = await evaluate([file([{ ...CASES[0], db: 'flet' }, CASES[1]!]), ...options]);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('there is no database flet');
  }, 60_000);
});

describe('thresholds', () => {
  test('that are not reached are exit 8, and the report is there', async () => {
    const { stdout, stderr, code } = await evaluate([
      ...[file(CASES), ...everywhere('--format', 'json')],
      ...['--threshold', 'accuracy=80%', '--threshold', 'refused=1', '--threshold'],
      'right-when-answered=0.81',
    ]);
    expect(code).toBe(8);
    expect(stderr).toContain('pgask: right-when-answered is 80 %, and was to be 81 %\n');
    expect(shareOf(stdout, 'accuracy')).toEqual([4, 5]);
  });

  test('that are reached are exit 0', async () => {
    const args = [file(CASES), ...everywhere('--threshold', 'accuracy=0.8', '-q')];
    expect(await evaluate(args)).toMatchObject({ code: 0, stderr: '' });
  });

  test('of a metric that there is not are exit 2, and name those that there are', async () => {
    const args = [file(CASES), ...everywhere('--threshold', 'precision=0.8')];
    const { code, stderr, stdout } = await evaluate(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('accuracy, answered, right-when-answered, refused');
  });
});

describe('what can not be measured', () => {
  test('a bad line is one sentence with its number', async () => {
    const { code, stderr, stdout } = await evaluate(['-', ...everywhere()], {
      stdin: `${asLines(CASES.slice(0, 1))}{"id": 2, "question": 5}\n`,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^pgask: line 2 of stdin has a question that is number/);
  });

  test('a case whose own statement fails is broken, and counts for nothing', async () => {
    const broken = { id: 'bad', question: 'how many ships', gold_sql: 'select nothing from ships' };
    const path = file([CASES[0]!, broken]);
    const { code, stderr, stdout } = await evaluate([path, ...everywhere('--format', 'json')]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: bad is a broken case: .*"nothing"/);
    expect(shareOf(stdout, 'accuracy')).toEqual([1, 1]);
    expect(shareOf(stdout, 'broken')).toEqual([1, 2]);
  });

  test('a database that is not there is told; where there is none at all, it is exit 2', async () => {
    const gone = { ...CASES[0]!, db: 'there_is_no_such' };
    const some = await evaluate([file([gone, CASES[1]!]), ...everywhere('--format', 'json')]);
    expect(some.code).toBe(0);
    expect(some.stderr).toContain('there_is_no_such');
    expect(shareOf(some.stdout, 'accuracy')).toEqual([1, 1]);
    const none = await evaluate([file([gone]), ...everywhere()]);
    expect(none).toMatchObject({ code: 2, stdout: '' });
  });

  test('a file that is not there, none at all, or flags that do not go with it', async () => {
    for (const [args, why] of [
      [[], 'eval needs a file of cases'],
      [['nowhere.jsonl'], "nowhere.jsonl can't be read: there is no such file"],
      [[file(CASES), ...everywhere('--db', 'sample')], '--db and --database-url'],
      [[file(CASES), ...everywhere('--envelope')], '--envelope'],
    ] as const) {
      const { code, stderr, stdout } = await evaluate(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(why);
    }
  });
});

describe('a model', () => {
  const answer = (sql: string) => ({ calls: [{ name: 'answer', input: { sql } }] });

  /** A machine whose model gives these replies. */
  async function asked(replies: readonly object[], cases: readonly object[]) {
    const script = join(cwd, 'script.json');
    writeFileSync(script, JSON.stringify(replies));
    const { stdout, stderr, code } = await evaluate(
      [file(cases), ...everywhere('--format', 'json', '--predictions', 'answers.jsonl')],
      { env: { PGASK_PROVIDER: 'scripted', PGASK_MODEL: script } },
    );
    const path = join(cwd, 'answers.jsonl');
    const predictions = existsSync(path)
      ? readFileSync(path, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { sql: string | null }).sql)
      : [];
    return { stdout, stderr, code, predictions };
  }
  const gold = { question: 'q', gold_sql: 'select name, tonnage from ships order by tonnage' };

  test('that mends its statement has answered; one that fails is wrong, words are a refusal', async () => {
    const right = "select tonnage::text || '.0', name from ships order by tonnage";
    const asNumbers = 'select tonnage::numeric(9, 2), name from ships order by tonnage';
    const { stdout, predictions } = await asked(
      [
        answer('select nothing from ships'),
        answer(asNumbers),
        answer(right),
        answer('select nothing'),
        { text: 'I can not tell.' },
        answer('delete from ships'),
        { text: 'There is no such thing.' },
      ],
      [
        { id: 1, ...gold },
        { id: 2, ...gold },
        { id: 3, ...gold },
        { id: 4, question: 'delete the ships' },
        { id: 5, question: 'the weather' },
      ],
    );
    expect(shareOf(stdout, 'accuracy')).toEqual([1, 3]);
    expect(shareOf(stdout, 'answered')).toEqual([2, 3]);
    expect(shareOf(stdout, 'refused')).toEqual([2, 2]);
    expect(predictions).toEqual([asNumbers, right, null, null, null]);
  });

  test('whose statement takes too long has answered wrongly', async () => {
    const slow = 'select count(*) from generate_series(1, 1000000000000)';
    const { stdout, predictions } = await asked([answer(slow)], [{ id: 1, ...gold }]);
    expect(shareOf(stdout, 'right-when-answered')).toEqual([0, 1]);
    expect(predictions).toEqual([slow]);
  }, 40_000);

  test('that fails has neither answered nor refused', async () => {
    const { stdout, stderr, code } = await asked(
      [answer('select 1'), { error: 'overloaded' }],
      [
        { id: 1, question: 'one', gold_sql: 'select 1' },
        { id: 2, question: 'the weather' },
      ],
    );
    expect(code).toBe(0);
    expect(stderr).toContain('2 was neither answered nor refused: overloaded');
    expect(shareOf(stdout, 'refused')).toEqual([0, 1]);
    expect(shareOf(stdout, 'errors')).toEqual([1, 2]);
  });

  test('that always fails ends it with exit 4, and nothing is predicted', async () => {
    const cases = Array.from({ length: 9 }, (_, id) => ({ id, ...gold }));
    const { stdout, code, predictions } = await asked([], cases);
    expect({ stdout, code, predictions }).toEqual({ stdout: '', code: 4, predictions: [] });
  });
});

test('a signal ends it at once, and the predictions of before stay', async () => {
  writeFileSync(join(cwd, 'answers.jsonl'), 'old');
  const slow = 'select count(*) from generate_series(1, 1000000000000)';
  const cases = file([{ id: 1, question: 'q', gold_sql: slow }]);
  const { child, finished } = start(
    ['eval', cases, ...everywhere('--predictions', 'answers.jsonl')],
    { on, cwd },
  );
  setTimeout(() => child.kill('SIGINT'), 1500);
  expect(await finished).toMatchObject({ code: 130, stdout: '' });
  expect(readFileSync(join(cwd, 'answers.jsonl'), 'utf8')).toBe('old');
});
