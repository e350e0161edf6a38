/** From the words of a request to its best reading, or to the reason why there is none that can be trusted. */
import { NotUnderstoodError, RefusedError } from '../errors.js';
import { withOwnNames } from './grammar/called.js';
import { buildGrammar, type Grammar } from './grammar/grammar.js';
import { losesDeed } from './grammar/deeds.js';
import { islands } from './grammar/islands.js';
import { losesPair } from './grammar/pairs.js';
import { losesAll, losesEach, losesEvery } from './grammar/universal.js';
import { withoutIdle } from './idle.js';
import { type Grounds, Lattice } from './lattice.js';
import { eventNouns } from './lexicon/verbs.js';
import { CHANGE_VERBS, COURTESIES } from './lexicon/words.js';
import { explore, Misfit, type Reading } from './meaning/choices.js';
import { gistOf, sameGist } from './meaning/gist.js';
import { interpret } from './meaning/interpret.js';
import { nearest } from './meaning/nearer.js';
import type { Query } from './meaning/query.js';
import type { Ask } from './phrase.js';
import { printSentence } from './print/sentence.js';
import { printSql } from './print/sql.js';
import { noReading } from './refusal.js';
import type { Table } from './schema/schema.js';
import { root } from './text/inflection.js';
import { saidUnits } from './units.js';

export interface Understood {
  readonly ask: Ask;
  readonly sql: string;
  readonly text: string;
  /** The table whose rows the answer has. */
  readonly rows: Table;
  readonly query: Query;
  /** How far-fetched the reading is. */
  readonly cost: number;
}

/** Several readings, none of which is the better one. */
export class AmbiguousError extends NotUnderstoodError {
  /** How far-fetched the likeliest of them is. */
  cost = 0;
}

/** Readings that differ by less than this can't be told apart by their evidence. */
const MARGIN = 0.15;
/** Parses that are interpreted: the rest is too far-fetched. */
const MAX_PARSES = 24;
/** Readings of one parse that are compared. */
const MAX_READINGS = 8;

interface Parsed {
  readonly asks: readonly Reading<Ask>[];
  /** Whether one rule reads all of the words; where not, they are put together at a price. */
  readonly whole: boolean;
  readonly grammar: Grammar;
}

const parsed = new WeakMap<Lattice, Parsed>();

/** Every way in which the words make one whole request. */
export function parse(lattice: Lattice): Parsed {
  const known = parsed.get(lattice) ?? readAll(lattice);
  parsed.set(lattice, known);
  return known;
}

function readAll(lattice: Lattice): Parsed {
  const grammar = buildGrammar(lattice);
  const whole = grammar.request(0).filter(({ at }) => isEnd(lattice, at));
  const read = whole.length > 0 ? whole : islands(grammar);
  const loses = [losesAll, losesEach, losesEvery];
  const asks =
    losesPair(grammar) || losesDeed(grammar)
      ? []
      : read.filter(({ value }) => !loses.some((lost) => lost(grammar, value)));
  return {
    asks: asks.map(({ value, cost }) => ({
      value: withOwnNames({ ...value, units: lattice.units }),
      cost,
    })),
    whole: whole.length > 0,
    grammar,
  };
}

/** Only courtesies may follow. */
export function isEnd(lattice: Lattice, at: number): boolean {
  return lattice.tokens
    .slice(at)
    .every(({ word }) => word === ',' || word === 'please' || word === 'thanks' || word === 'now');
}

/**
 * @throws {NotUnderstoodError} words that nothing is known about, no reading, or several that are equally good
 */
export function understand(
  asks: readonly Reading<Ask>[],
  lattice: Lattice,
  grounds: Grounds,
): Understood {
  const found: Understood[] = [];
  const misfits: Misfit[] = [];
  const words = lattice.tokens.map(({ word }) => word);
  const hints = { roots: new Set(words.map(root)), words: new Set(words) };
  const sorted = [...asks].sort((a, b) => a.cost - b.cost).slice(0, MAX_PARSES);
  for (const { value: ask, cost } of sorted) {
    const best = Math.min(...found.map((one) => one.cost));
    if (cost > best + MARGIN) break;
    const base = { schema: grounds.schema, today: grounds.today, hints };
    const search = explore<Query>((chooser) => interpret(ask, base, chooser), {
      slack: MARGIN,
      bound: best + MARGIN - cost,
    });
    misfits.push(...search.misfits);
    for (const reading of search.readings.slice(0, MAX_READINGS))
      found.push(understood(ask, reading, cost, grounds));
  }
  found.sort((a, b) => a.cost - b.cost);
  const [first] = found;
  if (first === undefined) {
    const isParsed = asks.length > 0;
    const grammar = isParsed ? undefined : parse(lattice).grammar;
    const answerable = (part: readonly Reading<Ask>[]) => isAnswerable(part, lattice, grounds);
    throw noReading({ lattice, grounds, grammar, misfits, parsed: isParsed, answerable });
  }
  const near = found.filter(({ cost }) => cost - first.cost < MARGIN);
  const gists = near.length > 1 ? near.map(({ query }) => gistOf(query)) : [];
  const different = near.filter(
    ({ text }, i) =>
      !near.slice(0, i).some((one, j) => one.text === text || sameGist(gists[j]!, gists[i]!)),
  );
  const nearer = different.length > 1 ? nearest(different, hints) : different;
  if (nearer.length > 1) {
    const readings = nearer.map(({ text, sql }) => ({ text, sql })).slice(0, 4);
    const choices = [...new Set(readings.map(({ text }) => text))];
    const error = new AmbiguousError('the request can be read in more than one way', {
      hint: 'name the table or the column that is meant',
      choices,
      readings,
    });
    error.cost = first.cost;
    throw error;
  }
  const best = nearer[0] ?? first;
  return { ...best, text: withNotes(best.text, lattice) };
}

/** The words without those that say nothing more, where they are in the way of a reading. */
export function withoutNoise(given: Lattice, grounds: Grounds): Lattice {
  const { said, tokens: kept } = saidUnits(given, grounds.schema);
  const lattice =
    said.units.length === 0 ? given : new Lattice(given.request, grounds, kept, { units: said });
  const shortened = withoutIdle(lattice);
  if (shortened === undefined || isAnswerable(parse(lattice).asks, lattice, grounds))
    return lattice;
  const { tokens, idle } = shortened;
  const shorter = new Lattice(lattice.request, grounds, tokens, { idle, units: lattice.units });
  return isAnswerable(parse(shorter).asks, shorter, grounds) ? shorter : lattice;
}

function isAnswerable(asks: readonly Reading<Ask>[], lattice: Lattice, grounds: Grounds): boolean {
  try {
    understand(asks, lattice, grounds);
    return asks.length > 0;
  } catch (error) {
    if (error instanceof NotUnderstoodError) return false;
    throw error;
  }
}

/** What was read for a slip of typing, and what was left out, shows in the answer. */
function withNotes(text: string, lattice: Lattice): string {
  const notes = [
    ...lattice.slips().map(({ typed, read }) => `"${typed}" read as ${read}`),
    ...lattice.idle.map((words) => `"${words}" says nothing more`),
  ];
  return notes.length === 0 ? text : `${text} (${notes.join(', ')})`;
}

function understood(
  ask: Ask,
  { value: query, cost }: Reading<Query>,
  before: number,
  { schema }: Grounds,
): Understood {
  return {
    ask,
    sql: printSql(query, schema),
    text: printSentence(query),
    rows: query.rows,
    query,
    cost: before + cost,
  };
}

/** A request that asks for a change is refused as what it is, not as something unclear. */
export function refuseChange(lattice: Lattice): void {
  const words = lattice.tokens.map(({ word }) => word);
  const first = words.find((word) => !COURTESIES.has(word) && word !== ',');
  if (first === undefined) return;
  const at = words.indexOf(first);
  // "book me a table" asks for something to be done, whatever rows are called so.
  const forMe = eventNouns(first).length > 0 && /^(?:me|us)$/.test(words[at + 1] ?? '');
  if (!CHANGE_VERBS.has(first) && !forMe) return;
  // "cancel order 17" is a change; "set" alone, or a table called changes, is not.
  const named = lattice
    .tables(at)
    .some(({ mention }) => mention.options.some(({ cost }) => cost === 0));
  if (words.length < at + 2 || (named && !forMe)) return;
  throw new RefusedError(`changing data (${first}) is not supported by the offline planner`, {
    rule: 'reads-only',
    effect: 'write',
    hint: 'ask for what is there; nothing was changed',
  });
}
