import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { privateServer, type PrivateServer } from '../support/private-server.js';
import { start } from '../support/program.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { failed, own, SECRET, sleepers, sql } from './told.js';

let server: PrivateServer;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  server = await privateServer({ max_connections: '12' });
  await server.run(`create role alice login password '${SECRET}'`);
  await server.run('create role bob login connection limit 1');
  server.hba([
    'host all alice 127.0.0.1/32 scram-sha-256',
    'host all postgres,bob,nobody 127.0.0.1/32 trust',
  ]);
  await server.run('select pg_reload_conf()');
}, 60_000);
afterAll(() => server?.remove());
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function proxied(
  ...forecast: Parameters<typeof openProxy> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Proxy> {
  const proxy = await openProxy(server, ...forecast);
  closing.push(() => proxy.close());
  return proxy;
}

async function listening(act: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const listener: Server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    act(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => listener.close(resolve));
  });
  return `postgres://alice:${encodeURIComponent(SECRET)}@127.0.0.1:${(listener.address() as { port: number }).port}/x`;
}

describe('no connection is exit 2 with a sentence and a hint', () => {
  const url = (user: string, password?: string) => server.url('postgres', user, password);

  test('nobody listens', async () => {
    failed(await sql('postgres://x@127.0.0.1:1/x'), 2, /no server is listening at 127\.0\.0\.1:1/);
  });

  test('a wrong password', async () => {
    const error = failed(
      await sql(url('alice', `${SECRET}x`)),
      2,
      /password authentication failed for user "alice"/,
    );
    expect(error.sqlstate).toBe('28P01');
  });

  test('no password, and nobody who could be asked', async () => {
    const error = failed(await sql(url('alice')), 2, /asks for the password of alice/);
    expect(error.hint).toMatch(/PGPASSWORD.*pgpass/);
  });

  test('an unknown database', async () => {
    const error = failed(await sql(server.url('nope')), 2, /"nope" does not exist/);
    expect(error).toMatchObject({ sqlstate: '3D000', code: 'connection' });
  });

  test('an unknown role', async () => {
    failed(await sql(url('nobody')), 2, /role "nobody" does not exist/);
  });

  test('no line in pg_hba.conf', async () => {
    const error = failed(await sql(url('mallory')), 2, /no pg_hba\.conf entry/);
    expect(error.hint).toMatch(/pg_hba\.conf/);
  });

  test('and nobody is asked twice: a refusal costs one connection', async () => {
    const proxy = await proxied();
    failed(await sql(proxy.url(url('mallory'))), 2, /no pg_hba\.conf entry/);
    expect(proxy.connections).toBe(1);
    failed(await sql(proxy.url(url('alice', 'wrong'))), 2, /password authentication failed/);
    expect(proxy.connections).toBe(2);
  });

  test('too many connections of a role, and of the server', async () => {
    const first = start(['sql', 'select pg_sleep(30)', '--db', url('bob')], { on: own() });
    closing.push(() => first.child.kill('SIGKILL'));
    await sleepers(server, 'pg_sleep(30)');
    failed(await sql(url('bob')), 2, /too many connections for role "bob"/);
    await server.run('alter system set reserved_connections = 0').catch(() => undefined);
    const others: { kill(signal: 'SIGKILL'): boolean }[] = [];
    for (let i = 0; i < 12; i++) {
      const one = start(['sql', 'select pg_sleep(30)', '--db', url('postgres')], { on: own() });
      others.push(one.child);
      closing.push(() => one.child.kill('SIGKILL'));
    }
    for (let tries = 0; ; tries++) {
      const finished = await sql(url('alice', SECRET));
      if (finished.code === 0 && tries < 20) continue;
      const error = failed(finished, 2, /connection slots|too many clients/);
      expect(error).toMatchObject({ sqlstate: '53300' });
      expect(error.hint).toMatch(/try again/);
      break;
    }
    // All are to be gone before the next test.
    for (const child of others) child.kill('SIGKILL');
    first.child.kill('SIGKILL');
    for (let tries = 0; tries < 100 && (await sessions()) > 0; tries++) await sleep(50);
  }, 60_000);

  test('a server that shuts down, or starts up', async () => {
    const other = await privateServer();
    closing.push(() => other.remove());
    const holds = start(['sql', 'select pg_sleep(30)', '--db', other.url()], { on: own() });
    closing.push(() => holds.child.kill('SIGKILL'));
    for (;;) {
      const [row] = await other.run(
        "select count(*)::int as n from pg_stat_activity where query like '%pg_sleep(30)%' and state = 'active' and pid <> pg_backend_pid()",
      );
      if (row?.['n'] === 1) break;
      await sleep(20);
    }
    process.kill(other.pid!, 'SIGTERM');
    await sleep(200);
    const error = failed(await sql(other.url()), 2, /is shutting down/);
    expect(error.sqlstate).toBe('57P03');
    holds.child.kill('SIGKILL');
    await other.stop();
    failed(await sql(other.url()), 2, /no server is listening/);
    // A standby that takes no queries answers as a server does that is starting up.
    const starting = await other.copy({ hot_standby: 'off' });
    closing.push(() => starting.remove());
    starting.file('standby.signal', '');
    await starting.start({ waits: false });
    for (let tries = 0; ; tries++) {
      const finished = await sql(starting.url());
      if (/no server is listening/.test(finished.stderr) && tries < 50) continue;
      expect(failed(finished, 2, /starting up|not (yet )?accepting connections/).sqlstate).toBe(
        '57P03',
      );
      break;
    }
  }, 60_000);

  test.each([
    ['an HTTP server', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['garbage', Buffer.from([0, 1, 2, 3, 255, 254, 10, 0, 0, 0, 0, 0])],
    ['a message that no server sends', Buffer.from('T\0\0\0\u0006\0\0')],
    ['a torn message', Buffer.from('R\0\0')],
  ])('%s is told from a PostgreSQL server', async (_name, answer) => {
    for (const mode of ['disable', 'prefer']) {
      const db = await listening((socket) => socket.once('data', () => socket.end(answer)));
      const error = failed(
        await sql(`${db}?sslmode=${mode}`),
        2,
        /did not answer as PostgreSQL does|closed the connection/,
      );
      expect(error.hint).toMatch(/port|PostgreSQL server/);
    }
  });

  test('something that takes connections and says nothing, in time', async () => {
    const db = await listening(() => undefined);
    const finished = await sql(`${db}?connect_timeout=2`);
    failed(finished, 2, /no answer from 127\.0\.0\.1:\d+ within 2 s/);
    expect(finished.durationMs).toBeLessThan(6000);
  });

  test('and what needs no server does not wait for it: a refused statement, Ctrl-C', async () => {
    const db = await listening(() => undefined);
    const refused = await sql(db, 'drop table x');
    expect(refused).toMatchObject({ code: 3 });
    expect(refused.durationMs).toBeLessThan(5000);
    const running = start(['sql', 'select 1', '--db', db], { on: own() });
    await sleep(1000);
    const since = performance.now();
    running.child.kill('SIGINT');
    expect(await running.finished).toMatchObject({ code: 130, stdout: '' });
    expect(performance.now() - since).toBeLessThan(1500);
  });

  test.each([0, 1, 9, 20, 60, 200, 330])(
    'a connection that is cut after %i bytes of authentication',
    async (afterBytes) => {
      const proxy = await proxied({ toClient: { type: 'cut', afterBytes } });
      const finished = await sql(`${proxy.url(url('alice', SECRET))}?sslmode=disable`);
      failed(finished, 2, /closed the connection|connection was not made/);
    },
  );

  test('a reset, too', async () => {
    const proxy = await proxied({ toClient: { type: 'cut', afterBytes: 9, how: 'reset' } });
    failed(await sql(proxy.url(url('alice', SECRET))), 2, /closed the connection/);
  });

  test('a server that stopped in the middle of authentication, in time', async () => {
    const proxy = await proxied({ toClient: { type: 'swallow', afterBytes: 40 } });
    const finished = await sql(`${proxy.url(url('alice', SECRET))}?connect_timeout=2`);
    failed(finished, 2, /no answer from .* within 2 s/);
    expect(finished.durationMs).toBeLessThan(6000);
  });

  test('TLS that is wanted and not there', async () => {
    failed(
      await sql(`${url('alice', SECRET)}?sslmode=require`),
      2,
      /does not offer TLS, and sslmode is require/,
    );
  });

  test('a frozen postmaster: the kernel connects, and nobody answers', async () => {
    process.kill(server.pid!, 'SIGSTOP');
    try {
      const finished = await sql(`${url('postgres')}?connect_timeout=2`);
      failed(finished, 2, /no answer from .* within 2 s/);
      expect(finished.durationMs).toBeLessThan(6000);
    } finally {
      process.kill(server.pid!, 'SIGCONT');
    }
  });

  test('several hosts, each with its own reason', async () => {
    const db = `postgres://x@127.0.0.1:1,127.0.0.1:2/x`;
    failed(await sql(db), 2, /no server is listening at 127\.0\.0\.1:1; .*127\.0\.0\.1:2/);
  });
});

async function sessions(): Promise<number> {
  try {
    const [row] = await server.run(
      "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    return Number(row!['n']);
  } catch {
    return 99;
  }
}
