/** Several outputs that share a word: `first and last name`, `minimum and maximum price`, `average height and weight`. */
import { AGGREGATES } from '../lexicon/words.js';
import type { FieldMention, Noun, Target } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { singular } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { TERM } from './noun.js';
import { endsOf, extremes } from './opposed.js';
import { type Got, got, map, type Rule, then } from './rule.js';

const COMMA = [', and', 'and', ','];
const MAX_SHARING = 3;

/** @param target the last of them, with everything that belongs to it */
export function shared(grammar: Grammar, target: Rule<Target>): Rule<readonly Target[]> {
  return (at) => {
    const start = skipDeterminers(grammar, at);
    return [
      ...extremes(grammar, start),
      ...endsOf(grammar, start),
      ...spread(grammar, start),
      ...elided(grammar, start, target),
    ];
  };
}

/** `average latitude and longitude`: one aggregate of several columns. */
function spread(grammar: Grammar, at: number): Got<readonly Target[]>[] {
  const { lattice } = grammar;
  const fn = AGGREGATES.get(lattice.word(at));
  if (fn === undefined) return [];
  const start = skipDeterminers(grammar, skipPhrase(grammar, at + 1, 'of') ?? at + 1);
  const total = (field: FieldMention, noun?: Noun): Target => ({
    type: 'measure',
    measure: { type: 'aggregate', fn, of: { type: 'field', field, noun } },
  });
  return lattice.fields(start).flatMap(({ mention, end }) => {
    const and = skipPhrase(grammar, end, 'and', ', and');
    if (and === undefined) return [];
    return then(grammar.measure(skipDeterminers(grammar, and)), ({ value, at: next }) =>
      value.type === 'field'
        ? [
            got<readonly Target[]>(
              [total(mention, value.noun), total(value.field, value.noun)],
              next,
            ),
          ]
        : [],
    );
  });
}

/** `first and last name`, `start, end and due dates`: what the last one is called, the others are as well. */
function elided(grammar: Grammar, at: number, target: Rule<Target>): Got<readonly Target[]>[] {
  const { lattice } = grammar;
  const found: Got<readonly Target[]>[] = [];
  const words: string[][] = [];
  let next = at;
  for (let i = 0; i < MAX_SHARING; i++) {
    const length = [1, 2].find((n) => skipPhrase(grammar, next + n, ...COMMA) !== undefined);
    if (length === undefined) break;
    words.push(Array.from({ length }, (_, k) => lattice.word(next + k)));
    next = skipDeterminers(grammar, skipPhrase(grammar, next + length, ...COMMA)!);
    for (const { end } of lattice.fields(next)) {
      for (let head = next + 1; head < end; head++) {
        const rest = Array.from({ length: end - head }, (_, k) => lattice.word(head + k));
        const fields = words.map((own) => lattice.fieldNamed([...own, ...rest]));
        const called = fields.map((field) => calledSo(field, rest.at(-1)!));
        if (called.some((field) => field === undefined)) continue;
        const before = called.map((field): Target => ({ type: 'field', field: field! }));
        const last = target(next).filter(
          (one) =>
            one.at >= end && one.value.type === 'field' && endsAt(lattice, one.value, next, end),
        );
        found.push(...map(last, (one) => [...before, one], TERM * (before.length - 1)));
      }
    }
  }
  return found;
}

/** "name, account type" are no two types: what is shared has to be in the name. */
function calledSo(field: FieldMention | undefined, word: string): FieldMention | undefined {
  const options = field?.options.filter(({ field: { words } }) =>
    words.some((own) => own.endsWith(singular(word))),
  );
  return field === undefined || options!.length === 0 ? undefined : { ...field, options: options! };
}

function endsAt(
  lattice: Grammar['lattice'],
  target: Extract<Target, { type: 'field' }>,
  at: number,
  end: number,
): boolean {
  return (
    target.field.text === lattice.text(at, end) &&
    target.field.options.some(({ cost }) => cost <= COST.synonym)
  );
}
