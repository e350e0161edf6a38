import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
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
    // As libpq: up to the first colon it is the name, up to the @ the password, whatever stands in it.
    ['postgres://u?x:p?w#:q@h/d', { user: 'u?x', password: 'p?w#:q', host: 'h', dbname: 'd' }],
    ['postgres://@h', { host: 'h' }],
    ['postgres://a,b', { host: 'a,b', port: ',' }],
    ['postgres://:p@/d', { password: 'p', dbname: 'd' }],
    ['postgres://[fe80::1%25eth0]/x', { host: 'fe80::1%eth0', dbname: 'x' }],
    ['postgres://h1,[::1]:7,/x', { host: 'h1,::1,', port: ',7,', dbname: 'x' }],
    ['postgres://h/?dbname=%2Fodd&user=', { host: 'h', dbname: '/odd', user: '' }],
    ['postgres://h/d?ssl=true', { host: 'h', dbname: 'd', sslmode: 'require' }],
    [
      'postgres://h/d?options=-c%20search_path%3Da',
      { host: 'h', dbname: 'd', options: '-c search_path=a' },
    ],
    [
      'postgres://h/d?keepalives_interval=3&tcp_user_timeout=1&krbsrvname=x&client_encoding=latin1',
      { host: 'h', dbname: 'd' },
    ],
    ['requiressl=1 host=h', { sslmode: 'require', host: 'h' }],
    ["password=it's host=h", { password: "it's", host: 'h' }],
    ['password=a\\ b\\\\c host=h', { password: 'a b\\c', host: 'h' }],
    ["user=''password='x y'", { user: '', password: 'x y' }],
    ['host=a host=b', { host: 'b' }],
    ['', {}],
    [
      "host=localhost port = 5432 password='it\\'s \\\\ me' dbname=",
      { host: 'localhost', port: '5432', password: "it's \\ me", dbname: '' },
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
    ['postgres://a/b%00c', /dbname holds a NUL byte/, /%00/],
    ['postgres://a/b?sslmode', /without a value: sslmode/, /name=value/],
    ['postgres://a/b?options=-cx=1', /second = in a parameter: options/, /%3D/],
    ['postgres://[]/x', /invalid host/, /brackets/],
    ['postgres://[::1/x', /invalid host/, /brackets/],
    ["host='a", /not valid/, /host=localhost/],
    ['=x', /not valid/, /host=localhost/],
    ['target_session_atrs=any', /unknown connection parameter/, /target_session_attrs/],
  ])('%s is refused with what to do', (text, message, hint) => {
    expect(() => parseConnectionString(text)).toThrow(ConfigError);
    expect(() => parseConnectionString(text)).toThrow(message);
    try {
      parseConnectionString(text);
    } catch (error) {
      expect((error as ConfigError).hint).toMatch(hint);
    }
  });

  test('never shows what may be a password in its errors, however it was mangled', () => {
    const odd = fc.stringMatching(/^[a1@:/?#[\]%=&, '\\]{0,6}$/);
    fc.assert(
      fc.property(
        odd,
        odd,
        fc.constantFrom('@h/db', '@h:5432', '@', '@h?sslmode=require'),
        (before, after, end) => {
          const text = `postgres://me:${before}S3cret${after}${end}`;
          try {
            resolveConnection(parseConnectionString(text), {}, undefined);
          } catch (error) {
            expect(error).toBeInstanceOf(ConfigError);
            expect(`${(error as Error).message} ${(error as ConfigError).hint}`).not.toContain(
              'S3cret',
            );
          }
        },
      ),
      { numRuns: 3000 },
    );
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
      tls: { mode: 'prefer' },
      startup: { application_name: 'job', options: '-c x=1' },
    });
  });

  test('lets an empty value stand for the default of libpq, whatever the environment says', () => {
    const target = resolveConnection(
      parseConnectionString("host='' user=me dbname='' password=''"),
      { PGHOST: 'env', PGDATABASE: 'env', PGPASSWORD: 'env', PGPORT: '' },
      undefined,
    );
    expect(target.hosts[0]!.host).toMatch(/^(localhost|\/var\/run\/postgresql|\/tmp)$/);
    expect(target).toMatchObject({ database: 'me', password: undefined, hosts: [{ port: 5432 }] });
  });

  test('sends what libpq sends: settings of variables, and none that say default', () => {
    const { startup } = resolveConnection(
      {},
      { PGDATESTYLE: 'German', PGTZ: 'UTC', PGGEQO: 'Default', PGCLIENTENCODING: 'LATIN1' },
      undefined,
    );
    expect(startup).toEqual({ application_name: 'pgask', datestyle: 'German', timezone: 'UTC' });
  });

  test.each([
    [{}, {}, 'pgask'],
    [{ fallback_application_name: 'f' }, {}, 'f'],
    [{ fallback_application_name: 'f' }, { PGAPPNAME: 'e' }, 'e'],
    [{ application_name: 'a', fallback_application_name: 'f' }, { PGAPPNAME: 'e' }, 'a'],
  ])('of %j and %j the application is named %s', (given, environment, expected) => {
    const { startup } = resolveConnection(given, environment, undefined);
    expect(startup['application_name']).toBe(expected);
  });

  test.each([
    [undefined, 10_000],
    ['0', 2_147_483_000],
    ['-1', 2_147_483_000],
    ['1', 2000],
    [' 3 ', 3000],
  ])('connect_timeout=%s waits %i ms for each address', (text, expected) => {
    const given = text === undefined ? {} : { connect_timeout: text };
    expect(resolveConnection(given, {}, undefined).connectTimeoutMs).toBe(expected);
  });

  test('pairs hosts, addresses and ports', () => {
    const { hosts } = resolveConnection(
      { host: 'a,,c', hostaddr: '10.0.0.1,10.0.0.2,', port: '1,,3' },
      {},
      undefined,
    );
    expect(hosts).toEqual([
      { host: 'a', address: '10.0.0.1', port: 1 },
      { host: '10.0.0.2', address: '10.0.0.2', port: 5432 },
      { host: 'c', address: undefined, port: 3 },
    ]);
  });

  test('reads every variable of libpq that decides something', () => {
    const environment = {
      PGREQUIREAUTH: '!password',
      PGCHANNELBINDING: 'disable',
      PGTARGETSESSIONATTRS: 'standby',
      PGLOADBALANCEHOSTS: 'random',
      PGHOSTADDR: '127.0.0.1',
      PGPASSFILE: '/elsewhere',
      PGSSLMODE: 'require',
      PGSSLNEGOTIATION: 'direct',
      PGSSLSNI: '0',
      PGSSLMINPROTOCOLVERSION: 'tlsv1.3',
      PGSSLMAXPROTOCOLVERSION: 'TLSv1.3',
    };
    expect(resolveConnection({ host: 'h' }, environment, undefined)).toMatchObject({
      requireAuth: ['!password'],
      channelBinding: 'disable',
      sessionAttrs: 'standby',
      shuffled: true,
      hosts: [{ host: 'h', address: '127.0.0.1' }],
      passfile: '/elsewhere',
      tls: {
        mode: 'require',
        direct: true,
        sni: false,
        minVersion: 'TLSv1.3',
        maxVersion: 'TLSv1.3',
      },
    });
    expect(resolveConnection({}, { PGREQUIRESSL: '1' }, undefined).tls.mode).toBe('require');
    expect(resolveConnection({ keepalives: '0' }, {}, undefined).keepaliveMs).toBeUndefined();
    expect(resolveConnection({ keepalives_idle: '7' }, {}, undefined).keepaliveMs).toBe(7000);
  });

  test.each([
    [{ gssencmode: 'require' }, /Kerberos encryption/],
    [{ replication: 'database' }, /replication connections/],
    [{ sslcertmode: 'require' }, /can not be checked/],
    [{ requirepeer: 'postgres', host: '/tmp' }, /requirepeer can not be checked/],
    [{ min_protocol_version: '3.2' }, /newer protocol/],
    [{ scram_client_key: 'AAAA' }, /scram_client_key is not supported/],
    [{ sslnegotiation: 'direct' }, /sslmode=prefer is too weak/],
    [{ sslrootcert: 'system', sslmode: 'verify-ca' }, /sslmode=verify-ca is too weak/],
    [{ target_session_attrs: 'readwrite' }, /invalid target_session_attrs/],
    [{ load_balance_hosts: 'yes' }, /invalid load_balance_hosts/],
    [{ channel_binding: 'maybe' }, /invalid channel_binding/],
    [{ gssencmode: 'never' }, /invalid gssencmode/],
    [{ host: 'a,b', hostaddr: '10.0.0.1' }, /2 hosts do not fit 1 addresses/],
    [{ keepalives_idle: 'x' }, /invalid keepalives_idle/],
  ])('what can not be honoured is refused, never passed over: %j', (given, message) => {
    expect(() => resolveConnection(given, {}, undefined)).toThrow(ConfigError);
    expect(() => resolveConnection(given, {}, undefined)).toThrow(message);
  });

  test.each([
    [{ gssencmode: 'prefer', host: 'h' }],
    [{ replication: 'off', host: 'h' }],
    [{ requirepeer: 'postgres', host: 'h' }],
    [{ min_protocol_version: '3.0', host: 'h' }],
    [{ sslmode: 'verify-full', host: '/tmp' }],
  ])('what changes nothing is taken: %j', (given) => {
    expect(resolveConnection(given, {}, undefined).hosts).toHaveLength(1);
  });

  test.each([
    [{ port: 'x' }, /invalid port/],
    [{ port: '70000' }, /invalid port/],
    [{ host: 'a,b,c', port: '1,2' }, /2 ports do not fit 3 hosts/],
    [{ sslmode: 'requir' }, /invalid sslmode/],
    [{ connect_timeout: 'soon' }, /invalid connect_timeout/],
  ])('refuses %j', (given, message) => {
    expect(() => resolveConnection(given, {}, undefined)).toThrow(message);
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
