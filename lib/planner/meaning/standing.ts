/** How a thing stands beside others by what belongs to each: `more orders than Ann Smith`, `than the average customer`. */
import type { Mod, Noun, Operand } from '../phrase.js';
import type { Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { condition } from './conditions.js';
import { functionFor } from './others.js';
import type { Context, Place } from './place.js';
import type { Condition, Expression } from './query.js';
import { newScope } from './scope.js';

type Compare = Extract<Mod, { type: 'compare' }>;
type Others = Extract<Operand, { type: 'others' }>;

/** What was computed of the subject, computed of the others in the same way; undefined where that is not what is said. */
export function besideOthers(
  context: Context,
  { operator, operand, not }: Compare,
  left: Expression,
  subject: Place,
): Condition | undefined {
  if (operand.type !== 'others' || left.type !== 'subquery') return undefined;
  if (operand.field !== undefined || operand.dimension !== undefined) return undefined;
  const { value } = left;
  if (value.type !== 'aggregate') return undefined;
  const isNamed = operand.fn === undefined && operand.noun !== undefined;
  if (value.fn !== 'count' && !(isNamed && value.fn === 'sum')) return undefined;
  if (operand.within !== undefined) throw unsupported();
  const { table } = subject.node;
  const scope = newScope(table);
  const place: Place = { scope, node: scope.root };
  for (const mod of sayWho(operand, table)) {
    const one = condition(context, mod, [place]);
    if (one !== undefined) scope.where.push(one);
  }
  const theirs = copied(left, subject, place);
  const fn = operand.fn ?? functionFor(operand, operator);
  const right = (name: 'avg' | 'min' | 'max' | 'sum'): Expression => ({
    type: 'subquery',
    scope,
    value: {
      type: 'aggregate',
      fn: name,
      of: theirs,
      distinct: false,
      name: `${name} ${value.name}`,
    },
  });
  const said: Condition =
    fn === undefined
      ? { type: 'within', left, scope, value: theirs, not: operator === '<>' }
      : { type: 'compare', left, operator, right: right(fn) };
  return not ? { type: 'not', of: said } : said;
}

/** Only rows of the same kind have as much of it in the same way. */
function sayWho({ fn, noun }: Others, table: Table): readonly Mod[] {
  if (noun === undefined) return [];
  if (noun.table !== undefined && !noun.table.options.some((option) => option.table === table))
    throw unsupported();
  return fn === undefined ? noun.mods.map((mod) => ownName(mod, table)) : noun.mods;
}

function ownName(mod: Noun['mods'][number], table: Table): Mod {
  if (mod.type !== 'value') return mod;
  const values = mod.values.map((value) => ({
    ...value,
    options: value.options.filter(({ field }) => field.table === table),
  }));
  if (values.some(({ options }) => options.length === 0)) throw unsupported();
  return { ...mod, values };
}

function unsupported(): Misfit {
  return new Misfit('that comparison is not supported', { weight: 2 });
}

/** What the schema holds is the same for both. */
const SCHEMA = new Set(['table', 'field', 'step', 'rows']);

/** The same expression of another row. */
function copied(left: Expression, from: Place, to: Place): Expression {
  const known = new Map<unknown, unknown>([[from.node, to.node]]);
  const copy = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (known.has(part)) return known.get(part);
    if (from.scope.nodes.includes(part as never)) throw unsupported();
    if (Array.isArray(part)) {
      const list: unknown[] = [];
      known.set(part, list);
      for (const one of part) list.push(copy(one));
      return list;
    }
    const made: Record<string, unknown> = {};
    known.set(part, made);
    for (const [key, value] of Object.entries(part))
      made[key] = SCHEMA.has(key) ? value : copy(value);
    return made;
  };
  return copy(left) as Expression;
}
