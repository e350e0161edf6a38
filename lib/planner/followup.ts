/** Requests that change the one before: `only the cancelled ones`, `and in 2024?`, `sort by name`. */
import { NotUnderstoodError } from '../errors.js';
import { applyEdit } from './edit.js';
import { type EditReading, edits } from './grammar/edit.js';
import { type Grounds, Lattice } from './lattice.js';
import type { Reading } from './meaning/choices.js';
import type { Ask } from './phrase.js';
import type { EarlierTurn } from './planner.js';
import { noReading, parse, understand, type Understood, unknownWords } from './understand.js';

/** First words that refer to what was before, whatever follows. */
const REFERRING =
  /^(?:and|but|only|what about|how about|also|instead|same|the same|or|now only|now just|sort (?:them|it|those|these)|order (?:them|it|those|these) by|how many (?:are (?:there|they|those)|of (?:them|those|these))$|how many (?:of (?:them|those|these))\b|restrict|narrow|keep only)\b/;
/** Words that stand for things named before. */
const PRONOUNS = new Set(['ones', 'them', 'those', 'these', 'they', 'instead']);
const POSSESSIVES = new Set(['their', 'its', 'his', 'her']);

/** Tokens of a request that refers to what was before by being no whole request. */
const LONGEST_FRAGMENT = 9;

/** Whether a request refers to the one before. One that is complete in itself never does. */
export function isElliptical(lattice: Lattice, talked: boolean): boolean {
  const words = lattice.tokens.map(({ word }) => word).filter((word) => word !== ',');
  if (REFERRING.test(words.join(' '))) return true;
  if (refers(lattice)) return true;
  if (!talked || lattice.tokens.length > LONGEST_FRAGMENT) return false;
  const { asks, grammar } = parse(lattice);
  return asks.length === 0 && lattice.unknown().length === 0 && edits(grammar).length > 0;
}

/** A pronoun with nothing before it in the request that it could stand for. */
function refers(lattice: Lattice): boolean {
  return lattice.tokens.some(({ word }, at) => {
    if (!PRONOUNS.has(word) && !POSSESSIVES.has(word)) return false;
    const named = lattice.tokens.slice(0, at).some((_, i) => lattice.tables(i).length > 0);
    if (POSSESSIVES.has(word)) return !named;
    return word === 'instead' || word === 'ones' || !named;
  });
}

/**
 * The last request with the change made. What came before is read again from its words, so that nothing but the
 * conversation itself has to be remembered.
 *
 * @throws {NotUnderstoodError} there is nothing before, or another model answered it
 */
export function followUp(
  lattice: Lattice,
  earlier: readonly EarlierTurn[],
  grounds: Grounds,
): Understood {
  const before = replay(earlier, grounds);
  if (before === undefined) {
    throw new NotUnderstoodError(
      `there is nothing that "${lattice.request.trim()}" could refer to`,
      {
        hint: 'say the whole request, or continue a session with --session',
      },
    );
  }
  return changed(lattice, before, grounds);
}

/** The tree of the last answer: every request in order, each follow-up as a change of the one before. */
function replay(earlier: readonly EarlierTurn[], grounds: Grounds): Ask | undefined {
  let last: Ask | undefined;
  for (const { request, sql } of earlier) {
    // What was not answered left nothing to refer to.
    if (sql === undefined) continue;
    const understood = again(new Lattice(request, grounds), last, grounds);
    last = understood?.ask;
    if (understood?.sql.trim() !== sql.trim()) last = undefined;
  }
  const answered = earlier.filter(({ sql }) => sql !== undefined);
  if (last === undefined && answered.length > 0) {
    throw new NotUnderstoodError(
      'the offline planner can follow up only on an answer that it gave itself',
      {
        hint: 'say the whole request',
      },
    );
  }
  return last;
}

function again(lattice: Lattice, last: Ask | undefined, grounds: Grounds): Understood | undefined {
  try {
    if (isElliptical(lattice, last !== undefined))
      return last === undefined ? undefined : changed(lattice, last, grounds);
    return understand(parse(lattice).asks, lattice, grounds);
  } catch (error) {
    if (error instanceof NotUnderstoodError) return undefined;
    throw error;
  }
}

function changed(lattice: Lattice, before: Ask, grounds: Grounds): Understood {
  const unknown = lattice.unknown();
  if (unknown.length > 0) throw unknownWords(unknown, lattice, grounds);
  const { grammar } = parse(lattice);
  const asks = edits(grammar).flatMap((reading): Reading<Ask>[] => withEdit(before, reading));
  if (asks.length === 0) throw noReading(lattice, grounds, [], false);
  return understand(asks, lattice, grounds);
}

function withEdit(before: Ask, { value, cost, replaces }: EditReading): Reading<Ask>[] {
  const ask = applyEdit(before, value, replaces);
  return ask === undefined ? [] : [{ value: ask, cost }];
}
