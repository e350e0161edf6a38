/** A PostgreSQL server that a test may configure, stop, kill, freeze and copy, for nobody else uses it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import {
  findInstallations,
  type Installation,
  makeRunnable,
  unprivilegedUser,
} from './postgres-binaries.js';
import type { Greeting } from './supervisor.js';

export interface PrivateServer {
  readonly host: string;
  readonly port: number;
  readonly socketDirectory: string;
  /** The data directory. */
  readonly data: string;
  readonly version: number;
  /** Of the postmaster; undefined while it does not run. */
  readonly pid: number | undefined;
  url(database?: string, user?: string, password?: string): string;
  /** As the superuser `postgres`, over the socket, which always trusts. Rows as objects. */
  run(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** A file that the server can read, in its data directory. */
  file(name: string, content: string | Uint8Array): string;
  /** Lines of pg_hba.conf for TCP; in force after a (re)start or `pg_reload_conf()`. */
  hba(lines: readonly string[]): void;
  start(options?: { readonly waits?: boolean }): Promise<void>;
  /** SIGINT is the fast shutdown, SIGQUIT the immediate one, SIGTERM the one that waits for sessions. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Another server with what this one holds; this one must be stopped. Not started. */
  copy(settings?: Settings): Promise<PrivateServer>;
  /** Ends it and removes what it held. */
  remove(): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

const TRUST_ALL = ['host all all all trust'];
let counter = 0;

/** Initialized and started. */
export async function privateServer(settings: Settings = {}): Promise<PrivateServer> {
  const folder = fileURLToPath(new URL('../..', import.meta.url));
  const [installation] = findInstallations(folder).found;
  if (installation === undefined) throw new Error('no PostgreSQL server is installed');
  const place = newPlace();
  const runAs = unprivilegedUser();
  const program = makeRunnable(installation, { scratch: place, runAs });
  const data = join(place, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (runAs !== undefined) chownSync(data, runAs.uid, runAs.gid);
  const made = spawnSync(
    join(program.bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'],
    { ...runAs, env: program.env, cwd: data, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const server = await serverAt(place, { installation, program, settings });
  server.hba(TRUST_ALL);
  await server.start();
  return server;
}

/** In the run's own folder, which goes at its end whatever happens; a server without its folder ends by itself. */
function newPlace(): string {
  const { control } = JSON.parse(process.env['SUITE_SERVERS'] ?? '{}') as Greeting;
  const place = join(dirname(control), `own-${process.pid}-${(counter += 1)}`);
  mkdirSync(place);
  chmodSync(place, 0o711);
  return place;
}

interface Making {
  readonly installation: Installation;
  readonly program: ReturnType<typeof makeRunnable>;
  readonly settings: Settings;
}

async function serverAt(
  place: string,
  { installation, program, settings }: Making,
): Promise<PrivateServer> {
  const runAs = unprivilegedUser();
  const data = join(place, 'data');
  const socketDirectory = join(place, 's');
  mkdirSync(socketDirectory, { mode: 0o755 });
  if (runAs !== undefined) chownSync(socketDirectory, runAs.uid, runAs.gid);
  const host = '127.0.0.1';
  const port = await freePort();
  let child: ChildProcess | undefined;
  const runs = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const lines = Object.entries({
    ...{ listen_addresses: host, port: String(port), unix_socket_directories: socketDirectory },
    ...{
      fsync: 'off',
      shared_buffers: '32MB',
      autovacuum: 'off',
      timezone: 'UTC',
      log_timezone: 'UTC',
    },
    ...settings,
  }).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(join(data, 'postgresql.conf'), lines.join(''));

  const file = (name: string, content: string | Uint8Array) => {
    const path = join(data, name);
    rmSync(path, { force: true });
    writeFileSync(path, content, { mode: 0o600 });
    if (runAs !== undefined) chownSync(path, runAs.uid, runAs.gid);
    return path;
  };

  async function stop(signal: NodeJS.Signals = 'SIGQUIT'): Promise<void> {
    if (!runs()) return;
    const ended = new Promise((resolve) => child!.once('exit', resolve));
    // A frozen process takes its signals when it goes on.
    child!.kill('SIGCONT');
    child!.kill(signal);
    const hard = setTimeout(() => child!.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(hard);
  }

  return {
    ...{ host, port, socketDirectory, data, version: installation.version },
    get pid() {
      return runs() ? child!.pid : undefined;
    },
    url(database = 'postgres', user = 'postgres', password) {
      const who = [user, ...(password === undefined ? [] : [password])].map(encodeURIComponent);
      return `postgres://${who.join(':')}@${host}:${port}/${encodeURIComponent(database)}`;
    },
    async run(sql, database = 'postgres') {
      const connection = postgres({
        ...{ host: socketDirectory, port, user: 'postgres', database },
        max: 1,
        onnotice: () => undefined,
      });
      try {
        return [...(await connection.unsafe(sql))] as Record<string, unknown>[];
      } finally {
        await connection.end();
      }
    },
    file,
    hba: (given) => void file('pg_hba.conf', ['local all all trust', ...given, ''].join('\n')),
    async start({ waits = true } = {}) {
      const log = join(place, 'log');
      child = spawn(join(program.bin, 'postgres'), ['-D', data], {
        ...runAs,
        env: program.env,
        cwd: data,
        stdio: ['ignore', 'ignore', openSync(log, 'a')],
      });
      const limit = Date.now() + 30_000;
      while (waits && !isReady(data)) {
        if (!runs() || Date.now() > limit) {
          throw new Error(`the server did not start:\n${readFileSync(log, 'utf8')}`);
        }
        await sleep(10);
      }
    },
    stop,
    async copy(more = {}) {
      const other = newPlace();
      cpSync(data, join(other, 'data'), { recursive: true });
      if (runAs !== undefined) {
        spawnSync('chown', ['-R', `${runAs.uid}:${runAs.gid}`, join(other, 'data')]);
      }
      return await serverAt(other, { installation, program, settings: { ...settings, ...more } });
    },
    async remove() {
      await stop();
      rmSync(place, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** As pg_ctl looks; a standby that takes queries is `ready` too. */
function isReady(data: string): boolean {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
