/**
 * Between the server and postgres.js: rows are taken out of the protocol's stream as bytes, and everything else goes
 * on to postgres.js, which never sees them. Its own way costs an array and a Buffer for each value.
 */
import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { RowChunk } from './database.js';
import { idleSyncFilter } from './idle-syncs.js';
import { rawNames } from './raw-names.js';

export interface Tap {
  /** What postgres.js is given as its socket. */
  readonly socket: Duplex;
  /** From the next message on, rows are handed to `take`; the function that is returned ends that. */
  divert(take: (chunk: RowChunk) => void, shape: RowShape): () => void;
  /** The server has sent a part of a statement's rows, and waits to be asked for more: no error has come since. */
  readonly suspended: boolean;
  /** Reading from the server stops: it waits once the buffers between are full. */
  pause(): void;
  resume(): void;
  /** The bytes of columns' names that are no UTF-8, as they were last told; undefined where all of them are. */
  bytesOf(names: readonly string[]): readonly Uint8Array[] | undefined;
  /** The last bytes that were no rows: where a server ends a session, it says there why. */
  lastWords(): Buffer;
}

/**
 * `message`: what a DataRow or CopyData holds, as it is. `line`: of a DataRow, which must have one value, that value
 * with a line feed.
 */
export type RowShape = 'message' | 'line';

type Kind = 'pass' | 'row' | 'line' | 'drop';

/** Backend messages (PostgreSQL manual, "Message Formats") that are not for postgres.js while rows are diverted. */
const DATA_ROW = 0x44;
const PORTAL_SUSPENDED = 0x73;
const KINDS: Readonly<Record<number, Kind>> = {
  [DATA_ROW]: 'row',
  0x64: 'row', // CopyData: the server sends one for each row
  0x48: 'drop', // CopyOutResponse: postgres.js would make a stream of its own
  0x63: 'drop', // CopyDone
};

/** What a server may send at any time: NoticeResponse, NotificationResponse, ParameterStatus. */
const ASIDE: ReadonlySet<number> = new Set([0x4e, 0x41, 0x53]);

/** Type and length. */
const HEADER_BYTES = 5;
/** In a DataRow before its first value: how many there are, and how long that one is. */
const VALUE_HEADER_BYTES = 6;
const LINE_FEED = 0x0a;

export function tapStream(stream: Duplex): Tap {
  const events = new EventEmitter();
  const names = rawNames();
  let take: ((chunk: RowChunk) => void) | undefined;
  // Two, for the header of a message may have come before the rest of it.
  let last: readonly Buffer[] = [];
  let rowKind: Kind = 'row';
  let suspended = false;
  const kindOf = (type: number): Kind => {
    suspended = type === PORTAL_SUSPENDED || (suspended && ASIDE.has(type));
    if (take === undefined) return 'pass';
    return type === DATA_ROW ? rowKind : (KINDS[type] ?? 'pass');
  };
  stream.on(
    'data',
    messageSorter({
      kindOf,
      pass(bytes) {
        names.read(bytes);
        last = [...last.slice(-1), bytes];
        events.emit('data', bytes);
      },
      rows: (chunk) => take?.(chunk),
    }),
  );
  for (const event of ['close', 'drain'] as const) {
    stream.on(event, (...values: unknown[]) => void events.emit(event, ...values));
  }
  stream.on('error', (error) => {
    // An emitter throws the error that nobody listens for.
    if (events.listenerCount('error') > 0) events.emit('error', error);
  });
  return {
    socket: asSocket(events, stream),
    divert(to, shape) {
      take = to;
      rowKind = shape === 'line' ? 'line' : 'row';
      return () => {
        take = undefined;
      };
    },
    get suspended() {
      return suspended;
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    bytesOf: names.of,
    lastWords: () => Buffer.concat(last),
  };
}

/** As much of a socket as postgres.js uses. */
function asSocket(events: EventEmitter, stream: Duplex): Duplex {
  const withoutIdleSyncs = idleSyncFilter();
  const { setKeepAlive } = stream as { setKeepAlive?: (on: boolean, ms: number) => void };
  const socket = Object.assign(events, {
    write(chunk: Buffer, done?: () => void) {
      const kept = withoutIdleSyncs(chunk);
      if (kept.length > 0) return stream.write(kept, done);
      done?.();
      return true;
    },
    end: (chunk?: Uint8Array) => void stream.end(chunk),
    destroy: () => void stream.destroy(),
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    setKeepAlive: (on: boolean, ms: number) => setKeepAlive?.call(stream, on, ms),
  });
  Object.defineProperty(socket, 'readyState', {
    get: () => (stream as { readyState?: string }).readyState,
  });
  return socket as unknown as Duplex;
}

interface Sorted {
  kindOf(type: number): Kind;
  pass(bytes: Buffer): void;
  rows(chunk: RowChunk): void;
}

/**
 * Takes what comes, cut anywhere. Rows are moved together within the chunk that they came in, so that nothing is
 * allocated for them; what was before a message has been handed over when the message is.
 */
export function messageSorter({ kindOf, pass, rows }: Sorted): (chunk: Buffer) => void {
  /** Of a header that a chunk's end has torn. */
  const torn = Buffer.alloc(HEADER_BYTES);
  let tornBytes = 0;
  let kind: Kind = 'pass';
  /** Bytes of the current message that are no part of the row. */
  let skip = 0;
  /** Bytes of the current message that are still to come. */
  let left = 0;

  return (chunk) => {
    let at = 0;
    let passFrom = kind === 'pass' && left > 0 ? 0 : -1;
    let rowsFrom = 0;
    let rowsTo = 0;
    let ends: number[] = [];

    const passUntil = (to: number) => {
      if (passFrom >= 0 && to > passFrom) {
        const whole = passFrom === 0 && to === chunk.length;
        // Rows that follow are moved to where these bytes are.
        pass(whole ? chunk : Buffer.from(chunk.subarray(passFrom, to)));
      }
      passFrom = -1;
    };
    const flushRows = () => {
      if (rowsTo > rowsFrom || ends.length > 0) {
        rows({ bytes: chunk.subarray(rowsFrom, rowsTo), ends });
        ends = [];
      }
      rowsFrom = rowsTo;
    };
    const begin = (type: number, length: number) => {
      kind = kindOf(type);
      left = length - 4;
      skip = kind === 'line' ? VALUE_HEADER_BYTES : 0;
    };
    const endRow = () => {
      if (kind === 'line') {
        // Where a row goes on from the chunk before, nothing has been left out that would make room.
        if (rowsTo === at) {
          flushRows();
          rows({ bytes: Buffer.of(LINE_FEED), ends: [1] });
          return;
        }
        chunk[rowsTo++] = LINE_FEED;
      } else if (kind !== 'row') return;
      ends.push(rowsTo - rowsFrom);
    };

    while (at < chunk.length) {
      if (left === 0) {
        if (tornBytes === 0 && chunk.length - at >= HEADER_BYTES) {
          begin(chunk[at]!, chunk.readUInt32BE(at + 1));
          if (kind !== 'pass') passUntil(at);
          else if (passFrom < 0) {
            flushRows();
            passFrom = at;
          }
          at += HEADER_BYTES;
        } else {
          passUntil(at);
          const taken = Math.min(HEADER_BYTES - tornBytes, chunk.length - at);
          chunk.copy(torn, tornBytes, at, at + taken);
          tornBytes += taken;
          at += taken;
          if (tornBytes < HEADER_BYTES) break;
          tornBytes = 0;
          begin(torn[0]!, torn.readUInt32BE(1));
          if (kind === 'pass') {
            flushRows();
            pass(Buffer.from(torn));
            passFrom = at;
          }
        }
        if (left === 0) endRow();
        continue;
      }
      const skipped = Math.min(skip, chunk.length - at);
      skip -= skipped;
      left -= skipped;
      at += skipped;
      const length = Math.min(left, chunk.length - at);
      if (kind === 'row' || kind === 'line') {
        if (rowsTo !== at) chunk.copyWithin(rowsTo, at, at + length);
        rowsTo += length;
      }
      at += length;
      left -= length;
      if (left === 0) endRow();
    }
    passUntil(chunk.length);
    flushRows();
  };
}
