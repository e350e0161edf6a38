/** Conditions that no row can meet together: then they are said of different rows. */
import type { Condition, Expression, Scope } from './query.js';

export function contradict(conditions: readonly Condition[]): boolean {
  const flat = conditions.flatMap(parts);
  return flat.some((one, i) => flat.slice(i + 1).some((other) => excludes(one, other)));
}

/**
 * `with a sauna but no pool`, read of one thing that has a single name: being a sauna it is no pool anyway, so the second
 * condition was not said of it.
 */
export function idle(scope: Scope): boolean {
  const { root, outer } = scope;
  const named = namedIn(scope).filter(({ left }) => left.node !== root || outer !== undefined);
  return named.some(
    (one) =>
      !one.not &&
      named.some(
        (other) =>
          other.not && other.left.node === one.left.node && other.left.field === one.left.field,
      ),
  );
}

type Column = Extract<Expression, { type: 'column' }>;

interface Named {
  readonly left: Column;
  readonly not: boolean;
}

/** What a row is called, or is not: by itself, or by others that have nothing but the same name. */
function namedIn({ where }: Scope): Named[] {
  return where.flatMap(parts).flatMap((one): Named[] => {
    const left = columnOf(one);
    if (one.type === 'in' && left !== undefined) return [{ left: keptFirst(left), not: one.not }];
    if (one.type !== 'exists') return [];
    const { root, outer, where: inner } = one.scope;
    const [only, ...more] = namedIn(one.scope);
    if (only === undefined || more.length > 0 || inner.length > 1 || only.left.node !== root)
      return [];
    const from = outer?.step.on.find(([, to]) => to === only.left.field)?.[0];
    if (outer === undefined || from === undefined) return [];
    const above = keptFirst({ ...only.left, node: outer.node, field: from });
    return [{ left: above, not: one.not !== only.not }];
  });
}

/** The same value where a key carries it: that of a room's hall is in the room's row as well. */
function keptFirst(of: Column): Column {
  const { join } = of.node;
  const from = join?.step.on.find(([, to]) => to === of.field)?.[0];
  return join === undefined || from === undefined
    ? of
    : keptFirst({ ...of, node: join.to, field: from });
}

function parts(condition: Condition): Condition[] {
  return condition.type === 'all' ? condition.of.flatMap(parts) : [condition];
}

function excludes(one: Condition, other: Condition): boolean {
  const left = columnOf(one);
  const right = columnOf(other);
  if (left === undefined || right === undefined) return false;
  if (left.node !== right.node || left.field !== right.field) return false;
  if (one.type === 'in' && other.type === 'in' && !one.not && !other.not)
    return !one.values.some((value) => other.values.includes(value));
  const a = bounds(one);
  const b = bounds(other);
  if (a === undefined || b === undefined) return false;
  return a.low > b.high || b.low > a.high || touches(a, b) || touches(b, a);
}

/** Bounds that meet leave a common value only where both include it. */
function touches(a: Bounds, b: Bounds): boolean {
  return a.low === b.high && a.low !== Number.NEGATIVE_INFINITY && (a.openLow || b.openHigh);
}

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly openLow: boolean;
  readonly openHigh: boolean;
}

function columnOf(condition: Condition): Column | undefined {
  return 'left' in condition && condition.left.type === 'column' ? condition.left : undefined;
}

function bounds(condition: Condition): Bounds | undefined {
  const all = { low: -Infinity, high: Infinity, openLow: false, openHigh: false };
  switch (condition.type) {
    case 'between':
      return { ...all, low: Number(condition.low), high: Number(condition.high) };
    case 'compare': {
      const { operator, right } = condition;
      if (!('digits' in right)) return undefined;
      const at = Number(right.digits);
      switch (operator) {
        case '=':
          return { ...all, low: at, high: at };
        case '>':
        case '>=':
          return { ...all, low: at, openLow: operator === '>' };
        case '<':
        case '<=':
          return { ...all, high: at, openHigh: operator === '<' };
        case '<>':
          return undefined;
      }
    }

    case 'span': {
      const { from, to } = condition.span;
      return {
        low: from === undefined ? -Infinity : Date.parse(from),
        high: to === undefined ? Infinity : Date.parse(to),
        openLow: false,
        openHigh: true,
      };
    }
    default:
      return undefined;
  }
}
