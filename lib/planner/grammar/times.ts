/** How often something happened: `more than 5 times`, `twice`, `used at least once across all orders`. */
import { AUXILIARIES } from '../lexicon/words.js';
import { eventNouns } from '../lexicon/verbs.js';
import type { Measure, Mod, Noun, TableMention } from '../phrase.js';
import { type Compared, type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got, map, then } from './rule.js';

/** Longest first where one begins as another. */
const OFTEN = [
  ['more than once', '>', '1'],
  ['at least once', '>=', '1'],
  ['at least twice', '>=', '2'],
  ['at most once', '<=', '1'],
  ['at most twice', '<=', '2'],
  ['no more than once', '<=', '1'],
  ['no more than twice', '<=', '2'],
  ['more than twice', '>', '2'],
  ['less than twice', '<', '2'],
  ['fewer than twice', '<', '2'],
  ['exactly once', '=', '1'],
  ['exactly twice', '=', '2'],
  ['only once', '=', '1'],
  ['only twice', '=', '2'],
  ['once', '=', '1'],
  ['twice', '=', '2'],
] as const;

/** `more than 5 times`, `twice`, `at least once`. */
function oftenAt(grammar: Grammar, at: number): Got<Compared>[] {
  const start = skipPhrase(grammar, at, 'for') ?? at;
  const counted = grammar.comparison(start).flatMap(({ value, at: next }) => {
    const end = skipPhrase(grammar, next, 'times', 'time');
    return end === undefined || value.operand.type !== 'number' ? [] : [got(value, end)];
  });
  const worded = OFTEN.flatMap(([phrase, operator, digits]): Got<Compared>[] => {
    const end = skipPhrase(grammar, start, phrase);
    return end === undefined ? [] : [got({ operator, operand: { type: 'number', digits } }, end)];
  });
  return [...counted, ...worded.slice(0, 1)];
}

/** How often the event of a verb happened that has a table of its own. */
export function times(grammar: Grammar, at: number, table: TableMention): Got<readonly Mod[]>[] {
  const of: Measure = { type: 'things', noun: { table, mods: [] } };
  return map(oftenAt(grammar, at), (compared): readonly Mod[] => [
    { type: 'compare', measure: of, ...compared, not: false },
  ]);
}

const WITHIN = ['in', 'for', 'by', 'across', 'among', 'on', 'at', 'within'];

/** `used more than twice in orders`, `used at least twice across all orders`: by the rows of what is named behind. */
export function timesIn(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return then(oftenAt(grammar, at), ({ value: compared, at: end }) => {
    const within = skipPhrase(grammar, end, ...WITHIN);
    if (within === undefined) {
      // "codes that were used 5 times": in whatever rows have them.
      const noun: Noun = { table: undefined, mods: [] };
      const mod: Mod = {
        type: 'compare',
        measure: { type: 'things', noun },
        ...compared,
        not: false,
      };
      return [got<readonly Mod[]>([mod], end, 0.1)];
    }
    return map(grammar.noun(skipDeterminers(grammar, within)), (noun): readonly Mod[] => [
      { type: 'compare', measure: { type: 'things', noun }, ...compared, not: false },
    ]);
  });
}

/** `visited a museum at least twice`: what was said to be there is counted. */
export function oftener(
  grammar: Grammar,
  all: readonly Got<readonly Mod[]>[],
): Got<readonly Mod[]>[] {
  return then(all, ({ value: [mod, ...more], at }) => {
    if (mod?.type !== 'related' || mod.not || more.length > 0) return [];
    const { noun } = mod;
    if (noun.table === undefined || noun.mods.some(({ type }) => type !== 'value')) return [];
    return map(oftenAt(grammar, at), (compared): readonly Mod[] => [
      { type: 'compare', measure: { type: 'things', noun }, ...compared, not: false },
    ]);
  });
}

const SPOKEN_OF = ['each of them', 'each one', 'each', 'it', 'they', 'he or she', 'he', 'she'];

/** `number of times (that) it was ordered`: the events of what was named before. */
export function timesOf(grammar: Grammar, at: number): Got<Measure>[] {
  const { lattice } = grammar;
  const start = skipPhrase(grammar, at, 'times that', 'times');
  const who = start === undefined ? undefined : skipPhrase(grammar, start, ...SPOKEN_OF);
  if (who === undefined) return [];
  let verb = who;
  while (AUXILIARIES.has(lattice.word(verb))) verb++;
  const word = lattice.word(verb);
  const events = eventNouns(word);
  const table = events.length === 0 ? undefined : lattice.tablesCalled(events, word);
  if (table === undefined) return [];
  return [got<Measure>({ type: 'things', noun: { table, mods: [{ type: 'back' }] } }, verb + 1)];
}
