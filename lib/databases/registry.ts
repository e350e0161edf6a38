/** The kinds of databases: a line each. A driver is loaded when a database of its kind is opened. */
import type { Driver } from './driver.js';
import { SAMPLE_TODAY } from './embedded/sample/today.js';
import { type Parameters, parseConnectionString, resolveConnection } from './connection.js';

export interface DriverContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string | undefined;
  /** Where data of pgask's own is kept. */
  readonly dataDirectory: string;
  /** Where the program's own files are: the embedded database's worker and sample. */
  readonly programDirectory: string;
  readonly lockTimeoutMs: number;
  readonly warn: (message: string, hint?: string) => void;
  /** Told of every password before it is used. */
  readonly conceal: (secret: string) => void;
  /** Asks a person, who types what nobody sees; undefined where there is nobody. */
  readonly askPassword: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
}

/** What the configuration says of a database, one kind at a time. */
export type DatabaseTarget =
  | { readonly kind: 'server'; readonly connection: string | Parameters }
  | { readonly kind: 'embedded' };

/** Sessions with a server at once: a step's tool calls run side by side. */
const MAX_CONNECTIONS = 4;

export const drivers = {
  server: async (target: DatabaseTarget & { kind: 'server' }, context: DriverContext) => {
    const { connection } = target;
    const given = typeof connection === 'string' ? parseConnectionString(connection) : connection;
    const { serverDriver } = await import('./server.js');
    const resolved = resolveConnection(given, context.environment, context.home);
    for (const secret of [resolved.password, resolved.tls.passphrase]) {
      if (secret !== undefined) context.conceal(secret);
    }
    return serverDriver({
      target: resolved,
      maxConnections: MAX_CONNECTIONS,
      warn: context.warn,
      conceal: context.conceal,
      askPassword: context.askPassword,
    });
  },
  embedded: async (_target: DatabaseTarget & { kind: 'embedded' }, context: DriverContext) => {
    const { embeddedDriver } = await import('./embedded/embedded.js');
    return embeddedDriver({
      dataDir: `${context.dataDirectory}/sample`,
      templateDir: `${context.programDirectory}/sample`,
      workerFile: `${context.programDirectory}/embedded-worker.mjs`,
      lockTimeoutMs: context.lockTimeoutMs,
      onWait: context.warn,
    });
  },
} as const;

/** @throws {ConfigError} where the target can't be understood; nothing is connected yet */
export async function openDriver(target: DatabaseTarget, context: DriverContext): Promise<Driver> {
  return target.kind === 'server'
    ? await drivers.server(target, context)
    : await drivers.embedded(target, context);
}

/** The day that requests to a database count from, in ISO 8601, where it is not the calendar's: the sample is made of fixed dates. */
export function todayOf(target: DatabaseTarget): string | undefined {
  return target.kind === 'embedded' ? SAMPLE_TODAY : undefined;
}
