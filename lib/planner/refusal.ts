/** Why a request has no reading, in one sentence, and what to say instead. */
import { nearest, NotUnderstoodError } from '../errors.js';
import type { Grammar } from './grammar/grammar.js';
import type { Got } from './grammar/rule.js';
import type { Grounds, Lattice } from './lattice.js';
import { isShaping } from './lexicon/structure.js';
import type { Misfit } from './meaning/choices.js';
import type { Ask } from './phrase.js';

/** What is known of a request that came to nothing. */
export interface Failed {
  readonly lattice: Lattice;
  readonly grounds: Grounds;
  /** Undefined where the grammar was not asked. */
  readonly grammar?: Grammar | undefined;
  /** Why its interpretations came to nothing. */
  readonly misfits: readonly Misfit[];
  /** Whether anything read all of its words. */
  readonly parsed: boolean;
  /** Whether a part of the request could be answered by itself. */
  readonly answerable: (asks: readonly Got<Ask>[]) => boolean;
}

/** Longer parts of a request are cut, in characters. */
const LONGEST_PART = 80;
const ONE_THING = 'ask for one thing at a time, such as "number of … per …" or "top 5 … by …"';

/** Words first that nothing is known about: they are the likeliest reason. */
export function noReading(failed: Failed): NotUnderstoodError {
  const { lattice, grounds, misfits, parsed } = failed;
  // "two" and "higher" name nothing, but are no strangers: where they stand is what is not understood.
  const unknown = lattice
    .unknown()
    .filter((at) => !isShaping(lattice.word(at)) && lattice.number(at) === undefined);
  if (unknown.length > 0) return unknownWords(unknown, lattice, grounds);
  const telling = [...misfits].sort((a, b) => b.weight - a.weight)[0];
  if (telling !== undefined) {
    const { message, choices } = telling;
    return new NotUnderstoodError(`not understood: ${message}`, {
      hint: telling.hint ?? 'say it with the names of tables and columns; pgask schema shows them',
      ...(choices.length === 0 ? {} : { choices }),
    });
  }
  const where = parsed ? undefined : whereItBroke(failed);
  const words = where?.words ?? lattice.request.trim().replace(/\s+/g, ' ').slice(0, 200);
  return new NotUnderstoodError(`it is not clear how these words belong together: ${words}`, {
    hint: where?.hint ?? ONE_THING,
  });
}

interface Break {
  readonly words: string;
  readonly hint: string | undefined;
}

/** The longest part that was read, and what stands beside it. */
function whereItBroke({ lattice, grammar, answerable }: Failed): Break | undefined {
  if (grammar === undefined) return undefined;
  const end = lattice.tokens.length;
  const asks = grammar.request(0).filter(({ at }) => at < end);
  const read = Math.max(0, ...asks.map(({ at }) => at));
  if (read > 1) {
    const part = quoted(lattice, 0, read, 'start');
    const whole = asks.filter(({ at }) => at === read);
    return {
      words: `${part} was read, but not ${quoted(lattice, read, end)} behind it`,
      hint: answerable(whole)
        ? `${part} alone can be answered; ask for one thing at a time`
        : undefined,
    };
  }
  const inner = longestThing(grammar);
  if (inner === undefined) return undefined;
  const rest = [
    ...(inner.from > 0 ? [quoted(lattice, 0, inner.from)] : []),
    ...(inner.to < end ? [quoted(lattice, inner.to, end)] : []),
  ].join(' and ');
  const part = quoted(lattice, inner.from, inner.to);
  return { words: `of all only ${part} was read, not ${rest}`, hint: undefined };
}

/** The longest thing with what is said of it, wherever it stands. */
function longestThing(grammar: Grammar): { from: number; to: number } | undefined {
  let longest: { from: number; to: number } | undefined;
  for (let from = 0; from < grammar.lattice.tokens.length; from++) {
    for (const { at: to } of grammar.noun(from)) {
      if (longest === undefined || to - from > longest.to - longest.from) longest = { from, to };
    }
  }
  return longest;
}

/** @param cut the side where what is too long is cut, away from where it broke */
function quoted(lattice: Lattice, from: number, to: number, cut: 'start' | 'end' = 'end'): string {
  const text = lattice.text(from, to).trim().replace(/\s+/g, ' ');
  if (text.length <= LONGEST_PART) return `"${text}"`;
  return cut === 'end'
    ? `"${text.slice(0, LONGEST_PART).trim()} …"`
    : `"… ${text.slice(-LONGEST_PART).trim()}"`;
}

function unknownWords(
  unknown: readonly number[],
  lattice: Lattice,
  grounds: Grounds,
): NotUnderstoodError {
  const words = [...new Set(unknown.map((at) => lattice.tokens[at]!.text))];
  const choices = [
    ...new Set(
      unknown.flatMap((at) => [...lattice.partial(at), ...near(lattice.word(at), grounds)]),
    ),
  ].slice(0, 8);
  const tables = grounds.schema.tables.map(({ relation }) => relation.name);
  return new NotUnderstoodError(`not understood: ${words.join(', ')}`, {
    hint:
      choices.length > 0
        ? `did you mean ${choices.slice(0, 3).join(', ')}?`
        : `nothing is called so; there are ${tables.slice(0, 12).join(', ')}${tables.length > 12 ? ' and more' : ''}`,
    ...(choices.length === 0 ? {} : { choices }),
  });
}

function near(word: string, { vocabulary }: Grounds): string[] {
  const name = nearest(word, vocabulary.names());
  return name === undefined ? [] : [name];
}
