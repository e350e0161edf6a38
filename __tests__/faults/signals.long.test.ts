/** Signals: the run ends in order and with its code wherever it is, a second signal ends it at once, kill -9 leaves little. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { startChatServer } from '../support/chat-server.js';
import { type Machine, machine, programFile, start } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';
import { type Activity, watchActivity } from './activity.js';
import { missing, shell } from './shell.js';

const inLinux = process.platform === 'linux' ? test : test.skip;
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

let database: TestDatabase;
let activity: Activity;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({ sql: ['create table locked (id int)'] });
  activity = watchActivity(database.url);
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await activity.end();
  await database.drop();
});

const sql = (text: string, ...more: string[]) =>
  start(['sql', text, '--db', database.url, ...more], { on });

/** Sends the signal, and gives exit code and signal, and the milliseconds that it took. */
async function stop(child: ReturnType<typeof start>['child'], signal: NodeJS.Signals) {
  const sent = performance.now();
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  child.kill(signal);
  const [code, by] = await ended;
  return { code, by, took: performance.now() - sent };
}

const leftOvers = () => readdirSync(on.home).filter((name) => name.endsWith('.tmp'));

describe.each(SIGNALS)('%s', (signal, code) => {
  test('cancels what runs on the server, and leaves no part of a file', async () => {
    const marker = `running_${signal}`;
    const path = join(on.home, 'result.csv');
    writeFileSync(path, 'old');
    const { child, finished } = sql(`select pg_sleep(60) as ${marker}`, '-o', path);
    await activity.until(marker, 'runs', 10_000);
    expect(leftOvers()).toHaveLength(1);
    expect(await stop(child, signal)).toMatchObject({ code });
    expect(await activity.until(marker, 'is gone', 1000)).toBeLessThan(1000);
    expect(await finished).toMatchObject({ stdout: '', stderr: '' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(leftOvers()).toEqual([]);
  });

  test('does not wait for a reader that does not read', async () => {
    const marker = `stalled_${signal}`;
    const { child, finished } = sql(`select generate_series(1, 1e9) as ${marker}`, '-F', 'csv');
    finished.catch(() => undefined);
    child.stdout!.pause();
    await activity.until(marker, 'runs', 10_000);
    await delay(500);
    const { took, ...how } = await stop(child, signal);
    expect(how).toMatchObject({ code });
    expect(took).toBeLessThan(3000);
    child.stdout!.destroy();
    expect(await activity.until(marker, 'is gone', 1000)).toBeLessThan(1000);
  });
});

describe('SIGINT', () => {
  inLinux('does not wait for the reader of a real pipe either', async () => {
    const marker = 'stalled_pipe';
    const line = shell(
      `sh -c 'echo $$ > pid; exec "$NODE" "$PROGRAM" sql "select generate_series(1, 1e9) as ${marker}" -F csv --db $DB' | (sleep 4; echo)`,
      { on, env: { DB: database.url } },
    );
    await activity.until(marker, 'runs', 10_000);
    await delay(300);
    process.kill(Number(readFileSync(join(on.home, 'pid'), 'utf8')), 'SIGINT');
    expect(await activity.until(marker, 'is gone', 1000)).toBeLessThan(1000);
    expect(await line).toMatchObject({ code: 130, stderr: '' });
  });

  test.each([
    ['without a reader', false],
    ['whose reader does not read', true],
  ])('does not wait for a named pipe %s', async (_what, reader) => {
    const pipe = join(on.home, `pipe-${String(reader)}`);
    execFileSync('mkfifo', [pipe]);
    const reading = reader
      ? shell(`exec 3<> '${pipe}'; echo $$ > reader; exec sleep 20`, { on })
      : undefined;
    const { child } = sql('select generate_series(1, 1e9)', '-F', 'csv', '-o', pipe);
    await delay(1500);
    expect(child.exitCode).toBeNull();
    const { took, ...how } = await stop(child, 'SIGINT');
    expect(how).toMatchObject({ code: 130 });
    expect(took).toBeLessThan(3000);
    if (reading === undefined) return;
    process.kill(Number(readFileSync(join(on.home, 'reader'), 'utf8')));
    await reading;
  });

  test('ends the wait for a server that does not answer', async () => {
    const mute = createServer(() => undefined).listen(0, '127.0.0.1');
    const sockets: Socket[] = [];
    const connected = new Promise<void>((resolve) => {
      mute.on('connection', (socket) => {
        sockets.push(socket.on('error', () => undefined));
        resolve();
      });
    });
    await once(mute, 'listening');
    const url = `postgres://x@127.0.0.1:${(mute.address() as AddressInfo).port}/x`;
    const { child } = start(['sql', 'select 1', '--db', url], { on });
    await connected;
    const { took, ...how } = await stop(child, 'SIGINT');
    expect(how).toMatchObject({ code: 130 });
    expect(took).toBeLessThan(2000);
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  test('ends the wait for a statement from stdin, and from a pipe that nobody writes to', async () => {
    const typed = start(['sql', '-', '--db', database.url], { on, stdin: { type: 'open' } });
    await delay(700);
    const { took, ...how } = await stop(typed.child, 'SIGINT');
    expect(how).toMatchObject({ code: 130 });
    expect(took).toBeLessThan(1000);
    execFileSync('mkfifo', [join(on.home, 'statement')]);
    const read = start(['sql', '-f', 'statement', '--db', database.url], { on });
    await delay(700);
    const stopped = await stop(read.child, 'SIGINT');
    // The thread that opens the pipe can't be stopped otherwise.
    expect(stopped.by ?? stopped.code).toBe(stopped.by === null ? 130 : 'SIGINT');
    expect(stopped.took).toBeLessThan(1500);
  });

  test("ends the wait for another session's lock", async () => {
    const other = postgres(database.url, { max: 1, onnotice: () => undefined });
    const held = await other.reserve();
    await held.unsafe('begin; lock table locked');
    const { child } = sql('select count(*) as waits_for_lock from locked');
    // It may wait in the guard's own look at the table, which does not hold the marker.
    await delay(1500);
    expect(child.exitCode).toBeNull();
    const { took, ...how } = await stop(child, 'SIGINT');
    expect(how).toMatchObject({ code: 130 });
    expect(took).toBeLessThan(2000);
    await held.unsafe('rollback');
    held.release();
    await other.end();
  });

  test('ends the wait for a model', async () => {
    const chat = await startChatServer();
    chat.reply({ headersAfterMs: 20_000, text: 'late' });
    const env = { OPENAI_BASE_URL: chat.url, OPENAI_API_KEY: 'key-of-a-test', OPENAI_MODEL: 'm' };
    const { child } = start(['how many rows', '--db', database.url], { on, env });
    while (chat.requests.length === 0) await delay(20);
    const { took, ...how } = await stop(child, 'SIGINT');
    expect(how).toMatchObject({ code: 130 });
    expect(took).toBeLessThan(2000);
    await chat.close();
  });

  test('ends a statement of the embedded database, and the wait for one', async () => {
    const slow = 'select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b';
    const first = start(['sql', slow, '--timeout', '60s'], { on });
    const lock = join(on.home, 'data/pgask');
    const isLocked = () =>
      existsSync(lock) && readdirSync(lock).some((name) => name.endsWith('.lock'));
    while (!isLocked()) await delay(20);
    const second = start(['sql', 'select 1', '-F', 'csv'], { on });
    await delay(1500);
    const waited = await stop(second.child, 'SIGINT');
    expect(waited).toMatchObject({ code: 130 });
    expect(waited.took).toBeLessThan(2000);
    const stopped = await stop(first.child, 'SIGINT');
    expect(stopped).toMatchObject({ code: 130 });
    expect(stopped.took).toBeLessThan(4000);
    const third = start(['sql', 'select 1 as a', '-F', 'csv'], { on });
    expect(await third.finished).toMatchObject({ code: 0, stdout: 'a\n1\n' });
  });

  const title = missing('script') ?? 'at the question whether a file is trusted is no answer';
  (missing('script') === undefined ? test : test.skip)(title, async () => {
    const own = machine();
    const config = { databases: { x: { url: 'postgres://x@127.0.0.1:1/x' } }, database: 'x' };
    writeFileSync(join(own.home, 'agent.config.json'), JSON.stringify(config));
    const command = `exec '${process.execPath}' '${programFile}' sql 'select 1'`;
    const args = ['--quiet', '--return', '--command', command, '/dev/null'];
    const child = spawn('script', args, { cwd: own.home, env: { ...own.env, SHELL: '/bin/sh' } });
    let shown = '';
    child.stdout.on('data', (bytes: Buffer) => {
      shown += String(bytes);
      // Typed, and not sent: the terminal makes a signal of it.
      if (/trust/.test(String(bytes))) setTimeout(() => child.stdin.write('\x03'), 200);
    });
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(shown).not.toContain('internal');
    child.stdin.destroy();
    own.remove();
  });
});

describe('a second signal', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('leaves at once: %s', async (second) => {
    const proxy = await swallowingProxy(new URL(database.url));
    const marker = `swallowed_${second}`;
    const args = ['sql', `select pg_sleep(20) as ${marker}`, '--db', proxy.url];
    const { child } = start(args, { on });
    await activity.until(marker, 'runs', 10_000);
    proxy.swallow();
    child.kill('SIGINT');
    await delay(450);
    expect({ code: child.exitCode, by: child.signalCode }).toEqual({ code: null, by: null });
    const { took, code, by } = await stop(child, second);
    expect(by ?? code).toBe(second);
    expect(took).toBeLessThan(250);
    proxy.close();
  });

  test('that comes with the first, as npm passes it on, is none', async () => {
    const { child } = sql('select pg_sleep(20) as twice');
    await activity.until('twice', 'runs', 10_000);
    child.kill('SIGINT');
    await delay(5);
    expect(await stop(child, 'SIGINT')).toMatchObject({ code: 130 });
    expect(await activity.until('twice', 'is gone', 1000)).toBeLessThan(1000);
  });
});

describe('a stop and a continuation', () => {
  test('in mid-result are not to be seen in it', async () => {
    const { child, finished } = sql(
      'select g, md5(g::text) from generate_series(1, 400000) g',
      '-F',
      'csv',
    );
    await once(child.stdout!, 'readable');
    child.kill('SIGSTOP');
    await delay(2500);
    child.kill('SIGCONT');
    const { code, stdout, stderr } = await finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toHaveLength(400_002);
    expect(stdout.endsWith('\n')).toBe(true);
  });

  test('count as time of the statement', async () => {
    const { child, finished } = sql('select pg_sleep(20) as stopped', '--timeout', '2s');
    await activity.until('stopped', 'runs', 10_000);
    child.kill('SIGTSTP');
    await delay(3000);
    child.kill('SIGCONT');
    expect(await finished).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('longer than 2 s'),
    });
  });
});

describe('kill -9', () => {
  test('leaves nothing running on the server for long', async () => {
    const { child, finished } = sql('select pg_sleep(60) as killed');
    await activity.until('killed', 'runs', 10_000);
    child.kill('SIGKILL');
    await finished;
    // client_connection_check_interval is a second.
    expect(await activity.until('killed', 'is gone', 4000)).toBeLessThan(4000);
  });

  test('leaves no transaction open where the output was stalled', async () => {
    const { child, finished } = sql('select generate_series(1, 1e9) as killed_too', '-F', 'csv');
    finished.catch(() => undefined);
    child.stdout!.pause();
    await activity.until('killed_too', 'runs', 10_000);
    child.kill('SIGKILL');
    expect(await activity.until('killed_too', 'is gone', 4000)).toBeLessThan(4000);
    child.stdout!.destroy();
  });

  test('leaves a temporary file, which the next run removes, and the old file', async () => {
    const path = join(on.home, 'kept.csv');
    writeFileSync(path, 'old');
    const { child, finished } = sql('select pg_sleep(60) as killed_file', '-o', path);
    await activity.until('killed_file', 'runs', 10_000);
    child.kill('SIGKILL');
    await finished;
    expect(leftOvers()).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(await sql('select 1 as a', '-F', 'csv', '-o', path).finished).toMatchObject({ code: 0 });
    expect(leftOvers()).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('a\n1\n');
  });
});

/** Passes everything on until it is told to swallow it. */
async function swallowingProxy(to: URL) {
  let swallows = false;
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(to.port), to.hostname);
    sockets.push(client, upstream);
    const pass = (from: Socket, into: Socket) =>
      from
        .on('error', () => undefined)
        .on('data', (bytes) => {
          if (!swallows) into.write(bytes);
        });
    pass(client, upstream);
    pass(upstream, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(to);
  url.port = String((server.address() as AddressInfo).port);
  url.searchParams.set('sslmode', 'disable');
  return {
    url: url.href,
    swallow: () => {
      swallows = true;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
