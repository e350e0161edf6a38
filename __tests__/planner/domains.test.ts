import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotUnderstoodError, PgaskError, RefusedError } from '../../lib/errors.js';
import type { Message } from '../../lib/models/model.js';
import { openDomain, remembered, type Asking } from './asking.js';
import { archery } from './domains/archery.js';
import { apiary } from './domains/apiary.js';
import { bakery } from './domains/bakery.js';
import { bellringers } from './domains/bellringers.js';
import { bindery } from './domains/bindery.js';
import { airships } from './domains/airships.js';
import { airline } from './domains/airline.js';
import { cableways } from './domains/cableways.js';
import { camp, circus } from './domains/circus.js';
import { foundry } from './domains/foundry.js';
import { narrowboats } from './domains/narrowboats.js';
import { nursery } from './domains/nursery.js';
import { vineyard } from './domains/vineyard.js';
import { lettings } from './domains/lettings.js';
import { stonepits } from './domains/stonepits.js';
import { deckhands } from './domains/deckhands.js';
import { rambles } from './domains/rambles.js';
import { weavery } from './domains/weavery.js';
import { windmills } from './domains/windmills.js';
import { cheesemongers } from './domains/cheesemongers.js';
import { crowd } from './domains/crowd.js';
import { choir } from './domains/choir.js';
import { brewery } from './domains/brewery.js';
import { clinic } from './domains/clinic.js';
import { debates } from './domains/debates.js';
import type { Domain } from './domains/domain.js';
import { fairground } from './domains/fairground.js';
import { falconry } from './domains/falconry.js';
import { ferries } from './domains/ferries.js';
import { garden } from './domains/garden.js';
import { glassworks } from './domains/glassworks.js';
import { harbour } from './domains/harbour.js';
import { helpdesk } from './domains/helpdesk.js';
import { herbarium } from './domains/herbarium.js';
import { kennel } from './domains/kennel.js';
import { laundry } from './domains/laundry.js';
import { salvage } from './domains/salvage.js';
import { library } from './domains/library.js';
import { lighthouses } from './domains/lighthouses.js';
import { lutherie } from './domains/lutherie.js';
import { marina } from './domains/marina.js';
import { mill } from './domains/mill.js';
import { millinery } from './domains/millinery.js';
import { observatory } from './domains/observatory.js';
import { parcels } from './domains/parcels.js';
import { pharmacy } from './domains/pharmacy.js';
import { puppetry } from './domains/puppetry.js';
import { pottery } from './domains/pottery.js';
import { printworks } from './domains/printworks.js';
import { quarry } from './domains/quarry.js';
import { ramblers } from './domains/ramblers.js';
import { reels } from './domains/reels.js';
import { regatta } from './domains/regatta.js';
import { ropeways } from './domains/ropeways.js';
import { skating } from './domains/skating.js';
import { soapworks } from './domains/soapworks.js';
import { stage } from './domains/stage.js';
import { shipyard } from './domains/shipyard.js';
import { school } from './domains/school.js';
import { shop } from './domains/shop.js';
import { theatre } from './domains/theatre.js';
import { tunnels } from './domains/tunnels.js';
import { tramway } from './domains/tramway.js';
import { sameRows } from './same-rows.js';

describe.each<Domain>([
  cableways,
  lettings,
  stonepits,
  deckhands,
  rambles,
  weavery,
  windmills,
  crowd,
  tramway,
  soapworks,
  tunnels,
  lighthouses,
  shipyard,
  fairground,
  garden,
  regatta,
  ropeways,
  skating,
  stage,
  observatory,
  lutherie,
  library,
  choir,
  mill,
  clinic,
  school,
  airline,
  debates,
  reels,
  brewery,
  helpdesk,
  shop,
  parcels,
  quarry,
  ramblers,
  glassworks,
  harbour,
  marina,
  airships,
  apiary,
  archery,
  bakery,
  bellringers,
  bindery,
  circus,
  foundry,
  narrowboats,
  nursery,
  vineyard,
  camp,
  pharmacy,
  falconry,
  ferries,
  puppetry,
  pottery,
  cheesemongers,
  printworks,
  theatre,
  herbarium,
  kennel,
  laundry,
  salvage,
  millinery,
])('$name', (domain) => {
  let asking: Asking;
  beforeAll(async () => {
    asking = await openDomain(domain);
  }, 60_000);
  afterAll(() => asking.close());

  /** The statement that each sentence was said of. */
  const told = new Map<string, string>();

  async function check(request: string, gold: string, history: readonly Message[] = []) {
    const answered = await asking.ask(request, history);
    const [mine, wanted] = [await asking.rows(answered.sql), await asking.rows(gold)];
    // The statement and the rows stand beside each other where they are wrong.
    if (!sameRows(mine, wanted))
      expect({ sql: answered.sql, rows: mine }).toEqual({ sql: gold, rows: wanted });
    expect(answered.text).not.toBe('');
    const alike = told.get(answered.text) ?? answered.sql;
    told.set(answered.text, alike);
    // Two statements that are told alike could not be told apart by who asked.
    expect(answered.sql).toBe(alike);
    return answered;
  }

  test.each(domain.cases)('%s', async (request, gold) => {
    await check(request, gold);
  });

  test.each(domain.refusals)('is not answered: %s', async (request, says) => {
    const refusal = await asking.ask(request).then(
      ({ sql }) => expect(sql).toBe('a refusal'),
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(PgaskError);
    const { message, hint, choices, exit } = refusal as NotUnderstoodError | RefusedError;
    expect([message, hint, ...(choices ?? [])].join('\n')).toMatch(says);
    expect(exit).toBe(refusal instanceof RefusedError ? 3 : 7);
  });

  test.each(
    domain.talks.map((talk) => [talk.map(([request]) => request).join(' → '), talk] as const),
  )('a conversation: %s', async (_, talk) => {
    let history: readonly Message[] = [];
    for (const [request, gold] of talk) {
      const answered = await check(request, gold, history);
      history = [...history, ...remembered(request, answered)];
    }
  });

  test('a request that is complete in itself is answered the same with and without history', async () => {
    const [[first], [second]] = [domain.cases[1]!, domain.cases[2]!];
    const before = await asking.ask(first);
    const alone = await asking.ask(second);
    expect(await asking.ask(second, remembered(first, before))).toEqual(alone);
  });
});
