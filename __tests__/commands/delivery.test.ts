import { describe, expect, test } from '@jest/globals';
import { newDb } from 'pg-mem';
import { deliver, type DeliveryLimits } from '../../lib/commands/delivery.js';
import type { Database, ResultColumn } from '../../lib/databases/database.js';
import { BrokenResultError, StatementError } from '../../lib/errors.js';
import { findFormat } from '../../lib/formats/formats.js';
import type { RowChunk } from '../../lib/rows.js';
import { chunksOf } from '../formats/results.js';

/**
 * A toy database is enough here: what is tested is counting and cutting, and neither types nor errors nor safety,
 * of which pg-mem knows too little.
 */
function toyDatabase(
  options: { rowsAtOnce?: number; failAfter?: number; torn?: boolean } = {},
): Database {
  const toy = newDb();
  toy.public.none('create table t (id text, name text)');
  for (let i = 1; i <= 10; i++) toy.public.none(`insert into t values ('${i}', 'name ${i}')`);
  const { rowsAtOnce = 4, failAfter = Infinity } = options;
  return {
    name: 'toy',
    read: () => Promise.reject(new Error('what is printed is not read')),
    stream: async ({ sql }, _options, consume) => {
      if (sql === 'broken') throw new StatementError('no such thing', { sqlstate: '42P01' });
      const found = toy.public.many(sql) as Record<string, string>[];
      const columns = ['id', 'name'].map((name): ResultColumn => ({
        ...{ name, key: name, oid: 25, type: 'text' },
      }));
      async function* chunks() {
        for (let at = 0; at < found.length; at += rowsAtOnce) {
          if (at >= failAfter) throw new StatementError('division by zero', { sqlstate: '22012' });
          const lines = found.slice(at, at + rowsAtOnce).map(({ id, name }) => `${id},${name}\n`);
          let length = 0;
          const ends = lines.map((line) => (length += line.length));
          yield { bytes: Buffer.from(lines.join('')), ends };
        }
      }
      return await consume({ columns, chunks: options.torn === true ? torn(chunks()) : chunks() });
    },
    check: () => Promise.resolve({ verdict: 'allow', effect: 'read' }),
    close: () => Promise.resolve(),
  };
}

/** Every row in pieces of three bytes. */
async function* torn(chunks: AsyncIterable<RowChunk>): AsyncGenerator<RowChunk> {
  for await (const chunk of chunks) yield* chunksOf(chunk, 3);
}

const NO_LIMITS: DeliveryLimits = {
  limit: undefined,
  maxRows: undefined,
  maxBytes: undefined,
  timeoutMs: 1000,
};

async function play(
  limits: Partial<DeliveryLimits> = {},
  database = toyDatabase(),
  sql = 'select * from t',
) {
  let written = '';
  const outcome = await deliver(
    { sql },
    {
      database,
      format: findFormat('csv'),
      sink: {
        write: (chunk) => {
          written += String(chunk);
          return Promise.resolve();
        },
      },
      limits: { ...NO_LIMITS, ...limits },
      formatOptions: {
        width: undefined,
        height: undefined,
        color: false,
        warn: () => undefined,
      },
      signal: new AbortController().signal,
    },
  ).then(
    (delivery) => ({ delivery, error: undefined }),
    (error: unknown) => ({ delivery: undefined, error }),
  );
  return { ...outcome, lines: written.split('\n').slice(0, -1), written };
}

describe('delivery', () => {
  test('writes every row, and says how many', async () => {
    const { delivery, lines } = await play();
    expect(lines).toHaveLength(11);
    expect(delivery).toMatchObject({ rowCount: 10, truncated: false, cutBy: undefined });
  });

  test.each([0, 1, 3, 4, 5, 8, 9])('--limit %i prints that many and is whole', async (limit) => {
    const { delivery, lines } = await play({ limit });
    expect(lines).toHaveLength(1 + limit);
    expect(delivery).toMatchObject({ rowCount: limit, truncated: false, cutBy: undefined });
  });

  test.each([1, 3, 4, 5, 8, 9])('--max-rows %i cuts and says so', async (maxRows) => {
    const { delivery, lines } = await play({ maxRows });
    expect(lines).toHaveLength(1 + maxRows);
    expect(delivery).toMatchObject({ rowCount: maxRows, truncated: true, cutBy: 'max-rows' });
  });

  test('counts rows that come in pieces as well', async () => {
    const database = toyDatabase({ torn: true });
    expect(await play({}, database)).toMatchObject({ written: (await play()).written });
    for (const limits of [{ limit: 7 }, { maxRows: 7 }, { maxBytes: 60 }]) {
      const { written, delivery } = await play(limits, database);
      const whole = await play(limits);
      expect(written).toBe(whole.written);
      expect(delivery).toEqual(whole.delivery);
    }
  });

  test.each([8, 9, 17, 18, 19, 60, 98, 99])(
    '--max-bytes %i is never more than that, header and all, and tears no row',
    async (maxBytes) => {
      const { delivery, written } = await play({ maxBytes });
      const { written: all } = await play();
      expect(Buffer.byteLength(written)).toBeLessThanOrEqual(maxBytes);
      expect(all.startsWith(written)).toBe(true);
      expect(written.endsWith('\n')).toBe(true);
      const next = all.slice(written.length).indexOf('\n') + 1;
      expect(written.length + next).toBeGreaterThan(maxBytes);
      expect(delivery).toMatchObject({ truncated: true, cutBy: 'max-bytes' });
    },
  );

  test('--max-bytes lets a result of just that size be whole', async () => {
    const { written } = await play();
    const { delivery } = await play({ maxBytes: written.length });
    expect(delivery).toMatchObject({ rowCount: 10, truncated: false, cutBy: undefined });
    const less = await play({ maxBytes: written.length - 1 });
    expect(less.delivery).toMatchObject({ rowCount: 9, truncated: true, cutBy: 'max-bytes' });
  });

  test.each([10, 11])('--max-rows %i lets a result of ten rows be whole', async (maxRows) => {
    const { delivery, lines } = await play({ maxRows });
    expect(lines).toHaveLength(11);
    expect(delivery).toMatchObject({ rowCount: 10, truncated: false, cutBy: undefined });
  });

  test('a limit below the guard is what was asked for', async () => {
    const { delivery } = await play({ limit: 3, maxRows: 5 });
    expect(delivery).toMatchObject({ rowCount: 3, truncated: false });
  });

  test('writes nothing where the statement fails before the first row', async () => {
    const { error, written } = await play({}, toyDatabase({ failAfter: 0 }));
    expect(error).toBeInstanceOf(StatementError);
    expect(error).toMatchObject({ recoverable: true });
    expect(written).toBe('');
    expect((await play({}, toyDatabase(), 'broken')).error).toBeInstanceOf(StatementError);
  });
});

describe('delivery of a result that breaks off', () => {
  test('is no longer the model to mend once something is written', async () => {
    const { error, written } = await play({}, toyDatabase({ failAfter: 8 }));
    expect(error).toBeInstanceOf(BrokenResultError);
    expect(error).toMatchObject({ exit: 1, recoverable: false, sqlstate: '22012' });
    expect(written.split('\n')).toHaveLength(10);
  });
});
