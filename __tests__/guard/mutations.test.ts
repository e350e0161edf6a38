import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseSql } from '../../lib/sql/parse.js';
import { HOSTILE } from './hostile.js';
import { honestReads } from './honest.js';
import { KINDS, mutate, type Step } from './mutate.js';
import { type MutationPlace, openMutationPlace } from './mutation-place.js';
import { refusesMutations, sorted, verdictOfText } from './mutation-run.js';
import { places } from './shop.js';
import { tokensOf } from './tokens.js';

const RUNS = 300;
const place = places()[0]!;

describe('hostile statements, written otherwise', () => {
  let opened: MutationPlace;
  beforeAll(async () => {
    opened = await openMutationPlace(place, 'postgres');
  }, 120_000);
  afterAll(() => opened.close());

  test('are refused by their text alone, if they were', async () => {
    const { byText } = await sorted(HOSTILE);
    expect(byText.length).toBeGreaterThan(100);
    const { vocabulary } = opened;
    await refusesMutations(byText, vocabulary, { runs: RUNS, verdict: verdictOfText });
  }, 60_000);

  test(`are refused on ${place.name}, and change nothing`, async () => {
    const { vocabulary, statements, verdict } = opened;
    expect(statements.length).toBeGreaterThan(100);
    await refusesMutations(statements, vocabulary, { runs: RUNS, verdict });
    expect(await opened.changes()).toEqual([]);
  }, 120_000);

  test.each(KINDS)('%s makes another text of many, and most are still SQL', async (kind) => {
    const reads = honestReads(18);
    let same = 0;
    let broken = 0;
    for (const [i, { sql }] of reads.entries()) {
      const step: Step = { kind, at: i, way: i * 7 };
      const mutated = mutate(sql, [step], opened.vocabulary);
      if (mutated === sql) same += 1;
      else await parseSql(mutated).catch(() => (broken += 1));
    }
    expect(reads.length - same).toBeGreaterThan(reads.length / 10);
    expect(broken).toBeLessThan((reads.length - same) / 4);
  });
});

test('tokens lose nothing of a text', () => {
  for (const { sql } of [...HOSTILE, ...honestReads(18)]) {
    expect(
      tokensOf(sql)
        .map(({ text }) => text)
        .join(''),
    ).toBe(sql);
  }
});
