/** Exports that are large, and killed at any moment. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Machine, machine, run, start } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let on: Machine;
let cwd = '';

beforeAll(async () => {
  database = await testDatabase();
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});
beforeEach(() => {
  cwd = mkdtempSync(join(on.home, 'work-'));
});

const rows = (count: number) =>
  `select g as id, 9007199254740993 + g as big, md5(g::text) as text, g * 0.37 as amount from generate_series(1, ${count}) g`;
const args = (count: number, ...more: string[]) => [
  'export',
  rows(count),
  '--db',
  database.url,
  '--timeout',
  '10min',
  ...more,
];

/** The most memory that the program had, in MB. */
async function memory(line: readonly string[]): Promise<number> {
  const { child, finished } = start(line, { on, cwd, timeoutMs: 300_000 });
  let most = 0;
  const look = setInterval(() => {
    try {
      const text = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      most = Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1] ?? most * 1024) / 1024;
    } catch {
      // It has ended.
    }
  }, 20);
  const { code, stderr } = await finished;
  clearInterval(look);
  expect({ code, stderr: stderr.split('\n').at(-2) }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/rows, /),
  });
  return most;
}

const inLinux = process.platform === 'linux' ? test : test.skip;

inLinux.each<[string, string[]]>([
  ['x.csv', []],
  ['x.csv.gz', []],
  ['x.jsonl.br', []],
  ['x.jsonl', ['--json-numbers', 'string']],
])(
  '%s %j: memory stays flat',
  async (name, more) => {
    const few = await memory(args(10_000, '-o', name, ...more));
    const many = await memory(args(3_000_000, '-o', name, ...more));
    expect(many).toBeLessThan(150);
    expect(many - few).toBeLessThan(70);
    if (name === 'x.csv.gz') expect(spawnSync('gzip', ['-t', join(cwd, name)]).status).toBe(0);
  },
  300_000,
);

test('killed at any moment, the file is the old one or the whole new one', async () => {
  const name = 'x.csv.gz';
  const whole = await run(args(150_000, '-o', 'whole.csv.gz'), { on, cwd });
  expect(whole.code).toBe(0);
  const unpack = (file: string) => spawnSync('gzip', ['-dc', join(cwd, file)], { maxBuffer: 1e9 });
  const expected = unpack('whole.csv.gz').stdout;
  const seen = { old: 0, new: 0 };
  for (let i = 0; i < 40; i++) {
    writeFileSync(join(cwd, name), 'old');
    const { child, finished } = start(args(150_000, '-o', name), { on, cwd });
    await delay((i * whole.durationMs * 1.1) / 40);
    child.kill('SIGKILL');
    await finished;
    const isOld = statSync(join(cwd, name)).size === 3;
    if (isOld) expect(readFileSync(join(cwd, name), 'utf8')).toBe('old');
    else expect(unpack(name).stdout.equals(expected)).toBe(true);
    seen[isOld ? 'old' : 'new'] += 1;
  }
  expect(seen.old).toBeGreaterThan(10);
  rmSync(join(cwd, 'whole.csv.gz'));
  expect((await run(args(1, '-o', name), { on, cwd })).code).toBe(0);
  expect(readdirSync(cwd)).toEqual([name]);
}, 300_000);
