import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { skippedServers } from '../support/server.js';
import { HOSTILE } from './hostile.js';
import { type MutationPlace, openMutationPlace } from './mutation-place.js';
import { refusesMutations, sorted, verdictOfText } from './mutation-run.js';
import { places, ROLES } from './shop.js';

const RUNS = 5000;
const SERVERS = places().filter(({ embedded }) => !embedded);

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

test('hostile statements, written otherwise, are refused by their text alone, if they were', async () => {
  const opened = await openMutationPlace(SERVERS[0]!, 'postgres');
  try {
    const { byText } = await sorted(HOSTILE);
    const { vocabulary } = opened;
    await refusesMutations(byText, vocabulary, { runs: RUNS, verdict: verdictOfText });
  } finally {
    await opened.close();
  }
}, 600_000);

describe.each(SERVERS.flatMap((place) => ROLES.map((role) => ({ ...place, role }))))(
  'hostile statements, written otherwise, of $role on $name',
  ({ role, ...place }) => {
    let opened: MutationPlace;
    beforeAll(async () => {
      opened = await openMutationPlace(place, role);
    }, 120_000);
    afterAll(() => opened.close());

    test('are refused there, and change nothing', async () => {
      const { vocabulary, statements, verdict } = opened;
      await refusesMutations(statements, vocabulary, { runs: RUNS, verdict });
      expect(await opened.changes()).toEqual([]);
    }, 1_800_000);
  },
);
