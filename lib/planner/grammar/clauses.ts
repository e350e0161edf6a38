/** Clauses with a subject of their own: `that Ann wrote`, `which no teacher has read`, `where members were admitted in 2020`. */
import { eventNouns, isPlainLink } from '../lexicon/verbs.js';
import { BE, DO, HAVE } from '../lexicon/words.js';
import type { Mod } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { majority } from './majority.js';
import { negate } from './negation.js';
import { got, type Got, map, prune, then } from './rule.js';
import { inPart, partOfVerb } from './sides.js';
import { isUnknownVerb } from './verbs.js';

const ADVERBS = [
  'where',
  'in which',
  'for which',
  'at which',
  'on which',
  'when',
  'of which',
  'to which',
  'from which',
  'with which',
  'about which',
  'by which',
  'under which',
  'through which',
  'for whom',
  'to whom',
  'from whom',
  'with whom',
  'by whom',
  'of whom',
  'about whom',
];
const THERE = [
  'there are',
  'there is',
  'there were',
  'there was',
  'there have been',
  'there exist',
];
const OBJECTS = ['that', 'which', 'whom', 'who'];
const PARTICLES = [
  'in',
  'to',
  'for',
  'from',
  'at',
  'on',
  'of',
  'with',
  'by',
  'about',
  'through',
  'into',
];

export function clauses(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const adverb = skipPhrase(grammar, at, ...ADVERBS);
  const object = skipPhrase(grammar, at, ...OBJECTS);
  return prune([
    ...majority(grammar, adverb ?? object ?? skipPhrase(grammar, at, 'by which') ?? at),
    ...(adverb === undefined ? [] : [...adverbial(grammar, adverb), ...objective(grammar, adverb)]),
    ...(adverb === undefined ? [] : existing(grammar, adverb)),
    ...(object === undefined ? [] : objective(grammar, object)),
    // "the books Ann wrote": without a pronoun only what can be no noun of its own begins a clause.
    ...(adverb === undefined && object === undefined
      ? [...bare(grammar, at), ...map(counted(grammar, at), (mods) => mods, 0.2)]
      : []),
  ]);
}

/** `for which there are more than two orders`: it has them. */
function existing(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const there = skipPhrase(grammar, at, ...THERE);
  if (there === undefined) return [];
  // "for whom there is no record of living in a hall"
  const none = skipPhrase(grammar, there, 'no record of', 'no records of');
  const did = none === undefined ? [] : map(grammar.predicate(none), negate, 0.1);
  return [...map(grammar.possession(there), (mods) => mods.map(ofRows), 0.05), ...did];
}

/** `of which there are more than two`: a bare number tells how many there are, and nothing that they have. */
function ofRows(mod: Mod): Mod {
  return mod.type === 'compare' && mod.measure === undefined
    ? { ...mod, measure: { type: 'things', noun: { table: undefined, mods: [] } } }
    : mod;
}

const NOBODY = ['nobody', 'no one', 'noone', 'not a single person'];

interface Subject {
  readonly mods: readonly Mod[];
  readonly not: boolean;
}

/** Who does it: another thing, or one that is named. */
function subjects(grammar: Grammar, at: number): Got<Subject>[] {
  // "that all members like" is said of every one of them.
  if (grammar.lattice.word(at) === 'all') return [];
  const nobody = skipPhrase(grammar, at, ...NOBODY);
  if (nobody !== undefined) return [got<Subject>({ mods: [], not: true }, nobody)];
  const none = skipPhrase(grammar, at, 'no', 'none of');
  const start = skipDeterminers(grammar, none ?? at);
  const not = none !== undefined;
  // "that each reviewer wrote" speaks of groups.
  if (none === undefined && grammar.lattice.isEach(at))
    return map(grammar.groupKeys(at + 1), (keys): Subject => ({
      mods: [{ type: 'group', keys }],
      not,
    }));
  return [
    ...map(
      grammar.noun(start),
      (noun): Subject => ({ mods: [{ type: 'related', noun, not: false }], not }),
      0.1,
    ),
    ...map(
      grammar.values(start),
      (values): Subject => ({ mods: [{ type: 'value', values, other: true, not: false }], not }),
      0.1,
    ),
  ];
}

/** `where some members were admitted in 2020`: all that the predicate says is said of them. */
function adverbial(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  if (['all', 'every', 'each'].includes(grammar.lattice.word(at))) return [];
  const none = skipPhrase(grammar, at, 'no');
  const start = skipDeterminers(grammar, none ?? at);
  const nobody = skipPhrase(grammar, at, ...NOBODY);
  // "where nobody ever paid in cash": there is nothing of the kind.
  if (nobody !== undefined)
    return map(
      grammar.predicate(skipPhrase(grammar, nobody, 'has ever', 'ever', 'has') ?? nobody),
      negate,
      0.1,
    );
  const found = then(grammar.noun(start), ({ value: noun, at: end }) =>
    map(
      grammar.predicate(end),
      (mods): readonly Mod[] => [
        {
          type: 'related',
          noun: { ...noun, mods: [...noun.mods, ...mods] },
          not: none !== undefined,
        },
      ],
      0.1,
    ),
  );
  return [...found, ...(none === undefined ? counted(grammar, at) : [])];
}

/** `where at least 3 members live`, `in which more than 5 classes were held`: how many there are; the verb is a mere link. */
function counted(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const counts = grammar
    .compare(at)
    .filter(({ value }) =>
      value.every((mod) => mod.type === 'compare' && mod.measure?.type === 'things'),
    );
  return counts.flatMap(({ value, at: end, cost }) => {
    const told = map(
      grammar.predicate(end).filter((one) => one.value.length > 0 && one.value.every(isStated)),
      (said) => value.map((mod) => ofCounted(mod, said)),
      cost + 0.1,
    );
    const auxiliary = BE.has(lattice.word(end)) || HAVE.has(lattice.word(end)) ? end + 1 : end;
    const verb = skipPhrase(grammar, auxiliary, 'been') ?? auxiliary;
    if (!isPlainLink(lattice.word(verb)) && !isUnknownVerb(grammar, verb)) return told;
    const particle = skipPhrase(grammar, verb + 1, ...PARTICLES);
    // Behind a verb of theirs, what follows is said of those that are counted.
    const far = cost + 0.1 + (told.length > 0 ? PASSED_OVER : 0);
    return [
      ...told,
      got(value, verb + 1, far),
      ...(particle === undefined ? [] : [got(value, particle, far + 0.05)]),
    ];
  });
}

const PASSED_OVER = 0.4;

/** `more than 3 members` with what they do: so many of which it is true. */
function ofCounted(mod: Mod, said: readonly Mod[]): Mod {
  if (mod.type !== 'compare' || mod.measure?.type !== 'things') return mod;
  const { noun } = mod.measure;
  return {
    ...mod,
    measure: { ...mod.measure, noun: { ...noun, mods: [...noun.mods, ...said] } },
  };
}

/** What shapes the result as a whole is not said of those that are counted. */
function isStated({ type }: Mod): boolean {
  return !['group', 'order', 'rank', 'limit'].includes(type);
}

/** `that Ann wrote`, `which the student did not take`, `that Ann has certificates of`. */
function objective(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return then(subjects(grammar, at), ({ value: { mods, not }, at: end }) =>
    acts(grammar, end, mods).map((one) => (not ? { ...one, value: negate(one.value) } : one)),
  );
}

function bare(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  // Only an article or a name shows that something new begins.
  const nobody = skipPhrase(grammar, at, ...NOBODY) !== undefined;
  const article = ['the', 'a', 'an'].includes(lattice.word(at));
  // "the vases no museum has": behind a thing "no" is not short for its number.
  const none = lattice.word(at) === 'no' && lattice.tables(at + 1).length > 0;
  if (!article && !nobody && !none && lattice.values(at).length === 0) return [];
  // "the winning team name": what names a column is no verb there.
  return then(subjects(grammar, at), ({ value: { mods, not }, at: end }) =>
    isColumn(grammar, end)
      ? []
      : acts(grammar, end, mods).map((one) => (not ? { ...one, value: negate(one.value) } : one)),
  ).map((one) => ({ ...one, cost: one.cost + (none ? 0 : 0.3) }));
}

function isColumn({ lattice }: Grammar, at: number): boolean {
  return lattice
    .fields(at)
    .some(({ mention }) => mention.options.some(({ cost }) => cost <= COST.short));
}

/** The place behind adverbs that say nothing, and the participle of be: `has ever been lent`. */
function passed({ lattice }: Grammar, from: number): number {
  let at = from;
  while (/^(?:also|ever|yet|been|already|can|could|be)$/.test(lattice.word(at))) at++;
  return at;
}

/** The verb behind its subject: an event that has a table of its own, or no more than a link. */
function acts(grammar: Grammar, from: number, subject: readonly Mod[]): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const at = passed(grammar, from);
  const first = lattice.word(at);
  const auxiliary = DO.has(first) || HAVE.has(first) || BE.has(first);
  const denied = skipPhrase(grammar, auxiliary ? at + 1 : at, 'not', 'never');
  const verb = passed(grammar, denied ?? (auxiliary ? at + 1 : at));
  const word = lattice.word(verb);
  const finish = (mods: readonly Mod[], end: number, cost: number): Got<readonly Mod[]>[] => {
    // "nobody has" says nothing without what it is that nobody has.
    if (mods.length === 0) return [];
    const particle = skipPhrase(grammar, end, ...PARTICLES);
    const value = denied === undefined ? mods : negate(mods);
    return [
      got(value, end, cost),
      ...(particle === undefined ? [] : [got(value, particle, cost + 0.05)]),
    ];
  };
  // "that Ann has", "that Ann is in": the auxiliary is all the verb there is.
  const alone =
    auxiliary && denied === undefined && !DO.has(first) ? finish(subject, at + 1, 0.15) : [];
  if (word === '') return alone;
  const tables = lattice.tablesCalled(eventNouns(word), word);
  const event: Got<readonly Mod[]>[] =
    tables === undefined
      ? []
      : finish(
          [{ type: 'related', noun: { table: tables, mods: subject }, not: false, verb: word }],
          verb + 1,
          0.1,
        );
  // "where no route arrives": the verb tells which end of it is there.
  const part = partOfVerb(grammar, word);
  const link =
    part !== undefined
      ? finish(inPart(subject, part), verb + 1, 0.1)
      : isPlainLink(word)
        ? finish(subject, verb + 1, 0.1)
        : // What is known to be an event says more than that the two belong together.
          event.length === 0 && isUnknownVerb(grammar, verb)
          ? finish(subject, verb + 1, 0.5)
          : [];
  return [...alone, ...event, ...link];
}
