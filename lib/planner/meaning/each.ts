/** `the cheapest product of each category`: the groups among whose rows something comes first, shown beside it. */
import type { Mod, Target } from '../phrase.js';
import type { Way } from '../schema/paths.js';
import { Misfit } from './choices.js';
import { type Parts, ranksInEach } from './parts.js';
import type { Expression, Node } from './query.js';
import { column } from './scope.js';
import type { Shown } from './shown.js';

/** The groups of a request for the first of each, as further columns to show. */
export function groupTargets(parts: Parts): readonly Target[] {
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
  at: (way: Way) => Node,
): {
  readonly per: readonly Expression[];
  readonly said: readonly { readonly mods: readonly Mod[]; readonly node: Node }[];
} {
  const groups = targets.map((target, i) => {
    const { way, fields } = shown[i]!;
    const things = target.type === 'things';
    if (things && way.steps.length === 0) throw new Misfit('each of these is one', { weight: 2 });
    const node = at(way);
    const keys = things ? [...node.table.key, ...fields] : fields;
    const mods = things ? target.noun.mods : [];
    return { node, mods, by: [...new Set(keys)].map((field) => column(node, field)) };
  });
  return { per: groups.flatMap(({ by }) => by), said: groups };
}
