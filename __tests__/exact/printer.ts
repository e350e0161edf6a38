/** A database that prints: the guarded port and the delivery of the program, into memory. */
import { type Delivery, type DeliveryLimits, deliver } from '../../lib/commands/delivery.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import type { Cell } from '../../lib/databases/database.js';
import type { Driver } from '../../lib/databases/driver.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { serverDriver } from '../../lib/databases/server.js';
import { findFormat } from '../../lib/formats/formats.js';

export interface PrintOptions {
  readonly parameters?: readonly Cell[];
  readonly limits?: Partial<DeliveryLimits>;
}

export interface Printer {
  print(sql: string, format: string, options?: PrintOptions): Promise<Buffer>;
  /** The same, with what the program is told of it. */
  deliver(
    sql: string,
    format: string,
    options?: PrintOptions,
  ): Promise<{ readonly bytes: Buffer; readonly delivery: Delivery }>;
  /** What was said beside the rows since the last call. */
  warnings(): string[];
  close(): Promise<void>;
}

/**
 * The way that rows come: COPY where it can wrap the statement, or a cursor, which a limit asks for: here one that no
 * result reaches.
 */
export const PATHS = [
  { path: 'copy', limits: {} },
  { path: 'cursor', limits: { limit: 1_000_000_000 } },
] as const;

/**
 * @param environment PGOPTIONS and the like
 * @param functions that the configuration lets reads use
 */
export function openPrinter(
  url: string,
  environment: Readonly<Record<string, string>> = {},
  functions: readonly string[] = [],
): Printer {
  const target = resolveConnection(parseConnectionString(url), environment, undefined);
  return printerOf(serverDriver({ target, maxConnections: 1, warn: () => undefined }), functions);
}

export function printerOf(driver: Driver, functions: readonly string[] = []): Printer {
  const database = guardDatabase(driver, {
    name: 'x',
    lockTimeoutMs: 2000,
    allow: { functions, extensions: ['hstore', 'citext'] },
    grant: 'admin',
  });
  const warnings: string[] = [];
  const printer: Printer = {
    print: async (...asked) => (await printer.deliver(...asked)).bytes,
    async deliver(sql, format, { parameters, limits = {} } = {}) {
      const chunks: Buffer[] = [];
      const delivery = await deliver(
        { sql, parameters },
        {
          database,
          format: findFormat(format),
          sink: {
            // A sink may be handed bytes that are used again once it has taken them.
            write: (chunk) => Promise.resolve(void chunks.push(Buffer.from(chunk as Uint8Array))),
          },
          limits: {
            ...{ limit: undefined, maxRows: undefined, maxBytes: undefined, timeoutMs: 60_000 },
            ...limits,
          },
          formatOptions: {
            ...{ width: undefined, height: undefined, color: false },
            warn: (message: string) => void warnings.push(message),
          },
          signal: new AbortController().signal,
        },
      );
      return { bytes: Buffer.concat(chunks), delivery };
    },
    warnings: () => warnings.splice(0),
    async close() {
      await database.close();
      await driver.close();
    },
  };
  return printer;
}
