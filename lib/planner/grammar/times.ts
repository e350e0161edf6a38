/** How often something happened: `more than 5 times`, `twice`, `used at least once across all orders`. */
import { AUXILIARIES, BE } from '../lexicon/words.js';
import { eventNouns, isPlainLink } from '../lexicon/verbs.js';
import type { Measure, Mod, Noun, TableMention } from '../phrase.js';
import { type Compared, type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got, map, then } from './rule.js';
import { doneTo, inPart } from './sides.js';

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

/** `bid over 900 at least once`: what is said of any row says so already, unless it counts as often as that. */
export function everOnce(
  grammar: Grammar,
  all: readonly Got<readonly Mod[]>[],
): Got<readonly Mod[]>[] {
  return all.flatMap(({ value, at, cost }) => {
    const end = skipPhrase(grammar, at, 'at least once', 'at least one time');
    const says = value.length > 0 && end !== undefined;
    return says && !all.some((one) => one.at === end) ? [got(value, end, cost + 0.1)] : [];
  });
}

const SPOKEN_OF = ['each of them', 'each one', 'each', 'it', 'they', 'he or she', 'he', 'she'];
const FOR_IT = ['for', 'by', 'of', 'to', 'in', 'on', 'at', 'with'].flatMap((of) =>
  ['it', 'them', 'each', 'each of them', 'each one', 'him or her'].map((it) => `${of} ${it}`),
);

/** `number of times (that) it was ordered`, `how many times has it won (races)`: the events of what was named before. */
export function timesOf(grammar: Grammar, at: number): Got<Measure>[] {
  const start = skipPhrase(grammar, at, 'times that', 'times');
  if (start === undefined) return [];
  const asked = AUXILIARIES.has(grammar.lattice.word(start)) ? start + 1 : start;
  const who = skipPhrase(grammar, asked, ...SPOKEN_OF);
  return who === undefined
    ? held(grammar, start)
    : map(happenings(grammar, who), (noun) => counted(noun, { type: 'back' }));
}

/** `how many times has Ann Smith booked a court`: the events of one that is named. */
export function timesOfNamed(grammar: Grammar, at: number): Got<Measure>[] {
  const asked = AUXILIARIES.has(grammar.lattice.word(at)) ? at + 1 : at;
  const start = skipDeterminers(grammar, asked);
  const subjects = [
    ...map(grammar.values(start), (values): readonly Mod[] => [
      { type: 'value', values, not: false },
    ]),
    ...grammar.value(start),
  ];
  const passive = asked > at && BE.has(grammar.lattice.word(at));
  return then(subjects, ({ value: mods, at: end }) => {
    const part = passive ? doneTo(grammar, end) : undefined;
    const who = part === undefined ? mods : inPart(mods, { ...part, near: false });
    return map(happenings(grammar, end), (noun) => counted(noun, ...who));
  });
}

function counted({ table, mods }: Noun, ...more: readonly Mod[]): Measure {
  return { type: 'things', noun: { table, mods: [...mods, ...more] } };
}

/** What a verb's events are kept in, by a table of their own, by the key that is called after it, or by what it acts on. */
function happenings(grammar: Grammar, at: number): Got<Noun>[] {
  const { lattice } = grammar;
  let verb = at;
  while (AUXILIARIES.has(lattice.word(verb)) || lattice.word(verb) === 'ever') verb++;
  const word = lattice.word(verb);
  if (word === '') return [];
  const events = eventNouns(word);
  const called = lattice.roleCalled(word);
  const role = events.length === 0 ? called : undefined;
  const table = role === undefined ? lattice.tablesCalled(events, word) : undefined;
  const rows = table ?? (role === undefined ? undefined : keeping(role));
  const next = skipPhrase(grammar, verb + 1, 'in', 'to', 'for', 'at', 'on') ?? verb + 1;
  const objects = grammar.bareNoun(skipDeterminers(grammar, next)).filter(({ value }) => {
    return value.mods.length === 0;
  });
  if (rows === undefined) return isPlainLink(word) ? objects : [];
  const own = new Set(rows.options.map((option) => option.table));
  return [
    got<Noun>({ table: rows, mods: [] }, verb + 1),
    ...map(objects, (noun): Noun => {
      const same = noun.table?.options.some((option) => own.has(option.table)) === true;
      return { table: rows, mods: same ? [] : [{ type: 'related', noun, not: false }] };
    }),
  ];
}

/** The tables whose keys play a part: how they lead to what is spoken of shows from the keys. */
function keeping({ text, options }: TableMention): TableMention {
  const tables = new Set(options.flatMap(({ via }) => (via === undefined ? [] : [via.from])));
  return { text, options: [...tables].map((table) => ({ table, cost: 0 })) };
}

/** `times reservations were made for it`: as many as there are of them. */
function held(grammar: Grammar, at: number): Got<Measure>[] {
  const { lattice } = grammar;
  return then(grammar.bareNoun(at), ({ value: noun, at: end }) => {
    const verb = BE.has(lattice.word(end)) ? end + 1 : undefined;
    if (verb === undefined || !isPlainLink(lattice.word(verb))) return [];
    const it = skipPhrase(grammar, verb + 1, ...FOR_IT);
    return it === undefined ? [] : [got(counted(noun, { type: 'back' }), it)];
  });
}
