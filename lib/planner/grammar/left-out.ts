/** What a further sentence leaves out: `Leave out riders without a team.`, `, not counting those that …`. */
import { isSameThing } from '../meaning/parts.js';
import type { Ask, Mod, Noun } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { negate } from './negation.js';
import type { Got } from './rule.js';
import { groupsOf } from './told.js';

const LEAVING_OUT = [
  ...['leave out', 'leaving out', 'exclude', 'excluding', 'ignore', 'ignoring', 'omit', 'omitting'],
  ...[
    'disregard',
    'disregarding',
    'do not count',
    'not counting',
    'do not include',
    'not including',
  ],
].flatMap((leave) => [`${leave} all`, `${leave} the`, `${leave} any`, leave]);

/** The things that are left, with the opposite of what was said of the others. */
export function leftOut(grammar: Grammar, at: number): Got<Noun>[] {
  const start = skipPhrase(grammar, skipPhrase(grammar, at, ',') ?? at, ...LEAVING_OUT);
  if (start === undefined) return [];
  return grammar.noun(start).flatMap(({ value: { table, mods }, ...rest }) => {
    if (table === undefined || mods.length !== 1 || !mods.every(isDeniable)) return [];
    return [{ ...rest, value: { table, mods: negate(mods) } }];
  });
}

/** The same of fewer things: of what is asked for, or of what it is told for each of. */
export function restricted(first: Ask, subject: Noun | undefined, without: Noun): Ask | undefined {
  const keyed = groupsOf(first).some(({ keys }) =>
    keys.some((key) => key.type === 'table' && isSameThing(key.noun, without)),
  );
  const own = subject !== undefined && isSameThing(subject, without);
  return own && !keyed ? { ...first, mods: [...first.mods, ...without.mods] } : undefined;
}

function isDeniable({ type }: Mod): boolean {
  return ['related', 'present', 'value', 'flag', 'time', 'compare', 'like'].includes(type);
}
