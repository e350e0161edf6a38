/** Follow-ups that say something of what was found: `the cancelled ones`, `those with an email`, `from Spain`. */
import type { Edit, Mod } from '../phrase.js';
import { ONES } from '../lexicon/talk.js';
import { type Grammar, skipDeterminers, skipPhrase } from '../grammar/grammar.js';
import { type Got, got, map, prune, then } from '../grammar/rule.js';
import { isSeveral } from '../text/inflection.js';
import { joiningOf, type Opening } from './frame.js';

/** `the cancelled ones`, `the ones from Spain`, `those with an email`. */
export function ones(grammar: Grammar, at: number, opening: Opening): Got<Edit>[] {
  const { lattice } = grammar;
  const joins = joiningOf(opening);
  const edit = (mods: readonly Mod[]): Edit => ({ type: 'mods', mods, joins });
  const start = skipDeterminers(grammar, at);
  const found: Got<Edit>[] = [];
  for (const { value: mods, at: next } of described(grammar, start)) {
    const placed = lattice.word(next - 1);
    const head =
      skipPhrase(grammar, next, ...ONES) ?? (next > 0 && ONES.includes(placed) ? next : undefined);
    if (head === undefined) {
      if (mods.length > 0)
        found.push(...map(grammar.mods(next), (more) => edit([...mods, ...more]), 0.2));
      continue;
    }
    const behind = relative(grammar, head);
    found.push(
      ...map(behind, (more) => edit([...mods, ...more])).filter(
        ({ value }) => value.type === 'mods' && value.mods.length > 0,
      ),
    );
  }
  return prune(found);
}

/** What is said behind `those`: `from Spain`, `that are late`, `who have paid`. */
export function relative(grammar: Grammar, head: number): Got<readonly Mod[]>[] {
  const that = skipPhrase(grammar, head, 'that', 'which', 'who');
  return [
    ...grammar.mods(head),
    ...then(grammar.predicate(head), (one) => [got(one.value, one.at, 0.1)]),
    ...(that === undefined ? [] : grammar.predicate(that)),
  ];
}

/** What may stand before `ones`: values, flags and dates, denied or not. */
export function described(grammar: Grammar, start: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const negated = skipPhrase(grammar, start, 'not the', 'not', 'non');
  const inner = skipDeterminers(grammar, negated ?? start);
  const not = negated !== undefined;
  return [
    got<readonly Mod[]>([], start),
    ...map(grammar.values(inner), (values): readonly Mod[] => [{ type: 'value', values, not }]),
    ...lattice
      .flags(inner)
      .map(({ mention, end }) => got<readonly Mod[]>([{ type: 'flag', flag: mention, not }], end)),
    ...lattice
      .dates(inner)
      .map(({ span, end }) => got<readonly Mod[]>([{ type: 'time', spans: [span], not }], end)),
  ];
}

/** `from Spain`, `in 2024`, `sorted by name`, `per month`. */
export function said(grammar: Grammar, at: number, opening: Opening, cost = 0): Got<Edit>[] {
  const { also, only } = opening;
  const joins = joiningOf(opening);
  // "with the price" shows it: that it is there, nobody would say with an article, and few without any.
  const next = grammar.lattice.word(at + 1);
  const definite = ['the', 'their', 'its', 'his', 'her'].includes(next);
  const shows = grammar.lattice.word(at) === 'with' && (definite || (!only && !SOME.has(next)));
  return (
    grammar
      .mods(at)
      .filter((one) => one.at > at && one.value.length > 0)
      // "add the customer" shows it.
      .filter(({ value: mods }) => !also || !mods.every(saysOnlyThatThereIs))
      .map(({ value: mods, at: end, cost: own }) => {
        const bare = shows && mods.every(definite ? saysOnlyThatThereIs : saysNoMore);
        return got<Edit>({ type: 'mods', mods, joins }, end, own + 0.05 + cost + (bare ? 0.5 : 0));
      })
  );
}

const SOME = new Set(['a', 'an', 'any', 'no', 'some']);

/** `with price`, `with author`, `with their authors`: shown beside; `with orders` may as well be a condition. */
function saysNoMore(mod: Mod): boolean {
  if (mod.type === 'present') return true;
  if (mod.type !== 'related' || mod.noun.mods.length > 0) return false;
  return !isSeveral(mod.noun.table?.text ?? '');
}

function saysOnlyThatThereIs(mod: Mod): boolean {
  return mod.type === 'present' || (mod.type === 'related' && mod.noun.mods.length === 0);
}
