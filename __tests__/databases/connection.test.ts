import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { passfilePassword } from '../../lib/databases/passfile.js';
import { serverDriver } from '../../lib/databases/server.js';
import { ConfigError, ConnectionError } from '../../lib/errors.js';
import { serverUrl, testRole, type TestRole } from '../support/server.js';

describe('a connection string', () => {
  test.each([
    ['postgres://me@db.example/shop', { user: 'me', host: 'db.example', dbname: 'shop' }],
    [
      'postgresql://m%40e:p%3Aw%23@[::1]:5433/my%20db?sslmode=require&application_name=x',
      {
        user: 'm@e',
        password: 'p:w#',
        host: '::1',
        port: '5433',
        dbname: 'my db',
        sslmode: 'require',
        application_name: 'x',
      },
    ],
    ['postgres:///shop?host=/var/run/pg', { dbname: 'shop', host: '/var/run/pg' }],
    ['postgres://%2Ftmp/shop', { host: '/tmp', dbname: 'shop' }],
    ['postgres://a:1,b:2/x', { host: 'a,b', port: '1,2', dbname: 'x' }],
    ['postgres://', {}],
    [
      "host=localhost port = 5432 password='it\\'s \\\\ me' dbname=",
      { host: 'localhost', port: '5432', password: "it's \\ me" },
    ],
  ])('%s is understood', (text, expected) => {
    expect(parseConnectionString(text)).toEqual(expected);
  });

  test.each([
    ['postgres://a/b?sslmod=require', /unknown connection parameter: sslmod/, /sslmode/],
    ['hots=localhost', /unknown connection parameter: hots/, /host/],
    ['host=localhost port', /not valid/, /host=localhost/],
    ['postgres://a:b:c:d/x', /invalid host/, /brackets/],
    ['postgres://a%zz/x', /percent-encoding/, /%25/],
  ])('%s is refused with what to do', (text, message, hint) => {
    expect(() => parseConnectionString(text)).toThrow(ConfigError);
    expect(() => parseConnectionString(text)).toThrow(message);
    try {
      parseConnectionString(text);
    } catch (error) {
      expect((error as ConfigError).hint).toMatch(hint);
    }
  });

  test('never shows a password in its errors', () => {
    try {
      parseConnectionString('postgres://me:secret@ho st:x:y/db');
      throw new Error('not reached');
    } catch (error) {
      expect(String(error) + (error as ConfigError).hint).not.toContain('secret');
    }
  });
});

describe('resolution', () => {
  test('takes what is not given from the environment, then from libpq defaults', () => {
    const target = resolveConnection(
      { host: 'given' },
      { PGHOST: 'env', PGPORT: '1234', PGUSER: 'eve', PGAPPNAME: 'job', PGOPTIONS: '-c x=1' },
      undefined,
    );
    expect(target).toMatchObject({
      hosts: [{ host: 'given', port: 1234 }],
      user: 'eve',
      database: 'eve',
      sslmode: 'prefer',
      startup: { application_name: 'job', options: '-c x=1' },
    });
  });

  test.each([
    [{ port: 'x' }, /invalid port/],
    [{ port: '70000' }, /invalid port/],
    [{ host: 'a,b,c', port: '1,2' }, /2 ports do not fit 3 hosts/],
    [{ sslmode: 'requir' }, /invalid sslmode/],
    [{ connect_timeout: '-1' }, /invalid connect_timeout/],
  ])('refuses %j', (given, message) => {
    expect(() => resolveConnection(given, {}, undefined)).toThrow(message);
  });
});

describe('a service', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pgask-service-'));
  const file = join(directory, 'services');
  beforeAll(() => {
    writeFileSync(
      file,
      '# ours\n[shop]\nhost = db.example\nport=6000\n\n[other]\nhots=x\n[shop]\nport=1\n',
    );
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  const environment = { PGSERVICEFILE: file, PGHOST: 'env', PGUSER: 'eve' };

  test('is weaker than what is given and stronger than the environment', () => {
    const target = resolveConnection({ service: 'shop', host: 'given' }, environment, undefined);
    expect(target).toMatchObject({ hosts: [{ host: 'given', port: 6000 }], user: 'eve' });
    const named = resolveConnection({}, { ...environment, PGSERVICE: 'shop' }, undefined);
    expect(named.hosts).toMatchObject([{ host: 'db.example', port: 6000 }]);
  });

  test('that nobody defines, or that is wrong, is an error and no other server', () => {
    expect(() => resolveConnection({ service: 'nope' }, environment, undefined)).toThrow(
      /service nope is not defined/,
    );
    expect(() => resolveConnection({ service: 'other' }, environment, undefined)).toThrow(
      /unknown connection parameter: hots/,
    );
  });
});

describe('the password file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pgask-passfile-'));
  const path = join(directory, '.pgpass');
  const warnings: string[] = [];
  const find = (host: string, port = 5432, database = 'd', user = 'u') =>
    passfilePassword(path, { host, port, database, user }, (message) => warnings.push(message));

  beforeAll(() => {
    writeFileSync(
      path,
      '# comment\nlocal\\:host:*:d:u:one\\:two\nlocalhost:5432:*:*:three\n*:*:*:u:four:five\nbroken\n',
      { mode: 0o600 },
    );
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('gives the first line that fits', () => {
    expect(find('local:host')).toBe('one:two');
    expect(find('localhost')).toBe('three');
    expect(find('/tmp')).toBe('three');
    expect(find('elsewhere')).toBe('four:five');
    expect(find('elsewhere', 1, 'd', 'other')).toBeUndefined();
  });

  test('is not used when others can read it, and that is said', () => {
    chmodSync(path, 0o644);
    expect(find('localhost')).toBeUndefined();
    expect(warnings.at(-1)).toMatch(/can be read by others/);
    chmodSync(path, 0o600);
  });

  test('may be missing', () => {
    expect(
      passfilePassword('/nonexistent', { host: 'a', port: 1, database: 'd', user: 'u' }, () => {
        throw new Error('no warning');
      }),
    ).toBeUndefined();
  });
});

describe('connecting', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  let role: TestRole;
  const signal = new AbortController().signal;

  beforeAll(async () => {
    role = await testRole({ auth: 'scram' });
  }, 60_000);
  afterAll(() => role.drop());
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  const connect = (url: string) => {
    const target = resolveConnection(parseConnectionString(url), {}, undefined);
    return serverDriver({ target, maxConnections: 1, warn: () => undefined }).connect(signal);
  };

  /** A server that does with each connection what it is told. */
  async function listen(act: (socket: Socket) => void): Promise<number> {
    const server = createServer(act);
    server.on('connection', (socket) => sockets.push(socket));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as { port: number }).port;
  }

  test('works with a password, from the URL or from a function', async () => {
    const connection = await connect(await serverUrl('postgres', role));
    expect(await connection.query('select current_user')).toEqual([[role.name]]);
    await connection.close();
  });

  test('goes on to the next host when the first is not there', async () => {
    const url = new URL(await serverUrl());
    const port = await listen((socket) => socket.destroy());
    const hosts = `127.0.0.1:1,127.0.0.1:${port},${url.host}`;
    const connection = await connect(`postgres://postgres@${hosts}/postgres`);
    expect(connection.alive).toBe(true);
    await connection.close();
  });

  test.each([
    ['a wrong password', (url: URL) => (url.password = 'wrong'), /password/, /password/],
    [
      'an unknown database',
      (url: URL) => (url.pathname = '/nope'),
      /"nope" does not exist/,
      /psql -l/,
    ],
    ['nobody listening', (url: URL) => (url.port = '1'), /no server is listening at/, /running/],
    ['an unknown host', (url: URL) => (url.hostname = 'no.such.host.invalid'), /not known/, /DNS/],
  ])('tells of %s in a sentence and a hint', async (_name, change, message, hint) => {
    const url = new URL(await serverUrl('postgres', role));
    change(url);
    const error = await connect(url.href).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).message).toMatch(message);
    expect((error as ConnectionError).hint).toMatch(hint);
    expect((error as ConnectionError).exit).toBe(2);
    expect(JSON.stringify(error) + String(error)).not.toContain(role.password);
  });

  test('refuses plain text where TLS is asked for and not offered', async () => {
    const error = await connect(`${await serverUrl()}?sslmode=require`).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).message).toMatch(
      /does not offer TLS, and sslmode is require/,
    );
  });

  test('ends in time where something listens that does not answer', async () => {
    const port = await listen(() => undefined);
    const started = Date.now();
    const url = `postgres://x@127.0.0.1:${port}/x?sslmode=disable&connect_timeout=2`;
    const error = await connect(url).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(Date.now() - started).toBeLessThan(4000);
  });

  test('ends in time where a server never answers the request for TLS', async () => {
    const port = await listen(() => undefined);
    const started = Date.now();
    const url = `postgres://x@127.0.0.1:${port}/x?connect_timeout=2`;
    const error = await connect(url).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(Date.now() - started).toBeLessThan(4000);
  });

  test('tells of something that is no PostgreSQL server', async () => {
    const port = await listen((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    const error = await connect(`postgres://x@127.0.0.1:${port}/x`).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).message).toMatch(/did not answer as PostgreSQL does/);
  });
});
