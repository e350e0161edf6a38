/** Verb forms with what follows them: events, roles, dates, and links that say nothing of their own. */
import {
  DATING_PHRASES,
  eventNouns,
  isLinkingVerb,
  isOutcome,
  isPlainLink,
  LINKING_PHRASES,
} from '../lexicon/verbs.js';
import { isShaping } from '../lexicon/structure.js';
import { AUXILIARIES } from '../lexicon/words.js';
import { isPart } from '../lexicon/wordnet.js';
import { singular, verbBases } from '../text/inflection.js';
import type { Measure, Mod } from '../phrase.js';
import { traded } from './amounts.js';
import { isCompared } from './claims.js';
import { doesOwnDeed } from './deeds.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { happened } from './happened.js';
import { amounts, BEING, byAny, common, given, object, part } from './objects.js';
import { inRole } from './roles.js';
import { doneMost, inPart, moving, partOfVerb, receiving } from './sides.js';
import { oftener, times, timesIn } from './times.js';
import { then, got, type Got, map, prune } from './rule.js';
import { verbClaimed } from './verb-claims.js';

/**
 * A verb form with what follows it. A verb of an event that has a table means a row there: what follows is said
 * of the event. A verb that a time column is called after dates by that column. A plain link says nothing.
 */
export function verbal(
  grammar: Grammar,
  at: number,
  { active }: { active: boolean },
): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const found: Got<readonly Mod[]>[] = [];
  if (isThing(grammar, at)) return found;
  const events = eventNouns(word);
  const tables = isListed(grammar, at) ? undefined : lattice.tablesCalled(events, word);
  // "rented each film": the event is told for each of them.
  const ofEach = tables !== undefined && lattice.word(at + 1) === 'each';
  if (ofEach) {
    const event: Mod = { type: 'related', noun: { table: tables, mods: [] }, not: false };
    found.push(
      ...map(grammar.group(at + 1), (mods): readonly Mod[] => [{ ...event, verb: word }, ...mods]),
    );
  }
  if (tables !== undefined && !ofEach) {
    found.push(
      ...map(
        // "ordered this year" says when: "this" is no article there.
        grammar.mods(lattice.dates(at + 1).length > 0 ? at + 1 : skipDeterminers(grammar, at + 1)),
        (mods): readonly Mod[] => [
          { type: 'related', noun: { table: tables, mods }, not: false, verb: word },
        ],
        0.3,
      ).map((one) => (saysTime(one.value) ? { ...one, cost: one.cost - 0.3 } : one)),
    );
    // What the event was about, then more of the event: "borrowed a book in 2024".
    const about = skipDeterminers(grammar, at + 1);
    const anything = skipPhrase(grammar, at + 1, 'anything', 'something', 'any of them', 'nothing');
    if (anything !== undefined) {
      found.push(
        ...map(grammar.mods(anything), (mods): readonly Mod[] => [
          { type: 'related', noun: { table: tables, mods }, not: false, verb: word },
        ]),
      );
    }
    found.push(...times(grammar, at + 1, tables));
    found.push(
      ...then(grammar.values(about), ({ value: values, at: next }) =>
        map(
          grammar.mods(next),
          (mods): readonly Mod[] => [
            {
              type: 'related',
              noun: { table: tables, mods: [{ type: 'value', values, not: false }, ...mods] },
              not: false,
              verb: word,
            },
          ],
          0.1,
        ),
      ),
    );
    found.push(
      ...then(grammar.noun(about), ({ value: thing, at: next }) => {
        const timed = thing.mods.some(({ type }) => type === 'time') ? 0.35 : 0.1;
        const object: Mod = { type: 'related', noun: thing, not: false };
        return map(
          grammar.mods(next),
          (mods): readonly Mod[] => [
            {
              type: 'related',
              noun: { table: tables, mods: [object, ...mods] },
              not: false,
              verb: word,
            },
          ],
          timed,
        );
      }),
    );
    // The thing itself may follow: "bought products from the garden category", "placed 3 orders".
    found.push(
      ...map(
        grammar.noun(skipDeterminers(grammar, at + 1)),
        (noun): readonly Mod[] => [{ type: 'related', noun, not: false, verb: word }],
        0.6,
      ),
      ...map(grammar.compare(at + 1), (mods) => mods, 0.1),
      ...map(grammar.rankOf(at + 1), (mods) => mods, 0.1),
    );
    if (lattice.word(at + 1) === 'by') {
      found.push(...map(grammar.mod(at + 1), byOthers(grammar, at + 1), 0.35));
    }
  }
  if (isLinkingVerb(word)) found.push(...timesIn(grammar, at + 1));
  const byWhom = skipPhrase(grammar, at + 1, 'by', 'to');
  const role = lattice.roleCalled(word);
  if (byWhom !== undefined && role !== undefined) {
    found.push(...inRole(grammar, byWhom, receiving(role) ?? role));
    // "advised by each rank"
    if (lattice.word(byWhom) === 'each') found.push(...grammar.group(at + 1));
  }
  if (lattice.word(at + 1) === 'by' && isLinkingVerb(word)) {
    // "attended by at least two members", "used by the largest number of members"
    const many = [...grammar.compare(at + 2), ...grammar.rankOf(at + 2)];
    found.push(...map(many, (mods) => mods.map(eachOnce), 0.1));
  }
  if (active && role !== undefined) {
    const start = skipDeterminers(grammar, at + 1);
    const inverse = lattice.inverse(role);
    // "who mentors the most keepers": how many there are at the other end.
    found.push(
      ...map(grammar.rankOf(at + 1), (mods) => mods, 0.1),
      ...map(grammar.compare(start), (mods) => mods, 0.1),
    );
    found.push(
      ...map(grammar.values(start), (values): readonly Mod[] => [
        {
          type: 'related',
          noun: { table: inverse, mods: [{ type: 'value', values, not: false }] },
          not: false,
        },
      ]),
    );
  }
  // "to the newsletter": what is true of those who did so.
  const to = events.length === 0 ? undefined : skipPhrase(grammar, at + 1, 'to', 'for');
  if (to !== undefined) {
    for (const { mention, end } of lattice.flags(skipDeterminers(grammar, to))) {
      found.push(got<readonly Mod[]>([{ type: 'flag', flag: mention, not: false }], end, 0.2));
    }
  }
  const dated = lattice.fieldsCalled(at);
  for (const { mention, end } of dated) {
    found.push(...happened(grammar, word, { mention, end }));
    for (const { span, end: after, certain } of lattice.dates(end)) {
      found.push(
        got<readonly Mod[]>(
          [{ type: 'time', spans: [span], field: mention, not: false }],
          after,
          certain ? 0.05 : 0.2,
        ),
      );
    }
    // "hired before their manager", "returned after the due date"
    const against = ['before', 'after'].includes(lattice.word(end)) ? grammar.against(end) : [];
    const measured: Measure = { type: 'field', field: mention };
    found.push(
      ...map(
        against.filter(({ value: { operand } }) => operand.type !== 'number'),
        (compared): readonly Mod[] => [
          { type: 'compare', measure: measured, ...compared, not: false },
        ],
      ),
    );
    found.push(got<readonly Mod[]>([{ type: 'present', field: mention, not: false }], end, 0.4));
    // "opened most recently": by the very column that the verb names.
    const key: Measure = { type: 'field', field: mention };
    for (const { value, at: after, cost } of grammar.most(end)) {
      const ranks = value.flatMap((mod): Mod[] =>
        mod.type === 'rank' && mod.frequency !== true ? [{ ...mod, key }] : [],
      );
      if (ranks.length > 0) found.push(got<readonly Mod[]>(ranks, after, cost));
    }
  }
  const moved = moving(grammar, at);
  found.push(...moved, ...(active ? [] : doneMost(grammar, at)));
  const phrase = skipPhrase(grammar, at, ...LINKING_PHRASES);
  if (phrase !== undefined) found.push(...object(grammar, phrase));
  found.push(...traded(grammar, at));
  const dating = skipPhrase(grammar, at, ...DATING_PHRASES);
  if (dating !== undefined) found.push(...grammar.time(dating));
  if ((isPlainLink(word) || (active && doesOwnDeed(grammar, at))) && moved.length === 0) {
    const next = at + 1;
    // A verb that a column of dates is called after is no mere link.
    const price = dated.length > 0 ? 0.5 : 0.1;
    const as = skipPhrase(grammar, next, 'as', 'once as');
    const played = partOfVerb(grammar, word);
    const playing = (mods: readonly Mod[]): readonly Mod[] => {
      if (played === undefined) return mods;
      if (active) return [...mods, { type: 'part', part: played }];
      return lattice.word(next) === 'by' ? inPart(mods, played) : mods;
    };
    if (!active)
      found.push(
        ...map(
          map([...grammar.mod(next), ...amounts(grammar, next)], byOthers(grammar, next), price),
          playing,
        ),
        ...map(byAny(grammar, next), (mods) => mods, price),
        ...given(grammar, next, price),
      );
    else if (as === undefined) found.push(...map(object(grammar, next), playing));
    if (as !== undefined) found.push(...part(grammar, as));
  }
  found.push(...verbClaimed(grammar, at));
  const shared = skipPhrase(
    grammar,
    at,
    'shared by',
    'common to',
    'shared between',
    'shared among',
  );
  const byEach = isLinkingVerb(word)
    ? skipPhrase(grammar, at + 1, 'both by', 'by both')
    : undefined;
  for (const start of [shared, byEach])
    if (start !== undefined) found.push(...common(grammar, start));
  // Who does it is told apart by the verb alone: "translated by Ann" is not "written by", nor "who sponsored" "who
  // bought". Of a thing that is named it is known what it is.
  const by = lattice.word(at + 1) === 'by';
  const asksWho =
    lattice.word(0) === 'who' && (at === 1 || (at === 2 && AUXILIARIES.has(lattice.word(1))));
  if (found.length === 0 && !asksWho && isUnknownVerb(grammar, at)) {
    // What stands between two things that are known can say no more here than that they belong together.
    const behind = active ? object(grammar, at + 1) : grammar.mod(at + 1);
    found.push(
      ...map(
        behind.filter(({ value }) => value.some(by ? isNamedThing : isOther)),
        byOthers(grammar, at + 1),
        UNKNOWN_VERB,
      ),
    );
  }
  found.push(...oftener(grammar, found));
  found.push(...mostBehind(grammar, at));
  // "ordered all products": it is the orders that link them.
  const linked = (mod: Mod) =>
    mod.type === 'related' && mod.noun.every === 'said' && mod.noun.table !== tables;
  return prune(tables === undefined ? found : found.filter(({ value }) => !value.some(linked)));
}

/** `took part in the most races`, `chosen by the fewest members`: how many there are of what the verb speaks of. */
function mostBehind(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const known = isPlainLink(word) || (verbBases(word).length > 0 && lattice.isVerb(at));
  if (!known && !isUnknownVerb(grammar, at)) return [];
  // "in by the most", but "at most" is no superlative.
  const behind = [1, 2, 3].map((n) => at + n);
  const start = behind.find((next) => !BEFORE_MOST.has(lattice.word(next)));
  if (start === undefined || start === at + 1 || skipPhrase(grammar, start - 1, ...BOUNDS))
    return [];
  return map(
    grammar.rankOf(start).filter(({ value }) => value.every(isCount)),
    (mods) => mods,
    known ? 0.1 : UNKNOWN_VERB,
  );
}

const BOUNDS = ['at most', 'at least'];
const BEFORE_MOST = new Set('in to for from at on of with by'.split(' '));

function isCount(mod: Mod): boolean {
  return mod.type === 'rank' && mod.key?.type === 'things';
}

/** `by members and staff`: behind an `and` a thing's own name is a further thing, and no verb. */
function isListed({ lattice }: Grammar, at: number): boolean {
  const named = lattice
    .tables(at)
    .some(({ mention, end }) => end === at + 1 && mention.options.some(({ cost }) => cost === 0));
  return named && lattice.word(at - 1) === 'and' && eventNouns(lattice.word(at)).length === 0;
}

/** The plural of a thing's own name, where that is no verb: students, never "studies". */
function isThing({ lattice }: Grammar, at: number): boolean {
  const word = lattice.word(at);
  const one = singular(word);
  if (one === word || isPart(one, 'verb')) return false;
  // "people that are not managers" says what they are.
  if (BEING.has(lattice.word(at - 1))) return false;
  // "who hosts a show": behind "who" stands what somebody does.
  if (lattice.word(at - 1) === 'who') return false;
  return lattice
    .tables(at)
    .some(({ mention, end }) => end === at + 1 && mention.options.some(({ cost }) => cost === 0));
}

const UNKNOWN_VERB = 0.5;

/** `followed by Mary`: who does it is never the one that it is done to. */
function byOthers({ lattice }: Grammar, at: number): (mods: readonly Mod[]) => readonly Mod[] {
  if (lattice.word(at) !== 'by') return (mods) => mods;
  return (mods) =>
    mods.map((mod) => (mod.type === 'value' ? { ...mod, doer: true } : eachOnce(mod)));
}

/** `seen by more than one ranger`: as many of them, however often each did it. */
function eachOnce(mod: Mod): Mod {
  if (mod.type !== 'compare' || mod.measure?.type !== 'things') return mod;
  return { ...mod, measure: { ...mod.measure, distinct: true } };
}

/** A verb form of which nothing is known, neither by the language here nor by the schema or its values. */
export function isUnknownVerb({ lattice }: Grammar, at: number): boolean {
  const word = lattice.word(at);
  const [token] = lattice.tokens.slice(at, at + 1);
  if (token?.kind !== 'word' || verbBases(word).length === 0 || !lattice.isOpen(at)) return false;
  if (isShaping(word) || isOutcome(word)) return false;
  return lattice.values(at).length === 0 && lattice.flags(at).length === 0;
}

/** The place behind what a subject does, of which no more has to be known: `did Ann place`, `does Ann look after`. */
export function actionEnd(grammar: Grammar, at: number): number | undefined {
  const phrase = skipPhrase(grammar, at, ...LINKING_PHRASES);
  if (phrase !== undefined) return phrase;
  // "have the status Open": what is written large there and is kept so is no verb.
  const { lattice } = grammar;
  const isValue = /^\p{Lu}/u.test(lattice.text(at, at + 1)) && lattice.values(at).length > 0;
  return !isValue && (lattice.isVerb(at) || isUnknownVerb(grammar, at)) ? at + 1 : undefined;
}

/** Speaks of another thing, of a value that may be another's, or of a column that is named. */
function isOther(mod: Mod): boolean {
  return mod.type === 'related' || mod.type === 'value' || isCompared(mod);
}

/** Speaks of another thing by its own name. */
function isNamedThing(mod: Mod): boolean {
  return mod.type === 'related' && mod.noun.table !== undefined;
}

/** When the event happened is said of the event and of nothing else. */
function saysTime([event]: readonly Mod[]): boolean {
  return event?.type === 'related' && event.noun.mods[0]?.type === 'time';
}
