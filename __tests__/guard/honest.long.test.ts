import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { skippedServers } from '../support/server.js';
import { disagreements } from './honest-run.js';
import { places, type Shop } from './shop.js';

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

describe.each(places())('the guard on $name', (place) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await place.open();
  }, 120_000);
  afterAll(() => shop.close());

  test.each(
    place.embedded ? (['postgres'] as const) : (['postgres', 'shop_owner', 'shop_reader'] as const),
  )(
    'lets every honest read of %s run that the server does, and changes nothing of its result',
    async (role) => {
      const found = await disagreements(shop, place, role);
      expect(found.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    },
    600_000,
  );
});
