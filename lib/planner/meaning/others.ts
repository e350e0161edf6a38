/** What other rows have, as a value to compare with: the average, the highest of some, one row's own. */
import type { Comparison } from '../lexicon/words.js';
import type { Mod, Noun, Operand } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { condition } from './conditions.js';
import { dimensionFields, isInverse } from './fields.js';
import type { Context, Place } from './place.js';
import type { Condition, Expression } from './query.js';
import { column, newScope } from './scope.js';

type Others = Extract<Operand, { type: 'others' }>;

/** A column compared with what other rows have in it, or in the column that is named. */
export function comparedWithOthers(
  context: Context,
  left: Expression,
  { field, operator, operand }: { field: Field; operator: Comparison; operand: Others },
): Condition {
  const of = ownField(operand, field);
  const scope = newScope(of.table);
  const place: Place = { scope, node: scope.root };
  if (operand.noun !== undefined) {
    for (const mod of sayWhich(operand.noun, of)) {
      const one = condition(context, mod, [place]);
      if (one !== undefined) scope.where.push(one);
    }
  }
  const value = column(scope.root, of);
  const fn = extreme(operand, of) ?? functionFor(operand, operator);
  if (fn === undefined) {
    return { type: 'within', left, scope, value, not: operator === '<>' };
  }
  if ((fn === 'avg' || fn === 'sum') && of.family !== 'integer' && of.family !== 'number') {
    throw new Misfit(`${of.column.name} is no number`, { weight: 2 });
  }
  const name = `${fn} ${of.words.join(' ')}`;
  const right: Expression = {
    type: 'subquery',
    scope,
    value: { type: 'aggregate', fn, of: value, distinct: false, name },
  };
  return { type: 'compare', left, operator, right };
}

/** The oldest was born first. */
function extreme({ fn, dimension }: Others, of: Field): Others['fn'] {
  if (dimension === undefined || !isInverse(of, dimension)) return fn;
  return fn === 'max' ? 'min' : fn === 'min' ? 'max' : fn;
}

/** The column on the right: the one that is named there, or the same one again. */
function ownField({ field, dimension }: Others, left: Field): Field {
  const named = field?.options.map((option) => option.field);
  const right =
    named === undefined || named.includes(left)
      ? left
      : [...(field?.options ?? [])].sort((a, b) => a.cost - b.cost)[0]!.field;
  if (dimension !== undefined) {
    const fields = dimensionFields(right.table, dimension).map((option) => option.field);
    if (!fields.includes(right))
      throw new Misfit(`${dimension.name} is another thing than ${right.column.name}`, {
        weight: 3,
      });
  }
  return right;
}

/** The rows that are meant, said of the column's own table. */
function sayWhich(noun: Noun, { table }: Field): readonly Mod[] {
  if (noun.table === undefined) return noun.mods;
  if (noun.table.options.some((option) => option.table === table && option.via === undefined))
    return noun.mods;
  return [{ type: 'related', noun, of: true, not: false }];
}

/** More than each of them is more than the most; more than one of them is more than the least. */
function functionFor({ some }: Others, operator: Comparison): 'min' | 'max' | undefined {
  switch (operator) {
    case '>':
    case '>=':
      return some === true ? 'min' : 'max';
    case '<':
    case '<=':
      return some === true ? 'max' : 'min';
    case '=':
    case '<>':
      return undefined;
  }
}
