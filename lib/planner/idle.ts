/** Words that nothing is called by, but that say nothing more than what stands beside them. */
import type { Lattice } from './lattice.js';
import {
  HOLDING,
  KEEPERS,
  MONEY,
  OF_COLUMNS,
  OF_KEEPERS,
  OF_TEXTS,
  OF_THINGS,
  OUTCOME,
  WHOLE,
} from './lexicon/idle.js';
import { isGlue, isShaping } from './lexicon/structure.js';
import { isKindOf, isPart, synonyms } from './lexicon/wordnet.js';
import { COST } from './schema/sense.js';
import { singular } from './text/inflection.js';
import type { Token } from './text/tokens.js';

/** The tokens that are left, and what was left out. */
export interface Shortened {
  readonly tokens: readonly Token[];
  readonly idle: readonly string[];
}

/** Places of words that are left out together. */
type Span = readonly [from: number, to: number];

/** Longest name of a column or a table, in words. */
const LONGEST = 4;

/** The request without its idle words; undefined where there are none, or where a stranger is among the others. */
export function withoutIdle(lattice: Lattice): Shortened | undefined {
  const strange = lattice
    .unknown()
    .filter((at) => !isShaping(lattice.word(at)) && lattice.number(at) === undefined);
  const spans = strange.map((at) => idleAt(lattice, at));
  const left = new Set<number>();
  for (const span of spans) {
    if (span === undefined) return undefined;
    for (let at = span[0]; at < span[1]; at++) left.add(at);
  }
  if (left.size === 0) return undefined;
  return {
    tokens: lattice.tokens.filter((_, at) => !left.has(at)),
    idle: [...new Set(spans.flatMap((span) => (span === undefined ? [] : lattice.text(...span))))],
  };
}

function idleAt(lattice: Lattice, at: number): Span | undefined {
  if (lattice.tokens[at]?.kind !== 'word') return undefined;
  const word = singular(lattice.word(at));
  const alone: Span = [at, at + 1];
  if (OF_COLUMNS.has(word) && isColumn(lattice, at)) return alone;
  if (OF_THINGS.has(word) && isThing(lattice, at)) return alone;
  if (OF_TEXTS.has(word) && lattice.tokens[at + 1]?.kind === 'quoted') return alone;
  if (word === 'side' && isRole(lattice, at)) return alone;
  if (isCounted(lattice, at) || isOfCompound(lattice, at)) return alone;
  return (
    money(lattice, at) ??
    keeper(lattice, at) ??
    outcome(lattice, at) ??
    female(lattice, at) ??
    origin(lattice, at)
  );
}

/** True behind the name of a column, or what stands for one of its values. */
function isColumn(lattice: Lattice, at: number): boolean {
  return starts(at).some((from) => {
    const tables = lattice.tables(from).some(({ end }) => end === at);
    return (
      !tables &&
      [...lattice.fields(from), ...lattice.flags(from)].some(
        ({ mention, end }) => end === at && mention.options.some(({ cost }) => cost <= COST.root),
      )
    );
  });
}

/** `on the losing side`: behind the part that a thing plays in another. */
function isRole(lattice: Lattice, at: number): boolean {
  return lattice
    .tables(at - 1)
    .some(({ mention, end }) => end === at && mention.options.some(({ via }) => via !== undefined));
}

function isThing(lattice: Lattice, at: number): boolean {
  return starts(at).some((from) =>
    lattice
      .tables(from)
      .some(
        ({ mention, end }) => end === at && mention.options.some(({ cost }) => cost <= COST.head),
      ),
  );
}

function starts(at: number): number[] {
  return Array.from({ length: LONGEST }, (_, i) => at - 1 - i).filter((from) => from >= 0);
}

/** `gold medals`, `adult tickets`: what a column counts that is called after their kind alone. */
function isCounted(lattice: Lattice, at: number): boolean {
  const word = lattice.word(at);
  if (singular(word) === word || !isPart(lattice.word(at - 1), 'adjective')) return false;
  return lattice
    .fields(at - 1)
    .some(
      ({ mention, end }) =>
        end === at &&
        mention.options.some(
          ({ field, cost }) =>
            cost === COST.name && field.family === 'integer' && field.role === 'measure',
        ),
    );
}

/** `insurance policies` of a table policies: the two words are another name of what the last one names. */
function isOfCompound(lattice: Lattice, at: number): boolean {
  const head = singular(lattice.word(at + 1));
  return (
    lattice.tables(at + 1).some(({ end }) => end === at + 2) &&
    synonyms(`${lattice.word(at)} ${head}`).includes(head)
  );
}

/** `the amount of money`, `the amount of grant money`, `loaned money to`. */
function money(lattice: Lattice, at: number): Span | undefined {
  if (!MONEY.has(singular(lattice.word(at)))) return undefined;
  const of = [at - 1, at - 2].find((before) => lattice.word(before) === 'of');
  if (of === undefined || !/^(?:amount|sum|total)s?$/.test(lattice.word(of - 1))) return undefined;
  return [of === at - 1 ? of : at, at + 1];
}

/** `in the museum`, `join the company`, at the end of what is said; `does the phone company have`, `the firm's`. */
function keeper(lattice: Lattice, at: number): Span | undefined {
  if (WHOLE.has(lattice.word(at)) && KEEPERS.has(lattice.word(at + 1)))
    return keeper(lattice, at + 1);
  const from = keeperFrom(lattice, at);
  if (from === undefined) return undefined;
  const held = holding(lattice, from, at);
  if (held !== undefined) return held;
  const next = lattice.word(at + 1);
  if (lattice.tokens[at + 1]?.kind === 'mark' && /^['’]s?$/.test(next)) return [at, at + 2];
  if (
    next !== '' &&
    !isGlue(next) &&
    lattice.tokens[at + 1]?.kind !== 'mark' &&
    !lattice.opens(at + 1)
  )
    return undefined;
  if (OF_KEEPERS.has(lattice.word(from - 1))) return [from, at + 1];
  return /^(?:in|of|from|at|by|for|within|on|across|throughout|with)$/.test(lattice.word(from - 1))
    ? [from - 1, at + 1]
    : undefined;
}

/** Where `the whole fleet` and `the phone company` begin. */
function keeperFrom(lattice: Lattice, at: number): number | undefined {
  if (!KEEPERS.has(lattice.word(at))) return undefined;
  const isArticle = (i: number) => /^(?:the|this|our)$/.test(lattice.word(i));
  if (isArticle(at - 1)) return at - 1;
  const before = lattice.word(at - 1);
  // A value restricts: "the Dublin branch".
  const plain = isPart(before, 'noun') && lattice.values(at - 1).length === 0 && !isGlue(before);
  return isArticle(at - 2) && (WHOLE.has(before) || plain) ? at - 2 : undefined;
}

/** `does the library have`, `(that) the firm owns`. */
function holding(lattice: Lattice, from: number, at: number): Span | undefined {
  if (!HOLDING.has(lattice.word(at + 1))) return undefined;
  if (/^(?:do|does|did)$/.test(lattice.word(from - 1))) return [from - 1, at + 2];
  if (/^(?:that|which)$/.test(lattice.word(from - 1))) return [from - 1, at + 2];
  return from > 1 && lattice.tokens[at + 2] === undefined ? [from, at + 2] : undefined;
}

/** `sort the results by name`. */
function outcome(lattice: Lattice, at: number): Span | undefined {
  if (!OUTCOME.has(singular(lattice.word(at)))) return undefined;
  const verb = lattice.word(at - 1) === 'the' ? at - 2 : at - 1;
  return /^(?:sort|order|rank|arrange)$/.test(lattice.word(verb)) ? [verb + 1, at + 1] : undefined;
}

/** `country of origin`, of somebody of whom but one country is told. */
function origin(lattice: Lattice, at: number): Span | undefined {
  const whose = singular(lattice.word(at)) === 'origin' && lattice.word(at - 1) === 'of';
  const columns = lattice
    .fields(at - 2)
    .flatMap(({ mention, end }) => (end === at - 1 ? mention.options : []))
    .filter(({ cost }) => cost <= COST.short);
  const tables = new Set(columns.map(({ field }) => field.table));
  return whose && columns.length > 0 && tables.size === columns.length
    ? [at - 1, at + 1]
    : undefined;
}

/** `actors and actresses`, `actor (actress)`: women and men alike. */
function female(lattice: Lattice, at: number): Span | undefined {
  const word = singular(lattice.word(at));
  const other = singular(lattice.word(at - 2));
  if (lattice.parenthesis(at) === at + 1 && isKindOf(word, singular(lattice.word(at - 1))))
    return [at, at + 1];
  return /ess$/.test(word) && /^(?:and|or)$/.test(lattice.word(at - 1)) && isKindOf(word, other)
    ? [at - 1, at + 1]
    : undefined;
}
