/** Questions for one property of a thing: `when was …`, `how old is …`, `how many minutes does … take`, `where is …`. */
import { HOW, NUMBER_OF_VERB } from '../lexicon/scales.js';
import type { Ask, Measure, Mod, Noun, Target } from '../phrase.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, then } from './rule.js';
import { placeOf } from './circumstances.js';

const WHEN = ['when was', 'when were', 'when is', 'when are', 'when did', 'when do', 'when does'];
const BE = ['is', 'are', 'was', 'were'];
const DO = ['do', 'does', 'did'];

export function properties(grammar: Grammar, at: number): Got<Ask>[] {
  return [...when(grammar, at), ...howMuchOf(grammar, at), ...where(grammar, at)];
}

/** `when was the last order`, `when was order 17 placed`. */
function when(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  const start = skipPhrase(grammar, at, ...WHEN);
  if (start === undefined) return [];
  const time = { type: 'dimension', dimension: { name: 'time', words: [], kind: 'time' } } as const;
  return then(subject(grammar, start), ({ value: noun, at: end }) => {
    // The verb names the column: `shipped` for shipped_at.
    const verb = lattice.isVerb(end) ? lattice.fieldsCalled(end) : [];
    return [
      got(asked({ type: 'measure', measure: { ...time, noun } }), end, 0.1),
      ...verb.flatMap((field) => {
        const target = asked({ type: 'field', field: field.mention, noun });
        return map(grammar.tail(field.end), (mods) => ({ ...target, mods }));
      }),
    ];
  });
}

/** `how old is Ann Smith`, `how tall are the towers in Leeds`, `how long does the film last`, `how much is the book`. */
function howMuchOf(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  const average = skipPhrase(grammar, at, 'on average ,', 'on average');
  const start = average ?? at;
  const dimension = lattice.word(start) === 'how' ? HOW.get(lattice.word(start + 1)) : undefined;
  if (dimension === undefined) return [];
  const word = lattice.word(start + 2);
  const is = BE.includes(word);
  if (!is && !DO.includes(word)) return [];
  const found = then(subject(grammar, start + 3), ({ value: noun, at: end }) => {
    const verb = lattice.word(end);
    if (!is && !NUMBER_OF_VERB.has(verb)) return [];
    const after = is ? end : end + 1;
    const last = skipPhrase(grammar, after, ', on average', 'on average');
    const asks = is ? dimension : (NUMBER_OF_VERB.get(verb) ?? dimension);
    const measure: Measure = { type: 'dimension', dimension: asks, noun };
    const total: Measure =
      average === undefined && last === undefined
        ? measure
        : { type: 'aggregate', fn: 'avg', of: measure };
    return grammar.tail(last ?? after).flatMap(({ value: mods, ...rest }) => {
      const told = [...(noun?.mods ?? []), ...mods].some(isGroup) ? endOf(total) : total;
      return told === undefined
        ? []
        : [{ ...rest, value: { ...asked({ type: 'measure', measure: told }), mods } }];
    });
  });
  return is ? [...found, ...averaged(grammar, start + 3, dimension)] : found;
}

/** `how much does the cheapest room cost on each floor`: one end of what is measured; of another one there is no single number. */
function endOf(measure: Measure): Measure | undefined {
  const { noun } = measure.type === 'dimension' ? measure : {};
  const ranks = (noun?.mods ?? []).filter((mod) => mod.type === 'rank');
  if (measure.type !== 'dimension' || noun === undefined || ranks.length === 0) return measure;
  const [rank] = ranks;
  const same = rank?.key?.type === 'dimension' && rank.key.dimension === measure.dimension;
  // The oldest has the earliest date.
  const dated = ['age', 'time'].includes(measure.dimension.name);
  if (!same || dated || ranks.length > 1 || rank.offset !== undefined || (rank.limit ?? 1) > 1)
    return undefined;
  const mods = noun.mods.filter((mod) => mod !== rank);
  const of: Measure = { ...measure, noun: { ...noun, mods } };
  return { type: 'aggregate', fn: rank.descending ? 'max' : 'min', of };
}

/** `how old is the average person for each job`: the number that the adjective measures. */
function averaged(
  grammar: Grammar,
  at: number,
  dimension: Extract<Measure, { type: 'dimension' }>['dimension'],
): Got<Ask>[] {
  const start = skipPhrase(grammar, at, 'the average', 'an average');
  if (start === undefined) return [];
  return then(grammar.noun(start), ({ value: noun, at: end }) =>
    map(grammar.tail(end), (mods): Ask => {
      const of: Measure = { type: 'dimension', dimension, noun };
      return { ...asked({ type: 'measure', measure: { type: 'aggregate', fn: 'avg', of } }), mods };
    }),
  );
}

/** `where is the Ritz`, `where do the members live`. */
function where(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  if (lattice.word(at) !== 'where' || ![...BE, ...DO].includes(lattice.word(at + 1))) return [];
  const field = placeOf(grammar);
  if (field === undefined) return [];
  return then(subject(grammar, at + 2), ({ value: noun, at: end }) => {
    const verb =
      skipPhrase(grammar, end, 'located', 'based', 'situated', 'live', 'from', 'at') ?? end;
    return [got(asked({ type: 'field', field, noun }), verb, 0.2)];
  });
}

/** A thing, by its table or by its name alone. */
function subject(grammar: Grammar, at: number): Got<Noun>[] {
  const start = skipDeterminers(grammar, at);
  const named = map(grammar.values(start), (values): Noun => {
    const mod: Mod = { type: 'value', values, not: false };
    const tables = new Set(
      values.flatMap(({ options }) => options.map(({ field }) => field.table)),
    );
    const options = [...tables].map((table) => ({ table, cost: 0 }));
    return { table: { text: values[0]?.text ?? '', options }, mods: [mod] };
  });
  return [...grammar.noun(start), ...named];
}

function isGroup({ type }: Mod): boolean {
  return type === 'group';
}

function asked(target: Target): Ask {
  return { targets: [target], mods: [], distinct: false };
}
