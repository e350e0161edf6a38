/** `the total`, `the sum`, `the average` by themselves: what was computed before. */
import type { Measure } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { type Got, got } from './rule.js';

export type Aggregate = Extract<Measure, { type: 'aggregate' }>;

const SUMS = ['total', 'totals', 'sum', 'sums', 'total amount', 'total sum'];
const AVERAGES = ['average', 'averages', 'mean', 'average value'];

/** Of what, an earlier sentence has to say. */
export function bareAggregate(grammar: Grammar, at: number): Got<Aggregate>[] {
  const { lattice } = grammar;
  const sum = skipPhrase(grammar, at, ...SUMS);
  const end = sum ?? skipPhrase(grammar, at, ...AVERAGES);
  const ends = end !== undefined && (lattice.tokens[end] === undefined || lattice.opens(end));
  const listed = end !== undefined && [',', 'and'].includes(lattice.word(end));
  if (end === undefined || !(ends || listed) || at < 4) return [];
  const fn = sum === undefined ? 'avg' : 'sum';
  const of: Measure = { type: 'things', noun: { table: undefined, mods: [] } };
  return [got<Aggregate>({ type: 'aggregate', fn, of }, end, 0.3)];
}

export function isBareAggregate(measure: Measure): measure is Aggregate {
  return (
    measure.type === 'aggregate' &&
    measure.of.type === 'things' &&
    measure.of.noun.table === undefined &&
    measure.of.noun.mods.length === 0
  );
}
