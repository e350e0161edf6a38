/**
 * A process of its own that starts servers when a suite asks for one, and ends them and removes their folder when
 * its standard input ends: whatever happens to the test run, even kill -9, closes that pipe.
 *
 * Arguments: the project's folder, and the scratch folder, which it owns. Writes a {@link Greeting} as one line.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Cluster, startCluster } from './cluster.js';
import { findInstallations, unprivilegedUser } from './postgres-binaries.js';

export interface Greeting {
  /** A socket that takes one {@link Request} a line and answers each with one {@link Response} line. */
  readonly control: string;
  readonly servers: readonly { readonly name: string; readonly version: number }[];
  readonly skipped: readonly string[];
}

/** `alone` is the name of a server of that kind which nobody else is given. */
export interface Request {
  readonly type: 'start' | 'stop';
  readonly server: string;
  readonly alone?: string | undefined;
}

export type Response =
  | { readonly type: 'running'; readonly server: Address }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly message: string };

export interface Address {
  readonly name: string;
  readonly version: number;
  readonly host: string;
  readonly port: number;
  /** For connections by a Unix socket. */
  readonly socketDirectory: string;
}

interface Running {
  users: number;
  readonly cluster: Promise<Cluster>;
}

const [projectRoot, scratch] = process.argv.slice(2) as [string, string];
const { found, skipped } = findInstallations(projectRoot);
const running = new Map<string, Running>();
let ending = false;

writeFileSync(join(scratch, 'supervisor.pid'), String(process.pid));
removeForgotten();
process.stdin.on('end', finish).on('error', finish).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, finish);
// The reader of the greeting may be gone; the pipe above says so as well.
process.stdout.on('error', finish);

const control = join(scratch, 'control');
const doorway = createServer((socket) => {
  socket.unref().on('error', () => undefined);
  createInterface({ input: socket }).on('line', (line) => {
    void answer(JSON.parse(line) as Request).then((response) => {
      socket.write(`${JSON.stringify(response)}\n`);
    });
  });
});
doorway.listen(control, () => {
  const servers = found.map(({ name, version }) => ({ name, version }));
  process.stdout.write(`${JSON.stringify({ control, servers, skipped } satisfies Greeting)}\n`);
});

async function answer(request: Request): Promise<Response> {
  const { server: name, alone } = request;
  const key = alone === undefined ? name : `${name} ${alone}`;
  try {
    if (request.type === 'stop') {
      await release(key);
      return { type: 'stopped' };
    }
    const { host, port, socketDirectory, version } = await acquire(name, key);
    return { type: 'running', server: { name, version, host, port, socketDirectory } };
  } catch (error) {
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function acquire(name: string, key: string): Promise<Cluster> {
  const installation = found.find((candidate) => candidate.name === name);
  if (installation === undefined) throw new Error(`there is no server '${name}' here`);
  if (ending) throw new Error('the test run is over');
  let entry = running.get(key);
  if (entry === undefined) {
    const directory = join(scratch, `${key.replaceAll(' ', '-')}-${Date.now()}`);
    mkdirSync(directory);
    const runAs = unprivilegedUser();
    entry = { users: 0, cluster: startCluster(installation, { directory, runAs }) };
    running.set(key, entry);
  }
  entry.users += 1;
  return entry.cluster;
}

/** The last user's leave ends a server. */
async function release(key: string): Promise<void> {
  const entry = running.get(key);
  if (entry === undefined) return;
  entry.users -= 1;
  if (entry.users > 0) return;
  running.delete(key);
  await (await entry.cluster).stop();
}

function finish(): void {
  if (ending) return;
  ending = true;
  void (async () => {
    doorway.close();
    for (const { cluster } of running.values()) {
      await cluster.then(
        (server) => server.stop(),
        () => undefined,
      );
    }
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    process.stdin.destroy();
  })();
}

/**
 * Removes what a supervisor left that was itself killed. A PostgreSQL server whose pid file is gone ends by itself
 * within a minute (src/backend/postmaster/postmaster.c, RecheckDataDirLockFile), so nothing needs to be killed here.
 */
function removeForgotten(): void {
  const parent = dirname(scratch);
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (!name.startsWith('pgask-test-') || folder === scratch) continue;
    try {
      const pid = Number(readFileSync(join(folder, 'supervisor.pid'), 'utf8'));
      if (!isAlive(pid)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or just being made or removed.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
