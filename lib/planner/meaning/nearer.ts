/**
 * Which of two readings a careful person would take, where their evidence is the same and they differ in one regard:
 * the thing's own columns before others, what is said of the last thing that was named, the direct way. Where
 * nothing of this decides, both stay.
 */
import type { Ask, Mod, Noun } from '../phrase.js';
import { gistOf, sameGist } from './gist.js';
import { nounOfTarget } from './parts.js';
import type { Condition, Query, Scope } from './query.js';
import {
  isBare,
  isCalledSo,
  isKeyItself,
  isNamesake,
  isOfOne,
  isOneColumn,
  isOwn,
  isWholeName,
  sameShown,
} from './showing.js';
import {
  isBySaidKey,
  isBySaidLink,
  isDirect,
  isMoreThanThere,
  isReferred,
  isStraight,
} from './ways.js';
import {
  isAlike,
  isCounted,
  isOfBoth,
  isRising,
  isSaidWhole,
  isVerbatim,
  type Said,
} from './wording.js';

export interface Candidate {
  readonly ask: Ask;
  readonly query: Query;
  readonly cost: number;
}

type Rule = (a: Candidate, b: Candidate, said: Said) => boolean;

/** Those of the readings that no other one is nearer than, in their order. */
export function nearest<One extends Candidate>(
  readings: readonly One[],
  said: Said,
): readonly One[] {
  let left = readings;
  for (const rule of RULES) {
    if (left.length < 2) break;
    const kept = left.filter(
      (one) => !left.some((other) => rule(other, one, said) && !rule(one, other, said)),
    );
    if (kept.length > 0) left = kept;
  }
  return left;
}

/** Whether the first of two is the nearer one, each in one regard. */
const RULES: readonly Rule[] = [
  (a, b) => isKeyItself(a.query, b.query),
  (a, b) => isOfOne(a.query, b.query),
  isOwn,
  (a, b, { roots }) => isVerbatim(a.query, b.query, roots),
  (a, b, said) => isSaidWhole(a.query, b.query, said),
  (a, b) => isAlike(a.query, b.query),
  (a, b) => isNamesake(a.query, b.query),
  isCalledSo,
  (a, b) => saysLess(a.query, b.query),
  (a, b, { roots }) => isBare(a.query, b.query, roots),
  (a, b) => isPlain(a.query, b.query),
  (a, b, said) => isCounted(a.query, b.query, said),
  (a, b, said) => isOfBoth(a.query, b.query, said),
  (a, b, said) => isRising(a.query, b.query, said),
  (a, b) => isOneColumn(a.query, b.query),
  (a, b) => isBySaidKey(a.query, b.query),
  (a, b) => isMoreThanThere(a.query, b.query),
  (a, b) => isStraight(a.query, b.query),
  (a, b) => isWholeName(a.query, b.query),
  (a, b) => isLower(a.ask, b.ask),
  (a, b, { roots }) => isBySaidLink(a.query, b.query, roots),
  (a, b, { roots }) => isDirect(a.query, b.query, roots),
  (a, b) => isReferred(a.query, b.query),
];

/** The same, but for a column that must not be empty, or for an order of what is shown anyway. */
function saysLess(a: Query, b: Query): boolean {
  const [bare, other] = [withoutPresent(a), withoutPresent(b)];
  const same = sameGist(gistOf(bare), gistOf(other));
  if (same) return presents(a.scope) < presents(b.scope);
  if (a.limit !== undefined || b.limit !== undefined || isOrdered(a)) return false;
  return isOrdered(b) && sameGist(gistOf(bare), gistOf({ ...other, orderBy: [] }));
}

function isOrdered({ orderBy }: Query): boolean {
  return orderBy.some(({ tie }) => !tie);
}

function withoutPresent(query: Query): Query {
  return { ...query, scope: bareScope(query.scope) };
}

function bareScope(scope: Scope): Scope {
  const where = scope.where.flatMap((one): Condition[] => {
    if (one.type === 'null' && one.not) return [];
    if (one.type === 'all') return bareScope({ ...scope, where: [...one.of] }).where;
    if (one.type === 'exists' && !one.not) return [{ ...one, scope: bareScope(one.scope) }];
    return [one];
  });
  return { ...scope, where };
}

function presents({ where }: Scope): number {
  return where.reduce((sum, one) => {
    if (one.type === 'null') return sum + (one.not ? 1 : 0);
    return sum + (one.type === 'exists' ? presents(one.scope) : 0);
  }, 0);
}

/** A row's own number is not added up: of one company there are but its own sales. */
function isPlain(a: Query, b: Query): boolean {
  const [own, sum] = [a.orderBy[0]?.expression, b.orderBy[0]?.expression];
  if (own?.type !== 'column' || sum?.type !== 'aggregate' || sum.fn !== 'sum') return false;
  if (sum.of?.type !== 'column' || sum.of.field !== own.field) return false;
  return own.node === a.scope.root && sum.of.node === b.scope.root && sameShown(a, b);
}

/** What can be said of the last thing that was named is said of it. */
function isLower(a: Ask, b: Ask): boolean {
  const [own, other] = [saidIn(a), saidIn(b)];
  return own.texts === other.texts && own.depth > other.depth;
}

function saidIn({ targets, subject, mods }: Ask): { texts: string; depth: number } {
  const texts: string[] = [];
  let depth = 0;
  const seen = new Set<Noun>();
  const said = (list: readonly Mod[], level: number): void => {
    for (const mod of list) {
      texts.push(textOf(mod));
      depth += level;
      if (mod.type === 'related') said(mod.noun.mods, level + 1);
    }
  };
  for (const noun of [subject, ...targets.map(nounOfTarget)]) {
    if (noun === undefined || seen.has(noun)) continue;
    seen.add(noun);
    said(noun.mods, 0);
  }
  said(mods, 0);
  return { texts: texts.sort().join('|'), depth };
}

function textOf(mod: Mod): string {
  const plain = JSON.stringify(mod, (key, value: unknown) => (HIDDEN.has(key) ? undefined : value));
  return `${mod.type} ${plain.length} ${plain}`;
}
const HIDDEN = new Set(['options', 'mods', 'steps']);
