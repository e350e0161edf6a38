/** The offline planner: a request in words and a database's catalog in, one tool call out. Deterministic. */
import { readBrief } from '../catalog/brief.js';
import { NotUnderstoodError } from '../errors.js';
import { quoteQualified } from '../sql/quote.js';
import { changeOf } from './changes/plan.js';
import { type Read, readInParts, tablesNear } from './focus.js';
import { type Grounds, Lattice } from './lattice.js';
import type { Ask } from './phrase.js';
import { readingOf, type WordReading } from './reading.js';
import { routeOf, type RouteStep, stepOn, type Tools } from './routes.js';
import { buildSchema, type Schema } from './schema/schema.js';
import { spelledOut } from './shortened.js';
import { Vocabulary } from './schema/vocabulary.js';
import { ANSWERS } from './schema/yes-no.js';
import { followUp, isOfAnswer, mayFollow } from './talk/followup.js';
import { parse, refuseChange, understand, withoutNoise } from './understand.js';
import { readValues } from './values.js';

/** An earlier turn of the conversation. */
export interface EarlierTurn {
  readonly request: string;
  /** The statement that answered it; undefined where there was none. */
  readonly sql: string | undefined;
}

export interface PlannerInput {
  /** The system prompt, which holds the brief. */
  readonly system: string;
  readonly earlier: readonly EarlierTurn[];
  readonly request: string;
  /** What `find_values` has said in this turn; undefined where it has not been asked. */
  readonly values: readonly string[] | undefined;
  /** Whether `find_values` can be asked. */
  readonly canFindValues: boolean;
  /** What `get_schema` has said in this turn; undefined where it has not been asked. */
  readonly schema?: string | undefined;
  /** Whether `get_schema` can be asked. */
  readonly canGetSchema?: boolean;
  /** Whether a change can be proposed with `run_dml`; where not, requests for one are refused. */
  readonly canChange?: boolean;
}

export type PlannerStep =
  | {
      readonly type: 'find_values';
      readonly words: readonly string[];
      /** Relations to look in first, where there are many. */
      readonly near?: readonly string[];
    }
  | {
      readonly type: 'answer';
      readonly sql: string;
      readonly text: string;
      readonly reading: readonly WordReading[];
    }
  | {
      readonly type: 'run_dml';
      readonly sql: string;
      /** What the statement does, in words. */
      readonly text: string;
      readonly reading: readonly WordReading[];
    }
  | RouteStep;

const MAX_WORDS = 60;

/**
 * @throws {NotUnderstoodError} words that could not be grounded, no reading, or several (exit 7)
 * @throws {RefusedError} the request asks for a change that can't be proposed (exit 3)
 */
export function plan(input: PlannerInput): PlannerStep {
  const requests = [input.request, ...input.earlier.map(({ request }) => request).reverse()];
  const { schema, vocabulary, today } = inFull(requests, prepare(input.system), input.values);
  const grounds: Grounds = {
    schema,
    vocabulary,
    today,
    values: readValues(input.values ?? [], schema),
  };
  const lattice = new Lattice(input.request, grounds);
  if (lattice.tokens.length === 0) throw new NotUnderstoodError('the request is empty');
  const change = input.canChange === true ? changeStep(input, lattice, grounds) : undefined;
  if (change !== undefined) return change;
  const route = routeOf(lattice, grounds);
  if (route !== undefined && route.type !== 'values') {
    const step = stepOn(route, toolsOf(input), grounds);
    // What turns out to be no such thing is a request like any other, whose words may be values as well.
    if (step?.type !== 'find_values') return step ?? answerTo(input, lattice, grounds);
    const words = [...step.words, ...wordsToFind([input.request], grounds)];
    return { ...step, words: [...new Set(words)].slice(0, MAX_WORDS) };
  }
  return answerTo(input, lattice, grounds, route?.ask);
}

function toolsOf({ values, schema, canFindValues, canGetSchema = false }: PlannerInput): Tools {
  return { told: { values: values !== undefined, schema }, canFindValues, canGetSchema };
}

/** The step of a request that changes data; undefined for any other. */
function changeStep(
  { earlier, values, canFindValues }: PlannerInput,
  lattice: Lattice,
  grounds: Grounds,
): PlannerStep | undefined {
  const step = changeOf(lattice, { grounds, earlier }, values !== undefined || !canFindValues);
  if (step?.type !== 'find') return step;
  const words = step.words.slice(0, MAX_WORDS);
  return { type: 'find_values', words, ...nearby(lattice, grounds) };
}

/** @param routed the request, where it is plain what its words ask for */
function answerTo(
  input: PlannerInput,
  lattice: Lattice,
  grounds: Grounds,
  routed?: Ask,
): PlannerStep {
  // Whether "drop the Spanish ones" speaks of the answer before may show only when its values are known.
  if (input.earlier.length === 0) refuseChange(lattice);
  if (input.values === undefined && input.canFindValues) {
    // So with a follow-up: then what it follows is needed as well.
    const follows = mayFollow(lattice, input.earlier);
    const before = follows ? input.earlier.map(({ request }) => request).reverse() : [];
    const words = wordsToFind([input.request, ...before], grounds);
    if (words.length > 0) return { type: 'find_values', words, ...nearby(lattice, grounds) };
  }
  if (!isOfAnswer(lattice, input.earlier)) refuseChange(lattice);
  const found =
    routed === undefined
      ? readInParts(lattice, grounds, (one, within) => answerIn(input, one, within))
      : answerIn(input, lattice, grounds, routed);
  const { ask, query, sql, text, read } = found;
  return { type: 'answer', sql, text, reading: readingOf(ask, query, read) };
}

function answerIn(input: PlannerInput, lattice: Lattice, grounds: Grounds, routed?: Ask): Read {
  const read = routed === undefined ? withoutNoise(lattice, grounds) : lattice;
  const asks = () => (routed === undefined ? parse(read).asks : [{ value: routed, cost: 0 }]);
  const followed = routed === undefined ? followUp(read, input.earlier, grounds) : undefined;
  return { ...(followed ?? understand(asks(), read, grounds)), read };
}

function wordsToFind(requests: readonly string[], grounds: Grounds): string[] {
  const lattices = requests.map((request) => new Lattice(request, grounds));
  const words = lattices.flatMap((lattice) => lattice.candidates());
  const answers = lattices.some((lattice) => lattice.speaksOfFlags()) ? ANSWERS : [];
  return [...new Set([...words.slice(0, MAX_WORDS - answers.length), ...answers])].slice(
    0,
    MAX_WORDS,
  );
}

/** Tables beyond which not every one is searched for values. */
const MANY_TABLES = 60;
const MAX_NEAR = 40;

/** The relations that the request may speak of. */
function nearby(lattice: Lattice, grounds: Grounds): { readonly near?: readonly string[] } {
  if (grounds.schema.tables.length <= MANY_TABLES) return {};
  const names = tablesNear(lattice, grounds).map(({ relation }) =>
    quoteQualified(relation.schema, relation.name),
  );
  return { near: names.slice(0, MAX_NEAR) };
}

interface Prepared {
  readonly schema: Schema;
  readonly vocabulary: Vocabulary;
  readonly today: string;
}

/** The same prompt comes with every step of a turn. */
let last: { readonly system: string; readonly prepared: Prepared } | undefined;

function prepare(system: string): Prepared {
  if (last?.system === system) return last.prepared;
  const { today, catalog } = readBrief(system);
  const schema = buildSchema(catalog);
  const prepared = { schema, vocabulary: new Vocabulary(schema), today };
  last = { system, prepared };
  return prepared;
}

/** The last one for each schema: the same request comes with every step of a turn. */
const spelt = new WeakMap<Schema, { readonly key: string; readonly prepared: Prepared }>();

const SURELY = new Set(['exact', 'case', 'folded']);

/** The schema with the names in full that the requests have so. */
function inFull(
  requests: readonly string[],
  prepared: Prepared,
  values: readonly string[] = [],
): Prepared {
  const { schema, today } = prepared;
  const found = readValues(values, schema).filter(({ match }) => SURELY.has(match));
  const said = spelledOut(
    requests,
    prepared,
    found.map(({ word }) => word),
  );
  if (said.size === 0) return prepared;
  const key = JSON.stringify([...said]);
  const known = spelt.get(schema);
  if (known?.key === key) return known.prepared;
  const full = buildSchema(schema.catalog, schema.spelling.with(said));
  const made = { schema: full, vocabulary: new Vocabulary(full), today };
  spelt.set(schema, { key, prepared: made });
  return made;
}
