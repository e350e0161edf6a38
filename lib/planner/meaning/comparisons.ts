/** Comparisons of columns, counts, sums and ages with numbers. */
import { collected } from './collected.js';
import { PEOPLE } from '../lexicon/words.js';
import { unitsOf } from '../lexicon/units.js';
import type { Measure, Mod, Operand } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';
import { COST } from '../schema/sense.js';
import { singular } from '../text/inflection.js';
import { aged, isBirth, REVERSED, yearsAgo } from './ages.js';
import { Misfit } from './choices.js';
import { dimensionFieldsOf, impliedMeasures, isInverse } from './fields.js';
import { comparedWithOthers } from './others.js';
import { conditionAt, type Context, noWay, ofNoun, type Place, reach, single } from './place.js';
import { inUnitOf } from '../units.js';
import { holdsNumbers } from '../schema/roles.js';
import type { Condition, Expression, Node } from './query.js';
import { column, follow } from './scope.js';

export type Compare = Extract<Mod, { type: 'compare' }>;

export function comparison(
  context: Context,
  mod: Compare,
  places: readonly Place[],
  optional: boolean,
): Condition {
  const { measure } = mod;
  const subject = places.at(-1)!;
  if (measure === undefined) {
    const { table } = subject.node;
    const fields = (ageOf(table, mod) ?? impliedMeasures(table)).map((field) => ({
      field,
      cost: 0.2,
    }));
    // "patients over 65": of whom only the day of birth is known.
    const births = subject.node.table.fields.filter(
      (field) => isBirth(field) && field.role === 'time',
    );
    if (fields.length === 0 && births.length === 1 && /^[<>]/.test(mod.operator))
      return aged(context, mod, subject, [{ field: births[0]!, cost: 0.2 }]);
    const told = mod.operand.type === 'number' && mod.operand.units !== undefined;
    // "routes over 500 km": the column that is told in what is said.
    const own = told
      ? table.fields
          .filter((field) => field.role === 'measure' && inSaid(field, mod)?.known === true)
          .map((field) => ({ field, cost: 0.1 }))
      : [];
    return columnCompared(context, mod, [subject], own.length > 0 ? own : fields, optional);
  }
  switch (measure.type) {
    case 'field': {
      // "deliveries of more than 2 tonnes" says nothing of a "capacity in tonnes" elsewhere.
      const isUnit = unitsOf(singular(measure.field.text)).length > 0 && measure.noun === undefined;
      const options = ofNoun(measure.noun, measure.field.options).filter(
        ({ field }) => !isUnit || field.words.length === 1 || field.table === subject.node.table,
      );
      const fields = options.flatMap(({ field, cost }) => {
        const price = comparable(field, mod, cost);
        return price === undefined ? [] : [{ field, cost: cost + price }];
      });
      return columnCompared(context, mod, places, fields, optional, measure.field.text);
    }
    case 'dimension': {
      const options = dimensionFieldsOf(subject.node.table, measure.dimension);
      const births = options.filter(
        ({ field }) => field.role === 'time' && field.table === subject.node.table,
      );
      if (births.length > 0 && births.length === options.length && mod.operand.type === 'number')
        return aged(context, mod, subject, births);
      const inYears = measure.dimension.kind === 'birth' ? yearsAgo(context, mod, options) : mod;
      if (inYears !== mod) return comparison(context, inYears, places, optional);
      return columnCompared(
        context,
        mod,
        [subject],
        options,
        optional,
        measure.dimension.name,
        (field) => mod.operand.type !== 'number' && isInverse(field, measure.dimension),
      );
    }
    case 'aggregate':
      // "more than 20 wins in total", where each row holds how many there are.
      if (mod.total === true && isOwnAmount(measure, subject.node.table))
        return comparison(context, { ...mod, measure: measure.of }, places, optional);
      return collected(context, mod, measure, subject);
    case 'things':
    case 'revenue':
    case 'units':
      return collected(context, mod, measure, subject);
  }
}

/** `students over 21`: of people a number that stands alone is their age, where that is kept. */
function ageOf({ words, fields }: Table, { operator, operand }: Compare): Field[] | undefined {
  if (
    !/^[<>]/.test(operator) ||
    operand.type !== 'number' ||
    !/^(?:[5-9]|\d\d)$/.test(operand.digits)
  )
    return undefined;
  const ages = fields.filter(
    (field) => field.role === 'measure' && field.words.join(' ') === 'age',
  );
  return PEOPLE.has(words.at(-1) ?? '') && ages.length === 1 ? ages : undefined;
}

function isOwnAmount({ fn, of }: Extract<Measure, { type: 'aggregate' }>, table: Table): boolean {
  if (fn !== 'sum' || of.type !== 'field') return false;
  const [first] = [...of.field.options].sort((a, b) => a.cost - b.cost);
  return first?.field.table === table && of.noun === undefined;
}

/** How far-fetched a comparison of a column is; undefined where it has no sense. */
function comparable(
  field: Field,
  { operator, operand, upTo }: Compare,
  cost: number,
): number | undefined {
  const equals = upTo === undefined && (operator === '=' || operator === '<>');
  if (operand.type === 'own') {
    const kinds = operand.field.options.map((option) => kindOf(option.field, equals));
    return kinds.some((kind) => kind !== undefined && kind === kindOf(field, equals))
      ? 0
      : undefined;
  }
  if (operand.type === 'theirs') {
    if (field.role === 'key') return equals ? 0 : undefined;
    return kindOf(field, equals) === undefined ? undefined : 0;
  }
  if (operand.type === 'others') {
    if (operand.fn === undefined && equals) return 0;
    return field.role === 'key' || field.family === 'text' ? undefined : 0;
  }
  const numeric = field.family === 'integer' || field.family === 'number';
  // "advisors that advise more than 2 students": a key is more than a number only where it is named itself.
  const named = cost < COST.synonym || (cost <= COST.part && field.words.at(-1) === 'number');
  if (numeric && field.role === 'key' && !equals) return named ? 0.3 : undefined;
  if (numeric) return 0;
  if (holdsNumbers(field)) return equals ? undefined : 0.1;
  // A code is no number even where it is made of digits; it can only be the same or another.
  // A number that was found in a text is a value; any other is what is said of a column that is named itself.
  return undefined;
}

/** What kind of size a column has: only those of one kind can be compared with each other. */
function sizeOf(field: Field): 'number' | 'percent' | 'time' | 'year' | undefined {
  if (field.role === 'time' || field.role === 'year') return field.role;
  if (field.words.some((word) => word === 'percent' || word === 'percentage')) return 'percent';
  const numeric = field.family === 'integer' || field.family === 'number';
  return (numeric && field.role !== 'key') || holdsNumbers(field) ? 'number' : undefined;
}

/** As {@link sizeOf}; texts can only be the same or others. */
function kindOf(field: Field, equals: boolean): string | undefined {
  return equals && field.family === 'text' ? 'text' : sizeOf(field);
}

/** What stands in another column of the same row, or of one that belongs to it. */
function ownValue(
  context: Context,
  mod: Compare & { readonly operand: Extract<Operand, { type: 'own' }> },
  left: { readonly field: Field; readonly node: Node },
  places: readonly Place[],
): Expression {
  const { field: mention } = mod.operand;
  const equals = mod.operator === '=' || mod.operator === '<>';
  const options = mention.options.filter(
    ({ field }) => kindOf(field, equals) === kindOf(left.field, equals),
  );
  const { expression, field, node } = single(
    context,
    { key: mention, places, options, name: mention.text },
    false,
  );
  if (field === left.field && node === left.node)
    throw new Misfit(`${mention.text} is compared with itself`, { weight: 2 });
  return sized(expression, field, mod);
}

/** What the one has whom a role of the row leads to: the same column of theirs, or one that is named. */
function theirValue(
  { chooser }: Context,
  mod: Compare & { readonly operand: Extract<Operand, { type: 'theirs' }> },
  field: Field,
  { scope, node }: Place,
): Expression {
  const { role, field: named } = mod.operand;
  const equals = mod.operator === '=' || mod.operator === '<>';
  const options = role.options.flatMap(({ via, cost }) =>
    via === undefined || via.from !== node.table
      ? []
      : (named?.options ?? [{ field, cost: 0 }])
          .filter((one) => one.field.table === via.to)
          .filter((one) => kindOf(one.field, equals) === kindOf(field, equals))
          .map((one) => ({ via, field: one.field, cost: cost + one.cost })),
  );
  const chosen = chooser.pick(
    mod.operand,
    options,
    () => new Misfit(`${role.text} has nothing to be compared with`, { weight: 3 }),
  );
  return sized(column(follow(scope, node, [chosen.via]), chosen.field), chosen.field, mod);
}

/** A text that is compared in size is read as the number that it holds. */
function sized(left: Expression, field: Field, { operator, upTo }: Compare): Expression {
  const equals = upTo === undefined && (operator === '=' || operator === '<>');
  return holdsNumbers(field) && !equals ? { type: 'number', of: left } : left;
}

function columnCompared(
  context: Context,
  mod: Compare,
  places: readonly Place[],
  options: readonly { field: Field; cost: number }[],
  optional: boolean,
  name = 'a number',
  isReversed: (field: Field) => boolean = () => false,
): Condition {
  const fitting = options.filter(({ field }) => inSaid(field, mod) !== undefined);
  const reached = reach(places, fitting).map((one) => ({
    ...one,
    inUnit: inSaid(one.option.field, mod)?.known,
  }));
  const { option, place, way } = context.chooser.pick(mod, reached, () => noWay(name, places));
  return conditionAt({ place, way, not: mod.not, optional }, (node, scope, not) => {
    const own: Place = { scope, node };
    const said = isReversed(option.field) ? { ...mod, operator: REVERSED[mod.operator] } : mod;
    const one = compared(
      context,
      told(said, option.field),
      option.field,
      way.toOne ? [place, own] : [own],
    );
    return [not ? { type: 'not', of: one } : one];
  });
}

/** What a number with a unit is in a column; undefined of a column that measures something else. */
function inSaid(field: Field, { operand }: Compare): ReturnType<typeof inUnitOf> {
  if (operand.type !== 'number' || operand.units === undefined) return { digits: '', known: false };
  return inUnitOf(field, operand.digits, operand.units);
}

/** The same comparison with its numbers in the column's own unit. */
function told(mod: Compare, field: Field): Compare {
  const { operand, upTo } = mod;
  if (operand.type !== 'number' || operand.units === undefined) return mod;
  const inOwn = (digits: string) => inUnitOf(field, digits, operand.units!)?.digits ?? digits;
  return {
    ...mod,
    operand: { type: 'number', digits: inOwn(operand.digits) },
    ...(upTo === undefined ? {} : { upTo: inOwn(upTo) }),
  };
}

function negated({ not }: Compare, one: Condition): Condition {
  return not ? { type: 'not', of: one } : one;
}

/** A comparison of an expression that is there already: the aggregate of a group. */
export function groupCompared(context: Context, mod: Compare, left: Expression): Condition {
  return negated(mod, computedCompared(context, mod, left));
}

/** What is computed is compared with a number, or with what all rows have: `above the average price`. */
function computedCompared(
  context: Context,
  { operator, operand, upTo }: Compare,
  left: Expression,
): Condition {
  if (operand.type === 'number') {
    return upTo === undefined
      ? { type: 'compare', left, operator, right: { digits: operand.digits } }
      : { type: 'between', left, low: operand.digits, high: upTo };
  }
  if (operand.type === 'own' || operand.type === 'theirs')
    throw new Misfit('that comparison is not supported', { weight: 2 });
  const value = left.type === 'subquery' ? left.value : left;
  if (value.type !== 'aggregate' || value.of?.type !== 'column' || value.fn === 'count')
    throw new Misfit('that average is not supported', { weight: 2 });
  // "spent more than the average": of what all spent, not of one order.
  if (value.fn === 'sum' && operand.fn !== undefined && operand.field === undefined)
    throw new Misfit('a total is compared with a number only', { weight: 3 });
  return comparedWithOthers(context, left, { field: value.of.field, operator, operand });
}

function compared(
  context: Context,
  mod: Compare,
  field: Field,
  places: readonly Place[],
): Condition {
  const { operator, operand, upTo } = mod;
  const { node } = places.at(-1)!;
  const left = sized(column(node, field), field, mod);
  if (operand.type === 'others')
    return comparedWithOthers(context, column(node, field), { field, operator, operand, places });
  if (operand.type === 'own') {
    const right = ownValue(context, { ...mod, operand }, { field, node }, places);
    return { type: 'compare', left, operator, right };
  }
  if (operand.type === 'theirs') {
    const right = theirValue(context, { ...mod, operand }, field, places.at(-1)!);
    return { type: 'compare', left, operator, right };
  }
  if (upTo !== undefined) return { type: 'between', left, low: operand.digits, high: upTo };
  const asText = field.family === 'text' && left.type === 'column';
  const right = asText ? { text: operand.digits } : { digits: operand.digits };
  return { type: 'compare', left, operator, right };
}
