/** The program itself when the disk fails under what it saves: its exit code, its one line, and what lies there then. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Machine, machine } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';
import { missing, shell } from './shell.js';

const why = missing('strace') ?? (process.platform === 'linux' ? undefined : 'skipped: no strace');
const suite = why === undefined ? describe : describe.skip;

suite(`a disk that fails${why === undefined ? '' : ` (${why})`}`, () => {
  let database: TestDatabase;
  let on: Machine;
  beforeAll(async () => {
    database = await testDatabase();
  }, 60_000);
  afterAll(() => database.drop());
  beforeEach(() => {
    on = machine();
  });
  afterEach(() => on.remove());

  /** Only what is about files: what the server sends goes another way. */
  const traced = (fault: string, line: string) =>
    shell(
      `strace -f -qq -o /dev/null -e trace=pwrite64,fsync,rename,fchmod -e inject=${fault} "$NODE" "$PROGRAM" ${line}`,
      // Calls are counted by thread.
      { on, env: { DB: database.url, UV_THREADPOOL_SIZE: '1' } },
    );
  const names = () => readdirSync(on.home).filter((name) => /csv|config\.json/.test(name));

  test.each([
    ['pwrite64:error=ENOSPC:when=1', /the disk is full/],
    ['pwrite64:error=ENOSPC:when=3', /the disk is full/],
    ['pwrite64:error=EIO:when=2', /the disk or the connection to it failed/],
    ['fchmod:error=EPERM:when=1', /does not permit/],
    ['fsync:error=EIO:when=1', /the disk or the connection to it failed/],
    ['rename:error=EIO:when=1', /the disk or the connection to it failed/],
  ])('under -o, %s: exit 1, a line, and the old file', async (fault, words) => {
    writeFileSync(join(on.home, 'x.csv'), 'old');
    const sql = `"select repeat(md5(g::text), 100) from generate_series(1, 1000) g"`;
    const { code, stdout, stderr } = await traced(fault, `sql ${sql} --db $DB -F csv -o x.csv`);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(words),
    });
    expect(stderr).toMatch(/^pgask: x\.csv can't be written: [^\n]*\n(hint: [^\n]*\n)?$/);
    expect(readFileSync(join(on.home, 'x.csv'), 'utf8')).toBe('old');
    expect(names()).toEqual(['x.csv']);
  });

  test('under -o, when only the directory can not be synced, is told though the file is there', async () => {
    const { code, stderr } = await traced(
      'fsync:error=EIO:when=2',
      `sql "select 1 as a" --db $DB -F csv -o x.csv`,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^pgask: x\.csv/) });
    expect(readFileSync(join(on.home, 'x.csv'), 'utf8')).toBe('a\n1\n');
  });

  test.each(['pwrite64', 'fsync', 'rename'])(
    'and a kill at %s leave the old file, and the next run removes the rest',
    async (call) => {
      writeFileSync(join(on.home, 'x.csv'), 'old');
      const line = `sql "select 1 as a" --db $DB -F csv -o x.csv`;
      await traced(`${call}:signal=KILL:when=1`, line);
      // The signal comes before the call is made.
      expect(readFileSync(join(on.home, 'x.csv'), 'utf8')).toBe('old');
      expect(names()).toHaveLength(2);
      expect((await shell(`pgask ${line}`, { on, env: { DB: database.url } })).code).toBe(0);
      expect(readFileSync(join(on.home, 'x.csv'), 'utf8')).toBe('a\n1\n');
      expect(names()).toEqual(['x.csv']);
    },
  );

  test.each(['pwrite64:error=ENOSPC:when=2', 'fsync:error=EIO:when=1', 'rename:error=EIO:when=1'])(
    'under a change of the configuration, %s: exit 1, a line, and the old file',
    async (fault) => {
      const old = '{ "databases": {} }\n';
      writeFileSync(join(on.home, 'agent.config.json'), old);
      const { code, stderr } = await traced(fault, 'db add x postgres://u@localhost/x');
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(/^pgask: .*agent\.config\.json can't be written: [^\n]*\n$/),
      });
      expect(readFileSync(join(on.home, 'agent.config.json'), 'utf8')).toBe(old);
      expect(names()).toEqual(['agent.config.json']);
    },
  );
});
