import { afterAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import {
  availableServers,
  serverUrl,
  skippedServers,
  testDatabase,
  testRole,
  testServer,
} from './server.js';

async function query(url: string, sql: string): Promise<unknown> {
  // postgres.js does not decode the database's name in a URL.
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const client = postgres(url, { database, max: 1, fetch_types: false });
  try {
    const [row] = await client.unsafe(sql).values();
    return row?.[0] === undefined ? undefined : String(row[0]);
  } finally {
    await client.end();
  }
}

describe("the suite's own server", () => {
  test('a database holds what its SQL made, and each one is alone', async () => {
    const sql = [
      'create table t (n int); insert into t values (1), (2)',
      'create view v as table t',
    ];
    const [one, two] = await Promise.all([testDatabase({ sql }), testDatabase({ sql })]);
    await query(one.url, 'delete from t');
    expect(await query(one.url, 'select count(*) from v')).toBe('0');
    expect(await query(two.url, 'select count(*) from v')).toBe('2');
    await Promise.all([one.drop(), two.drop()]);
    await expect(query(one.url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
  });

  test('SQL that fails leaves no half-filled template behind', async () => {
    const sql = ['create table t (n int)', 'insert into t values (1/0)'];
    await expect(testDatabase({ sql })).rejects.toMatchObject({ code: '22012' });
    await expect(testDatabase({ sql })).rejects.toMatchObject({ code: '22012' });
  });

  test('a database can have a name that needs quotes', async () => {
    const database = await testDatabase({ name: 'a "b"/c d' });
    expect(await query(database.url, 'select current_database()')).toBe('a "b"/c d');
    await database.drop();
  });

  test.each(['scram', 'md5', 'plain'] as const)(
    'a %s role must give its password',
    async (auth) => {
      const role = await testRole({ auth, password: "it's: @/secret" });
      const { name } = role;
      expect(await query(await serverUrl('postgres', role), 'select current_user')).toBe(name);
      const wrong = await serverUrl('postgres', { name, password: 'wrong' });
      await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
      await role.drop();
    },
  );

  test('any other role is trusted', async () => {
    const role = await testRole();
    const url = await serverUrl('postgres', { name: role.name });
    expect(await query(url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(
      'false',
    );
    await role.drop();
  });

  test('it listens on a socket as well', async () => {
    const { socketDirectory, port } = await testServer();
    const client = postgres({ host: socketDirectory, port, user: 'postgres', max: 1 });
    const [row] = await client`select inet_client_addr() as address`;
    expect(row).toEqual({ address: null });
    await client.end();
  });
});

describe('other servers', () => {
  test.each(availableServers().map(({ name }) => name))('%s starts and answers', async (name) => {
    const { start, version } = availableServers().find((server) => server.name === name)!;
    const server = await start();
    const number = Number(await query(server.url(), 'show server_version_num'));
    expect(Math.floor(number / 10_000)).toBe(version);
    await server.stop();
  });

  test('what is missing is said', () => {
    const system = availableServers().some(({ name }) => name.startsWith('system'));
    expect(skippedServers().some((reason) => reason.startsWith('system'))).toBe(!system);
  });
});

describe('a run that ends', () => {
  const script = `
    const { startSuite } = await import(process.argv[1]);
    const { greeting, end } = await startSuite();
    const { connect } = await import('node:net');
    const socket = connect(greeting.control);
    socket.write(JSON.stringify({ type: 'start', server: greeting.servers[0].name }) + '\\n');
    socket.once('data', async (line) => {
      console.log(JSON.stringify({ control: greeting.control, ...JSON.parse(line).server }));
      if (process.argv[2] === 'end') { socket.destroy(); await end(); }
      else setInterval(() => {}, 1000);
    });`;
  const suite = new URL('./suite.mjs', import.meta.url).href;
  const children: ReturnType<typeof spawn>[] = [];
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

  async function run(how: string) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, suite, how], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines = createInterface({ input: child.stdout });
    const line = await new Promise<string>((resolve) => lines.once('line', resolve));
    const { control, port } = JSON.parse(line) as { control: string; port: number };
    return {
      child,
      scratch: dirname(control),
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    };
  }

  async function expectGone(scratch: string, url: string) {
    const limit = Date.now() + 10_000;
    while (existsSync(scratch) && Date.now() < limit) await sleep(20);
    expect(existsSync(scratch)).toBe(false);
    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }

  test('leaves no server and no file behind', async () => {
    const { child, scratch, url } = await run('end');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(existsSync(scratch)).toBe(false);
    await expectGone(scratch, url);
  });

  test.each(['SIGKILL', 'SIGINT'] as const)('by %s leaves none either', async (signal) => {
    const { child, scratch, url } = await run('wait');
    expect(await query(url, 'select 1')).toBe('1');
    child.kill(signal);
    await expectGone(scratch, url);
  });
});
