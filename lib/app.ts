/** The composition root: what a command may use, each built when it is first asked for. */
import { homedir, userInfo } from 'node:os';
import type { Catalog } from './catalog/catalog.js';
import { introspect } from './catalog/introspect.js';
import type { Changes } from './changes/changes.js';
import type { SharedFlags } from './commands/shared.js';
import { grantOn } from './config/grant.js';
import { askForTrust } from './config/ask-trust.js';
import { type Config, type DatabaseEntry, loadConfig } from './config/load.js';
import type { Database } from './databases/database.js';
import { guardDatabase } from './databases/guarded.js';
import { openPool, type Pool } from './databases/pool.js';
import { openDriver, todayOf } from './databases/registry.js';
import { ConfigError, type Effect } from './errors.js';
import { type AtomicFile, compressionOf, isStdout, openAtomic, openCompressor } from './files.js';
import type { Format } from './formats/format.js';
import { findFormat } from './formats/formats.js';
import type { Io, Sink } from './io.js';
import type { Model } from './models/model.js';
import { providers } from './models/registry.js';
import type { SessionStore } from './sessions/store.js';

export interface Output {
  readonly sink: Sink;
  /** The file that is being written; undefined where it is stdout. */
  readonly path: string | undefined;
  /** Bytes that went to the file so far: compressed ones, where its name asks for that. */
  bytes(): number;
  /** Aborts where a person has quit the pager: what they wanted of the result they have seen. */
  readonly left?: AbortSignal;
  /** Shows a result that is whole; a pager shows it anyway. */
  whole?(): Promise<void>;
  /** Makes what was written the file's content. */
  commit(): Promise<void>;
  /** Leaves the file as it was. */
  abort(): Promise<void>;
}

export interface OpenDatabase {
  readonly database: Database;
  readonly entry: DatabaseEntry;
  /** The date that "today" means, in ISO 8601. */
  readonly today: string;
}

export interface OpenChanges {
  readonly changes: Changes;
  readonly entry: DatabaseEntry;
}

export interface App {
  readonly io: Io;
  readonly flags: SharedFlags;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts with an InterruptedError on a signal. */
  readonly signal: AbortSignal;
  /** Talk for people on stderr: nothing under --quiet. */
  say(message: string): void;
  /** More of it, under --verbose. */
  detail(message: string): void;
  warn(message: string, hint?: string): void;
  config(): Config;
  /** The configuration as it would be in another working directory. */
  configAt(directory: string): Config;
  format(): Format;
  /** Where the result goes; opened before anything is asked or run, so that what can't be written is known. */
  output(): Promise<Output>;
  /**
   * A further file, compressed where its name ends so.
   *
   * @param options.fresh what has the name already is never replaced
   * @throws {OutputError} {UsageError} at once, where it can't be written so
   */
  outputFile(path: string, options?: { readonly fresh?: boolean }): Promise<Output>;
  /**
   * The guarded database that `--db` or the configuration names. Not connected before its first read.
   *
   * @param options.anyRole also where its configuration wants a role that only reads: to look at the role it has
   */
  database(name?: string, options?: { readonly anyRole: boolean }): Promise<OpenDatabase>;
  /**
   * The database that {@link database} opens, for changes: as far as `--allow` and its access level let them.
   */
  changes(): Promise<OpenChanges>;
  /** Its catalog; read once. */
  catalog(): Promise<Catalog>;
  /** @throws {ConfigError} {UntrustedError} */
  model(): Promise<Model>;
  sessions(): Promise<SessionStore>;
  /** The folder for what can be had again; undefined where there is no home. */
  cacheDirectory(): string | undefined;
  /** Ends connections and what else holds the process. Never rejects. */
  close(): Promise<void>;
}

export interface AppProcess {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly programDirectory: string;
  readonly signal: AbortSignal;
}

export function openApp({
  io: terminal,
  flags,
  process,
}: {
  io: Io;
  flags: SharedFlags;
  process: AppProcess;
}): App {
  const { environment, cwd, signal } = process;
  const io: Io = flags.noInput ? { ...terminal, canAsk: () => false } : terminal;
  const home = environment['HOME'] || homedirOrNone();
  const opened: Database[] = [];

  const say = (message: string) => {
    if (!flags.quiet) io.talk.line(message);
  };
  const warn = (message: string, hint?: string) => {
    say(`warning: ${message}${hint === undefined ? '' : ` (${hint})`}`);
  };
  const configAt = (directory: string) =>
    loadConfig({ flags, environment, cwd: directory, home, file: flags.config });
  const config = once(() => {
    const loaded = configAt(cwd);
    io.secrets.add(...loaded.secrets);
    for (const { message, hint } of loaded.warnings) warn(message, hint);
    return loaded;
  });
  // Before anything is done by the configuration's word; what is not trusted then, it refuses by itself.
  const trusted = once(() => askForTrust(config(), io, signal));
  const open = once(() => openNamed(undefined));

  async function openNamed(
    name: string | undefined,
    { anyRole = false } = {},
  ): Promise<OpenDatabase & { readonly pool: Pool; readonly grant: Effect }> {
    await trusted();
    const entry = config().database(name);
    const grant = grantOn(entry, flags.allow);
    const lockTimeoutMs = config().settings.limits.lockTimeoutMs;
    const driver = await openDriver(entry.target, {
      environment: config().environment,
      home,
      // A server needs none.
      get dataDirectory() {
        return stateDirectory('XDG_DATA_HOME', '.local/share', { environment, home });
      },
      programDirectory: process.programDirectory,
      lockTimeoutMs,
      warn,
      conceal: (secret) => io.secrets.add(secret),
      askPassword: io.canAsk() ? (question, stop) => io.askHidden(question, stop) : undefined,
    });
    const pool = openPool(driver);
    const guarding = {
      name: entry.name,
      lockTimeoutMs,
      allow: entry.guard,
      maxPlanCost: entry.limits.maxPlanCost,
      maxCellBytes: entry.limits.maxCellBytes,
      idleTimeoutMs: entry.limits.idleTimeoutMs,
      grant,
      requireReadOnlyRole: entry.requireReadOnlyRole && !anyRole,
      warn,
    };
    const database = guardDatabase(driver, guarding, pool);
    opened.push(database);
    const today = entry.today ?? todayOf(entry.target) ?? localDate();
    return { database, entry, today, pool, grant };
  }

  return {
    io,
    flags,
    cwd,
    environment,
    signal,
    say,
    detail: (message) => {
      if (flags.verbose) say(message);
    },
    warn,
    config,
    configAt,
    format: once(() => findFormat(config().settings.format)),
    output: once(() => openOutput(io, flags, { signal, warn })),
    outputFile: (path, options) => openOutputFile(path, { signal, ...options }),
    database: (name, options) =>
      name === undefined && options === undefined ? open() : openNamed(name, options),
    changes: once(async () => {
      const { entry, pool, grant } = await open();
      const { openAll } = await import('./changes/open.js');
      const { writableDatabase } = await import('./databases/writable.js');
      const database = writableDatabase(pool, { name: entry.name, grant, allow: entry.guard });
      return {
        entry,
        changes: openAll({
          ...{ database, grant, signal },
          directory: stateDirectory('XDG_STATE_HOME', '.local/state', { environment, home }),
          timeoutMs: entry.limits.timeoutMs,
          settings: config().settings.changes,
          who: userNameOrNone() ?? environment['USER'] ?? 'unknown',
          returning:
            flags.envelope || findFormat(config().settings.format).layout === 'json'
              ? 'json'
              : 'text',
        }),
      };
    }),
    catalog: once(async () => {
      const { database, entry } = await open();
      return await introspect(database, { signal, timeoutMs: entry.limits.timeoutMs });
    }),
    model: once(async () => {
      await trusted();
      const { provider, ...settings } = config().model;
      return await providers[provider]({
        ...settings,
        secrets: io.secrets,
        onRetry: (message) => say(message),
      });
    }),
    sessions: once(async () => {
      const { openStore } = await import('./sessions/store.js');
      const { session } = config().settings;
      return openStore({
        directory: `${stateDirectory('XDG_STATE_HOME', '.local/state', { environment, home })}/sessions`,
        idleMs: session.idleMinutes * 60_000,
        maxTurns: session.maxTurns,
        maxTokens: session.maxTokens,
        maxSessions: session.maxSessions,
        maxAgeMs: session.maxAgeDays * 86_400_000,
        now: Date.now,
        warn,
        signal,
      });
    }),
    cacheDirectory: () => {
      const base = environment['XDG_CACHE_HOME'];
      return home === undefined && base?.startsWith('/') !== true
        ? undefined
        : stateDirectory('XDG_CACHE_HOME', '.cache', { environment, home });
    },
    async close() {
      await Promise.all(opened.map((database) => database.close()));
    },
  };
}

/** A value made at the first call. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

async function openOutput(
  io: Io,
  { output: path, pager, color }: SharedFlags,
  told: { readonly signal: AbortSignal; readonly warn: (message: string) => void },
): Promise<Output> {
  if (path === undefined || path === '-' || isStdout(path)) {
    io.out.open();
    const paged = await io.out.page({ wanted: pager, color: io.out.color(color), ...told });
    if (paged !== undefined) {
      const end = () => paged.end();
      const whole = () => paged.whole();
      const { left } = paged;
      return { sink: paged, path: undefined, bytes: () => 0, left, whole, commit: end, abort: end };
    }
    const nothing = () => Promise.resolve();
    return { sink: io.out, path: undefined, bytes: () => 0, commit: nothing, abort: nothing };
  }
  return await openOutputFile(path, { signal: told.signal });
}

async function openOutputFile(
  path: string,
  options: { readonly fresh?: boolean; readonly signal: AbortSignal },
): Promise<Output> {
  const { compression } = compressionOf(path);
  const compress = compression && (await openCompressor(compression, path));
  return { ...counted(await openAtomic(path, options), compress), path };
}

function counted(
  file: AtomicFile,
  compress: (file: AtomicFile) => AtomicFile = (same) => same,
): Omit<Output, 'path'> {
  let bytes = 0;
  const sink = compress({
    ...file,
    async write(chunk) {
      await file.write(chunk);
      bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
    },
  });
  return { sink, bytes: () => bytes, commit: () => sink.commit(), abort: () => sink.abort() };
}

/** The calendar day here, in ISO 8601. */
function localDate(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A folder of pgask's own, by the XDG base directory specification. */
function stateDirectory(
  variable: string,
  fallback: string,
  { environment, home }: { environment: AppProcess['environment']; home: string | undefined },
): string {
  const base = environment[variable];
  // The specification has relative paths ignored.
  if (base !== undefined && base.startsWith('/')) return `${base}/pgask`;
  if (home !== undefined) return `${home}/${fallback}/pgask`;
  throw new ConfigError('there is no home directory to keep data in', {
    hint: `set HOME or ${variable}`,
  });
}

function userNameOrNone(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

function homedirOrNone(): string | undefined {
  try {
    // An empty HOME is none, as libpq has it: the password database tells.
    return homedir() || userInfo().homedir || undefined;
  } catch {
    // No entry in the password database: containers run like that.
    return undefined;
  }
}
