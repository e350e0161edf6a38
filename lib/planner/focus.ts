/**
 * The parts of a large schema that a request may be about. Among hundreds of tables most words have a nearer name
 * somewhere that has nothing to do with the rest of what is said: in each part its own names count alone.
 */
import { NotUnderstoodError } from '../errors.js';
import { type Grounds, Lattice } from './lattice.js';
import { isGlue, isShaping, isStructureWord } from './lexicon/structure.js';
import { isLinkingVerb } from './lexicon/verbs.js';
import { partsOf } from './schema/parts.js';
import type { Schema, Table } from './schema/schema.js';
import { COST } from './schema/sense.js';
import { Vocabulary } from './schema/vocabulary.js';
import { singular } from './text/inflection.js';
import { AmbiguousError, type Understood } from './understand.js';
import { LONGEST_VALUE } from './value-spans.js';

/** Tables from which on a schema is looked at in parts. */
const MANY_TABLES = 30;
/** What a word costs that a part has no name for. */
const UNSAID = 2;
/** Parts that explain the words so much worse than the best one are not meant. */
const MARGIN = 0.5;
/** The same where the words are only looked at one by one. */
const ROUGH_MARGIN = 1.2;
const MOST = 6;
/** Readings in several parts that differ by less than this can't be told apart. */
const NEAR = 0.15;
/** Parts are compared with the first that gives a reading as far as they explain the words hardly worse. */
const FARTHER = 0.3;
/** In tokens. */
const LONGEST_NAME = 4;

interface Focus {
  readonly grounds: Grounds;
  readonly lattice: Lattice;
  /** How far-fetched it is that the request speaks of this part. */
  readonly strain: number;
}

/** The likeliest parts, likeliest first; none where the schema is small. */
function focusesOf(whole: Lattice, grounds: Grounds): Focus[] {
  const { schema, today, values } = grounds;
  if (schema.tables.length < MANY_TABLES) return [];
  const things = thingsIn(whole);
  const all = likely(whole, grounds).map(({ tables }) => {
    const own: Grounds = {
      ...partGrounds(schema, tables),
      today,
      values: values.filter(({ field }) => tables.has(field.table)),
    };
    const lattice = new Lattice(whole.request, own);
    const named = namedFor(lattice, whole);
    const strain = cheapest(lattice, named, things);
    return { grounds: own, lattice, strain, told: toldBy(named) };
  });
  all.sort(
    (a, b) =>
      a.strain - b.strain || a.grounds.schema.tables.length - b.grounds.schema.tables.length,
  );
  const least = all[0]?.strain ?? 0;
  return all
    .filter(({ strain, told }, i) => {
      // Surroundings in which the words are called by the same are one part.
      const same = all.slice(0, i).some((one) => one.told === told);
      return strain <= least + MARGIN && !same;
    })
    .slice(0, MOST);
}

/** The tables that a request most likely speaks of, in a large schema. */
export function tablesNear(whole: Lattice, grounds: Grounds): Table[] {
  const parts = likely(whole, grounds);
  const rest = parts.flatMap(({ tables }) => [...tables]);
  return [...new Set([...parts.flatMap(({ used }) => used), ...rest])];
}

const made = new WeakMap<ReadonlySet<Table>, Pick<Grounds, 'schema' | 'vocabulary'>>();

function partGrounds(whole: Schema, part: ReadonlySet<Table>) {
  const known = made.get(part);
  if (known !== undefined) return known;
  const schema: Schema = { ...whole, tables: whole.tables.filter((table) => part.has(table)) };
  const grounds = { schema, vocabulary: new Vocabulary(schema) };
  made.set(part, grounds);
  return grounds;
}

/** Words, and what it costs to take them for something. */
interface Named {
  readonly at: number;
  readonly end: number;
  readonly cost: number;
}

/** Words, and what it costs to take them for something of a table. */
interface Taken {
  readonly at: number;
  readonly end: number;
  readonly costs: ReadonlyMap<Table, number>;
}

interface Likely {
  readonly tables: ReadonlySet<Table>;
  /** Those that something is called by. */
  readonly used: readonly Table[];
}

/** The parts that explain most of the words, each word looked at by itself. */
function likely(whole: Lattice, grounds: Grounds): Likely[] {
  const taken = takenFor(whole, grounds).map(cheapestFirst);
  const things = thingsIn(whole);
  const priced = partsOf(grounds.schema).map((tables) => {
    const named = taken.flatMap(({ at, end, tables: all, places }) => {
      const first = Math.min(...[...tables].map((table) => places.get(table) ?? Infinity));
      const best = all[first];
      return best === undefined ? [] : [{ at, end, cost: best[1], table: best[0] }];
    });
    const used = [...new Set(named.map(({ table }) => table))].sort((a, b) => a.index - b.index);
    return { tables, used, strain: cheapest(whole, named, things) };
  });
  priced.sort((a, b) => a.strain - b.strain || a.tables.size - b.tables.size);
  const least = priced[0]?.strain ?? 0;
  const seen = new Set<string>();
  return priced
    .filter(({ strain, used }) => {
      const key = used.map(({ index }) => index).join(' ');
      const known = seen.has(key);
      seen.add(key);
      return !known && strain <= least + ROUGH_MARGIN;
    })
    .slice(0, 2 * MOST);
}

/** Sorted once: there are as many parts as tables, and each asks for its own cheapest one. */
function cheapestFirst({ at, end, costs }: Taken) {
  const tables = [...costs].sort(([, a], [, b]) => a - b);
  return { at, end, tables, places: new Map(tables.map(([table], place) => [table, place])) };
}

function takenFor(whole: Lattice, { vocabulary, values }: Grounds): Taken[] {
  const held = new Map<string, Map<Table, number>>();
  for (const { word, field, match } of values) {
    const costs = held.get(word.toLowerCase()) ?? new Map<Table, number>();
    held.set(word.toLowerCase(), costs);
    offer(costs, field.table, EQUAL.has(match) ? 0.2 : 0.8);
  }
  const { tokens } = whole;
  return tokens.flatMap((_, at) => {
    const spans: Taken[] = [];
    for (let end = at + 1; end <= Math.min(at + LONGEST_VALUE, tokens.length); end++) {
      const costs = new Map(held.get(whole.text(at, end).trim().toLowerCase()));
      const words = tokens.slice(at, end);
      const mayName =
        words.length <= LONGEST_NAME &&
        words.every(({ kind }) => kind === 'word') &&
        !(words.length === 1 && isGlue(words[0]!.word));
      for (const sense of mayName ? vocabulary.anywhere(words.map(({ word }) => word)) : [])
        offer(costs, sense.type === 'table' ? sense.table : sense.field.table, sense.cost);
      if (costs.size > 0) spans.push({ at, end, costs });
    }
    return spans;
  });
}

const EQUAL: ReadonlySet<string> = new Set(['exact', 'case', 'folded', 'stem']);

function offer<Key>(costs: Map<Key, number>, key: Key, cost: number): void {
  if (cost < (costs.get(key) ?? Infinity)) costs.set(key, cost);
}

/** Everything that the words may name. */
function namedIn(lattice: Lattice): (Named & { readonly by: readonly number[] })[] {
  return lattice.tokens.flatMap((_, at) => {
    const named = [
      ...lattice.tables(at).map(({ mention: { options }, end }) => ({
        end,
        all: options.map(({ table, cost }) => ({ table, cost })),
      })),
      ...[...lattice.fields(at), ...lattice.flags(at), ...lattice.values(at)].map(
        ({ mention: { options }, end }) => ({
          end,
          all: [...options].map(({ field, cost }) => ({ table: field.table, cost })),
        }),
      ),
    ];
    return named.map(({ end, all }) => {
      const cost = Math.min(...all.map((one) => one.cost));
      return { at, end, cost, by: all.map(({ table }) => table.index) };
    });
  });
}

function namedFor(lattice: Lattice, whole: Lattice) {
  return namedIn(lattice).map((one) => (isMadeUp(whole, one) ? { ...one, cost: 2 * UNSAID } : one));
}

/** First letters make no name of words that somewhere else name a table. */
function isMadeUp(whole: Lattice, { at, end, cost }: Named): boolean {
  if (end === at + 1 || cost !== COST.abbreviation) return false;
  return whole.tokens.slice(at, end).some((_, i) => whole.isThing(at + i));
}

/** Which tables the words name, as text. */
function toldBy(named: readonly (Named & { readonly by: readonly number[] })[]): string {
  return named.map(({ at, end, by }) => `${at}-${end}:${[...new Set(by)].join(' ')}`).join(',');
}

/** The least that it costs to take every word for something. */
function cheapest(lattice: Lattice, named: readonly Named[], things: ReadonlySet<string>): number {
  const best = new Map([[0, 0]]);
  const from = new Map<number, Named[]>();
  for (const one of named) from.set(one.at, [...(from.get(one.at) ?? []), one]);
  lattice.tokens.forEach((_, at) => {
    const before = best.get(at)!;
    offer(best, at + 1, before + unsaid(lattice, at, things));
    for (const { end, cost } of from.get(at) ?? []) offer(best, end, before + cost);
  });
  return best.get(lattice.tokens.length) ?? 0;
}

/** What it costs that nothing is called by a word. */
function unsaid(lattice: Lattice, at: number, things: ReadonlySet<string>): number {
  const { word, kind } = lattice.tokens[at]!;
  if (things.has(word)) return UNSAID / 2;
  if (kind === 'mark' || kind === 'number' || kind === 'date' || isShaping(word)) return 0;
  if (lattice.number(at) !== undefined) return 0;
  return isLinkingVerb(word) ? UNSAID / 4 : UNSAID;
}

/** Words of structure that are said of things here: who made an `order`, and not in what order. */
function thingsIn(whole: Lattice): Set<string> {
  return new Set(
    whole.tokens.flatMap(({ word }, at) => {
      const noun = singular(word) !== word || ARTICLES.has(whole.word(at - 1));
      const named = whole
        .tables(at)
        .some(({ mention }) => mention.options.some(({ cost }) => cost <= COST.head));
      return noun && named && isStructureWord(word) && !isGlue(word) ? [word] : [];
    }),
  );
}

const ARTICLES = new Set('a an the each every no any their his her'.split(' '));

/** What was understood, and the words that it was read from. */
export type Read = Understood & { readonly read: Lattice };

/**
 * The cheapest reading that the parts of a large schema give, or the whole where the request may speak of several.
 * @throws {NotUnderstoodError} there is no reading, or several are equally good
 */
export function readInParts(
  whole: Lattice,
  grounds: Grounds,
  understand: (lattice: Lattice, grounds: Grounds) => Read,
): Read {
  const focuses = focusesOf(whole, grounds);
  const [likeliest] = focuses;
  if (likeliest === undefined) return understand(whole, grounds);
  const found: Read[] = [];
  const refused: NotUnderstoodError[] = [];
  let answered: number | undefined;
  for (const focus of focuses) {
    // What is said of one part as it is called there is not said of another one in other words.
    if (answered !== undefined && focus.strain > answered + FARTHER) break;
    try {
      found.push(understand(focus.lattice, focus.grounds));
      answered ??= focus.strain;
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      refused.push(error);
    }
  }
  const unclear = refused
    .filter((error) => error instanceof AmbiguousError)
    .sort((a, b) => a.cost - b.cost);
  const [first] = found.sort((a, b) => a.cost - b.cost);
  const [doubt] = unclear;
  if (doubt !== undefined && (first === undefined || doubt.cost < first.cost + NEAR)) throw doubt;
  if (first !== undefined) return only(found.filter(({ cost }) => cost < first.cost + NEAR));
  const strain = cheapest(whole, namedFor(whole, whole), thingsIn(whole));
  if (strain + MARGIN >= likeliest.strain) throw refused[0]!;
  try {
    return understand(whole, grounds);
  } catch (error) {
    throw error instanceof NotUnderstoodError ? refused[0]! : error;
  }
}

function only(near: readonly Read[]): Read {
  const readings = near.map(({ text, sql }) => ({ text, sql }));
  if (new Set(readings.map(({ sql }) => sql)).size === 1) return near[0]!;
  throw new AmbiguousError('the request can be read in more than one way', {
    hint: 'name the table or the column that is meant',
    choices: [...new Set(readings.map(({ text }) => text))],
    readings,
  });
}
