/** PostgreSQL servers for the suites: the run's own, a fresh database for each suite, roles, other versions. */
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { PASSWORD_GROUPS } from './cluster.js';
import type { Address, Greeting, Request, Response } from './supervisor.js';

export interface TestServer extends Address {
  /** As the superuser `postgres`, who is trusted; other roles of {@link testRole} give their password. */
  url(database?: string, role?: { readonly name: string; readonly password?: string }): string;
  /** Ends the server once nobody uses it any more. The run's own goes at the end of the run anyway. */
  stop(): Promise<void>;
}

export interface AvailableServer {
  /** `bundled 18`, `system 15`. */
  readonly name: string;
  readonly version: number;
  start(): Promise<TestServer>;
  /** One that no other suite sees, for tests that touch what all databases of a server share. To be stopped. */
  startAlone(): Promise<TestServer>;
}

export interface TestDatabase {
  readonly name: string;
  /** As the superuser. */
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestRole {
  readonly name: string;
  readonly password: string;
  drop(): Promise<void>;
}

/** Every server that a suite can run over; the first is the run's own. None is started by this. */
export function availableServers(): AvailableServer[] {
  return greeting().servers.map(({ name, version }) => ({
    name,
    version,
    start: () => start(name),
    startAlone: () => start(name, `${process.pid}-${(counter += 1)}`),
  }));
}

/** Why some servers are not available, in words for a test's title. */
export function skippedServers(): readonly string[] {
  return greeting().skipped;
}

let own: Promise<TestServer> | undefined;

/** The run's own server. */
export function testServer(): Promise<TestServer> {
  const first = availableServers()[0];
  if (first === undefined) throw new Error(`no PostgreSQL server: ${skippedServers().join('; ')}`);
  own ??= first.start();
  return own;
}

/** The URL of a database on the run's own server. */
export async function serverUrl(
  database = 'postgres',
  role?: { readonly name: string; readonly password?: string },
): Promise<string> {
  return (await testServer()).url(database, role);
}

let counter = 0;

/**
 * A fresh database. Those with the same `sql` are copies of one template, which is filled once for each run.
 *
 * @param options.sql runs as the superuser; each may hold several statements
 * @param options.name a fixed name where a test needs one; a database of that name is dropped first
 */
export async function testDatabase(
  options: {
    readonly sql?: readonly string[];
    readonly name?: string;
    readonly server?: TestServer;
  } = {},
): Promise<TestDatabase> {
  const server = options.server ?? (await testServer());
  const name = options.name ?? `test_${process.pid}_${(counter += 1)}`;
  const sql = options.sql ?? [];
  await asSuperuser(server, 'postgres', async (run) => {
    const template = sql.length === 0 ? 'template0' : await filledTemplate(server, run, sql);
    await run(`drop database if exists ${quoted(name)} with (force)`);
    await run(`create database ${quoted(name)} template ${quoted(template)}`);
  });
  return {
    name,
    url: server.url(name),
    drop: () =>
      asSuperuser(server, 'postgres', (run) =>
        run(`drop database if exists ${quoted(name)} with (force)`),
      ),
  };
}

/** The name of the template that holds what `sql` makes. Suites that run at once fill it once. */
async function filledTemplate(server: TestServer, run: Run, sql: readonly string[]) {
  const digest = createHash('sha256').update(JSON.stringify(sql)).digest('hex').slice(0, 20);
  const name = `template_${digest}`;
  await run(`select pg_advisory_lock(hashtext('${name}'))`);
  const [existing] = await run(`select 1 from pg_database where datname = '${name}'`);
  if (existing === undefined) {
    // Under its own name only once it is whole.
    await run(`drop database if exists ${name}_partial with (force)`);
    await run(`create database ${name}_partial template template0`);
    await asSuperuser(server, `${name}_partial`, async (fill) => {
      for (const text of sql) await fill(text);
    });
    await run(`alter database ${name}_partial rename to ${name}`);
  }
  await run(`select pg_advisory_unlock(hashtext('${name}'))`);
  return name;
}

/**
 * A role that may log in, without other rights.
 *
 * @param options.auth how the server asks for its password; `trust` does not ask
 * @param options.attributes as CREATE ROLE takes them: `connection limit 1`
 */
export async function testRole(
  options: {
    readonly auth?: 'trust' | keyof typeof PASSWORD_GROUPS;
    readonly name?: string;
    readonly password?: string;
    readonly attributes?: string;
    readonly server?: TestServer;
  } = {},
): Promise<TestRole> {
  const { auth = 'trust', attributes = '' } = options;
  const server = options.server ?? (await testServer());
  // Files share a process, and each counts anew; a role belongs to the whole server.
  const name = options.name ?? `role_${randomBytes(6).toString('hex')}`;
  const password = options.password ?? `secret of ${name}`;
  await asSuperuser(server, 'postgres', async (run) => {
    if (auth === 'md5') await run("set password_encryption = 'md5'");
    const literal = `'${password.replaceAll("'", "''")}'`;
    await run(`create role ${quoted(name)} login password ${literal} ${attributes}`);
    if (auth !== 'trust') await run(`grant ${PASSWORD_GROUPS[auth][0]} to ${quoted(name)}`);
  });
  return {
    name,
    password,
    drop: () =>
      asSuperuser(server, 'postgres', (run) => run(`drop role if exists ${quoted(name)}`)),
  };
}

type Run = (sql: string) => Promise<readonly unknown[]>;

/** A session of its own, closed at the end: an open one would keep the suite from ending. */
async function asSuperuser<T>(
  server: TestServer,
  database: string,
  work: (run: Run) => Promise<T>,
): Promise<void> {
  const { host, port } = server;
  const sql = postgres({
    ...{ host, port, user: 'postgres', database },
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
  });
  try {
    await work((text) => sql.unsafe(text));
  } finally {
    await sql.end();
  }
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

async function start(name: string, alone?: string): Promise<TestServer> {
  const response = await request({ type: 'start', server: name, alone });
  if (response.type !== 'running') throw new Error(`server '${name}': ${describe(response)}`);
  const { server } = response;
  return {
    ...server,
    url(database = 'postgres', role = { name: 'postgres' }) {
      const user = [role.name, ...(role.password === undefined ? [] : [role.password])];
      const credentials = user.map(encodeURIComponent).join(':');
      return `postgres://${credentials}@${server.host}:${server.port}/${encodeURIComponent(database)}`;
    },
    async stop() {
      await request({ type: 'stop', server: name, alone });
    },
  };
}

function describe(response: Response): string {
  return response.type === 'failed' ? response.message : response.type;
}

function request(message: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    const socket = connect(greeting().control);
    socket.once('error', reject);
    createInterface({ input: socket }).once('line', (line) => {
      socket.destroy();
      resolve(JSON.parse(line) as Response);
    });
    socket.write(`${JSON.stringify(message)}\n`);
  });
}

function greeting(): Greeting {
  const text = process.env['SUITE_SERVERS'];
  if (text === undefined) {
    throw new Error(
      "no servers: they are started by jest's globalSetup; run the tests through npm",
    );
  }
  return JSON.parse(text) as Greeting;
}
