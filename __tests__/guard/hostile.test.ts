/** Nothing hostile gets past the guard, and nothing has changed afterwards. The full matrix is in hostile.long.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { skippedServers } from '../support/server.js';
import { attackAll, judgeAll } from './attack.js';
import { HOSTILE, hostileFor } from './hostile.js';
import { places, type Role, ROLES, type Shop } from './shop.js';
import { startVictim } from './victim.js';

const LIMIT_MS = 120_000;

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

test('every hostile statement has a name of its own and a reason, and none is there twice', () => {
  expect(HOSTILE.length).toBeGreaterThan(1000);
  expect(new Set(HOSTILE.map(({ id }) => id)).size).toBe(HOSTILE.length);
  expect(new Set(HOSTILE.map(({ sql }) => sql)).size).toBe(HOSTILE.length);
  expect(HOSTILE.filter(({ why }) => why.length < 10)).toEqual([]);
});

describe.each([...places()])('hostile statements on $name', (place) => {
  let shop: Shop;
  // The embedded database is closed with its driver: a fresh one for each test.
  const opened = async () => (place.embedded ? await place.open() : shop);

  beforeAll(async () => {
    if (!place.embedded) shop = await place.open();
  }, LIMIT_MS);
  afterAll(async () => {
    if (!place.embedded) await shop.close();
  });

  const attacked = place.embedded || place.name === places()[0]?.name;
  const roles: readonly Role[] = place.embedded ? ['postgres'] : ROLES;

  test(
    'are statements that the server itself would take',
    async () => {
      const there = await opened();
      const rejected: string[] = [];
      for (const role of place.embedded ? [] : (['postgres', 'shop_misled'] as const)) {
        const driver = there.driver(role);
        const connection = await driver.connect(new AbortController().signal);
        // Even parsing calls what a domain inside a composite literal checks.
        await connection.query("set traps.quiet = 'on'");
        for (const { id, sql, invalid, roles } of await hostileFor(place, role, connection)) {
          if (invalid === true || (role !== 'postgres' && roles === undefined)) continue;
          await connection
            .describe(sql)
            .catch((error: unknown) => rejected.push(`${id}: ${String(error)}`));
        }
        await connection.close();
      }
      expect(rejected).toEqual([]);
      if (place.embedded) await there.close();
    },
    LIMIT_MS,
  );

  test.each(attacked ? ['postgres' as const] : [])(
    'are refused and change nothing when %s sends them',
    async (role) => {
      const there = await opened();
      const victim = there.url === undefined ? undefined : await startVictim(there.url);
      try {
        expect(await attackAll({ place, shop: there, role }, { victim, batch: 60 })).toEqual([]);
      } finally {
        await victim?.close();
        if (place.embedded) await there.close();
      }
    },
    LIMIT_MS,
  );

  test.each(roles.filter((role) => !attacked || role !== 'postgres'))(
    'are refused by the verdict when %s asks for it',
    async (role) => {
      const there = await opened();
      expect(await judgeAll({ place, shop: there, role })).toEqual([]);
    },
    LIMIT_MS,
  );
});
