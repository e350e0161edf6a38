/** A change is approved by a person at a real terminal, by flags, or not at all. */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { type Machine, machine, noTerminal, run, runInTerminal } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let sql: postgres.Sql;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: ['create table boats (id int primary key, name text, n int not null default 0)'],
  });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  on = machine();
}, 60_000);
beforeEach(async () => {
  await sql`truncate boats`;
  await sql`insert into boats select g, 'boat ' || g from generate_series(1, 5) g`;
});
afterAll(async () => {
  on.remove();
  await sql.end();
  await database.drop();
});

const skipped = noTerminal();
const describeAtTerminal = skipped === undefined ? describe : describe.skip;

type Options = Parameters<typeof runInTerminal>[1];

async function atTerminal(text: string, options: Options = {}, more: readonly string[] = []) {
  const args = ['sql', text, '--allow', 'write', ...more, '--db', database.url];
  const finished = await runInTerminal(args, { on, ...options });
  const raw = finished.stdout.replaceAll('\r\n', '\n');
  return { ...finished, raw, stdout: raw.replace(/\x1b\[3[19]m/g, '') };
}

const written = async () =>
  (await sql<{ id: number }[]>`select id from boats where n <> 0 order by id`).map(({ id }) => id);
const open = async () =>
  await sql`select pid, state from pg_stat_activity where datname = current_database()
    and application_name = 'pgask' and state <> 'idle'`;

/** An editor that runs a line of shell with the file as $1. */
function editor(line: string): string {
  const path = join(on.home, `editor-${Math.random()}`);
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
  return path;
}

const UPDATE = 'update boats set n = 1 where id <= 2';
const ASKED = /apply this\? \[y\/N\/edit\] $/;

describeAtTerminal(`a person at a terminal ${skipped ?? ''}`, () => {
  test('sees the database, the role, the statement and its rows, and says yes', async () => {
    const { stdout, code } = await atTerminal(UPDATE, { answers: [{ to: ASKED, type: 'y\n' }] });
    expect(stdout).toContain(
      'role postgres, effect write\n\n  | update boats set n = 1 where id <= 2\n  UPDATE: 2 rows\n  ~ id: 1, n: 0 → 1\n',
    );
    expect(stdout).toMatch(/UPDATE 2\n$/);
    expect(code).toBe(0);
    expect(await written()).toEqual([1, 2]);
  });

  test.each([
    ['n', 'n\n'],
    ['nothing', '\n'],
    ['something else', 'yess\n'],
    ['Ctrl-D', '\x04'],
  ])('says %s: nothing is changed', async (_, type) => {
    const { stdout, code } = await atTerminal(UPDATE, { answers: [{ to: ASKED, type }] });
    expect(stdout).toContain('pgask: refused: it was not approved\n');
    expect(code).toBe(3);
    expect(await written()).toEqual([]);
  });

  test('presses Ctrl-C: nothing is changed, and nothing is said', async () => {
    const { stdout, code } = await atTerminal(UPDATE, { answers: [{ to: ASKED, type: '\x03' }] });
    expect(stdout.split('[y/N/edit]')[1]).not.toContain('pgask');
    expect(code).toBe(130);
    expect(await written()).toEqual([]);
    expect(await open()).toEqual([]);
  });

  test('has no transaction open while thinking', async () => {
    let seen: unknown;
    const thinking = (async () => {
      for (;;) {
        const rows = await sql`select state, xact_start from pg_stat_activity
          where datname = current_database() and application_name = 'pgask' and query ilike 'rollback'`;
        if (rows.length > 0) {
          seen = rows;
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const { code } = await atTerminal(UPDATE, {
      env: { EDITOR: editor('sleep 1') },
      answers: [
        { to: ASKED, type: 'e\n' },
        { to: ASKED, type: 'n\n' },
      ],
    });
    await thinking;
    expect(seen).toEqual([{ state: 'idle', xact_start: null }]);
    expect(code).toBe(3);
  });

  test('edits it: what comes back is previewed and asked for anew', async () => {
    const { stdout, code } = await atTerminal(UPDATE, {
      env: { EDITOR: editor(`ls -ld "$1" "$(dirname "$1")" >&2; sed -i 's/<= 2/= 4/' "$1"`) },
      answers: [
        { to: ASKED, type: 'edit\n' },
        { to: ASKED, type: 'yes\n' },
      ],
    });
    expect(stdout).toMatch(/drwx------ .*\n-rw------- .*\.sql\n/);
    expect(stdout).toContain('  | update boats set n = 1 where id = 4\n  UPDATE: 1 row\n');
    expect(code).toBe(0);
    expect(await written()).toEqual([4]);
    expect(readdirSync(join(on.home, 'tmp')).filter((name) => name.includes('edit'))).toEqual([]);
    const journal = readFileSync(join(on.home, 'state/pgask/journal.jsonl'), 'utf8');
    expect(JSON.parse(journal.trim().split('\n').at(-1)!)).toMatchObject({
      statements: ['update boats set n = 1 where id = 4'],
      state: 'applied',
    });
  });

  test.each([
    ['leaves it as it was', 'true', /it is as it was/],
    ['fails', 'exit 3', /pgask: the editor ended with exit code 3: /],
    ['takes the file away', 'rm "$1"', /pgask: the editor has left no file behind/],
    ['is killed', 'kill -9 $$', /the editor ended with (SIGKILL|exit code 137): /],
    [
      'writes what is no UTF-8',
      `printf '\\377' > "$1"`,
      /pgask: what the editor has left is not UTF-8/,
    ],
  ])('has an editor that %s, and is asked again', async (_, line, told) => {
    const { stdout, code } = await atTerminal(UPDATE, {
      env: { EDITOR: 'never', VISUAL: editor(line) },
      answers: [
        { to: ASKED, type: 'e\n' },
        { to: ASKED, type: 'y\n' },
      ],
    });
    expect(stdout).toMatch(told);
    expect(code).toBe(0);
    expect(await written()).toEqual([1, 2]);
  });

  test('has an editor that is not there', async () => {
    const { stdout, code } = await atTerminal(UPDATE, {
      env: { EDITOR: '/nowhere/vi -x' },
      answers: [
        { to: ASKED, type: 'e\n' },
        { to: ASKED, type: 'n\n' },
      ],
    });
    expect(stdout).toMatch(/pgask: the editor ended with exit code 127.*: \/nowhere\/vi -x\n/);
    expect(code).toBe(3);
  });

  test('leaves nothing of it: not approved', async () => {
    const { stdout, code } = await atTerminal(UPDATE, {
      env: { EDITOR: editor(`: > "$1"`) },
      answers: [{ to: ASKED, type: 'e\n' }],
    });
    expect(stdout).toContain('pgask: refused: it was not approved: nothing is left of it\n');
    expect(code).toBe(3);
    expect(await written()).toEqual([]);
  });

  test.each([
    ['beyond the grant', 'drop table boats', /refused: .*--allow write does not reach it/],
    [
      'that is wrong',
      'update boats set m = 1 where id = 1',
      /column "m" of relation "boats" does not exist/,
    ],
    ['that is no SQL', 'updat', /syntax error/],
    ['that reaches every row', 'delete from boats', /--allow write does not reach it/],
  ])('edits it into something %s, is told, and edits again', async (_, text, told) => {
    const { stdout, code } = await atTerminal(UPDATE, {
      env: {
        // The second time it finds its own text.
        EDITOR: editor(
          `if grep -q '<= 2' "$1"; then echo '${text}' > "$1"; else echo 'update boats set n = 3 where id = 5' > "$1"; fi`,
        ),
      },
      answers: [
        { to: ASKED, type: 'e\n' },
        { to: /edit it again\? \[y\/N\] $/, type: 'y\n' },
        { to: ASKED, type: 'y\n' },
      ],
    });
    expect(stdout).toMatch(told);
    expect(code).toBe(0);
    expect(await written()).toEqual([5]);
  });

  test('an admin change wants the name typed', async () => {
    const ask = (type: string) =>
      atTerminal(
        'delete from boats',
        { answers: [{ to: /type boats to apply this.*: $/, type }] },
        ['--allow', 'admin'],
      );
    for (const wrong of ['y\n', 'yes\n', 'boat\n', '\n', '\x04']) {
      expect(await ask(wrong)).toMatchObject({ code: 3 });
    }
    expect(await sql`select from boats`).toHaveLength(5);
    expect(await ask('boats\n')).toMatchObject({ code: 0 });
    expect(await sql`select from boats`).toHaveLength(0);
  });

  test('a name that is an answer is quoted', async () => {
    await sql`create table if not exists no (id int)`;
    const ask = (type: string) =>
      atTerminal('drop table no', { answers: [{ to: /type "no" to apply this.*: $/, type }] }, [
        '--allow',
        'admin',
      ]);
    expect(await ask('no\n')).toMatchObject({ code: 3 });
    expect(await ask('"no"\n')).toMatchObject({ code: 0 });
  });

  test('sees what is in the text, and no statement looks like a preview', async () => {
    const evil = `update boats set name = 'x\x1b[2J\u202e' where id = 1 /*\n  UPDATE: 0 rows\napply this? [y/N] \x1b[8m*/`;
    const { stdout } = await atTerminal(evil, { answers: [{ to: ASKED, type: 'n\n' }] });
    expect(stdout).toContain('\n  |   UPDATE: 0 rows\n  | apply this? [y/N] ');
    expect(stdout).not.toMatch(/\x1b\[(2J|8m)|\u202e/);
  });

  test('sees the whole of a long statement', async () => {
    const ids = Array.from({ length: 3000 }, (_, i) => `\n  ${i + 100000}`).join(',');
    const { stdout } = await atTerminal(`update boats set n = 1 where id in (${ids})`, {
      answers: [{ to: ASKED, type: 'n\n' }],
    });
    for (const id of [100000, 101500, 102999]) expect(stdout).toContain(`  |   ${id}`);
  });

  test('is asked under --quiet, and not under --no-input', async () => {
    const quiet = await atTerminal(UPDATE, { answers: [{ to: ASKED, type: 'n\n' }] }, ['--quiet']);
    expect(quiet.stdout).toContain('  | update boats');
    const never = await atTerminal(UPDATE, {}, ['--no-input']);
    expect(never.stdout).toContain('nobody has approved UPDATE, and nobody can be asked');
    expect(never.code).toBe(3);
    expect(await written()).toEqual([]);
  });

  test('approves what was previewed, and not what has become of it', async () => {
    const [begun, over] = [join(on.home, 'begun'), join(on.home, 'over')];
    const meanwhile = (async () => {
      while (!existsSync(begun)) await new Promise((resolve) => setTimeout(resolve, 20));
      await sql`insert into boats values (9, 'boat 9')`;
      writeFileSync(over, '');
    })();
    const { stdout, code } = await atTerminal('update boats set n = 1 where name like $$boat%$$', {
      env: { EDITOR: editor(`touch ${begun}; while [ ! -e ${over} ]; do sleep 0.05; done`) },
      answers: [
        { to: ASKED, type: 'e\n' },
        { to: ASKED, type: 'y\n' },
      ],
    });
    await meanwhile;
    expect(stdout).toMatch(/approved for 5 rows, and would now change 6 rows; it was rolled back/);
    expect(code).toBe(3);
    expect(await written()).toEqual([]);
  });
});

describe('without a terminal', () => {
  test.each([
    ['nothing', { type: 'closed' } as const],
    ['an open pipe', { type: 'open' } as const],
    ['y', 'y\n'],
  ])('and %s on stdin nothing is executed', async (_, stdin) => {
    const { stdout, stderr, code } = await run(
      ['sql', UPDATE, '--allow', 'write', '--db', database.url],
      { on, stdin },
    );
    expect(stdout).toBe('');
    expect(stderr).toContain('nobody has approved UPDATE, and nobody can be asked');
    expect(code).toBe(3);
    expect(await written()).toEqual([]);
  });

  test('--yes approves, and an admin change wants --confirm before anything is executed', async () => {
    const args = ['sql', 'delete from boats', '--allow', 'admin', '--yes', '--db', database.url];
    for (const more of [[], ['--confirm', 'boat']]) {
      const { stderr, code } = await run([...args, ...more], { on });
      expect(stderr).toContain('hint: add --confirm "boats"');
      expect(code).toBe(3);
    }
    expect(await run([...args, '--confirm', 'boats'], { on })).toMatchObject({
      stdout: 'DELETE 5\n',
      code: 0,
    });
  });
});
