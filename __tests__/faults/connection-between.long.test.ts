/** What stands between the program and a server: a pooler, a standby, several hosts, a network in small pieces. */
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bouncer, noBouncer, openBouncer } from '../support/bouncer.js';
import { privateServer, type PrivateServer } from '../support/private-server.js';
import { run } from '../support/program.js';
import { openProxy } from '../support/proxy.js';

const FORMATS = ['table', 'csv', 'json', 'jsonl'];
const MIXED = `select g as id, g::numeric / 3 as third, 'text ' || g as words, now() - now() as nothing,
  array[g, null] as list, case when g % 7 = 0 then null else repeat(chr(228), g % 50) end as umlauts,
  json_build_object('a', g) as doc, timestamptz '2026-01-01 00:00+00' + g * interval '1 minute' as moment
  from generate_series(1, 300) g`;

let primary: PrivateServer;
let standby: PrivateServer;
beforeAll(async () => {
  primary = await privateServer({ wal_level: 'replica' });
  await primary.run('create table kept as select 42 as answer');
  await primary.stop('SIGINT');
  standby = await primary.copy();
  standby.file('standby.signal', '');
  await Promise.all([primary.start(), standby.start()]);
}, 60_000);
afterAll(async () => {
  await standby?.remove();
  await primary?.remove();
});

const sql = (db: string, statement: string, ...args: string[]) =>
  run(['sql', statement, '--db', db, ...args]);

const without = noBouncer();
const pooled = without === undefined ? describe : describe.skip;

pooled(`pgbouncer in transaction mode${without === undefined ? '' : ` (${without})`}`, () => {
  let bouncer: Bouncer;
  beforeAll(async () => {
    bouncer = await openBouncer(primary);
  });
  afterAll(() => bouncer?.remove());

  test.each(FORMATS)('gives the same %s as the server itself', async (format) => {
    const direct = await sql(primary.url(), MIXED, '-F', format);
    const there = await sql(bouncer.url(), MIXED, '-F', format);
    expect(direct.code).toBe(0);
    expect(there).toMatchObject({ code: 0, stdout: direct.stdout });
  });

  test('serves two programs in turns over one session, and leaves nothing of one to the other', async () => {
    const turns = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        sql(
          bouncer.url(),
          `select ${i} as turn, pg_sleep(0.05) is null as slept, current_setting('statement_timeout') as t`,
          '-F',
          'csv',
          '--timeout',
          `${10 + i}s`,
        ),
      ),
    );
    for (const [i, { code, stdout }] of turns.entries()) {
      expect({ code, stdout }).toEqual({ code: 0, stdout: `turn,slept,t\n${i},f,${10 + i}s\n` });
    }
    const [after] = await primary.run(
      "select count(*)::int as n from pg_stat_activity where state like 'idle in%'",
    );
    expect(after).toEqual({ n: 0 });
  });

  test('takes what is no query to COPY, an answer from a request, and a statement that fails', async () => {
    expect(await sql(bouncer.url(), 'show server_version', '-F', 'csv')).toMatchObject({ code: 0 });
    expect(await sql(bouncer.url(), 'select 1/0')).toMatchObject({ code: 1 });
    const { code, stdout } = await run(['schema', '--db', bouncer.url()]);
    expect({ code, has: stdout.includes('kept') }).toEqual({ code: 0, has: true });
    const asked = await run([
      'how many kept',
      '--db',
      bouncer.url(),
      '-F',
      'csv',
      '--session',
      'none',
    ]);
    expect({ code: asked.code, stdout: asked.stdout }).toEqual({ code: 0, stdout: 'kepts\n1\n' });
  });

  test('passes a cancel on: --timeout ends a long statement', async () => {
    const { code, durationMs } = await sql(bouncer.url(), 'select pg_sleep(20)', '--timeout', '1s');
    expect(code).toBe(6);
    expect(durationMs).toBeLessThan(6000);
    expect(await sql(bouncer.url(), 'select 1 as one', '-F', 'csv')).toMatchObject({
      stdout: 'one\n1\n',
    });
  });

  test('is asked for the state of its server where target_session_attrs wants to know', async () => {
    const db = `${bouncer.url()}?target_session_attrs=`;
    expect(await sql(`${db}read-write`, 'select 1 as one', '-F', 'csv')).toMatchObject({ code: 0 });
    expect(await sql(`${db}primary`, 'select 1 as one', '-F', 'csv')).toMatchObject({ code: 0 });
    const refused = await sql(`${db}standby`, 'select 1');
    expect(refused.stderr).toMatch(/is a primary, and target_session_attrs is standby/);
  });

  test('says what to do about a setting that it does not take', async () => {
    const { code, stderr } = await run(['sql', 'select 1', '--db', bouncer.url()], {
      env: { PGGEQO: 'off' },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/unsupported startup parameter: geqo[^]*ignore_startup_parameters/);
  });
});

describe('a hot standby', () => {
  test('is read from, in every format', async () => {
    expect(
      await sql(standby.url(), 'select pg_is_in_recovery() as standby', '-F', 'csv'),
    ).toMatchObject({ code: 0, stdout: 'standby\nt\n' });
    for (const format of FORMATS) {
      const direct = await sql(primary.url(), MIXED, '-F', format);
      expect(await sql(standby.url(), MIXED, '-F', format)).toMatchObject({
        code: 0,
        stdout: direct.stdout,
      });
    }
    const { stdout } = await run(['schema', '--db', standby.url()]);
    expect(stdout).toContain('kept');
  });

  const both = (attrs: string, more = '') =>
    `host=127.0.0.1,127.0.0.1 port=${standby.port},${primary.port} user=postgres target_session_attrs=${attrs} ${more}`;

  test.each([
    ['any', true],
    ['read-write', false],
    ['read-only', true],
    ['primary', false],
    ['standby', true],
    ['prefer-standby', true],
  ])('target_session_attrs=%s finds the right one of two', async (attrs, expected) => {
    const { stdout, code } = await sql(
      both(attrs),
      'select pg_is_in_recovery() as standby',
      '-F',
      'csv',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: `standby\n${expected ? 't' : 'f'}\n` });
  });

  test('prefer-standby takes a primary where there is no other', async () => {
    const db = `${primary.url()}?target_session_attrs=prefer-standby`;
    expect(await sql(db, 'select 1 as one', '-F', 'csv')).toMatchObject({ code: 0 });
  });

  test('that is alone and not what is wanted is exit 2, with the reason', async () => {
    const { code, stderr } = await sql(
      `${standby.url()}?target_session_attrs=read-write`,
      'select 1',
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/127\.0\.0\.1:\d+ is read-only, and target_session_attrs is read-write/);
  });

  test('a primary whose sessions are read-only by default is none to write to', async () => {
    const options = "options='-c default_transaction_read_only=on'";
    const { code } = await sql(`${both('read-write')} ${options}`, 'select 1');
    expect(code).toBe(2);
  });

  test('load_balance_hosts=random uses them all in time', async () => {
    const seen = new Set<string>();
    for (let i = 0; i < 30 && seen.size < 2; i++) {
      const { stdout } = await sql(
        both('any', 'load_balance_hosts=random'),
        'select pg_is_in_recovery() as s',
        '-F',
        'csv',
      );
      seen.add(stdout);
    }
    expect(seen.size).toBe(2);
  }, 60_000);
});

describe('a proxy that forwards one byte at a time', () => {
  test.each(FORMATS)('gives the same %s', async (format) => {
    const proxy = await openProxy(primary, {
      toClient: { type: 'dribble' },
      toServer: { type: 'dribble' },
    });
    const direct = await sql(primary.url(), MIXED, '-F', format);
    const there = await sql(proxy.url(primary.url()), MIXED, '-F', format);
    await proxy.close();
    expect(direct.code).toBe(0);
    expect(there).toMatchObject({ code: 0, stdout: direct.stdout });
  });

  test('gives the same error', async () => {
    const proxy = await openProxy(primary, { toClient: { type: 'dribble' } });
    const direct = await sql(primary.url(), 'select nope from kept');
    const there = await sql(proxy.url(primary.url()), 'select nope from kept');
    await proxy.close();
    expect(there).toMatchObject({ code: 1, stderr: direct.stderr });
  });
});

test('a slow network is no error, and costs a round trip for each question', async () => {
  const proxy = await openProxy(primary, { toClient: { type: 'delay', ms: 100 } });
  const { code, stdout } = await sql(
    proxy.url(primary.url()),
    'select answer from kept',
    '-F',
    'csv',
  );
  await proxy.close();
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'answer\n42\n' });
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('an abstract socket serves as a host, written with an @', async () => {
  const name = `@pgask-test-${process.pid}`;
  const listener = createServer((client) => {
    const there = connect({ host: primary.host, port: primary.port });
    for (const socket of [client, there]) socket.on('error', () => undefined);
    client.pipe(there).pipe(client);
  });
  await new Promise<void>((resolve) => {
    listener.listen({ path: `\0${name.slice(1)}/.s.PGSQL.7777` }, resolve);
  });
  const finished = await sql(
    `host=${name} port=7777 user=postgres`,
    'select 1 as one',
    '-F',
    'csv',
  );
  listener.close();
  expect(finished).toMatchObject({ code: 0, stdout: 'one\n1\n' });
});

test('every address of a name is tried', async () => {
  // The server listens on 127.0.0.1 alone; localhost is ::1 as well, and first on many machines.
  const { port } = primary;
  const finished = await sql(
    `host=localhost port=${port} user=postgres`,
    'select 1 as one',
    '-F',
    'csv',
  );
  expect(finished).toMatchObject({ code: 0, stdout: 'one\n1\n' });
  const unknown = await sql('host=no.such.host.invalid', 'select 1');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(/the host no\.such\.host\.invalid is not known/);
  const both = `host=no.such.host.invalid,127.0.0.1 port=${port} user=postgres`;
  expect(await sql(both, 'select 1 as one', '-F', 'csv')).toMatchObject({ code: 0 });
}, 60_000);

test('the environment alone is enough, and its settings reach the session', async () => {
  const env = {
    ...{
      PGHOST: primary.host,
      PGPORT: String(primary.port),
      PGUSER: 'postgres',
      PGDATABASE: 'postgres',
    },
    ...{ PGTZ: 'Asia/Tokyo', PGDATESTYLE: 'German', PGGEQO: 'off', PGOPTIONS: '-c work_mem=5MB' },
    ...{ PGTARGETSESSIONATTRS: 'primary', PGREQUIREAUTH: 'none', PGCLIENTENCODING: 'LATIN1' },
    ...{ PGAPPNAME: 'nightly', PGCONNECT_TIMEOUT: '0' },
  };
  const names = [
    'timezone',
    'datestyle',
    'geqo',
    'work_mem',
    'client_encoding',
    'application_name',
  ];
  const statement = `select ${names.map((name) => `current_setting('${name}') as ${name}`).join(', ')},
    timestamptz '2026-01-01 00:00+00' as moment`;
  const { code, stdout } = await run(['sql', statement, '-F', 'csv'], { env });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `${names.join(',')},moment\nAsia/Tokyo,"German, DMY",off,5MB,UTF8,nightly,01.01.2026 09:00:00 JST\n`,
  });
});

test('a socket directory serves as a host, in a URL too', async () => {
  const { socketDirectory, port } = primary;
  for (const db of [
    `host=${socketDirectory} port=${port} user=postgres`,
    `postgres://postgres@/postgres?host=${socketDirectory}&port=${port}`,
    `postgres://postgres@${encodeURIComponent(socketDirectory)}:${port}/postgres`,
  ]) {
    expect(await sql(db, 'select answer from kept', '-F', 'csv')).toMatchObject({
      code: 0,
      stdout: 'answer\n42\n',
    });
  }
});
