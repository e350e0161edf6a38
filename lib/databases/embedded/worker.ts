/** The thread that PGlite runs in: it blocks while a statement runs, and ending it is all that stops one. */
import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import type { Reply, Request } from './messages.js';
import { openPglite } from './pglite.js';

/** Bytes of answers that are gathered before they are handed over. */
const CHUNK_BYTES = 64 * 1024;

// V8's optimizing compiler would work on PostgreSQL's 9 MB for longer than most questions take to answer.
setFlagsFromString('--liftoff-only');

const port = parentPort;
if (port === null) throw new Error('this file is run as a worker thread');

let database: PGlite | undefined;
let turn = Promise.resolve();
port.on('message', (request: Request) => {
  turn = turn.then(() => handle(request)).catch(fail);
});

async function handle(request: Request): Promise<void> {
  switch (request.type) {
    case 'create':
      await (await openPglite(request.directory)).close();
      break;
    case 'open':
      database = await openPglite(request.directory);
      break;
    case 'bytes':
      await execute(request.bytes);
      return;
    case 'close':
      await database?.close();
      break;
  }
  reply({ type: 'done' });
}

async function execute(messages: Uint8Array): Promise<void> {
  if (database === undefined) throw new Error('no database is open');
  let chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  const take = (bytes: Uint8Array) => {
    if (filled > 0 && filled + bytes.length > CHUNK_BYTES) {
      reply({ type: 'bytes', bytes: chunk.subarray(0, filled), last: false });
      chunk = new Uint8Array(CHUNK_BYTES);
      filled = 0;
    }
    // A view of PostgreSQL's memory: it has to be copied before PostgreSQL goes on.
    if (bytes.length > CHUNK_BYTES) {
      reply({ type: 'bytes', bytes: bytes.slice(), last: false });
    } else {
      chunk.set(bytes, filled);
      filled += bytes.length;
    }
  };
  await database.runExclusive(() =>
    database!.execProtocolRawStream(messages, { syncToFs: false, onRawData: take }),
  );
  reply({ type: 'bytes', bytes: chunk.slice(0, filled), last: true });
}

function reply(message: Reply): void {
  port!.postMessage(message, message.type === 'bytes' ? [message.bytes.buffer as ArrayBuffer] : []);
}

function fail(error: unknown): void {
  reply({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}
