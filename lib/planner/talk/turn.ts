/** Changes that need what was said before to say what they mean: `the other ones`, `the year before`. */
import { nounOfTarget } from '../meaning/parts.js';
import type { Ask, Mod } from '../phrase.js';
import { type DateSpan, type Grain, shift } from '../text/calendar.js';
import { mapMods } from './tree.js';

/** The rows that the last condition left out; where it is said whether it holds of them, it did not before. */
export function otherRows(ask: Ask, not?: boolean): Ask | undefined {
  const all = [...ask.targets.flatMap((target) => nounOfTarget(target)?.mods ?? []), ...ask.mods];
  const last = all.findLast((mod) => 'not' in mod);
  if (last === undefined || !('not' in last)) return undefined;
  if (not !== undefined && (last.not === true) === not) return undefined;
  return mapMods(ask, (mod) => (isIt(mod, last) ? ({ ...mod, not: !last.not } as Mod) : mod));
}

function isIt(mod: Mod, wanted: Mod): boolean {
  // Walking through rebuilds what holds others: those are told by what they hold.
  return (
    mod === wanted ||
    (mod.type === 'related' && wanted.type === 'related' && mod.noun.table === wanted.noun.table)
  );
}

export function shiftedTime(ask: Ask, grain: Grain, by: number): Ask | undefined {
  let done = 0;
  const changed = mapMods(ask, (mod) => {
    if (mod.type !== 'time' || mod.spans.length !== 1) return mod;
    const span = shifted(mod.spans[0]!, grain, by);
    if (span === undefined) return mod;
    done++;
    return { ...mod, spans: [span] };
  });
  return done === 1 ? changed : undefined;
}

function shifted({ from, to }: DateSpan, grain: Grain, by: number): DateSpan | undefined {
  if (from === undefined || to === undefined) return undefined;
  const next = { from: shift(from, grain, by), to: shift(to, grain, by) };
  return { ...next, text: spanText(next) };
}

function spanText({ from, to }: { readonly from: string; readonly to: string }): string {
  const year = from.slice(0, 4);
  if (from.endsWith('-01-01') && to === shift(from, 'year', 1)) return `in ${year}`;
  return `from ${from} to before ${to}`;
}
