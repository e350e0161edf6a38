import { describe, expect, test } from '@jest/globals';
import { newDb } from 'pg-mem';
import { deliver, type DeliveryLimits } from '../../lib/commands/delivery.js';
import type { Database, ResultColumn } from '../../lib/databases/database.js';
import { BrokenResultError, StatementError } from '../../lib/errors.js';
import { findFormat } from '../../lib/formats/formats.js';

/**
 * A toy database is enough here: what is tested is counting and cutting, and neither types nor errors nor safety,
 * of which pg-mem knows too little.
 */
function toyDatabase(options: { batchRows?: number; failAfter?: number } = {}): Database {
  const toy = newDb();
  toy.public.none('create table t (id text, name text)');
  for (let i = 1; i <= 10; i++) toy.public.none(`insert into t values ('${i}', 'name ${i}')`);
  const { batchRows = 4, failAfter = Infinity } = options;
  return {
    name: 'toy',
    read: async ({ sql }, _options, consume) => {
      if (sql === 'broken') throw new StatementError('no such thing', { sqlstate: '42P01' });
      const found = toy.public.many(sql) as Record<string, string>[];
      const columns = ['id', 'name'].map((name): ResultColumn => ({
        name,
        oid: 25,
        type: 'text',
        shape: { kind: 'text' },
      }));
      async function* batches() {
        for (let at = 0; at < found.length; at += batchRows) {
          if (at >= failAfter) throw new StatementError('division by zero', { sqlstate: '22012' });
          yield found.slice(at, at + batchRows).map(({ id, name }) => [id!, name!]);
        }
      }
      return await consume({ columns, batches: batches() });
    },
    check: () => Promise.resolve({ verdict: 'allow', effect: 'read' }),
    close: () => Promise.resolve(),
  };
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
      formatOptions: { width: undefined, color: false, warn: () => undefined },
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
    // Big rows, so that the format has written before the failure.
    const database = toyDatabase({ batchRows: 1, failAfter: 9 });
    const wide: Database = {
      ...database,
      read: (statement, options, consume) =>
        database.read(statement, options, ({ columns, batches }) =>
          consume({
            columns,
            batches: (async function* () {
              for await (const rows of batches)
                yield rows.map(([id]) => [id!, 'x'.repeat(200_000)]);
            })(),
          }),
        ),
    };
    const { error, written } = await play({}, wide);
    expect(error).toBeInstanceOf(BrokenResultError);
    expect(error).toMatchObject({ exit: 1, recoverable: false, sqlstate: '22012' });
    expect(written.length).toBeGreaterThan(0);
  });
});
