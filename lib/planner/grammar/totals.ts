/** Words that ask for a sum or an average: `in total`, `over all years`, `whose fees add up to more than 500`. */
import { AVERAGES, OVERALLS, TOTALS } from '../lexicon/fillers.js';
import type { Mod, Noun } from '../phrase.js';
import { grainOf } from '../text/calendar.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { kindred } from './kindred.js';
import { got, type Got, then } from './rule.js';

const OVER_ALL = ['over all the', 'over all', 'across all the', 'across all', 'summed over all'];
const ADDED = [
  ...['add up to', 'adds up to', 'adding up to', 'added up to', 'sum up to', 'sums up to'],
  ...['sum to', 'come to', 'comes to', 'came to', 'amount to', 'amounts to', 'amounted to'],
  ...['amounting to', 'total', 'totals', 'totalling', 'totaling', 'totalled', 'totaled'],
];
const TOTAL: Mod = { type: 'total' };
const AVERAGE: Mod = { type: 'total', fn: 'avg' };

export function totals(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const total = skipPhrase(grammar, at, ...TOTALS);
  // "combined with their names"
  if (total !== undefined && grammar.lattice.word(total) !== 'with')
    return [got<readonly Mod[]>([TOTAL], total, 0.05)];
  const overall = skipPhrase(grammar, at, ...OVERALLS);
  if (overall !== undefined)
    return [got<readonly Mod[]>([{ type: 'total', vague: true }], overall, 0.05)];
  const average = skipPhrase(grammar, at, ...AVERAGES);
  if (average !== undefined) return [got<readonly Mod[]>([AVERAGE], average, 0.05)];
  return [...overAll(grammar, at), ...addedUp(grammar, at)];
}

/** `over all years`, at the end: over nothing in particular. What is a thing as well is one that the sum is of. */
function overAll(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const start = skipPhrase(grammar, at, ...OVER_ALL);
  if (start === undefined) return [];
  if (lattice.tables(start).length > 0) return [];
  const ends = lattice.fields(start).map(({ end }) => end);
  if (grainOf(lattice.word(start)) !== undefined) ends.push(start + 1);
  return [...new Set(ends)]
    .filter((end) => lattice.tokens[end] === undefined || lattice.opens(end))
    .map((end) => got<readonly Mod[]>([TOTAL], end, 0.05));
}

/** `(bookings that) add up to more than 500`, `add up to a total fee above 500`. */
function addedUp(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const next = skipPhrase(grammar, at, ...ADDED);
  if (next === undefined) return [];
  const start = skipPhrase(grammar, next, 'a total of', 'a sum of') ?? next;
  const plain = grammar
    .comparison(start)
    .map(({ value, at: end, cost }) =>
      got<readonly Mod[]>([{ type: 'compare', ...value, not: false }, TOTAL], end, cost),
    );
  const measured = then(
    grammar.measure(skipDeterminers(grammar, start)),
    ({ value: measure, at: end }) =>
      grammar
        .comparison(skipPhrase(grammar, end, 'of') ?? end)
        .map(({ value, at: after, cost }) =>
          got<readonly Mod[]>(
            [{ type: 'compare', measure, ...value, not: false }, TOTAL],
            after,
            cost,
          ),
        ),
  );
  return [...plain, ...measured].filter(
    // "refunds total 2025" compares nothing.
    ({ value: [mod] }) =>
      mod?.type === 'compare' && mod.operand.type === 'number' && mod.operator !== '=',
  );
}

/** What there may be a number of; an amount is none of things that have amounts of their own. */
export function numberable(grammar: Grammar, at: number, word: string): Got<Noun>[] {
  const nouns = [...grammar.noun(at), ...kindred(grammar, at)];
  return word === 'amount' ? nouns.filter(({ value }) => !hasAmounts(value)) : nouns;
}

function hasAmounts({ table }: Noun): boolean {
  return (table?.options ?? []).some(({ table: { fields } }) =>
    fields.some(({ role, words }) => role === 'measure' && words.includes('amount')),
  );
}
