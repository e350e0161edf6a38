/** A machine that is not as it should be: no home, no working directory, a clock that is moved. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startChatServer } from '../support/chat-server.js';
import { type Machine, machine, run, start } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';
import { missing, missingRoot, shell } from './shell.js';

let database: TestDatabase;
let on: Machine;
beforeAll(async () => {
  database = await testDatabase({ sql: ['create table fruit (name text)'] });
}, 60_000);
afterAll(() => database.drop());
beforeEach(() => {
  on = machine();
});
afterEach(() => on.remove());

const XDG = ['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => `XDG_${name}_HOME`);
const withoutXdg = Object.fromEntries(XDG.map((name) => [name, undefined]));

describe('a home', () => {
  const homes: [string, string | undefined][] = [
    ['that is not set', undefined],
    ['that is empty', ''],
    ['that is not there', '/nonexistent/home'],
    ['that is below /proc', '/proc'],
    ['that is below a process', '/proc/self/x'],
    ['that is no directory', '/dev/null'],
    ['that is relative', 'home'],
  ];
  test.each(homes)('%s does not matter to a statement on a server', async (_what, home) => {
    const env = { ...withoutXdg, HOME: home };
    const args = ['sql', 'select 1 as a', '--db', database.url, '-F', 'csv'];
    expect(await run(args, { on, env })).toMatchObject({ code: 0, stdout: 'a\n1\n', stderr: '' });
  });

  test.each(homes.filter(([, home]) => /^\/(proc|dev)/.test(home ?? '')))(
    '%s ends what needs one, soon and in words',
    async (_what, home) => {
      const env = { ...withoutXdg, HOME: home };
      for (const args of [
        ['how many orders'],
        ['db', 'add', 'x', 'postgres://x@localhost/x', '--user'],
      ]) {
        const { code, signal, stderr } = await run(args, { on, env });
        expect({ signal, stderr }).toEqual({
          signal: null,
          stderr: expect.stringMatching(/^pgask: /m),
        });
        expect(stderr).not.toMatch(/internal error|\n {4}at /);
        expect([1, 2]).toContain(code);
      }
    },
  );

  test.each(['/proc', '/dev/null'])(
    '%s keeps no answer back: it is not remembered, or the session is refused first',
    async (home) => {
      const env = { ...withoutXdg, HOME: home };
      const args = ['how many fruit are there', '--db', database.url, '-F', 'csv'];
      const { code, stdout, stderr } = await run(args, { on, env });
      if (code === 0) {
        expect(stdout).toMatch(/^\w+\n0\n$/);
        expect(stderr).toMatch(/warning: this turn is not remembered: /);
      } else {
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      }
      const none = await run([...args, '--session', 'none'], { on, env });
      expect(none.code).toBe(0);
    },
  );
});

const noEntry = missingRoot() ?? missing('setpriv');
(noEntry === undefined ? test : test.skip)(
  noEntry ?? 'a user without a home, or an entry anywhere, reads from a server',
  async () => {
    const { code, stdout, stderr } = await shell(
      `chmod 755 . && cd / && env -u HOME setpriv --reuid 54321 --clear-groups "$NODE" "$PROGRAM" sql 'select 1 as a' --db $DB -F csv`,
      { on, env: { ...withoutXdg, DB: database.url } },
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'a\n1\n', stderr: '' });
  },
);

describe('a working directory that was removed', () => {
  const inGone = (line: string) =>
    shell(`mkdir gone; cd gone; rmdir ../gone; ${line}`, { on, env: { DB: database.url } });

  test('is no obstacle to what does not need it', async () => {
    const { code, stdout, stderr } = await inGone(
      `pgask sql 'select 1 as a' --db $DB -F csv && pgask sql 'select 2 as b' --db $DB -F csv -o "$HOME/b.csv" && cat "$HOME/b.csv" && pgask sessions list -F csv`,
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^a\n1\nb\n2\nsession,/),
      stderr: '',
    });
  });

  test('is told where something is to be written there', async () => {
    const { code, stderr } = await inGone(`pgask sql 'select 1' --db $DB -o x.csv`);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^pgask: x\.csv can't be written: there is no such directory\n/,
      ),
    });
  });
});

describe('a clock that is moved', () => {
  const why = missing('faketime');
  const moved = why === undefined ? test : test.skip;
  let library = '';
  beforeAll(() => {
    if (why !== undefined) return;
    const told = spawnSync('faketime', ['-f', '+0', 'sh', '-c', 'echo $LD_PRELOAD']);
    library = String(told.stdout).trim();
  });

  /** `offset` as faketime takes it: `+2h`, `-400d`. A clock that only goes on is left alone. */
  const at = (offset: string) => ({
    LD_PRELOAD: library,
    FAKETIME: offset,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  });
  const ask = (words: string, offset: string) =>
    run([words, '--db', database.url, '-F', 'csv'], { on, env: at(offset) });

  moved(
    why ?? 'lets a session expire, forwards and backwards, and a small error does not matter',
    async () => {
      const continued = /^continuing the session/m;
      expect((await ask('how many fruit are there', '+0')).stderr).not.toMatch(continued);
      expect((await ask('how many fruit are there', '-5m')).stderr).toMatch(continued);
      expect((await ask('how many fruit are there', '+30m')).stderr).toMatch(continued);
      expect((await ask('how many fruit are there', '+3h')).stderr).not.toMatch(continued);
      // What was said in a time to come is as good as old.
      expect((await ask('how many fruit are there', '-400d')).stderr).not.toMatch(continued);
      expect((await ask('how many fruit are there', '-400d')).stderr).toMatch(continued);
    },
    60_000,
  );

  moved(
    why ?? 'takes no lock from a process that lives',
    async () => {
      const slow = 'select count(*) from generate_series(1, 20000000)';
      const first = start(['sql', slow, '-F', 'csv', '--timeout', '60s'], {
        on,
        timeoutMs: 60_000,
      });
      const lockIsThere = () => {
        try {
          return readdirSync(join(on.home, 'data/pgask')).some((name) => name.endsWith('.lock'));
        } catch {
          return false;
        }
      };
      while (!lockIsThere()) await delay(10);
      for (const offset of ['+400d', '-400d']) {
        const env = { ...at(offset), PGASK_LOCK_TIMEOUT_MS: '300' };
        const second = await run(['sql', 'select 1'], { on, env });
        expect(second).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('locked by process'),
        });
      }
      expect(await first.finished).toMatchObject({ code: 0, stdout: 'count\n20000000\n' });
    },
    60_000,
  );

  moved(
    why ?? 'in the middle of a run makes no time limit fire',
    async () => {
      const file = join(on.home, 'faketime');
      const env = {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      };
      for (const offset of ['+2d', '-2d']) {
        writeFileSync(file, '+0');
        const args = ['sql', 'select pg_sleep(2)', '--db', database.url, '-F', 'csv'];
        const statement = start(args, { on, env });
        const chat = await startChatServer();
        chat.reply(
          { headersAfterMs: 1500, calls: [{ name: 'get_schema', input: {} }] },
          { calls: [{ name: 'answer', input: { sql: 'select 1 as a', text: 'one' } }] },
        );
        const model = {
          OPENAI_BASE_URL: chat.url,
          OPENAI_API_KEY: 'key-of-a-test',
          OPENAI_MODEL: 'm',
        };
        const request = start(['x y', '--db', database.url, '-F', 'csv', '--session', 'none'], {
          on,
          env: { ...env, ...model },
        });
        while (chat.requests.length === 0) await delay(20);
        writeFileSync(file, offset);
        expect(await statement.finished).toMatchObject({ code: 0, stderr: '' });
        expect(await request.finished).toMatchObject({ code: 0, stdout: 'a\n1\n' });
        await chat.close();
      }
    },
    60_000,
  );
});

test('a directory of sessions that was taken away while a request ran is made again', async () => {
  const state = join(on.home, 'state/pgask');
  mkdirSync(state, { recursive: true });
  const args = ['how many fruit are there', '--db', database.url, '-F', 'csv'];
  const { finished } = start(args, { on });
  rmSync(state, { recursive: true });
  expect(await finished).toMatchObject({ code: 0 });
  expect(readdirSync(join(state, 'sessions'))).toHaveLength(1);
});
