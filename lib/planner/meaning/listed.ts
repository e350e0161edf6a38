/** Requests for rows as they are: things and their columns, filtered, ordered, cut off. */
import type { Target } from '../phrase.js';
import { reverse, type Way, waysBetween } from '../schema/paths.js';
import type { Step, Table } from '../schema/schema.js';
import { isSeveral } from '../text/inflection.js';
import { Misfit } from './choices.js';
import { say } from './conditions.js';
import { downSteps, graded, rankKey, sortKeys } from './ordering.js';
import { columnOutput, distinctOrder, named, sameExpression, ties } from './outputs.js';
import { refuseShared } from './both-have.js';
import { refuseEitherEnd } from './either-end.js';
import { firstThing } from './first-thing.js';
import { asksForKinds } from './kinds.js';
import { type Inner, lately } from './lately.js';
import { isAggregate, isPlural, type Parts } from './parts.js';
import { apart } from './apart.js';
import { groupsAt, shownInEach } from './each.js';
import type { Asked, Context, Place } from './place.js';
import type { Expression, Node, Order, Output, Query, Scope } from './query.js';
import { column, follow, newScope } from './scope.js';
import { valuesAsked } from './shared.js';
import { subjectTable } from './subject.js';

/** Rows that `the cheapest products` gives, where no number is named. */
const DEFAULT_LIMIT = 10;

export function listed(context: Context, given: Parts): Query {
  const table = subjectTable(context, given);
  const { parts: ranked, inner } = innerRank(context, given, table);
  const whole = ranked.targets.some((target) => target.type === 'things' && target.everything);
  if (whole && ranked.targets.length > 1)
    throw new Misfit('everything about several things at once is not supported');
  const { groups, each, told, asked: wanted } = shownInEach(context, ranked, table);
  const shown = [...each, ...wanted];
  refuseShared(ranked);
  refuseEitherEnd(ranked.filters, table);
  const { parts, keys } =
    inner === undefined
      ? firstThing(ranked, sortKeys(context, ranked, table, shown), shown)
      : { parts: ranked, keys: [inner.key] };
  const { scope, subject, at, root } = spread(table, [
    ...shown.map(({ way }) => way),
    ...keys.map(({ way }) => way),
    ...(inner === undefined ? [] : [inner.way]),
  ]);
  const place: Place = { scope, node: subject };
  const own = shown.filter(({ way }) => way.steps.length === 0).flatMap(({ fields }) => fields);
  const values: Asked = {
    node: subject,
    fields: own.length < shown.length ? [] : own,
    values: valuesAsked(parts),
    shared: false,
  };
  const within: Context = { ...context, asked: values, bare: bareNames(parts) };
  // What is shown of a thing's many others is what conditions on those speak of: not of any one of them.
  const beside = [...shown, ...(inner === undefined ? keys : [])]
    .filter(({ way }) => !way.toOne)
    .flatMap(({ way }): Place[] => [
      { scope, node: scope.root },
      { scope, node: at(way) },
    ])
    .filter(({ node }, i, all) => all.findIndex((other) => other.node === node) === i);
  for (const mod of apart(within, parts.filters, table)) say(within, mod, [...beside, place]);
  if (inner !== undefined) {
    if (inner.mod !== undefined) context.said.add(inner.mod);
    for (const mod of inner.others) say(context, mod, [{ scope, node: at(inner.way) }]);
  }
  const columns = shown.map((one, i) => {
    if (i < each.length && told.has(one)) return [];
    const node = at(one.way, i < each.length || !isAdded(parts.targets[i - each.length]));
    return one.fields.map((field) => columnOutput(node, field));
  });
  const asked = [
    ...columns.slice(0, each.length).flat(),
    ...withoutRestated(columns.slice(each.length), parts.targets),
  ];
  refuseRepeats(asked);
  const order = keys.map(({ way, field, descending }): Order => ({
    expression:
      parts.rank === undefined ? column(at(way), field) : graded(column(at(way), field), field),
    descending,
    tie: false,
  }));
  // What is to be seen was told column by column: nothing else is.
  const byColumns = parts.targets.length > 1 && parts.targets.every(({ type }) => type === 'field');
  const outputs = named([...asked, ...(byColumns ? [] : rankedBy(parts, order, asked))]);
  // A thing and one of its others are a pair, whatever table stands between them.
  const pairs = shown.some(({ way }) => way.toOne) && shown.some(({ way }) => !way.toOne);
  const repeated =
    root !== table &&
    !pairs &&
    // Rows that are ordered by one of many rows each are as many as those.
    keys.every(({ way }) => way.toOne) &&
    !shown.some(({ way }) => way.steps.at(-1)?.to === root);
  const cut = cutOff(parts);
  // The one that comes first is one anyway.
  const kinds = asksForKinds(parts, own);
  const alike = parts.distinct || repeated || values.shared || kinds;
  if (each.length > 0) {
    const { per, said } = groupsAt(groups, shown, at);
    for (const { mods, node } of said) for (const mod of mods) say(context, mod, [{ scope, node }]);
    if (
      alike ||
      order.length !== 1 ||
      !keys.every(({ way, field }) => way.toOne || field.table === root) ||
      cut.offset !== undefined
    )
      throw new Misfit('it is not clear what comes first in each group', { weight: 3 });
    return {
      scope,
      outputs,
      rows: table,
      ...cut,
      per,
      distinct: false,
      groupBy: [],
      orderBy: order,
    };
  }
  const one = cut.limit === 1 && !cut.ties;
  // Each once, however many of their rows come first.
  const several = inner !== undefined && !inner.way.toOne && !one;
  const apartBy = several ? table.key.map((field) => column(subject, field)) : [];
  const distinct = (alike || several) && !one;
  return {
    scope,
    outputs,
    rows: table,
    ...cut,
    ...(distinct
      ? distinctBy(order, outputs, apartBy)
      : { distinct, groupBy: [], orderBy: [...order, ...tiesOf(scope.root, order)] }),
  };
}

function tiesOf(root: Node, order: readonly Order[]): Order[] {
  return ties(root).filter(
    (tie) => !order.some((by) => sameExpression(by.expression, tie.expression)),
  );
}

/** Different rows are ordered by what they show, or by the first of what stands behind each of them. */
function distinctBy(
  order: readonly Order[],
  outputs: readonly Output[],
  apartBy: readonly Expression[] = [],
): Pick<Query, 'distinct' | 'groupBy' | 'orderBy'> {
  const isShown = ({ expression }: Order) =>
    outputs.some((output) => sameExpression(output.expression, expression));
  if (order.every(isShown) && apartBy.length === 0)
    return { distinct: true, groupBy: [], orderBy: distinctOrder(order, outputs) };
  const collected = order.map((by): Order => {
    if (isShown(by) || by.expression.type !== 'column') return by;
    const fn = by.descending ? 'max' : 'min';
    const name = by.expression.field.words.join('_');
    return {
      ...by,
      expression: { type: 'aggregate', fn, of: by.expression, distinct: false, name },
    };
  });
  return {
    distinct: false,
    groupBy: [
      ...apartBy.filter((key) => !outputs.some((one) => sameExpression(one.expression, key))),
      ...outputs.map(({ expression }) => expression),
    ],
    orderBy: [
      ...collected,
      ...apartBy.map((expression) => ({ expression, descending: false, tie: true })),
    ],
  };
}

/**
 * `the courses of the oldest teacher`: the teacher's rank is the listing's, where each row asked for has one such
 * thing or only one row is asked for. Otherwise it stays a condition.
 */
function innerRank(
  context: Context,
  parts: Parts,
  table: Table,
): { parts: Parts; inner?: Inner | undefined } {
  const moved = lately(context, parts, table);
  if (moved !== undefined) return moved;
  if (parts.rank !== undefined || parts.orders.length > 0) return { parts };
  const found = parts.filters.flatMap((mod) => {
    if (mod.type !== 'related' || mod.not) return [];
    const rank = mod.noun.mods.find((one) => one.type === 'rank');
    return rank === undefined ? [] : [{ mod, rank }];
  });
  const [first] = found;
  if (first === undefined || found.length > 1) return { parts };
  const { mod, rank } = first;
  // "with the most common role": how often that is, is counted.
  if (rank.frequency === true) return { parts };
  if (rank.key !== undefined && isAggregate(rank.key)) return { parts };
  if (rank.limit !== undefined && rank.limit > 1) return { parts };
  // "the 5 customers who ordered most recently": as many as are asked for.
  const plural = isPlural(parts) && parts.limit === undefined;
  const options = (mod.noun.table?.options ?? []).flatMap(({ table: to, via, cost }) =>
    via !== undefined
      ? []
      : waysBetween(table, to)
          .filter(({ toOne }) => toOne || !plural)
          .map((way) => ({ way, to, cost: cost + way.cost / 2 })),
  );
  if (options.length === 0) return { parts };
  const { way, to } = context.chooser.pick(mod.noun, options, () => new Misfit('no way'));
  return {
    parts: {
      ...parts,
      filters: parts.filters.filter((one) => one !== mod),
      rank: { ...rank, many: false },
    },
    inner: {
      mod,
      others: mod.noun.mods.filter((one) => one !== rank),
      way,
      key: rankKey(context, rank, to, way),
    },
  };
}

/** How columns are called that are asked for without the thing whose they are. */
function bareNames({ subject, targets }: Parts): string | undefined {
  if (subject?.table !== undefined) return undefined;
  const names = targets.flatMap((target) => {
    if (target.type === 'field') return [target.field.text];
    const plain = target.type === 'measure' && target.measure.type === 'field';
    return plain ? [target.measure.field.text] : [];
  });
  return names.length === targets.length ? names.join(' ') : undefined;
}

type Asking = readonly { readonly expression: Expression; readonly name: string }[];

/** `clubs in Leeds, name and phone`: what is listed is told by those of its columns that are named once more. */
function withoutRestated(told: readonly Asking[], targets: readonly Target[]): Asking {
  const [first] = targets;
  const [own, ...others] = told;
  if (first?.type !== 'things' || first.everything || own === undefined) return told.flat();
  // "the season, the player and the score" are three columns, none of which is told by another.
  if (first.noun.mods.length === 0 && !isSeveral(first.noun.table?.text ?? '')) return told.flat();
  const named = others.flatMap((outputs, i) => (targets[i + 1]?.type === 'field' ? outputs : []));
  const isIn = (all: Asking, { expression }: Asking[number]): boolean =>
    all.some((one) => sameExpression(one.expression, expression));
  const again = own.filter((one) => isIn(named, one));
  if (again.length === 0) return told.flat();
  const rest = others.flatMap((outputs, i) =>
    targets[i + 1]?.type === 'field' ? outputs.filter((one) => !isIn(again, one)) : outputs,
  );
  return [...again, ...rest];
}

/** Two things asked for that come out as one column: one of them was not understood. */
function refuseRepeats(asked: Asking): void {
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

export function cutOff(parts: Parts): Pick<Query, 'limit' | 'offset' | 'ties'> {
  const { rank, limit } = parts;
  if (rank === undefined) return { ...(limit === undefined ? {} : { limit }), ties: false };
  const given = rank.limit ?? limit;
  const { offset } = rank;
  if (given !== undefined)
    return { limit: given, ...(offset === undefined ? {} : { offset }), ties: false };
  if (!isPlural(parts)) return { limit: 1, ties: false };
  // "the top products" are some, "the oldest technicians" are those that nobody is older than.
  const some =
    rank.many && (rank.bare === true || (rank.key !== undefined && isAggregate(rank.key)));
  return some ? { limit: DEFAULT_LIMIT, ties: false } : { limit: 1, ties: true };
}

/** What a follow-up puts beside the rows leaves them all there. */
function isAdded(target: Target | undefined): boolean {
  return target !== undefined && target.type !== 'measure' && target.added === true;
}

/**
 * A scope in which everything shown is reached to one row: where something is reached only by repeating the
 * subject's rows, the rows of the last table that repeats them become the root.
 */
function spread(
  table: Table,
  ways: readonly Way[],
): {
  scope: Scope;
  root: Table;
  subject: Node;
  /** @param needed rows that have none are left out */
  at: (way: Way, needed?: boolean) => Node;
} {
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
    at: (way, needed = false) => {
      const down = downSteps(way).length;
      return follow(
        scope,
        nodes[down]!,
        way.steps.slice(down),
        !needed && way.toOne && way.steps.some(({ optional }) => optional),
      );
    },
  };
}
