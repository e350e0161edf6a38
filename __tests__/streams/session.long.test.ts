import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database, RowChunk, RowLayout } from '../../lib/databases/database.js';
import type { Driver } from '../../lib/databases/driver.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { LimitError, StatementError } from '../../lib/errors.js';
import { embeddedFixture } from '../databases/embedded/fixture.js';
import { serverFixture } from '../support/server-driver.js';
import { availableServers } from '../support/server.js';
import { BREAKS, ENDLESS, manyRows } from './statements.js';

const DRIVERS = [
  ...availableServers().map((server) => ({
    name: `server ${server.name}`,
    kind: 'server',
    open: () => serverFixture(server),
  })),
  { name: 'embedded', kind: 'embedded', open: embeddedFixture },
];
const LAYOUTS: readonly RowLayout[] = ['csv', 'text', 'json'];
const WAYS = LAYOUTS.flatMap((layout) =>
  [undefined, 2_000_000_000].map((limit) => ({
    ...{ layout, limit, way: limit === undefined ? 'all at once' : 'by a cursor' },
  })),
);

describe.each(DRIVERS)('one session of $name', ({ open, kind }) => {
  let database: Database;
  let close: () => Promise<void>;
  /** Sessions that were opened: one as long as it can be used again. */
  let opened = 0;

  beforeAll(async () => {
    const { driver, close: remove } = await open();
    const counting: Driver = {
      ...driver,
      maxConnections: 1,
      connect(signal) {
        opened += 1;
        return driver.connect(signal);
      },
    };
    database = guardDatabase(counting, { name: 'x', lockTimeoutMs: 2000 });
    close = async () => {
      await database.close();
      await remove();
    };
  }, 60_000);
  afterAll(() => close());

  type Way = Pick<(typeof WAYS)[number], 'layout' | 'limit'>;
  const stream = <T>(
    sql: string,
    { layout, limit }: Way,
    consume: (chunks: AsyncIterable<RowChunk>) => Promise<T>,
    { timeoutMs = 20_000, signal = new AbortController().signal } = {},
  ) =>
    database.stream({ sql }, { signal, timeoutMs, layout, limit }, ({ chunks }) => consume(chunks));
  const text = async (chunks: AsyncIterable<RowChunk>) => {
    let all = '';
    for await (const { bytes } of chunks) all += Buffer.from(bytes).toString();
    return all;
  };
  const first = async (chunks: AsyncIterable<RowChunk>) => {
    for await (const chunk of chunks) return chunk.bytes.length;
    return 0;
  };
  const none = () => Promise.resolve(0);
  const failing = async (chunks: AsyncIterable<RowChunk>) => {
    await first(chunks);
    throw new Error('the disk is full');
  };
  /** Two statements in a row: what is left of the one before would show in the first or the second. */
  async function expectUsable(way: Way): Promise<void> {
    const expected = { csv: '1,x\n', text: '1\tx\n', json: '{"a":1,"b":"x"}\n' }[way.layout];
    for (let i = 0; i < 2; i++)
      expect(await stream("select 1 as a, 'x' as b", way, text)).toBe(expected);
    expect((await stream(manyRows(3000), way, text)).split('\n')).toHaveLength(3001);
  }
  /** A server stops a statement and keeps the session. */
  function expectSame(before: number): void {
    if (kind === 'server') expect(opened).toBe(before);
  }

  test.each(WAYS)('is usable after $layout $way that was left early', async (way) => {
    await expectUsable(way);
    const before = opened;
    expect(await stream(ENDLESS, way, first)).toBeGreaterThan(0);
    await expectUsable(way);
    expectSame(before);
  });

  test.each(WAYS)('is usable after $layout $way that nobody looked at', async (way) => {
    const before = opened;
    expect(await stream(ENDLESS, way, none)).toBe(0);
    await expectUsable(way);
    expectSame(before);
  });

  test.each(WAYS)('is usable after $layout $way whose reader failed', async (way) => {
    const before = opened;
    await expect(stream(ENDLESS, way, failing)).rejects.toThrow('the disk is full');
    await expectUsable(way);
    expectSame(before);
  });

  test.each(WAYS)('is usable after $layout $way that failed in the middle', async (way) => {
    const before = opened;
    await expect(stream(BREAKS, way, text)).rejects.toThrow(StatementError);
    await expectUsable(way);
    expectSame(before);
  });

  test.each(WAYS)('is usable after $layout $way that failed at once', async (way) => {
    const before = opened;
    await expect(
      stream('select 1 / (1 - g) from generate_series(1, 3) g', way, text),
    ).rejects.toThrow('division by zero');
    await expectUsable(way);
    expectSame(before);
  });

  test.each(WAYS)('is usable after $layout $way whose time ran out', async (way) => {
    const reading = stream(ENDLESS, way, text, { timeoutMs: 300 });
    await expect(reading).rejects.toThrow(LimitError);
    await expectUsable(way);
  });

  test.each(WAYS)('is usable after $layout $way that was interrupted', async (way) => {
    const interrupt = new AbortController();
    const stopped = new Error('somebody pressed a key');
    const reading = stream(
      ENDLESS,
      way,
      async (chunks) => {
        for await (const chunk of chunks) if (chunk.ends.length > 0) interrupt.abort(stopped);
      },
      { signal: interrupt.signal },
    );
    await expect(reading).rejects.toBe(stopped);
    await expectUsable(way);
  });

  test.each(WAYS)('is usable after the rows of $layout $way that were wanted', async (way) => {
    const before = opened;
    const limit = way.limit === undefined ? undefined : 10;
    const rows = await stream(ENDLESS, { ...way, limit }, async (chunks) => {
      let count = 0;
      for await (const { ends } of chunks) {
        count += ends.length;
        if (count >= 10) break;
      }
      return count;
    });
    expect(rows).toBeGreaterThanOrEqual(10);
    await expectUsable(way);
    expectSame(before);
  });
});
