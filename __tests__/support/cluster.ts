/** One PostgreSQL server: made by initdb in a scratch folder, run on a free loopback port and a socket, ended at once. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { type Installation, makeRunnable, type RunAs } from './postgres-binaries.js';

export interface Cluster {
  readonly host: string;
  readonly port: number;
  readonly socketDirectory: string;
  readonly version: number;
  /** Immediate mode: nothing in it is worth a checkpoint. */
  stop(): Promise<void>;
}

/** Members of these roles must give a password, and in this way; everybody else is trusted. */
export const PASSWORD_GROUPS = {
  scram: ['ask_scram', 'scram-sha-256'],
  md5: ['ask_md5', 'md5'],
  plain: ['ask_plain', 'password'],
} as const;

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;

/** @param directory exists, is empty, and can be entered by `runAs` */
export async function startCluster(
  installation: Installation,
  { directory, runAs }: { readonly directory: string; readonly runAs: RunAs },
): Promise<Cluster> {
  const program = makeRunnable(installation, { scratch: directory, runAs });
  const data = ownFolder(directory, 'data', { runAs, mode: 0o700 });
  const socketDirectory = ownFolder(directory, 's', { runAs, mode: 0o755 });
  initialize(installation, { ...program, data, runAs });
  configure(data);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const log = join(directory, `server-${attempt}.log`);
    const server = spawn(
      join(program.bin, 'postgres'),
      ['-D', data, '-p', String(port), '-k', socketDirectory],
      {
        ...runAs,
        env: program.env,
        cwd: data,
        stdio: ['ignore', 'ignore', openSync(log, 'w')],
      },
    );
    const stop = () => end(server);
    try {
      if (await ready(server, data)) {
        await makePasswordGroups(port);
        return { host: '127.0.0.1', port, socketDirectory, version: installation.version, stop };
      }
    } catch (error) {
      await stop();
      throw error;
    }
    // Somebody else may have taken the port meanwhile.
    if (attempt === 3) {
      throw new Error(`server '${installation.name}' did not start:\n${readFileSync(log, 'utf8')}`);
    }
  }
}

function ownFolder(
  parent: string,
  name: string,
  { runAs, mode }: { readonly runAs: RunAs; readonly mode: number },
): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  chmodSync(folder, mode);
  if (runAs !== undefined) chownSync(folder, runAs.uid, runAs.gid);
  return folder;
}

function initialize(
  { name, version }: Installation,
  options: {
    readonly bin: string;
    readonly env: NodeJS.ProcessEnv;
    readonly data: string;
    readonly runAs: RunAs;
  },
): void {
  const { bin, env, data, runAs } = options;
  // The same on every machine: C.UTF-8 of PostgreSQL itself where it has it, else of the system where that has it.
  const locale =
    version >= 17
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : [`--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`];
  const checksums = version >= 18 ? ['--no-data-checksums'] : [];
  const result = spawnSync(
    join(bin, 'initdb'),
    [
      ...['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'],
      ...['--no-sync', '--no-instructions', ...locale, ...checksums],
    ],
    { ...runAs, env, cwd: data, encoding: 'utf8' },
  );
  if (result.status !== 0) {
    throw new Error(`initdb of '${name}' failed: ${result.error?.message ?? result.stderr}`);
  }
}

function configure(data: string): void {
  const settings = {
    listen_addresses: '127.0.0.1',
    max_connections: 100,
    shared_buffers: '64MB',
    // Nothing here outlives the run.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    // Statistics and sizes change only when a test says so.
    autovacuum: 'off',
    timezone: 'UTC',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(join(data, 'postgresql.conf'), lines.join(''));
  const everyone = (type: string, address: string) => [
    ...Object.values(PASSWORD_GROUPS).map(
      ([role, method]) => `${type} all +${role} ${address} ${method}\n`,
    ),
    `${type} all all ${address} trust\n`,
  ];
  const access = [...everyone('local', ''), ...everyone('host', '127.0.0.1/32')];
  writeFileSync(join(data, 'pg_hba.conf'), access.join(''));
}

/** As pg_ctl does: the server says `ready` in the eighth line of its pid file. False: it ended first. */
async function ready(server: ChildProcess, data: string): Promise<boolean> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (server.exitCode !== null || server.signalCode !== null) return false;
    const lines = readIfThere(join(data, 'postmaster.pid')).split('\n');
    if (lines[0] === String(server.pid) && lines[7]?.trim() === 'ready') return true;
    await sleep(10);
  }
  throw new Error(`the server was not ready within ${START_LIMIT_MS / 1000} s`);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function makePasswordGroups(port: number): Promise<void> {
  const sql = postgres({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', max: 1 });
  const roles = Object.values(PASSWORD_GROUPS).map(([role]) => `create role ${role} nologin`);
  await sql.unsafe(roles.join('; '));
  await sql.end();
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGQUIT');
  const hard = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(hard);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}
