/** The order of a listing. */
import type { Measure } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { dimensionFields, impliedMeasures } from './fields.js';
import { measureOf, type Parts } from './parts.js';
import { type Context, noWay, ofNoun, type Place, reach, single } from './place.js';
import type { Expression, Order } from './query.js';
import { column } from './scope.js';
import { timeOf } from './times.js';

/** "stores in the district with the most people": it is the district that is ranked there, not the stores. */
function refuseOthersRank({ rank, filters }: Parts, expression: Expression, table: Table): void {
  if (rank === undefined || expression.type !== 'column' || expression.field.table === table)
    return;
  const others = filters.flatMap((mod) =>
    mod.type === 'related' ? (mod.noun.table?.options ?? []) : [],
  );
  if (others.some((option) => option.table === expression.field.table)) {
    throw new Misfit('a superlative inside of another condition is not supported', { weight: 4 });
  }
}

export function ordering(context: Context, parts: Parts, place: Place): Order[] {
  const { rank, order } = parts;
  if (rank !== undefined) {
    const expression = sortExpression(context, rank.key, place, rank);
    refuseOthersRank(parts, expression, place.node.table);
    return [
      { expression, descending: ageReversed(expression, rank.key) !== rank.descending, tie: false },
    ];
  }
  if (order === undefined) return [];
  if (order.key.type === 'name') {
    const { naming, relation } = place.node.table;
    if (naming.length === 0)
      throw new Misfit(`${relation.name} has no name to be ordered by`, { weight: 3 });
    // As a telephone book has it: the last name first.
    return [...naming].reverse().map((field) => ({
      expression: column(place.node, field),
      descending: order.descending,
      tie: false,
    }));
  }
  const key = measureOf(order.key);
  const expression = sortExpression(context, key, place, order);
  return [
    { expression, descending: ageReversed(expression, key) !== order.descending, tie: false },
  ];
}

/** Whoever is older was born earlier. */
function ageReversed(expression: Expression, key: Measure | undefined): boolean {
  return (
    key?.type === 'dimension' &&
    key.dimension.kind === 'birth' &&
    expression.type === 'column' &&
    expression.field.role !== 'measure'
  );
}

function sortExpression(
  context: Context,
  key: Measure | undefined,
  place: Place,
  mod: object,
): Expression {
  if (key === undefined) {
    const fields = impliedMeasures(place.node.table).map((field) => ({ field, cost: 0.2 }));
    const name = place.node.table.relation.name;
    const misfit = () =>
      new Misfit(`it is not clear by what ${name} are to be ranked`, { weight: 5 });
    if ('bare' in mod && mod.bare === true) throw misfit();
    const { field } = context.chooser.pick(mod, fields, misfit);
    return column(place.node, field);
  }
  if (key.type === 'dimension') {
    if (key.dimension.kind === 'time') {
      const { field, node } = timeOf(context, mod, undefined, [place]);
      return column(node, field);
    }
    const options = dimensionFields(place.node.table, key.dimension);
    const reached = reach([place], options);
    const { option } = context.chooser.pick(mod, reached, () => noWay(key.dimension.name, [place]));
    return column(place.node, option.field);
  }
  if (key.type !== 'field') throw new Misfit('that order needs a group');
  const { text } = key.field;
  // There is a most and a least of numbers and dates only; names and codes can be sorted, no more.
  const options = ofNoun(key.noun, key.field.options).filter(
    ({ field: { role } }) => !('limit' in mod || 'many' in mod) || isGradable(role),
  );
  return single(context, { key: mod, places: [place], options, name: text }, true).expression;
}

function isGradable(role: Field['role']): boolean {
  return role === 'measure' || role === 'time' || role === 'year';
}
