import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { prepared } from '../../lib/databases/scram.js';
import { serverDriver } from '../../lib/databases/server.js';
import { ConnectionError } from '../../lib/errors.js';
import { type Machine, machine, noTerminal, run, runInTerminal } from '../support/program.js';
import { serverUrl, testRole, type TestRole } from '../support/server.js';

const METHODS = { 'scram-sha-256': 'scram', md5: 'md5', password: 'plain', none: 'trust' } as const;
type Method = keyof typeof METHODS;

const roles = new Map<Method, TestRole>();
beforeAll(async () => {
  for (const method of Object.keys(METHODS) as Method[]) {
    roles.set(method, await testRole({ auth: METHODS[method] }));
  }
}, 60_000);
afterAll(async () => {
  for (const role of roles.values()) await role.drop();
});

function connect(url: string, askPassword?: () => Promise<string>) {
  const target = resolveConnection(parseConnectionString(url), {}, undefined);
  const driver = serverDriver({ target, maxConnections: 4, warn: () => undefined, askPassword });
  return driver.connect(new AbortController().signal);
}

async function outcome(url: string, ask?: () => Promise<string>): Promise<string> {
  try {
    const connection = await connect(url, ask);
    await connection.close();
    return 'connected';
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    expect(error.hint).toBeTruthy();
    return error.message;
  }
}

describe('require_auth', () => {
  const kinds = Object.keys(METHODS) as Method[];

  test.each(kinds.flatMap((used) => kinds.map((wanted) => [used, wanted] as const)))(
    'of a server that asks for %s, where %s is wanted',
    async (used, wanted) => {
      const url = await serverUrl('postgres', roles.get(used));
      const asked = await outcome(`${url}?require_auth=${wanted}`);
      if (used === wanted) expect(asked).toBe('connected');
      else expect(asked).toMatch(`and require_auth is ${wanted}`);
      const forbidden = await outcome(`${url}?require_auth=${encodeURIComponent(`!${wanted}`)}`);
      if (used !== wanted) expect(forbidden).toBe('connected');
      else expect(forbidden).toMatch(`and require_auth is !${wanted}`);
    },
  );

  test('takes several, and no mixture', async () => {
    const url = await serverUrl('postgres', roles.get('md5'));
    expect(await outcome(`${url}?require_auth=scram-sha-256,md5`)).toBe('connected');
    await expect(outcome(`${url}?require_auth=md5,!none`)).rejects.toThrow(/mixes/);
    await expect(outcome(`${url}?require_auth=scram`)).rejects.toThrow(/invalid require_auth/);
  });
});

describe('channel_binding=require', () => {
  test.each(['scram-sha-256', 'md5', 'password', 'none'] as const)(
    'is refused in plain text for %s',
    async (method) => {
      const url = await serverUrl('postgres', roles.get(method));
      expect(await outcome(`${url}?channel_binding=require`)).toMatch(/channel_binding is require/);
    },
  );
});

describe('a server that only pretends', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  const authentication = (request: number, rest = Buffer.alloc(0)) => {
    const head = Buffer.alloc(9);
    head.write('R');
    head.writeInt32BE(8 + rest.length, 1);
    head.writeInt32BE(request, 5);
    return Buffer.concat([head, rest]);
  };
  const SASL = authentication(10, Buffer.from('SCRAM-SHA-256\0\0'));
  const READY = Buffer.from('Z\0\0\0\u0005I');

  /** Answers one message after the other with these; what it was sent is kept. */
  async function pretender(...answers: Buffer[]) {
    const received: Buffer[] = [];
    const server = createServer((socket: Socket) => {
      const left = [...answers];
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received.push(chunk);
        const next = left.shift();
        if (next !== undefined) socket.write(next);
        else socket.destroy();
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const url = `postgres://me:opensesame@127.0.0.1:${port}/x?sslmode=disable&connect_timeout=2`;
    return { url, received: () => Buffer.concat(received).toString('latin1') };
  }

  test('to know the password is found out', async () => {
    const early = await pretender(SASL, Buffer.concat([authentication(0), READY]));
    expect(await outcome(early.url)).toMatch(/did not prove that it knows the password/);
    const wrong = await pretender(SASL, authentication(11, Buffer.from('r=notours,s=AAAA,i=4096')));
    expect(await outcome(wrong.url)).toMatch(/did not answer as SCRAM prescribes/);
    for (const { received } of [early, wrong]) expect(received()).not.toContain('opensesame');
  });

  test('and asks for the password in plain text is not given it where require_auth forbids', async () => {
    const { url, received } = await pretender(authentication(3));
    expect(await outcome(`${url}&require_auth=scram-sha-256`)).toMatch(
      /asks for the password in plain text, and require_auth is scram-sha-256/,
    );
    expect(received()).not.toContain('opensesame');
  });

  test.each([
    [7, /Kerberos \(GSSAPI\)/],
    [9, /SSPI/],
    [2, /Kerberos 5/],
    [99, /did not answer as PostgreSQL does/],
  ])('or asks for method %i, which nobody here speaks, is told of', async (method, message) => {
    const { url } = await pretender(authentication(method));
    expect(await outcome(url)).toMatch(message);
  });

  test('or offers mechanisms that nobody here speaks', async () => {
    const { url } = await pretender(authentication(10, Buffer.from('OAUTHBEARER\0\0')));
    expect(await outcome(url)).toMatch(/asks for OAUTHBEARER, which pgask does not speak/);
  });
});

describe('SASLprep (RFC 4013)', () => {
  test.each([
    ['user', 'user'],
    ['I\u00adX', 'IX'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    ['a\u00a0b', 'a b'],
    // What may not be in a password is taken as it is, as PostgreSQL does.
    ['\u0007ä', '\u0007ä'],
    ['\ue000ä', '\ue000ä'],
  ])('%j is %j', (password, expected) => {
    expect(prepared(password)).toBe(expected);
  });
});

describe('a person is asked for the password', () => {
  const scram = () => roles.get('scram-sha-256')!;
  const withoutPassword = async () => await serverUrl('postgres', { name: scram().name });

  test('once, where the server wants one and none was found', async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.resolve(scram().password);
    };
    const target = resolveConnection(parseConnectionString(await withoutPassword()), {}, undefined);
    const driver = serverDriver({
      target,
      maxConnections: 4,
      warn: () => undefined,
      askPassword: ask,
    });
    const { signal } = new AbortController();
    const connections = await Promise.all([1, 2, 3].map(() => driver.connect(signal)));
    for (const connection of connections) await connection.close();
    expect(asked).toBe(1);
  });

  test('and not where none is needed, nor a second time after a wrong answer', async () => {
    let asked = 0;
    const ask = (answer: string) => () => {
      asked += 1;
      return Promise.resolve(answer);
    };
    expect(await outcome(await serverUrl('postgres', roles.get('none')), ask('x'))).toBe(
      'connected',
    );
    expect(await outcome(await serverUrl('postgres', scram()), ask('x'))).toBe('connected');
    expect(asked).toBe(0);
    expect(await outcome(await withoutPassword(), ask('wrong'))).toMatch(/authentication failed/);
    expect(asked).toBe(1);
    expect(await outcome(await withoutPassword(), ask(''))).toMatch(/and there is none/);
  });

  const skipped = noTerminal();
  const atTerminal = skipped === undefined ? test : test.skip;
  let on: Machine;
  beforeAll(() => {
    on = machine();
  });
  afterAll(() => on.remove());
  const args = async () => [
    'sql',
    'select 42 as answer',
    '-F',
    'csv',
    '--db',
    await withoutPassword(),
  ];

  atTerminal('at a terminal, which does not show it', async () => {
    const answers = [
      { to: /Password for user .*: $/, type: `wrong\u0015${scram().password}x\u007f\r` },
    ];
    const { stdout, code } = await runInTerminal(await args(), { on, answers });
    expect(stdout).toMatch(/Password for user role_\w+: \r\n/);
    expect(stdout).toContain('answer\r\n42\r\n');
    expect(stdout).not.toContain(scram().password);
    expect(code).toBe(0);
  });

  atTerminal('who may leave by Ctrl-C or Ctrl-D', async () => {
    const left = await runInTerminal(await args(), {
      on,
      answers: [{ to: /Password for user .*: $/, type: 'half\u0003' }],
    });
    expect(left.code).toBe(130);
    const closed = await runInTerminal(await args(), {
      on,
      answers: [{ to: /Password for user .*: $/, type: '\u0004' }],
    });
    expect(closed.code).toBe(2);
    expect(closed.stdout).toMatch(/asks for the password of/);
  });

  atTerminal('but not with --no-input', async () => {
    const { stdout, code } = await runInTerminal([...(await args()), '--no-input'], { on });
    expect(stdout).not.toMatch(/Password for user/);
    expect(code).toBe(2);
  });

  test('but not without a terminal', async () => {
    const { stderr, code } = await run(await args(), { on, stdin: `${scram().password}\n` });
    expect(stderr).not.toMatch(/Password for user/);
    expect(code).toBe(2);
  });

  test('but not where ~/.pgpass knows it', async () => {
    const url = new URL(await withoutPassword());
    const file = join(on.home, '.pgpass');
    const line = [url.hostname, url.port, '*', scram().name, scram().password].join(':');
    writeFileSync(file, `${line}\n`, { mode: 0o600 });
    expect(await run(await args(), { on })).toMatchObject({ code: 0, stdout: 'answer\n42\n' });
    chmodSync(file, 0o640);
    const { stderr, code } = await run(await args(), { on });
    expect(code).toBe(2);
    expect(stderr).toMatch(/can be read by others: not used/);
    expect(stderr.match(/can be read by others/g)).toHaveLength(1);
    writeFileSync(file, '');
    chmodSync(file, 0o600);
  });
});
