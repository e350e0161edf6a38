import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { availableServers, skippedServers } from '../support/server.js';
import { type Place, ROLES, serverPlace } from './honest-places.js';
import { disagreements } from './honest-run.js';

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

describe.each(availableServers())('the guard on server $name', (server) => {
  let place: Place;
  beforeAll(async () => {
    place = await serverPlace(server);
  }, 120_000);
  afterAll(() => place.close());

  test.each(ROLES)(
    'lets every honest read of %s run that the server does, and changes nothing of its result',
    async (role) => {
      const found = await disagreements(place, { ...server, embedded: false }, role);
      expect(found.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    },
    600_000,
  );
});
