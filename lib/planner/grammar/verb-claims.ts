/** Verbs that a column is called after, with what it holds: `majoring in 600`, `graded B`, `pay by card`. */
import { AMOUNT_VERBS } from '../lexicon/words.js';
import type { Mod } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { COST } from '../schema/sense.js';
import { root, verbBases } from '../text/inflection.js';
import { about } from './claims.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { held } from './held.js';
import { type Got, map } from './rule.js';

/** `majoring in 600`, `graded B`: a verb that a column is called after, with the column's value. */
export function verbClaimed(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const next = skipPhrase(grammar, at + 1, 'in', 'at', 'as', 'with', 'to', 'by') ?? at + 1;
  const told = grammar.claim(next).filter(({ value }) => value.every(isLiteral));
  const called = verbBases(lattice.word(at)).flatMap((base) => {
    // What something costs may be called otherwise as well.
    if (AMOUNT_VERBS.has(base)) return [];
    const options = (lattice.fieldNamed([base])?.options ?? []).filter(
      ({ field, cost }) => cost <= COST.short && !isDate(field),
    );
    return options.length === 0
      ? []
      : held(
          grammar,
          map(told, (mods) => about(mods, { text: base, options })),
        );
  });
  return [...called, ...map(told.flatMap(akinTo(lattice.word(at))), (mods) => mods, 0.1)];
}

/** `pay by card`, `produce steel`: the payment method, the product, where it has just this value. */
function akinTo(verb: string): (one: Got<readonly Mod[]>) => Got<readonly Mod[]>[] {
  return (one) => {
    const [mod, ...more] = one.value;
    if (mod?.type !== 'value' || more.length > 0) return [];
    const fields = mod.values.map(({ options }) =>
      options.flatMap(({ field, part }) => (part === true ? [] : [field])),
    );
    const options = [...new Set(fields[0])]
      .filter((field) => fields.every((all) => all.includes(field)))
      .filter((field) => field.words.some((word) => root(word) === root(verb)))
      .map((field) => ({ field, cost: 0 }));
    return options.length === 0
      ? []
      : [{ ...one, value: about(one.value, { text: verb, options }) }];
  };
}

function isDate({ role }: Field): boolean {
  return role === 'time' || role === 'year';
}

/** A value or a number: what else is said behind a verb may be said of another thing. */
function isLiteral(mod: Mod): boolean {
  if (mod.type === 'compare') return mod.operand.type === 'number' && mod.measure === undefined;
  return mod.type === 'value' || (mod.type === 'any' && mod.of.flat().every(isLiteral));
}
