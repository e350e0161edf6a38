/** What other rows have, as a value to compare with: the average, the highest of some, one row's own. */
import type { Comparison } from '../lexicon/words.js';
import type { FieldMention, Mod, Noun, Operand } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { condition } from './conditions.js';
import { dimensionFields, isInverse } from './fields.js';
import { type Context, type Place, single } from './place.js';
import type { Condition, Expression } from './query.js';
import { column, newScope } from './scope.js';

type Others = Extract<Operand, { type: 'others' }>;

/** A column compared with what other rows have in it, or in the column that is named. */
export function comparedWithOthers(
  context: Context,
  left: Expression,
  {
    field,
    operator,
    operand,
    places = [],
  }: {
    field: Field;
    operator: Comparison;
    operand: Others;
    /** Where what is compared stands. */
    places?: readonly Place[];
  },
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
  if (operand.within !== undefined)
    scope.where.push(sameAs(context, operand.within, { inner: place, outer: places }));
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
  // Who is more than all others is as much as the most of all.
  const reached = operator === '>' ? '>=' : operator === '<' ? '<=' : operator;
  return { type: 'compare', left, operator: operand.besides === true ? reached : operator, right };
}

/** Of the rows that share something with the one that is compared. */
function sameAs(
  context: Context,
  mention: FieldMention,
  { inner, outer }: { inner: Place; outer: readonly Place[] },
): Condition {
  const own = outer.at(-1);
  if (own?.node.table !== inner.node.table)
    throw new Misfit('that comparison is not supported', { weight: 2 });
  // What tells one row from all others no two of them share.
  const options = mention.options.filter(
    ({ field: { table }, field }) => table.key.length !== 1 || !table.key.includes(field),
  );
  const name = mention.text;
  const left = single(context, { key: mention, places: [inner], options, name });
  const same = options.filter(({ field }) => field === left.field);
  const right = single(context, { key: options, places: [own], options: same, name });
  return { type: 'compare', left: left.expression, operator: '=', right: right.expression };
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
export function functionFor({ some }: Others, operator: Comparison): 'min' | 'max' | undefined {
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
