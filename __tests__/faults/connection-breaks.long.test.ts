import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { privateServer, type PrivateServer } from '../support/private-server.js';
import { start } from '../support/program.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { failed, own, sleepers, sql } from './told.js';

let server: PrivateServer;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  server = await privateServer();
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

describe('a connection that breaks', () => {
  const ROWS = "select g, repeat('x', 200) as filler from generate_series(1, 300000) g";

  test('in mid-result is exit 1, and the result is visibly broken off', async () => {
    const proxy = await proxied({ toClient: { type: 'cut', afterBytes: 3_000_000 } });
    for (const format of ['csv', 'json', 'jsonl']) {
      const finished = await sql(proxy.url(server.url()), ROWS, { args: ['-F', format] });
      failed(finished, 1, /connection to the database was lost/);
      const rows = finished.stdout.split('\n').length;
      expect(rows).toBeGreaterThan(10);
      expect(rows).toBeLessThan(300_000);
      if (format === 'json') expect(finished.stdout.trimEnd().endsWith(']')).toBe(false);
    }
  });

  test('because nothing is wanted of it any more ends the run at once', async () => {
    // The refusal comes while the session is being opened, at another moment each time.
    for (let i = 0; i < 25; i++) {
      const { code, durationMs } = await sql(server.url(), 'delete from t');
      expect(code).toBe(3);
      expect(durationMs).toBeLessThan(5000);
    }
  }, 60_000);

  test('because its backend was ended before the first row: the read is tried once more', async () => {
    const statement = 'select pg_sleep(1) is null as slept, 42 as answer';
    const running = start(['sql', statement, '--db', server.url(), '-F', 'csv'], { on: own() });
    await sleepers(server, 'pg_sleep(1)');
    await server.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(1)%' and pid <> pg_backend_pid()",
    );
    const { stdout, stderr, code } = await running.finished;
    expect({ stdout, code }).toEqual({ stdout: 'slept,answer\nf,42\n', code: 0 });
    expect(stderr).toMatch(/again/);
  });

  test('because its backend was ended twice: then it is told, and not tried again', async () => {
    const statement = 'select pg_sleep(3) is null as slept';
    const running = start(
      ['sql', statement, '--db', server.url(), '-F', 'csv', '--errors', 'json'],
      { on: own() },
    );
    for (let i = 0; i < 2; i++) {
      await sleepers(server, 'pg_sleep(3)');
      await server.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(3)%' and pid <> pg_backend_pid()",
      );
      await sleep(100);
    }
    const finished = await running.finished;
    expect(
      failed(finished, 1, /terminating connection due to administrator command/).sqlstate,
    ).toBe('57P01');
    expect(finished.stdout).toBe('');
  });

  test('after the first row is exit 1, and nothing is tried again', async () => {
    const proxy = await proxied();
    const running = start(
      [
        'sql',
        ROWS.replace('300000', '3000000'),
        '--db',
        proxy.url(server.url()),
        '-F',
        'csv',
        '--errors',
        'json',
      ],
      { on: own() },
    );
    await new Promise((resolve) => running.child.stdout!.once('readable', resolve));
    await server.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()",
    );
    const connections = proxy.connections;
    const finished = await running.finished;
    // The server says why where its socket still takes it.
    failed(finished, 1, /terminating connection|connection to the database was lost/);
    expect(finished.stdout.split('\n')[0]).toBe('g,filler');
    expect(finished.stderr).not.toMatch(/run again;/);
    expect(proxy.connections).toBeLessThanOrEqual(connections + 1);
  });

  test('because it goes silent: --timeout ends the run with exit 6, cut to the quick', async () => {
    const proxy = await proxied({ toClient: { type: 'swallow', afterBytes: 500_000 } });
    const finished = await sql(proxy.url(server.url()), ROWS, { args: ['--timeout', '2s'] });
    failed(finished, 6, /took longer than 2 s/);
    expect(finished.durationMs).toBeLessThan(9000);
    expect(finished.stdout.length).toBeGreaterThan(1000);
  });

  test.each([
    ['its backend is', 20],
    ['the whole server is', 21],
  ])('because %s frozen: --timeout ends the run, and the program ends', async (who, seconds) => {
    const statement = `select pg_sleep(${seconds}) is null`;
    const limits = ['--timeout', '1s', '--errors', 'json'];
    const running = start(['sql', statement, '--db', server.url(), ...limits], { on: own() });
    const backend = await sleepers(server, `pg_sleep(${seconds})`);
    const frozen = who.startsWith('its') ? [backend] : [server.pid!, backend];
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    try {
      const finished = await running.finished;
      failed(finished, 6, /took longer than 1 s/);
      expect(finished.durationMs).toBeLessThan(9000);
    } finally {
      for (const pid of frozen.reverse()) process.kill(pid, 'SIGCONT');
    }
  });

  test('because the server is restarted: exit 1 where rows were printed, and a working server afterwards', async () => {
    const other = await privateServer();
    closing.push(() => other.remove());
    const running = start(
      [
        'sql',
        ROWS.replace('300000', '3000000'),
        '--db',
        other.url(),
        '-F',
        'csv',
        '--errors',
        'json',
      ],
      { on: own() },
    );
    await new Promise((resolve) => running.child.stdout!.once('readable', resolve));
    await Promise.all([running.finished, other.stop('SIGINT').then(() => other.start())]);
    failed(await running.finished, 1, /terminating connection due to administrator command/);
    expect(await sql(other.url())).toMatchObject({ code: 0, stdout: 'one\n1\n' });
  }, 60_000);

  test('because the server is stopped before the first row, and does not come back: exit 1, with the first reason', async () => {
    const other = await privateServer();
    closing.push(() => other.remove());
    const running = start(
      ['sql', 'select pg_sleep(22)', '--db', other.url(), '-F', 'csv', '--errors', 'json'],
      { on: own() },
    );
    await sleepers(other, 'pg_sleep(22)');
    await other.stop('SIGINT');
    const finished = await running.finished;
    // The server says why where its socket still takes it.
    failed(finished, 1, /terminating connection|connection to the database was lost/);
    expect(finished.stdout).toBe('');
  }, 60_000);

  test('because a server process crashed: the session is lost, and says so', async () => {
    const other = await privateServer({ restart_after_crash: 'on' });
    closing.push(() => other.remove());
    const running = start(
      [
        'sql',
        ROWS.replace('300000', '3000000'),
        '--db',
        other.url(),
        '-F',
        'csv',
        '--errors',
        'json',
      ],
      { on: own() },
    );
    await new Promise((resolve) => running.child.stdout!.once('readable', resolve));
    const [row] = await other.run(
      "select pid from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()",
    );
    process.kill(Number(row!['pid']), 'SIGKILL');
    failed(await running.finished, 1, /connection .* (lost|ended)|ended the connection/);
  }, 60_000);
});
