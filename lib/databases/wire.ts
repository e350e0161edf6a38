/** PostgreSQL's protocol, spoken by postgres.js over a stream of ours: always the extended one. */
import type { Duplex } from 'node:stream';
import postgres from 'postgres';
import { ConnectionError, StatementError } from '../errors.js';
import type { Cell, Row, RowChunk } from './database.js';
import type { Connection, WireColumn, WireStatement } from './driver.js';
import { type Flow, openFlow } from './flow.js';
import { connectError, sessionEnded, statementError } from './wire-failures.js';
import { type RowShape, type Tap, tapStream } from './tap.js';

export interface WireOptions {
  /** The stream to the server, connected; called once. */
  readonly socket: () => Duplex | Promise<Duplex>;
  readonly user: string;
  readonly database: string;
  readonly connectTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Asks the server to stop what the session runs; false where the request may still be on its way. Must not reject. */
  readonly cancel: () => Promise<boolean>;
}

/** Every type's text as it came: postgres.js would serialize a string for a bool, json or timestamp column. */
const TEXT_TYPES = {
  exact: {
    to: 25,
    from: [16, 17, 20, 21, 23, 26, 114, 700, 701, 1082, 1114, 1184, 1700, 3802],
    serialize: (value: unknown) => value,
    parse: (text: string) => text,
  },
};

/**
 * Opens a session.
 *
 * @throws {ConnectionError} refused, timed out, or the server does not want us
 */
export async function openWire(options: WireOptions): Promise<Connection> {
  let socket: Duplex | undefined;
  let tap: Tap | undefined;
  const open = async (): Promise<Duplex> => {
    // postgres.js connects again when a session ends during start-up; a second stream would hide the reason.
    if (socket !== undefined) {
      const ended = new Error('the server closed the connection');
      throw Object.assign(ended, { code: 'CONNECTION_ENDED' });
    }
    socket = await options.socket();
    // Of a stream that has ended already postgres.js would not hear, and wait for it.
    options.signal.throwIfAborted();
    tap = tapStream(socket);
    return tap.socket;
  };
  const sql = postgres({
    // `socket` is documented but missing from the package's types.
    ...({ socket: open } as object),
    host: 'server',
    port: 5432,
    user: options.user,
    database: options.database,
    pass: '',
    ssl: false,
    max: 1,
    prepare: false,
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: null,
    keep_alive: 60,
    backoff: false,
    connect_timeout: Math.ceil(options.connectTimeoutMs / 1000),
    types: TEXT_TYPES as unknown as Record<string, postgres.PostgresType>,
    debug: false,
    // By itself it would print a server's notices on stdout.
    onnotice: () => undefined,
  });
  try {
    await begin(sql, options);
    return connection(sql, { socket: socket!, tap: tap! }, options.cancel);
  } catch (error) {
    socket?.destroy();
    throw connectError(error);
  }
}

/** postgres.js connects with its first query, and `reserve()` hangs on a new connection without `fetch_types`. */
async function begin(sql: postgres.Sql, { signal, connectTimeoutMs }: WireOptions): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    timer = setTimeout(() => {
      const seconds = connectTimeoutMs / 1000;
      reject(
        new ConnectionError(`no answer from the server within ${seconds} s`, {
          hint: 'the server, or a pooler before it, may have no session free: try again later',
        }),
      );
    }, connectTimeoutMs);
    signal.addEventListener('abort', abort);
  });
  try {
    signal.throwIfAborted();
    const first = sql.unsafe('select pg_catalog.pg_backend_pid()', [], EXTENDED);
    await Promise.race([first, stopped]);
  } finally {
    clearTimeout(timer);
    if (abort !== undefined) signal.removeEventListener('abort', abort);
  }
}

/** `simple: false` is the extended protocol; postgres.js would use the simple one for a text without parameters. */
const EXTENDED = { simple: false, prepare: false } as object;

type RawRows = readonly (readonly (Buffer | null)[])[] & {
  readonly columns?: readonly { name: string; type: number }[];
};

/** As postgres.js takes the command tag apart. */
interface Tag {
  readonly command: string;
  readonly count: number;
}

/** Commands whose tag ends with a number of rows (PostgreSQL manual, CommandComplete). */
const COUNTED = /^(INSERT|UPDATE|DELETE|MERGE|SELECT|COPY|MOVE|FETCH)$/;

/** One less than the protocol's 16 bits hold: postgres.js refuses more, and waits for an answer that nobody gives. */
const MAX_PARAMETERS = 65_533;

/** A reader that leaves between two batches costs nothing; within one, the server is asked to stop after these milliseconds. */
const BATCH_GRACE_MS = 100;
/** Milliseconds that the server has to stop once it was asked to. */
const CANCEL_GRACE_MS = 1000;

function connection(
  sql: postgres.Sql,
  { socket, tap }: { readonly socket: Duplex; readonly tap: Tap },
  sendCancel: WireOptions['cancel'],
): Connection {
  let alive = true;
  let cancelling: Promise<void> | undefined;
  const cancel = (): Promise<void> => {
    const sent = Promise.all([cancelling, sendCancel()]).then(async ([, settled]) => {
      if (!settled) await destroy();
      if (cancelling === sent) cancelling = undefined;
    });
    return (cancelling = sent);
  };
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      alive = false;
      resolve();
    });
  });

  const statement = (text: string, parameters: readonly Cell[]) => {
    // postgres.js writes to a null socket when the session has ended, which nobody could catch.
    if (!alive) throw sessionEnded(tap.lastWords());
    if (parameters.length > MAX_PARAMETERS) {
      throw new StatementError(`${parameters.length} parameters are too many`, {
        sql: text,
        hint: `${MAX_PARAMETERS} can be sent; an array holds more values`,
      });
    }
    return sql.unsafe(text, [...parameters], EXTENDED);
  };

  async function destroy(): Promise<void> {
    alive = false;
    socket.destroy();
    await closed;
  }

  /** A statement whose rows go past postgres.js. */
  async function* diverted(
    text: string,
    graceMs: number,
    start: (flow: Flow) => PromiseLike<unknown>,
    shape: RowShape = 'message',
  ): AsyncGenerator<RowChunk> {
    const flow = openFlow(tap);
    const release = tap.divert(flow.push, shape);
    let over = false;
    const done = (async () => await start(flow))()
      .then(
        () => flow.end(),
        (reason: unknown) => flow.end({ reason: statementError(reason, text, tap.lastWords()) }),
      )
      .finally(() => {
        release();
        over = true;
      });
    try {
      for (let chunk = await flow.next(); chunk !== undefined; chunk = await flow.next()) {
        yield chunk;
      }
    } finally {
      flow.discard();
      if (!over) await within(graceMs, done);
      if (!over) await Promise.all([cancel(), within(CANCEL_GRACE_MS, done)]);
      if (!over) await destroy();
    }
  }

  const inBatches =
    ({ sql: text, parameters, batchRows }: WireStatement) =>
    (flow: Flow) => {
      const query = statement(text, parameters);
      return query.cursor(batchRows, () => nextBatch(flow, tap, query as unknown as Cursor));
    };

  return {
    get alive() {
      return alive;
    },
    async query(text, parameters = []) {
      try {
        const rows = (await statement(text, parameters).raw()) as unknown as RawRows;
        // After a stream that was left early postgres.js counts on in the next result: it begins with holes.
        return decode(rows.filter(() => true));
      } catch (error) {
        throw statementError(error, text, tap.lastWords());
      }
    },
    async execute(text) {
      try {
        const answer = (await statement(text, []).raw()) as unknown as RawRows & Tag;
        return {
          command: answer.command,
          rowCount: COUNTED.test(answer.command) ? answer.count : undefined,
          columns: (answer.columns ?? []).map(({ name, type }) => ({ name, oid: type })),
          rows: decode(answer.filter(() => true)),
        };
      } catch (error) {
        throw statementError(error, text, tap.lastWords());
      }
    },
    async describe(text) {
      try {
        const { columns } = await statement(text, []).describe();
        const bytes = tap.bytesOf(columns.map(({ name }) => name));
        return columns.map(({ name, type }, i): WireColumn => ({
          name,
          oid: type,
          bytes: bytes?.[i],
        }));
      } catch (error) {
        throw statementError(error, text, tap.lastWords());
      }
    },
    rows: (asked) => diverted(asked.sql, BATCH_GRACE_MS, inBatches(asked)),
    lines: ({ sql: text, parameters, batchRows }) =>
      batchRows === undefined
        ? diverted(text, 0, () => statement(text, parameters), 'line')
        : diverted(text, BATCH_GRACE_MS, inBatches({ sql: text, parameters, batchRows }), 'line'),
    copy: (text) => diverted(text, 0, () => statement(text, [])),
    cancel,
    get cancelling() {
      return cancelling;
    },
    destroy,
    async close() {
      if (!alive) return;
      await sql.end({ timeout: 1 }).catch(() => undefined);
      alive = false;
      socket.destroy();
    },
  };
}

/** Resolves when `done` has, or the time is up. */
async function within(ms: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}

/** What postgres.js asks for with its next Execute. */
interface Cursor {
  cursorRows: number;
}

/** Bytes that a batch is to have; what the embedded database answers is all in memory. */
const BATCH_BYTES = 512 * 1024;
const MAX_BATCH_ROWS = 10_000;

/**
 * Waits until more is wanted. Throws, which closes the cursor, when nothing is. Where the statement is over by then, as
 * its time was, it never ends: postgres.js would send what is for the cursor to whatever it runs next.
 */
function nextBatch(flow: Flow, tap: Tap, cursor: Cursor): Promise<void> {
  const go = async () => {
    await flow.drained();
    if (!tap.suspended) return await new Promise<never>(() => undefined);
    if (flow.discarded) throw new Error('no more rows are wanted');
    const { rows, bytes } = flow.taken();
    const fitting = Math.floor(BATCH_BYTES / (bytes / Math.max(1, rows) + 1));
    cursor.cursorRows = Math.max(1, Math.min(fitting, cursor.cursorRows * 2, MAX_BATCH_ROWS));
  };
  const gone = go();
  // postgres.js waits for the promise except for the last batch's.
  gone.catch(() => undefined);
  return gone;
}

function decode(rows: readonly RawRows[number][]): Row[] {
  return rows.map((row) => row.map((cell) => (cell === null ? null : cell.toString('utf8'))));
}
