/** A real pgbouncer in transaction mode before a real server, where it is installed. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unprivilegedUser } from './postgres-binaries.js';

export interface Bouncer {
  readonly host: string;
  readonly port: number;
  url(database?: string, user?: string): string;
  remove(): Promise<void>;
}

const PROGRAM = ['pgbouncer', '/usr/sbin/pgbouncer'].find(
  (path) => spawnSync(path, ['--version']).status === 0,
);

/** Why there is none, for a test's title. */
export function noBouncer(): string | undefined {
  return PROGRAM === undefined ? 'skipped: pgbouncer is not installed' : undefined;
}

/** One session with the server for all clients; each transaction has it for itself. */
export async function openBouncer(server: { host: string; port: number }): Promise<Bouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'pgask-bouncer-'));
  const runAs = unprivilegedUser();
  const port = await freePort();
  const host = '127.0.0.1';
  const file = join(folder, 'bouncer.ini');
  writeFileSync(
    file,
    `[databases]
* = host=${server.host} port=${server.port}
[pgbouncer]
listen_addr = ${host}
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${folder}/users
pool_mode = transaction
default_pool_size = 1
max_client_conn = 50
`,
  );
  writeFileSync(join(folder, 'users'), '"postgres" ""\n');
  chmodSync(folder, 0o711);
  for (const path of [folder, file, join(folder, 'users')]) {
    if (runAs !== undefined) chownSync(path, runAs.uid, runAs.gid);
  }
  const log = join(folder, 'log');
  const child = spawn(PROGRAM!, [file], {
    ...runAs,
    stdio: ['ignore', 'ignore', openSync(log, 'w')],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let tries = 0; !(await listens(port)); tries++) {
    if (child.exitCode !== null || tries > 500) {
      throw new Error(`pgbouncer did not start:\n${readFileSync(log, 'utf8')}`);
    }
    await sleep(20);
  }
  return {
    host,
    port,
    url: (database = 'postgres', user = 'postgres') =>
      `postgres://${user}@${host}:${port}/${database}`,
    async remove() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
