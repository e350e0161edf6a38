/**
 * Rows that share what is asked for: `the cities that have both shops …` where the city is a column of the shops, and
 * `the cities with a shop but no office` where it is a column of each of them.
 */
import type { TableMention } from '../phrase.js';
import { reverse, type Way } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import type { Parts } from './parts.js';
import { isTold } from './kinds.js';
import type { Asked, Context, Place } from './place.js';
import type { Node, Scope } from './query.js';
import { column, follow, newScope } from './scope.js';

/** Makes a scope of the rows that share the asked columns with a place's row; undefined where none are asked for there. */
export function sharing(context: Context, { node }: Place): (() => Scope) | undefined {
  const { asked } = context;
  if (asked === undefined || asked.node !== node || asked.fields.length === 0) return undefined;
  // Two people of one name are still two: who is in both is one of them.
  const { naming } = node.table;
  if (naming.length > 1 && naming.every((field) => asked.fields.includes(field))) return undefined;
  return () => {
    asked.shared = true;
    const step = valueStep(
      node.table,
      node.table,
      asked.fields.map((field) => [field, field]),
    );
    return newScope(node.table, { node, step });
  };
}

/** The one column whose values are asked for by themselves, as nothing's own: what is said is said of each value. */
export function valuesAsked({ targets, subject }: Parts): Asked['values'] {
  const [target, ...more] = targets;
  if (target?.type !== 'field' || target.noun !== undefined || more.length > 0) return undefined;
  return subject === undefined ? target.field : undefined;
}

/** The column whose values many rows share, where what is said here is said of the value and not of one row. */
export function valueAt({ asked, ofRow = false }: Context, { node }: Place): Field | undefined {
  if (asked?.values === undefined || asked.node !== node || ofRow) return undefined;
  const [field, ...more] = asked.fields;
  return field === undefined || more.length > 0 || !isShared(field) ? undefined : field;
}

function isShared(field: Field): boolean {
  const { role, table } = field;
  return role !== 'key' && !table.naming.includes(field) && !isTold(field);
}

/** Rows of another thing that has such a column itself: `cities with a shop but no office`. */
export function elsewhere(
  context: Context,
  place: Place,
  mention: Pick<TableMention, 'options'>,
): { readonly scope: Scope; readonly cost: number } | undefined {
  const field = valueAt(context, place);
  const { asked } = context;
  if (field === undefined || asked?.values === undefined) return undefined;
  const { options } = asked.values;
  const own = options.find((option) => option.field === field)?.cost ?? 0;
  const found = mention.options.flatMap(({ table, via, cost }) =>
    via !== undefined || table === place.node.table
      ? []
      : options.flatMap((option) =>
          option.field.table === table &&
          option.field.family === field.family &&
          option.cost <= own + NEAR &&
          isShared(option.field)
            ? [{ other: option.field, table, cost }]
            : [],
        ),
  );
  const [best] = found.sort((a, b) => a.cost - b.cost);
  if (best === undefined) return undefined;
  asked.shared = true;
  const step = valueStep(field.table, best.table, [[field, best.other]]);
  const scope = newScope(best.table, { node: place.node, step });
  return { scope, cost: best.cost + (asked.own === true ? 0 : TURNED) };
}

/** The same, or the rows of the very table whose column it is. */
export function having(
  context: Context,
  place: Place,
  mention: TableMention,
): { readonly scope: Scope; readonly cost: number } | undefined {
  const field = valueAt(context, place);
  const { asked } = context;
  const own = mention.options.find(
    ({ table, via }) => table === place.node.table && via === undefined,
  );
  if (field === undefined || asked === undefined || own === undefined)
    return elsewhere(context, place, mention);
  asked.shared = true;
  asked.own = true;
  const step = valueStep(field.table, field.table, [[field, field]]);
  const scope = newScope(field.table, { node: place.node, step });
  return { scope, cost: own.cost + COUNTED };
}

/** Whose value it is comes first, and who else has it behind: the other way round it is the same once more. */
const TURNED = 0.6;
/** Where nothing else is said a grouping tells the same. */
const COUNTED = 0.3;

/** What two tables call the same stands in columns that are called alike. */
const NEAR = 0.15;

/** The rows at the end of a way from any of the rows that have the value. */
export function throughValue(
  { node }: Place,
  { steps: [first, ...rest] }: Pick<Way, 'steps'>,
  field: Field,
): { scope: Scope; end: Node } {
  const scope = newScope(first!.to);
  const holder = follow(scope, scope.root, [reverse(first!)]);
  scope.where.push({
    type: 'compare',
    left: column(holder, field),
    operator: '=',
    right: column(node, field),
  });
  return { scope, end: follow(scope, scope.root, rest) };
}

/** A step to rows that hold the same values. */
export function valueStep(from: Table, to: Table, on: Step['on']): Step {
  return { from, to, on, toOne: false, optional: true, forward: false, role: [] };
}
