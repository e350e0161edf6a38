/** Several ends of one scale: `longest and shortest running time`, `the ages of the oldest and the youngest member`. */
import { type Dimension, DIMENSIONS, GRADABLE, SUPERLATIVES } from '../lexicon/scales.js';
import { AGGREGATES } from '../lexicon/words.js';
import { dimensionFields, isInverse } from '../meaning/fields.js';
import type { AggregateName, FieldMention, Measure, Target } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { TERM } from './noun.js';
import { type Got, map } from './rule.js';

/** What one superlative costs as an aggregate: mostly it says which row is meant. */
const ALONE = 0.6;
const AND = [', and', 'and', ','];

interface End {
  readonly fn: AggregateName;
  /** What an adjective measures, where it is one: then it speaks of no other number. */
  readonly dimension?: Dimension | undefined;
  /** What it measures of things that it stands before, `the longest tracks`, though it may be of any number. */
  readonly scale?: Dimension | undefined;
  readonly end: number;
}

/** `minimum and maximum price`, `the longest, the shortest and the average time`: aggregates of one measure. */
export function extremes(grammar: Grammar, at: number): Got<readonly Target[]>[] {
  const ends = endsAt(grammar, at);
  // One aggregate is a measure by itself, and one superlative only among other measures.
  if (ends.length === 0 || (ends.length === 1 && ends[0]!.dimension === undefined)) return [];
  const next = skipDeterminers(grammar, ends.at(-1)!.end);
  const start = skipDeterminers(grammar, skipPhrase(grammar, next, 'of') ?? next);
  return grammar.measure(start).flatMap((one) => {
    const of = ofScale(one.value, ends);
    const cost = one.cost + (ends.length === 1 ? ALONE : 0);
    return of === undefined ? [] : [{ ...one, cost, value: aggregates(of, ends) }];
  });
}

/** `durations of the longest and shortest tracks`: what the superlatives measure is what is asked for. */
export function endsOf(grammar: Grammar, at: number): Got<readonly Target[]>[] {
  const { lattice } = grammar;
  return lattice.fields(at).flatMap(({ mention, end }) => {
    const of = skipPhrase(grammar, end, 'of', 'for');
    const ends = of === undefined ? [] : endsAt(grammar, skipDeterminers(grammar, of));
    if (ends.length < 2 || ends.some(({ scale }) => scale === undefined)) return [];
    const measured = (field: Field) =>
      ends.every(({ scale }) =>
        dimensionFields(field.table, scale!).some((one) => one.field === field),
      );
    const options = mention.options.filter(({ field }) => measured(field));
    if (options.length === 0) return [];
    const field: FieldMention = { ...mention, options };
    return map(
      grammar.noun(skipDeterminers(grammar, ends.at(-1)!.end)),
      (noun) => aggregates({ type: 'field', field, noun }, ends),
      TERM,
    );
  });
}

/** Superlatives and aggregates one after another. */
function endsAt(grammar: Grammar, at: number): End[] {
  const ends: End[] = [];
  for (let next = at; ;) {
    const one = endAt(grammar, next);
    if (one === undefined) return ends;
    ends.push(one);
    const and = skipPhrase(grammar, one.end, ...AND);
    if (and === undefined) return ends;
    next = skipDeterminers(grammar, and);
  }
}

function endAt({ lattice }: Grammar, at: number): End | undefined {
  const word = lattice.word(at);
  const graded =
    word === 'most' || word === 'least' ? GRADABLE.get(lattice.word(at + 1)) : undefined;
  if (graded !== undefined)
    return {
      fn: graded.descending === (word === 'most') ? 'max' : 'min',
      dimension: graded.dimension,
      scale: graded.dimension,
      end: at + 2,
    };
  // "first and last name" are no ends of a name.
  const own = word === 'first' || word === 'last' ? undefined : SUPERLATIVES.get(word);
  const scale = own?.dimension;
  const fn = AGGREGATES.get(word);
  if (fn !== undefined) return { fn, scale, end: at + 1 };
  return own === undefined
    ? undefined
    : { fn: own.descending ? 'max' : 'min', dimension: scale, scale, end: at + 1 };
}

/** The measure as far as every superlative may speak of it; undefined where one can't. */
function ofScale(measure: Measure, ends: readonly End[]): Measure | undefined {
  const scales = ends.flatMap(({ dimension }) => dimension ?? []);
  if (scales.length === 0) return measure;
  if (measure.type !== 'field') return undefined;
  const options = measure.field.options.filter(({ field }) =>
    scales.every((scale) => tells(field, scale)),
  );
  return options.length === 0 ? undefined : { ...measure, field: { ...measure.field, options } };
}

/** Whether a column holds what an adjective measures: of quantities none is the most expensive. */
function tells({ role, words }: Field, { name, kind, ...scale }: Dimension): boolean {
  if (kind === 'time') return role === 'time' || role === 'year';
  if (kind === 'birth') return role === 'time' || role === 'year' || words.includes('age');
  const own = [...scale.words, ...(scale.inverse ?? [])];
  const said = name === DIMENSIONS.length.name ? [...own, ...DIMENSIONS.duration.words] : own;
  return role === 'measure' && words.some((word) => said.includes(word));
}

function aggregates(of: Measure, ends: readonly End[]): Target[] {
  const field = of.type === 'field' ? of.field.options[0]?.field : undefined;
  return ends.map(({ fn, dimension }): Target => {
    const inverse = field !== undefined && dimension !== undefined && isInverse(field, dimension);
    const end = !inverse ? fn : fn === 'max' ? 'min' : 'max';
    return { type: 'measure', measure: { type: 'aggregate', fn: end, of } };
  });
}
