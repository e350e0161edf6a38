/** Requests for rows as they are: things and their columns, filtered, ordered, cut off. */
import { reverse, type Way } from '../schema/paths.js';
import type { Step, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { say } from './conditions.js';
import { ordering } from './ordering.js';
import { columnOutput, distinctOrder, named, sameExpression, ties } from './outputs.js';
import { isPlural, type Parts } from './parts.js';
import { apart } from './apart.js';
import type { Asked, Context, Place } from './place.js';
import type { Expression, Node, Order, Query, Scope } from './query.js';
import { follow, newScope } from './scope.js';
import { shownOf } from './shown.js';
import { subjectTable } from './subject.js';

/** Rows that `the cheapest products` gives, where no number is named. */
const DEFAULT_LIMIT = 10;

export function listed(context: Context, parts: Parts): Query {
  const table = subjectTable(context, parts);
  const whole = parts.targets.some((target) => target.type === 'things' && target.everything);
  if (whole && parts.targets.length > 1)
    throw new Misfit('everything about several things at once is not supported');
  const shown = parts.targets.map((target) => shownOf(context, target, table, parts.subject));
  const { scope, subject, at, root } = spread(
    table,
    shown.map(({ way }) => way),
  );
  const place: Place = { scope, node: subject };
  const own = shown.filter(({ way }) => way.steps.length === 0).flatMap(({ fields }) => fields);
  const values: Asked = {
    node: subject,
    fields: own.length < shown.length ? [] : own,
    shared: false,
  };
  const within: Context = { ...context, asked: values };
  for (const mod of apart(within, parts.filters, table)) say(within, mod, [place]);
  const order = ordering(context, parts, place);
  const asked = shown.flatMap(({ way, fields }) => {
    const node = at(way);
    return fields.map((field) => columnOutput(node, field));
  });
  refuseRepeats(asked);
  const outputs = named([...asked, ...rankedBy(parts, order, asked)]);
  const repeated = root !== table && !shown.some(({ way }) => way.steps.at(-1)?.to === root);
  const distinct = parts.distinct || repeated || values.shared;
  return {
    scope,
    outputs,
    distinct,
    groupBy: [],
    orderBy: distinct
      ? distinctOrder(order, outputs)
      : [
          ...order,
          ...ties(scope.root).filter(
            (tie) => !order.some((by) => sameExpression(by.expression, tie.expression)),
          ),
        ],
    ...cutOff(parts),
    rows: table,
  };
}

/** Two things asked for that come out as one column: one of them was not understood. */
function refuseRepeats(
  asked: readonly { readonly expression: Expression; readonly name: string }[],
): void {
  asked.forEach(({ expression, name }, i) => {
    if (asked.slice(i + 1).some((other) => sameExpression(other.expression, expression))) {
      throw new Misfit(`${name} would be shown twice`, { weight: 2 });
    }
  });
}

/** What a rank goes by is shown where the request names it: `the 3 longest books by pages`. */
function rankedBy(
  { rank }: Parts,
  [first]: readonly Order[],
  asked: readonly { readonly expression: Expression }[],
): { expression: Expression; name: string }[] {
  const by = first?.expression;
  if (rank?.shown !== true || by?.type !== 'column') return [];
  if (asked.some(({ expression }) => sameExpression(expression, by))) return [];
  return [columnOutput(by.node, by.field)];
}

export function cutOff(parts: Parts): { limit?: number; ties: boolean } {
  const { rank, limit } = parts;
  if (rank === undefined) return { ...(limit === undefined ? {} : { limit }), ties: false };
  const given = rank.limit ?? limit;
  if (given !== undefined) return { limit: given, ties: false };
  if (!isPlural(parts)) return { limit: 1, ties: false };
  return rank.many ? { limit: DEFAULT_LIMIT, ties: false } : { limit: 1, ties: true };
}

/**
 * A scope in which everything shown is reached to one row: where something is reached only by repeating the
 * subject's rows, the rows of the last table that repeats them become the root.
 */
function spread(
  table: Table,
  ways: readonly Way[],
): { scope: Scope; root: Table; subject: Node; at: (way: Way) => Node } {
  const deepest = ways
    .map(downSteps)
    .reduce<readonly Step[]>((a, b) => (b.length > a.length ? b : a), []);
  const fits = ways.every((way) => downSteps(way).every((step, i) => step === deepest[i]));
  if (!fits)
    throw new Misfit('these columns belong to rows that do not belong together', { weight: 4 });
  const root = deepest.at(-1)?.to ?? table;
  const scope = newScope(root);
  const nodes: Node[] = [scope.root];
  for (const step of [...deepest].reverse()) {
    nodes.unshift(follow(scope, nodes[0]!, [reverse(step)]));
  }
  return {
    scope,
    root,
    subject: nodes[0]!,
    at: (way) => {
      const down = downSteps(way).length;
      return follow(
        scope,
        nodes[down]!,
        way.steps.slice(down),
        way.steps.some(({ optional }) => optional),
      );
    },
  };
}

function downSteps({ steps }: Way): readonly Step[] {
  const last = steps.findLastIndex(({ toOne }) => !toOne);
  return steps.slice(0, last + 1);
}
