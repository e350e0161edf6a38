/** Nothing hostile gets past the guard, and nothing has changed afterwards. The full matrix is in hostile.long.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { skippedServers } from '../support/server.js';
import { attackAll, judgeAll } from './attack.js';
import { HOSTILE, hostileFor } from './hostile.js';
import { places, type Role, type Shop } from './shop.js';
import { startVictim } from './victim.js';

const LIMIT_MS = 120_000;
const PLACES = places();
const SERVERS = PLACES.filter(({ embedded }) => !embedded);

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

test('every hostile statement has a name of its own and a reason, and none is there twice', () => {
  expect(HOSTILE.length).toBeGreaterThan(1000);
  expect(new Set(HOSTILE.map(({ id }) => id)).size).toBe(HOSTILE.length);
  expect(new Set(HOSTILE.map(({ sql }) => sql)).size).toBe(HOSTILE.length);
  expect(HOSTILE.filter(({ why }) => why === '')).toEqual([]);
});

describe.each(SERVERS)('hostile statements on $name', (place) => {
  let shop: Shop;
  const isFirst = place.name === SERVERS[0]?.name;

  beforeAll(async () => {
    shop = await place.open();
  }, LIMIT_MS);
  afterAll(() => shop.close());

  test.each(['postgres', 'shop_misled'] as const)(
    'are statements that the server would take from %s',
    async (role) => {
      const driver = shop.driver(role);
      const connection = await driver.connect(new AbortController().signal);
      // Even parsing calls what a domain inside a composite literal checks.
      await connection.query("set traps.quiet = 'on'");
      const rejected: string[] = [];
      for (const { id, sql, invalid, roles } of await hostileFor(place, role, connection)) {
        if (invalid === true || (role !== 'postgres' && roles === undefined)) continue;
        await connection
          .describe(sql)
          .catch((error: unknown) => rejected.push(`${id}: ${String(error)}`));
      }
      await connection.close();
      expect(rejected).toEqual([]);
    },
    LIMIT_MS,
  );

  // The whole matrix is in the long suite.
  const judged: readonly Role[] = [isFirst ? 'shop_reader' : 'postgres', 'shop_misled'];
  test.each(judged)(
    'are refused by the verdict when %s asks for it',
    async (role) => expect(await judgeAll({ place, shop, role })).toEqual([]),
    LIMIT_MS,
  );

  test('are read by the server as the guard has read them, whatever the role sets', async () => {
    // To shop_misled's server a backslash escapes the quote, and the literal ends before the call.
    const sql = String.raw`select '\'' , traps.vol() --' as a`;
    const database = guardDatabase(shop.driver('shop_misled'), {
      name: 'shop',
      lockTimeoutMs: 1000,
    });
    const rows: (readonly (string | null)[])[] = [];
    await database.read(
      { sql },
      { signal: new AbortController().signal, timeoutMs: 5000 },
      async ({ batches }) => {
        for await (const batch of batches) rows.push(...batch);
      },
    );
    await database.close();
    expect(rows).toEqual([[String.raw`\' , traps.vol() --`]]);
  });

  (isFirst ? test : test.skip)(
    'are refused and change nothing when a superuser sends them',
    async () => {
      const victim = await startVictim(shop.url!);
      try {
        const target = { place, shop, role: 'postgres' } as const;
        expect(await attackAll(target, { victim, batch: 60 })).toEqual([]);
      } finally {
        await victim.close();
      }
    },
    LIMIT_MS,
  );
});

test(
  'hostile statements on the embedded database are refused and change nothing',
  async () => {
    const place = PLACES.at(-1)!;
    const shop = await place.open();
    try {
      const target = { place, shop, role: 'postgres' } as const;
      expect(await attackAll(target, { victim: undefined, batch: 60 })).toEqual([]);
    } finally {
      await shop.close();
    }
  },
  LIMIT_MS,
);
