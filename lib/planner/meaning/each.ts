/** `the cheapest product of each category`: the groups among whose rows something comes first, shown beside it. */
import type { GroupKey, Mod, Target } from '../phrase.js';
import type { Way } from '../schema/paths.js';
import type { Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { isSameThing, type Parts, ranksInEach } from './parts.js';
import type { Context } from './place.js';
import type { Expression, Node } from './query.js';
import { column } from './scope.js';
import { isWholeName, type Shown, shownOf } from './shown.js';

type FieldTarget = Extract<Target, { type: 'field' }>;

interface InEach {
  readonly groups: readonly Target[];
  /** What each group is shown by. */
  readonly each: readonly Shown[];
  /** Which of them are told by what is asked for, and not once more. */
  readonly told: ReadonlySet<Shown>;
  /** What is asked for. */
  readonly asked: readonly Shown[];
}

/** What is shown: of the groups that something comes first in, and of the rows. */
export function shownInEach(context: Context, parts: Parts, table: Table): InEach {
  const groups = groupTargets(parts);
  const each = groups.map((target) => shownOf(context, target, table, parts.subject));
  const told = new Set<Shown>();
  const ranked = parts.targets.findIndex(
    (target) => target.type !== 'measure' && target.noun === parts.subject,
  );
  const asked = parts.targets.map((target, i) => {
    for (const [k, shown] of each.entries()) {
      const own = ofGroup(context, target, {
        key: parts.groups[k]!,
        shown,
        table,
        before: i < ranked,
        isSubject: target.type !== 'measure' && target.noun === parts.subject,
      });
      if (own === undefined) continue;
      told.add(shown);
      return own;
    }
    return shownOf(context, target, table, parts.subject);
  });
  return { groups, each, told, asked };
}

interface Group {
  readonly key: GroupKey;
  readonly shown: Shown;
  /** Whose rows come first. */
  readonly table: Table;
  /** Whether the target stands before what comes first. */
  readonly before: boolean;
  readonly isSubject: boolean;
}

/** `its name`, `the description`, `the team's name`: what is told of the group, and not of what comes first in it. */
function ofGroup(context: Context, target: Target, group: Group): Shown | undefined {
  const { key, shown, isSubject } = group;
  if (target.type === 'measure' || key.type === 'grain') return undefined;
  if (target.type === 'things')
    return !isSubject && key.type === 'table' && isSameThing(target.noun, key.noun)
      ? shown
      : undefined;
  if (key.type === 'table') return isSubject ? undefined : columnOfGroup(context, target, group);
  const least = leastCost(target.field.options);
  const same = target.field.options.some(
    ({ field, cost }) => shown.fields.includes(field) && cost <= least + 0.05,
  );
  const called = target.owner === 'its' && group.before && /^names?$/i.test(target.field.text);
  return same || (called && !isSubject) ? shown : undefined;
}

function columnOfGroup(
  context: Context,
  { field, noun, owner }: FieldTarget,
  { key, shown: { way }, table, before }: Group,
): Shown | undefined {
  if (key.type !== 'table') return undefined;
  const end = way.steps.at(-1)?.to ?? table;
  const options = field.options.filter((option) => option.field.table === end);
  if (options.length === 0 && !isWholeName(field, end)) return undefined;
  if (noun !== undefined && (noun.mods.length > 0 || !isSameThing(noun, key.noun)))
    return undefined;
  if (noun === undefined && !(owner === 'its' && before)) {
    const own = field.options.filter((option) => option.field.table === table);
    const near = leastCost(options) - leastCost(own);
    if (owner === 'alone' && before ? near > 0 : near >= 0) return undefined;
  }
  if (isWholeName(field, end)) return { way, fields: end.naming };
  const chosen = context.chooser.pick({}, options, () => new Misfit('no column'));
  return { way, fields: [chosen.field] };
}

function leastCost(options: readonly { readonly cost: number }[]): number {
  return Math.min(...options.map(({ cost }) => cost));
}

/** The groups of a request for the first of each, as further columns to show. */
function groupTargets(parts: Parts): readonly Target[] {
  if (!ranksInEach(parts)) return [];
  return parts.groups.map((key): Target => {
    switch (key.type) {
      case 'table':
        return { type: 'things', noun: key.noun, everything: false };
      case 'field':
        return { type: 'field', field: key.field, noun: key.noun };
      case 'grain':
        throw new Misfit(`the first of each ${key.grain} is not supported`, { weight: 3 });
    }
  });
}

/** What tells the groups apart, and what is said of them. */
export function groupsAt(
  targets: readonly Target[],
  shown: readonly Shown[],
  at: (way: Way, needed: boolean) => Node,
): {
  readonly per: readonly Expression[];
  readonly said: readonly { readonly mods: readonly Mod[]; readonly node: Node }[];
} {
  const groups = targets.map((target, i) => {
    const { way, fields } = shown[i]!;
    const things = target.type === 'things';
    if (things && way.steps.length === 0) throw new Misfit('each of these is one', { weight: 2 });
    // What belongs to no group comes first in none.
    const node = at(way, true);
    const keys = things ? [...node.table.key, ...fields] : fields;
    const mods = things ? target.noun.mods : [];
    return { node, mods, by: [...new Set(keys)].map((field) => column(node, field)) };
  });
  return { per: groups.flatMap(({ by }) => by), said: groups };
}
