/** A fresh database with two sessions in it: one prints, the other says what is right. */
import { expect } from '@jest/globals';
import { testDatabase, type TestServer } from '../support/server.js';
import { expected, FORMATS, type FormatName, same } from './expected.js';
import { openPrinter, PATHS, type Printer } from './printer.js';
import { openSession, type Session } from './session.js';

export interface Ground {
  readonly url: string;
  readonly session: Session;
  readonly printer: Printer;
  /** Every format, by COPY and by a cursor, prints of a query what the server says. */
  compare(sql: string, formats?: readonly FormatName[]): Promise<void>;
  close(): Promise<void>;
}

/** @param options.options as PGOPTIONS has them, for both sessions */
export async function openGround(options: {
  readonly server?: TestServer;
  readonly sql?: readonly string[];
  readonly options?: string;
}): Promise<Ground> {
  const { server, sql = [], options: settings = '-c timezone=UTC' } = options;
  const database = await testDatabase({ sql, ...(server === undefined ? {} : { server }) });
  const sessions = await openSessions(database.url, settings);
  return {
    ...sessions,
    async close() {
      await sessions.close();
      await database.drop();
    },
  };
}

/**
 * The same in a database that is there, and stays.
 *
 * @param encoding what the session that knows speaks, where that is not UTF-8
 */
export async function openSessions(
  url: string,
  options: string,
  encoding = 'UTF8',
): Promise<Ground> {
  const session = await openSession(url, { options, client_encoding: encoding });
  const printer = openPrinter(url, { PGOPTIONS: options });
  return {
    url,
    session,
    printer,
    compare: (sql, formats) => compare({ session, printer }, sql, formats),
    async close() {
      await printer.close();
      await session.close();
    },
  };
}

async function compare(
  { session, printer }: Pick<Ground, 'session' | 'printer'>,
  sql: string,
  formats: readonly FormatName[] = FORMATS,
): Promise<void> {
  for (const format of formats) {
    const wanted = await expected(session, sql, format);
    for (const { path, limits } of PATHS) {
      const difference = same(await printer.print(sql, format, { limits }), wanted);
      const of = `${format} by ${path} of ${sql.slice(0, 120)}`;
      expect({ of, is: difference.given }).toEqual({ of, is: difference.wanted });
    }
  }
}
