/** `below their minimum quantity`: a column whose bound another one holds that is called after it. */
import { COMPARISONS } from '../lexicon/words.js';
import type { FieldMention, Measure, Mod } from '../phrase.js';
import { isNumeric } from '../schema/roles.js';
import type { Field } from '../schema/schema.js';
import { columnsAt } from './columns.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

export function beyondBound(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  for (const [phrase, operator] of COMPARISONS) {
    const end = skipPhrase(grammar, at, phrase);
    if (end === undefined) continue;
    return columnsAt(grammar, skipDeterminers(grammar, end)).flatMap(({ mention, end: after }) => {
      const pairs = mention.options.flatMap((bound) =>
        bounded(bound.field).map((field) => ({ field, bound })),
      );
      if (pairs.length === 0) return [];
      const text = mention.text;
      const field: FieldMention = {
        text,
        options: pairs.map(({ field, bound }) => ({ field, cost: bound.cost })),
      };
      const measure: Measure = { type: 'field', field };
      const own = { text, options: pairs.map(({ bound }) => bound) };
      const operand = { type: 'own', field: own } as const;
      return [
        got<readonly Mod[]>([{ type: 'compare', measure, operator, operand, not: false }], after),
      ];
    });
  }
  return [];
}

/** What a column is the bound of: the quantity, of a minimum quantity or a quantity limit. */
function bounded({ table, words }: Field): Field[] {
  const whole = BOUNDS.has(words[0] ?? '')
    ? words.slice(1)
    : BOUNDS.has(words.at(-1) ?? '')
      ? words.slice(0, -1)
      : [];
  const name = whole.join(' ');
  return name === ''
    ? []
    : table.fields.filter((field) => isNumeric(field) && field.words.join(' ') === name);
}

const BOUNDS = new Set(
  'minimum min maximum max least most allowed required target limit'.split(' '),
);
