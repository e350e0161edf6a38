/** Follow-ups that keep the first few, or ask which comes first: `the top 3`, `which one has the most`. */
import type { Edit, Mod } from '../phrase.js';
import { isLinkingVerb } from '../lexicon/verbs.js';
import { AGGREGATES, AMOUNT_VERBS } from '../lexicon/words.js';
import { EXTREMES, ONES } from '../lexicon/talk.js';
import { type Grammar, skipDeterminers, skipPhrase } from '../grammar/grammar.js';
import { type Got, got, map, then } from '../grammar/rule.js';
import { verbBases } from '../text/inflection.js';
import type { Opening } from './frame.js';

/** `the top 3`, `the 5 cheapest ones`, `the first 10`. */
export function ranked(grammar: Grammar, at: number): Got<Edit>[] {
  const start = skipDeterminers(grammar, at);
  const first = skipPhrase(grammar, start, 'first');
  const number = first === undefined ? undefined : grammar.lattice.number(first);
  const limits =
    number === undefined || !/^\d{1,5}$/.test(number.digits)
      ? []
      : [got<readonly Mod[]>([{ type: 'limit', limit: Number(number.digits) }], number.end)];
  // "the maximum" is another aggregate where there is one already.
  const unsure = AGGREGATES.has(grammar.lattice.word(start)) ? 0.3 : 0;
  const ranks = map([...grammar.rank(start), ...ranksBy(grammar, start)], (mods) => mods, unsure);
  return then(
    [...limits, ...firstWith(grammar, start), ...ranks.filter(() => number === undefined)],
    ({ value: mods, at: next }) => {
      const behind = skipPhrase(grammar, next, ...ONES) ?? next;
      return map(grammar.mods(behind), (more): Edit => ({
        type: 'mods',
        mods: [...mods, ...more],
      }));
    },
  );
}

/** `the most losses` behind `which team has the most wins`. */
function ranksBy(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const descending = EXTREMES.get(grammar.lattice.word(at));
  if (descending === undefined) return [];
  return map(
    grammar.measure(at + 1),
    (key): readonly Mod[] => [{ type: 'rank', key, descending, many: false }],
    0.05,
  );
}

/** `the two with the most downloads`. */
function firstWith(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const number = grammar.lattice.number(at);
  if (number === undefined || !/^\d{1,5}$/.test(number.digits)) return [];
  const ones = skipPhrase(grammar, number.end, ...ONES) ?? number.end;
  const start = skipPhrase(
    grammar,
    ones,
    'with the',
    'having the',
    'that have the',
    'who have the',
  );
  if (start === undefined) return [];
  const limit = Number(number.digits);
  return map(ranksBy(grammar, start), (mods) =>
    mods.map((mod) => (mod.type === 'rank' ? { ...mod, limit } : mod)),
  );
}

/** `only 3`, `limit it to 10`, `show 5 of them`. */
export function limited({ lattice, ...rest }: Grammar, at: number, { only }: Opening): Got<Edit>[] {
  const number = lattice.number(at);
  if (number === undefined || !/^\d{1,5}$/.test(number.digits)) return [];
  const behind = skipPhrase({ lattice, ...rest }, number.end, ...ONES);
  if (!only && behind === undefined) return [];
  const edit: Edit = { type: 'mods', mods: [{ type: 'limit', limit: Number(number.digits) }] };
  // "only 2025" is a year before it is a number of rows.
  const year = /^(?:19|20)\d\d$/.test(number.digits) && behind === undefined;
  return [got<Edit>(edit, behind ?? number.end, year ? 0.8 : 0.1)];
}

/** `which one has the most`, `what is the highest`, `who has the fewest`. */
export function extremes(grammar: Grammar, at: number): Got<Edit>[] {
  const { lattice } = grammar;
  // "which", "what is" and their like are read as leads; a name of what is grouped by may follow.
  const name = skipDeterminers(grammar, at);
  const named = [
    at,
    ...lattice.tables(name).map(({ end }) => end),
    ...lattice.fields(name).map(({ end }) => end),
  ];
  return named.flatMap((start) => {
    const head = skipPhrase(grammar, start, 'one', 'ones') ?? start;
    const many = lattice.word(head - 1) === 'ones';
    // "who paid the most": what was computed says what it was that they paid.
    const link = [
      'is',
      'are',
      'has',
      'have',
      'had',
      'was',
      'were',
      'gets',
      'got',
      'with',
      'having',
    ];
    const acts = isVerbOfAmount(grammar, head) ? head + 1 : head;
    const verb = skipPhrase(grammar, head, ...link) ?? acts;
    const the = skipDeterminers(grammar, verb);
    const descending = EXTREMES.get(lattice.word(the));
    if (descending === undefined) return [];
    const end =
      skipPhrase(grammar, the + 1, 'one', 'number', 'count', 'value', 'total', 'amount') ?? the + 1;
    const asked = verb > at || ['is', 'are', 'was', 'which', 'who'].includes(lattice.word(at - 1));
    return [got<Edit>({ type: 'extreme', descending, one: !many }, end, asked ? 0 : 0.3)];
  });
}

function isVerbOfAmount({ lattice }: Grammar, at: number): boolean {
  return (
    EXTREMES.get(lattice.word(skipDeterminers({ lattice } as Grammar, at + 1))) !== undefined &&
    [lattice.word(at), ...verbBases(lattice.word(at))].some(
      (word) => AMOUNT_VERBS.has(word) || isLinkingVerb(word),
    )
  );
}
