/** What stands around a change of the request before: `now only`, `and also`, `instead`, `too`. */
import { type Grammar, skipDeterminers, skipPhrase } from '../grammar/grammar.js';
import type { Lattice } from '../lattice.js';
import { ENDINGS, LEADS, type Opener, OPENERS } from '../lexicon/talk.js';
import { COURTESIES } from '../lexicon/words.js';
import type { FieldMention } from '../phrase.js';

/** How what is said joins what was said of the same kind; undefined where that goes without saying. */
export function joiningOf({ or, also, goesOn }: Opening): 'or' | 'and' | undefined {
  if (or || also) return 'or';
  return goesOn ? 'and' : undefined;
}

export interface Opening extends Omit<Opener, 'words'> {
  readonly at: number;
  /** Something was said before the change itself. */
  readonly opened: boolean;
  /** `too`, `include`: what is named comes beside what is there, also where it is of the same column. */
  readonly also: boolean;
  /** `and`: what is named may hold beside what is there. */
  readonly goesOn: boolean;
  /** `count only`: how many there are is asked for with it. */
  readonly counts: boolean;
}

const NO_OPENING: Opening = {
  at: 0,
  replaces: false,
  adds: false,
  swaps: false,
  or: false,
  only: false,
  opened: false,
  also: false,
  goesOn: false,
  counts: false,
};

const ALSO = new Set(['also', 'too', 'additionally']);

/** Behind what comes beside what is there. */
const BESIDE =
  /(?: (?:for|of) each(?: one| of them)?| next to (?:it|each|them|that)\b.*| (?:beside|behind) (?:it|each|them)| alongside| to (?:it|that|them|the (?:list|table|results?)))$/;

function saysAlso({ tokens }: Lattice): boolean {
  if (BESIDE.test(tokens.map(({ word }) => word).join(' '))) return true;
  return tokens.some(({ word }, at) => {
    if (ALSO.has(word)) return true;
    const ends = at === tokens.length - 1 || tokens[at + 1]?.word === ',';
    return word === 'well' && tokens[at - 1]?.word === 'as' && ends;
  });
}

/** Behind them stands what is true of what is there. */
const WITH = new Set(['with']);

/** The places where the change itself may begin. */
export function openings(grammar: Grammar, start = 0): Opening[] {
  const { lattice } = grammar;
  const adds = saysAlso(lattice);
  const found: Opening[] = [{ ...NO_OPENING, at: start, adds, also: adds }];
  let last = found[0]!;
  for (let i = 0; i < 7; i++) {
    const opener = OPENERS.find(({ words }) =>
      words.every((word, j) => lattice.word(last.at + j) === word),
    );
    const word = lattice.word(last.at);
    if (opener !== undefined) {
      last = {
        at: last.at + opener.words.length,
        replaces: last.replaces || opener.replaces,
        adds: last.adds || opener.adds,
        swaps: last.swaps || opener.swaps,
        or: last.or || opener.or,
        only: last.only || opener.only,
        opened: true,
        goesOn: opener.words.join(' ') === 'and' ? !last.replaces : last.goesOn && !opener.replaces,
        counts: last.counts || (opener.only && opener.words.includes('count')),
        also: last.also || (opener.adds && !opener.replaces && !WITH.has(opener.words.at(-1)!)),
      };
    } else if (word === ',' || COURTESIES.has(word) || LEADS.has(word)) {
      last = { ...last, at: last.at + 1 };
    } else break;
    found.push(last);
  }
  return found;
}

/** What is said behind a change, where it goes on to the end of the request. */
export interface Ending {
  readonly at: number;
  /** The change takes the place of what is there. */
  readonly instead: boolean;
  /** Columns that are named as what is replaced. */
  readonly replaced: readonly FieldMention[];
}

export function ending(grammar: Grammar, at: number): Ending {
  let next = at;
  let instead = false;
  for (;;) {
    const replaced = replacedBehind(grammar, next);
    if (replaced !== undefined)
      return { at: replaced.end, instead: true, replaced: replaced.fields };
    const end = skipPhrase(grammar, next, ...ENDINGS) ?? besideShown(grammar, next);
    if (end === undefined) return { at: next, instead, replaced: [] };
    instead ||= grammar.lattice.word(next) === 'instead';
    next = end;
  }
}

const LONGEST_REPLACED = 4;

/** `next to the name`: where what is added is to stand. */
function besideShown(grammar: Grammar, at: number): number | undefined {
  const { lattice } = grammar;
  const next = skipPhrase(grammar, at, 'next to', 'beside', 'alongside', 'behind', 'after');
  if (next === undefined) return undefined;
  const fields = lattice.fields(skipDeterminers(grammar, next));
  return fields.find(({ end }) => end === lattice.tokens.length)?.end;
}

/** `the maximum instead of the average`: what was there before is named as well, in whatever words. */
function replacedBehind(grammar: Grammar, at: number) {
  const { lattice } = grammar;
  const of = skipPhrase(grammar, at, 'instead of', 'rather than', 'in place of');
  const start = of === undefined ? undefined : skipDeterminers(grammar, of);
  const end = lattice.tokens.length;
  if (start === undefined || start >= end || end - start > LONGEST_REPLACED) return undefined;
  const columns = lattice.fields(start).filter((one) => one.end === end);
  return { end, fields: columns.map(({ mention }) => mention) };
}

/** Where any of the phrases ends, longest first. */
export function ends(grammar: Grammar, at: number, phrases: readonly string[]): number[] {
  const found = phrases.flatMap((phrase) => skipPhrase(grammar, at, phrase) ?? []);
  return [...new Set(found)].sort((a, b) => b - a);
}
