/** Every hostile statement as every role on every server, with states compared often enough to name the culprit. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { attackAll } from './attack.js';
import { places, ROLES, type Shop } from './shop.js';
import { startVictim, type Victim } from './victim.js';

const LIMIT_MS = 1_200_000;

describe.each(places())('hostile statements on $name', (place) => {
  let shop: Shop;
  let victim: Victim | undefined;

  beforeAll(async () => {
    shop = await place.open();
    victim = shop.url === undefined ? undefined : await startVictim(shop.url);
  }, LIMIT_MS);
  afterAll(async () => {
    await victim?.close();
    await shop.close();
  });

  test.each(place.embedded ? (['postgres'] as const) : ROLES)(
    'are refused and change nothing when %s sends them',
    async (role) => {
      expect(await attackAll({ place, shop, role }, { victim, batch: 8 })).toEqual([]);
    },
    LIMIT_MS,
  );
});
