import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { serverDriver } from '../../lib/databases/server.js';
import { PgaskError } from '../../lib/errors.js';
import {
  type Authority,
  type Certificate,
  type Certificates,
  certificates,
  hashedName,
  noOpenssl,
} from '../support/certificates.js';
import { privateServer, type PrivateServer } from '../support/private-server.js';
import { openProxy } from '../support/proxy.js';

const missing = noOpenssl();
const only = missing === undefined ? describe : describe.skip;

only(`TLS${missing === undefined ? '' : ` (${missing})`}`, () => {
  let made: Certificates;
  let ca: Authority;
  let other: Authority;
  let server: PrivateServer;
  let good: Certificate;
  let client: Certificate;

  beforeAll(async () => {
    made = certificates();
    ca = made.authority('ours');
    other = made.authority('other');
    good = ca.sign('db.test', { names: 'DNS:db.test,DNS:*.wild.test' });
    client = ca.sign('carla');
    server = await privateServer();
    await server.run(
      "create role carla login; create role paul login password 'pä ss\u00adwörd ﬁ'",
    );
    await server.run('create role trusty login');
    server.hba([
      'hostssl all carla all cert',
      'hostssl all paul all scram-sha-256',
      'hostnossl all trusty all trust',
      'hostssl postgres postgres all trust',
      'hostnossl template1 postgres all trust',
    ]);
    await use(good);
  }, 60_000);
  afterAll(async () => {
    await server?.remove();
    made?.remove();
  });

  let used = 0;
  /** The server shows this certificate from now on. */
  async function use(certificate: Certificate, extra: Record<string, string> = {}): Promise<void> {
    const name = `server-${(used += 1)}`;
    server.file(`${name}.crt`, readFileSync(certificate.path));
    server.file(`${name}.key`, readFileSync(certificate.key));
    server.file('root.crt', readFileSync(ca.path));
    const settings = {
      ...{ ssl: 'on', ssl_cert_file: `${name}.crt`, ssl_key_file: `${name}.key` },
      ...{ ssl_ca_file: 'root.crt', ssl_max_protocol_version: '', ...extra },
    };
    for (const [key, value] of Object.entries(settings)) {
      await server.run(`alter system set ${key} = '${value}'`);
    }
    await server.run('select pg_reload_conf()');
    for (;;) {
      const [row] = await server.run('show ssl_cert_file');
      if (row?.['ssl_cert_file'] === `${name}.crt`) return;
      await sleep(10);
    }
  }

  const connect = (
    parameters: string,
    { home = made.folder, env = {}, port = server.port } = {},
  ) => {
    const given = parseConnectionString(
      `host=db.test hostaddr=127.0.0.1 port=${port} dbname=postgres user=postgres ${parameters}`,
    );
    const target = resolveConnection(given, env, home);
    const driver = serverDriver({ target, maxConnections: 1, warn: () => undefined });
    return driver.connect(new AbortController().signal);
  };
  /** How the session is encrypted, as the server sees it. */
  const encryption = async (parameters: string, how?: Parameters<typeof connect>[1]) => {
    const connection = await connect(parameters, how);
    const [row] = await connection.query(
      'select case when ssl then version else $$plain$$ end from pg_stat_ssl where pid = pg_backend_pid()',
    );
    await connection.close();
    return row![0];
  };
  const failure = async (parameters: string, how?: Parameters<typeof connect>[1]) => {
    const error = await encryption(parameters, how).then(
      (got) => new Error(`connected: ${got}`),
      (reason: unknown) => reason as Error,
    );
    if (!(error instanceof PgaskError)) throw error;
    expect((error as PgaskError).exit).toBe(2);
    expect((error as PgaskError).hint).toBeTruthy();
    return error.message;
  };

  test.each(['disable', 'allow'])('sslmode=%s begins in plain text', async (mode) => {
    expect(await encryption(`sslmode=${mode} dbname=template1`)).toBe('plain');
  });

  test.each(['prefer', 'require'])(
    'sslmode=%s encrypts, and checks no certificate',
    async (mode) => {
      expect(await encryption(`sslmode=${mode}`)).toBe('TLSv1.3');
    },
  );

  test('sslmode=allow turns to TLS where plain text is not let in', async () => {
    expect(await encryption('sslmode=allow')).toBe('TLSv1.3');
    expect(await failure('sslmode=disable')).toMatch(/pg_hba\.conf/);
  });

  test('sslmode=prefer turns to plain text where TLS is not let in', async () => {
    expect(await encryption('sslmode=prefer user=trusty')).toBe('plain');
    expect(await failure('sslmode=require user=trusty')).toMatch(/pg_hba\.conf/);
  });

  test('verify-ca and verify-full take the right authority, and no other', async () => {
    for (const mode of ['verify-ca', 'verify-full']) {
      expect(await encryption(`sslmode=${mode} sslrootcert=${ca.path}`)).toBe('TLSv1.3');
      expect(await failure(`sslmode=${mode} sslrootcert=${other.path}`)).toMatch(
        /certificate of db\.test:\d+ is signed by nobody in /,
      );
    }
  });

  test('require checks the chain where there is a root certificate, as verify-ca', async () => {
    expect(await encryption(`sslmode=require sslrootcert=${ca.path}`)).toBe('TLSv1.3');
    expect(await failure(`sslmode=require sslrootcert=${other.path}`)).toMatch(/signed by nobody/);
  });

  test('prefer with a root certificate that does not fit goes on in plain text, as libpq does', async () => {
    const parameters = `sslmode=prefer sslrootcert=${other.path} dbname=template1`;
    expect(await encryption(parameters)).toBe('plain');
  });

  test('a wrong name matters to verify-full alone', async () => {
    const wrong = `host=db.example sslrootcert=${ca.path}`;
    expect(await encryption(`${wrong} sslmode=verify-ca`)).toBe('TLSv1.3');
    expect(await failure(`${wrong} sslmode=verify-full`)).toMatch(/for another name/);
    expect(await encryption(`host=a.wild.test sslmode=verify-full sslrootcert=${ca.path}`)).toBe(
      'TLSv1.3',
    );
    expect(await failure(`host=a.b.wild.test sslmode=verify-full sslrootcert=${ca.path}`)).toMatch(
      /for another name/,
    );
  });

  test('an address is checked as one', async () => {
    const parameters = `host=127.0.0.1 sslmode=verify-full sslrootcert=${ca.path}`;
    expect(await failure(parameters)).toMatch(/for another name/);
    await use(ca.sign('whatever', { names: 'IP:127.0.0.1' }));
    expect(await encryption(parameters)).toBe('TLSv1.3');
    await use(ca.sign('127.0.0.1'));
    expect(await encryption(parameters)).toBe('TLSv1.3');
    await use(good);
  });

  test('an expired certificate is told as one', async () => {
    await use(ca.sign('db.test', { names: 'DNS:db.test', expired: true }));
    expect(await failure(`sslmode=verify-ca sslrootcert=${ca.path}`)).toMatch(/has expired/);
    expect(await encryption('sslmode=require')).toBe('TLSv1.3');
    await use(good);
  });

  test('a revoked certificate is refused by file and by folder', async () => {
    const bad = ca.sign('db.test', { names: 'DNS:db.test' });
    const list = ca.revoke(bad);
    const folder = join(made.folder, 'lists');
    mkdirSync(folder);
    copyFileSync(list, join(folder, hashedName(list)));
    const check = `sslmode=verify-full sslrootcert=${ca.path}`;
    // A good one is not on the list.
    expect(await encryption(`${check} sslcrl=${list}`)).toBe('TLSv1.3');
    await use(bad);
    expect(await encryption(check)).toBe('TLSv1.3');
    expect(await failure(`${check} sslcrl=${list}`)).toMatch(/has been revoked/);
    expect(await failure(`${check} sslcrldir=${folder}`)).toMatch(/has been revoked/);
    expect(await failure(check, { env: { PGSSLCRL: list } })).toMatch(/has been revoked/);
    await use(good);
  });

  test('sslrootcert=system means verify-full by the system’s authorities', async () => {
    expect(await failure('sslrootcert=system')).toMatch(/signed by nobody in/);
    expect(await failure('sslrootcert=system sslmode=require')).toMatch(/too weak/);
    const env = { SSL_CERT_FILE: ca.path };
    expect(await encryption('sslrootcert=system', { env })).toBe('TLSv1.3');
    expect(await failure('sslrootcert=system host=other.test', { env })).toMatch(/another name/);
  });

  describe('a client certificate', () => {
    const as = 'user=carla sslmode=require';

    test('lets its user in, and is asked for in words where it is missing', async () => {
      const given = `sslcert=${client.path} sslkey=${client.key}`;
      expect(await encryption(`${as} ${given}`)).toBe('TLSv1.3');
      expect(await failure(as)).toMatch(/requires a valid client certificate/);
      expect(await failure(`${as} ${given} sslcertmode=disable`)).toMatch(/client certificate/);
    });

    test('is found in ~/.postgresql, with the authority', async () => {
      const home = join(made.folder, 'home');
      mkdirSync(join(home, '.postgresql'), { recursive: true });
      copyFileSync(ca.path, join(home, '.postgresql/root.crt'));
      copyFileSync(client.path, join(home, '.postgresql/postgresql.crt'));
      expect(await failure(as, { home })).toMatch(/no private key/);
      copyFileSync(client.key, join(home, '.postgresql/postgresql.key'));
      chmodSync(join(home, '.postgresql/postgresql.key'), 0o600);
      expect(await encryption('user=carla sslmode=verify-full', { home })).toBe('TLSv1.3');
    });

    test('is not used with a key that others can read', async () => {
      const key = join(made.folder, 'open.key');
      copyFileSync(client.key, key);
      chmodSync(key, 0o644);
      expect(await failure(`${as} sslcert=${client.path} sslkey=${key}`)).toMatch(
        /can be read by others/,
      );
    });

    test('may have an encrypted key', async () => {
      const key = made.encrypted(client.key, 'open sesame');
      chmodSync(key, 0o600);
      const given = `${as} sslcert=${client.path} sslkey=${key}`;
      expect(await encryption(`${given} sslpassword='open sesame'`)).toBe('TLSv1.3');
      expect(await failure(given)).toMatch(/can't be decrypted/);
      const wrong = await failure(`${given} sslpassword=wrongword`);
      expect(wrong).toMatch(/can't be decrypted/);
      expect(wrong).not.toContain('wrongword');
    });

    test('of another authority, or with another key, is told', async () => {
      const foreign = other.sign('carla');
      expect(await failure(`${as} sslcert=${foreign.path} sslkey=${foreign.key}`)).toMatch(
        /the connection was not made: .*alert unknown ca/,
      );
      expect(await failure(`${as} sslcert=${client.path} sslkey=${foreign.key}`)).toMatch(
        /is not that of/,
      );
    });
  });

  test('files that are named and not there are an error before anything is sent', async () => {
    for (const name of ['sslrootcert', 'sslcert', 'sslcrl']) {
      const check = name === 'sslcrl' ? `sslrootcert=${ca.path}` : '';
      expect(await failure(`sslmode=require ${check} ${name}=/nowhere/x`)).toMatch(
        `${name} /nowhere/x can't be read: there is no such file`,
      );
    }
    expect(await failure('sslmode=verify-ca')).toMatch(/there is none/);
  });

  test('TLS versions are kept within their bounds', async () => {
    expect(await encryption('sslmode=require ssl_max_protocol_version=TLSv1.2')).toBe('TLSv1.2');
    await use(good, { ssl_max_protocol_version: 'TLSv1.2' });
    expect(await failure('sslmode=require ssl_min_protocol_version=TLSv1.3')).toMatch(
      /no TLS version/,
    );
    expect(
      await failure('ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2'),
    ).toMatch(/no TLS version is between/);
    expect(await failure('ssl_min_protocol_version=SSLv3')).toMatch(/invalid ssl_min/);
    await use(good);
  });

  describe('a password over TLS', () => {
    const password = "user=paul password='pä ss\u00adwörd ﬁ'";

    test.each(['disable', 'prefer', 'require'])(
      'is proven with channel_binding=%s',
      async (way) => {
        expect(await encryption(`${password} sslmode=require channel_binding=${way}`)).toBe(
          'TLSv1.3',
        );
      },
    );

    test('is prepared as PostgreSQL does: what looks the same is the same', async () => {
      expect(await encryption("user=paul password='pä sswörd fi' sslmode=require")).toBe('TLSv1.3');
      expect(await failure("user=paul password='pa sswörd fi' sslmode=require")).toMatch(
        /password/,
      );
    });

    test('is not given to a server that can not bind the channel where that is required', async () => {
      const parameters = 'channel_binding=require sslmode=prefer dbname=template1';
      expect(await failure(`${parameters} sslmode=disable`)).toMatch(/channel_binding is require/);
      expect(await failure('channel_binding=require sslmode=require')).toMatch(
        /channel_binding is require, and the server authenticates by no password/,
      );
    });
  });

  test('sslnegotiation=direct begins with TLS, and needs a mode that insists on it', async () => {
    const direct = await encryption('sslmode=require sslnegotiation=direct').catch(
      (error: Error) => error.message,
    );
    if (server.version >= 17) expect(direct).toBe('TLSv1.3');
    else expect(direct).toMatch(/TLS/);
    expect(await failure('sslnegotiation=direct')).toMatch(/sslmode=prefer is too weak/);
  });

  test('a connection that breaks within the handshake is told, and in time', async () => {
    for (const afterBytes of [0, 1, 20, 600]) {
      const proxy = await openProxy(server, { toClient: { type: 'cut', afterBytes } });
      expect(await failure('sslmode=require', { port: proxy.port })).toMatch(/connection/);
      await proxy.close();
    }
    const proxy = await openProxy(server, { toClient: { type: 'swallow', afterBytes: 30 } });
    const started = performance.now();
    const how = { port: proxy.port };
    expect(await failure('sslmode=require connect_timeout=2', how)).toMatch(
      /no answer .* within 2 s/,
    );
    expect(performance.now() - started).toBeLessThan(3000);
    await proxy.close();
  });

  test('a cancel is encrypted as the session is', async () => {
    const connection = await connect('sslmode=verify-full sslrootcert=' + ca.path);
    const sleeping = connection.query('select pg_sleep(20)').catch((error: Error) => error.message);
    await sleep(200);
    await connection.cancel();
    expect(await sleeping).toMatch(/canceling statement due to user request/);
    await connection.close();
  });
});
