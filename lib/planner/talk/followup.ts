/** Requests that change the one before, or speak of what it found: `only the cancelled ones`, `which of them …`. */
import { NotUnderstoodError } from '../../errors.js';
import { type Grounds, Lattice } from '../lattice.js';
import { buildGrammar } from '../grammar/grammar.js';
import { OPENERS } from '../lexicon/talk.js';
import type { Reading } from '../meaning/choices.js';
import type { Ask, TableMention } from '../phrase.js';
import type { EarlierTurn } from '../planner.js';
import type { Table } from '../schema/schema.js';
import type { Token } from '../text/tokens.js';
import {
  AmbiguousError,
  isEnd,
  parse,
  understand,
  type Understood,
  withoutNoise,
} from '../understand.js';
import { asksWhichThing, isNumberOf, named, ofOne, saysOnlyThatThereIs } from './asked.js';
import { askedBeside } from './beside.js';
import { bind, withSubject } from './bind.js';
import { applyEdit } from './edit.js';
import { edits, isAddition, speaksOfAnswer } from './edits.js';
import { type Prior, priors } from './prior.js';
import { isPossessive, rewrite, TalkLattice } from './referents.js';
import {
  asksFor,
  asksWhich,
  definiteAt,
  isEachGroup,
  isNamed,
  isOfBefore,
  isPart,
  isPartOfBefore,
  isPhrase,
  isQuestion,
  namesThings,
  refers,
  refersPlainly,
} from './referring.js';
import { rephrased } from './rephrased.js';
import { subjectOf } from './tree.js';
import { written } from './written.js';

/** The request in the light of what came before; undefined where it stands alone. */
export function followUp(
  lattice: Lattice,
  earlier: readonly EarlierTurn[],
  grounds: Grounds,
): Understood | undefined {
  if (!isAnswered(earlier)) {
    const whole = !isPart(lattice) && !isPartOfBefore(lattice) && parse(lattice).asks.length > 0;
    if (!refersPlainly(lattice) || namesThings(lattice) || whole) return undefined;
    throw new NotUnderstoodError(
      `there is nothing that "${lattice.request.trim()}" could refer to`,
      { hint: 'say the whole request, or continue a session with --session' },
    );
  }
  const theirs = ofBefore(lattice, grounds);
  if (theirs === undefined && standsAlone(lattice)) return undefined;
  const before = replay(earlier, grounds);
  if (before === undefined) {
    if (parse(lattice).asks.length > 0 && !refersPlainly(lattice)) return undefined;
    throw new NotUnderstoodError(
      'the offline planner can follow up only on an answer that it gave itself',
      { hint: 'say the whole request' },
    );
  }
  return theirs === undefined
    ? changed(lattice, before, grounds)
    : tryChanged(theirs, lattice, before, grounds);
}

/** `who are the authors` behind a list of books: theirs, where they have any. */
function ofBefore(lattice: Lattice, grounds: Grounds): Lattice | undefined {
  const { tokens, idle, units } = lattice;
  const at = definiteAt(lattice);
  if (at === undefined) return undefined;
  const their: Token = { ...tokens[at]!, text: 'their', word: 'their' };
  const said = written([...tokens.slice(0, at), their, ...tokens.slice(at + 1)]);
  return new Lattice(said.request, grounds, said.tokens, { idle, units });
}

function tryChanged(
  theirs: Lattice,
  lattice: Lattice,
  before: Before,
  grounds: Grounds,
): Understood | undefined {
  try {
    return changed(theirs, before, grounds);
  } catch (error) {
    if (!(error instanceof NotUnderstoodError)) throw error;
    return standsAlone(lattice) ? undefined : changed(lattice, before, grounds);
  }
}

/** Whether a request may refer to the one before: what that one said has to be known then as well. */
export function mayFollow(lattice: Lattice, earlier: readonly EarlierTurn[]): boolean {
  return (
    earlier.length > 0 &&
    (lattice.candidates().length > 0 || definiteAt(lattice) !== undefined || !standsAlone(lattice))
  );
}

/** `remove the limit`, `add their emails`, which sound like changes of the data. */
export function isOfAnswer(lattice: Lattice, earlier: readonly EarlierTurn[]): boolean {
  return isAnswered(earlier) && speaksOfAnswer(parse(lattice).grammar);
}

function isAnswered(earlier: readonly EarlierTurn[]): boolean {
  return earlier.some(({ sql }) => sql !== undefined);
}

/** A request that is complete in itself and names what it asks for. */
function standsAlone(lattice: Lattice): boolean {
  if (refersPlainly(lattice)) return false;
  return wholeFrom(lattice, 0).some(
    ({ value }) => subjectOf(value) !== undefined && isNamed(value),
  );
}

interface Before {
  readonly ask: Ask;
  readonly rows: Table;
}

/**
 * The tree of the last answer: every request in order, each follow-up as a change of the one before. Nothing but
 * the conversation itself has to be remembered.
 */
function replay(earlier: readonly EarlierTurn[], grounds: Grounds): Before | undefined {
  let last: Before | undefined;
  for (const { request, sql } of earlier) {
    // What was not answered left nothing to refer to.
    if (sql === undefined) continue;
    const lattice = withoutNoise(new Lattice(request, grounds), grounds);
    const understood = again(lattice, last, grounds);
    last = understood?.sql.trim() === sql.trim() ? understood : undefined;
  }
  return last;
}

function again(
  lattice: Lattice,
  last: Before | undefined,
  grounds: Grounds,
): Understood | undefined {
  try {
    const theirs = last === undefined ? undefined : ofBefore(lattice, grounds);
    const read = last && theirs && tryChanged(theirs, lattice, last, grounds);
    if (read !== undefined) return read;
    if (last === undefined || standsAlone(lattice))
      return understand(parse(lattice).asks, lattice, grounds);
    return changed(lattice, last, grounds);
  } catch (error) {
    if (error instanceof NotUnderstoodError) return undefined;
    throw error;
  }
}

/** What it costs to show something instead where the words say that it is to be shown as well. */
const ADDED = 1.2;
/** What it costs to read a request in words of which it has only the sense. */
const REPHRASED = 0.05;

function changed(lattice: Lattice, before: Before, grounds: Grounds): Understood {
  const known = priors(before.ask, before.rows);
  const base = known.at(-1)?.ask ?? before.ask;
  const whole = isEachGroup(lattice)
    ? []
    : known.flatMap((prior) => speaking(lattice, prior, grounds));
  const plain = edited(lattice, base);
  const more = rephrased(lattice, grounds).flatMap((one) => edited(one, base));
  const asks: Reading<Ask>[] = [
    ...plain,
    ...more.map(({ value, cost }) => ({ value, cost: cost + REPHRASED })),
    ...whole,
  ];
  // What came before counts for the change: only where it makes no sense is it a request of its own.
  return (
    tryToUnderstand(asks, lattice, grounds) ??
    tryToUnderstand(alone(lattice), lattice, grounds) ??
    understand(asks, lattice, grounds)
  );
}

/** Undefined where there is no reading at all. @throws {NotUnderstoodError} there are several */
function tryToUnderstand(
  asks: readonly Reading<Ask>[],
  lattice: Lattice,
  grounds: Grounds,
): Understood | undefined {
  try {
    return understand(asks, lattice, grounds);
  } catch (error) {
    if (error instanceof AmbiguousError || !(error instanceof NotUnderstoodError)) throw error;
    return undefined;
  }
}

/** The request before, changed as the words say. */
function edited(lattice: Lattice, before: Ask): Reading<Ask>[] {
  const theirs = isPossessive(lattice);
  const read = edits(parse(lattice).grammar).flatMap(({ value, cost, replaces }) => {
    // "who are their coaches": what is theirs is neither of that kind itself nor a condition.
    if (theirs && (value.type === 'swap' || saysOnlyThatThereIs(value))) return [];
    // "which stores belong to them" asks for stores.
    if (asksWhichThing(lattice) && saysOnlyThatThereIs(value)) return [];
    // "which of those are late" behind their number asks for them.
    if (value.type === 'mods' && asksWhich(lattice) && isNumberOf(before)) return [];
    const ask = applyEdit(ofOne(value, before, lattice), value, replaces);
    return ask === undefined ? [] : [{ type: value.type, value: named(ask, lattice), cost }];
  });
  // "and the author" of each book is told beside it, before it asks for all authors.
  const beside = read.some(({ type, value }) => type === 'add' && value.targets.length > 1);
  return read.filter(({ type }) => !beside || type !== 'swap');
}

/** A whole request in which pronouns stand for what was found before, or in which it goes without saying. */
function speaking(lattice: Lattice, prior: Prior, grounds: Grounds): Reading<Ask>[] {
  const { table } = prior.noun;
  if (table === undefined) return [];
  const rewritten = rewrite(lattice, { table });
  if (rewritten === undefined) {
    const addition = isAddition(parse(lattice).grammar) ? ADDED : 0;
    return wholeFrom(lattice, 0).flatMap(({ value, cost }) => {
      const ask = ofOwnColumns(value, table) ? withSubject(value, prior) : undefined;
      return ask === undefined ? [] : [{ value: ask, cost: cost + prior.cost + 0.15 + addition }];
    });
  }
  // "for the red ones" behind a number of each colour asks for no list.
  if (isPhrase(lattice) && (prior.computed || prior.grouped)) return [];
  const talk = new TalkLattice(rewritten, grounds);
  const addition = isAddition(parse(lattice).grammar) ? ADDED : 0;
  return openings(talk).flatMap((at) =>
    wholeFrom(talk, at).flatMap(({ value, cost }) => {
      const refers = (mention: TableMention | undefined) => talk.referring(mention);
      const ask = bind(value, prior, refers, talk.possessive);
      const whole = cost + prior.cost + 0.1;
      const beside = addition > 0 ? askedBeside(prior.ask, value, refers) : undefined;
      return [
        ...(beside === undefined ? [] : [{ value: beside, cost: whole }]),
        ...(ask === undefined ? [] : [{ value: ask, cost: whole + addition }]),
      ];
    }),
  );
}

/** Columns named without their thing are the referent's where it has such columns. */
function ofOwnColumns({ targets }: Ask, { options }: TableMention): boolean {
  const tables = new Set(options.map(({ table }) => table));
  return targets.every((target) => {
    const field =
      target.type === 'field'
        ? target.field
        : target.type === 'measure'
          ? innermost(target.measure)
          : undefined;
    return field?.options.some((option) => option.cost <= 0.5 && tables.has(option.field.table));
  });
}

function innermost(measure: Extract<Ask['targets'][number], { type: 'measure' }>['measure']) {
  if (measure.type === 'aggregate') return innermost(measure.of);
  return measure.type === 'field' ? measure.field : undefined;
}

/** `and how many members are there`: another request, that begins as if it went on. */
function alone(lattice: Lattice): Reading<Ask>[] {
  if (refers(lattice) || isOfBefore(lattice)) return [];
  // "also the regions" lists no regions: what they were to stand beside would be lost.
  if (isAddition(parse(lattice).grammar) && !isQuestion(lattice)) return [];
  const { asks, whole } = parse(lattice);
  const pieces = whole ? [] : asks.filter(({ value }) => isNamed(value));
  const found = openings(lattice).flatMap((at) => wholeFrom(lattice, at));
  // Columns alone are no request of their own where the words go on with what was before, or ask for nothing.
  const goesOn = refersPlainly(lattice) || isAddition(parse(lattice).grammar) || !asksFor(lattice);
  return [...pieces, ...(goesOn ? found.filter(({ value }) => isNamed(value)) : found)];
}

/** Where the request proper may begin, behind `and`, `then`, `now`. */
function openings(lattice: Lattice): number[] {
  const found = [0];
  let at = 0;
  for (let i = 0; i < 3; i++) {
    const opener = OPENERS.find(
      ({ words, only, swaps, or }) =>
        !only && !swaps && !or && words.every((word, j) => lattice.word(at + j) === word),
    );
    if (opener !== undefined) at += opener.words.length;
    else if (lattice.word(at) === ',') at++;
    else break;
    found.push(at);
  }
  return found;
}

const grammars = new WeakMap<Lattice, ReturnType<typeof buildGrammar>>();

function wholeFrom(lattice: Lattice, at: number): Reading<Ask>[] {
  if (at === 0) return parse(lattice).whole ? [...parse(lattice).asks] : [];
  const grammar = grammars.get(lattice) ?? parse(lattice).grammar;
  grammars.set(lattice, grammar);
  return grammar
    .request(at)
    .filter((one) => isEnd(lattice, one.at))
    .map(({ value, cost }) => ({ value, cost }));
}
