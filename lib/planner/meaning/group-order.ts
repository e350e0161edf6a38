/** The order of a grouped result: as asked, or by its groups. */
import type { Measure, SortKey } from '../phrase.js';
import { Misfit } from './choices.js';
import type { Key } from './keys.js';
import { sameExpression } from './outputs.js';
import type { Parts } from './parts.js';
import type { Expression, Order } from './query.js';
import { isSame } from './same.js';

export interface Grouped {
  readonly by: readonly Expression[];
  readonly outputs: readonly { expression: Expression; name: string }[];
  /** A stretch of time: its groups come in the calendar's order. */
  readonly key: Key;
}

interface Ordered {
  readonly parts: Parts;
  readonly measures: readonly Measure[];
  readonly values: readonly Expression[];
  readonly groups: readonly Grouped[];
}

export function orderOf(ordered: Ordered): Order[] {
  const { parts, measures, values, groups } = ordered;
  const { rank, orders } = parts;
  const last = groups
    .flatMap(({ by }) => by)
    .map((expression): Order => ({ expression, descending: false, tie: true }));
  const valueOf = (key: Measure): Expression | undefined =>
    values[measures.findIndex((measure) => isSame(measure, key))];
  if (rank !== undefined) {
    if (groups.length === 0) throw new Misfit('there is nothing to rank', { weight: 2 });
    const expression = rank.key === undefined ? values[0]! : valueOf(rank.key);
    if (expression === undefined)
      throw new Misfit('these groups have no such column to be ranked by', { weight: 2 });
    return [{ expression, descending: rank.descending, tie: false }, ...last];
  }
  if (orders.length > 0) {
    const said = orders.map((order): Order => {
      const expression = sortedBy(order.key, ordered, valueOf);
      if (expression === undefined)
        throw new Misfit('these groups have no such column to be ordered by', { weight: 2 });
      return { expression, descending: order.descending, tie: false };
    });
    return [...said, ...last];
  }
  const shown = groups
    .flatMap(({ outputs }) => outputs)
    .map(({ expression }): Order => ({ expression, descending: false, tie: true }));
  return [
    ...shown,
    ...last.filter(
      ({ expression }) => !shown.some((one) => sameExpression(one.expression, expression)),
    ),
  ];
}

function sortedBy(
  key: SortKey,
  { values, groups }: Ordered,
  valueOf: (key: Measure) => Expression | undefined,
): Expression | undefined {
  if (key.type === 'name') return groups[0]?.outputs.at(-1)?.expression;
  if (key.type === 'result') return values[0];
  return valueOf(key) ?? keyExpression(key, groups);
}

function keyExpression(key: Measure, groups: readonly Grouped[]): Expression | undefined {
  if (key.type !== 'field') return undefined;
  return groups
    .flatMap(({ by }) => by)
    .find(
      (one) => one.type === 'column' && key.field.options.some(({ field }) => field === one.field),
    );
}
