/** A request as a command: its verb, and the words behind it. */
import type { EarlierTurn } from '../planner.js';
import type { Grounds, Lattice } from '../lattice.js';
import {
  type ChangeKind,
  CHANGE_PHRASES,
  EVERYDAY_VERBS,
  LEADING_ON,
  LEAVINGS,
} from '../lexicon/changes.js';
import { COURTESIES, DETERMINERS } from '../lexicon/words.js';
import { tokenize } from '../text/tokens.js';

/** What every stage needs to read words of the request. */
export interface Reader {
  readonly grounds: Grounds;
  readonly earlier: readonly EarlierTurn[];
}

export interface Command extends Reader {
  readonly lattice: Lattice;
  readonly verb: string;
  readonly kinds: readonly ChangeKind[];
  /** True where nothing but a change begins with the verb. */
  readonly strict: boolean;
  /** The first token behind the verb. */
  readonly from: number;
  /** The token behind the last one. */
  readonly to: number;
}

/** Undefined where the request does not begin with a verb that changes something. */
export function commandOf(lattice: Lattice, reader: Reader): Command | undefined {
  const at = verbAt(lattice);
  const phrase = CHANGE_PHRASES.find(({ words }) =>
    words.every((word, i) => lattice.word(at + i) === word),
  );
  if (phrase === undefined) return undefined;
  const from = at + phrase.words.length;
  const to = endOf(lattice);
  if (to <= from || isNoun(lattice, at)) return undefined;
  const verb = phrase.words.join(' ');
  const strict = !EVERYDAY_VERBS.has(phrase.words[0]!);
  return { ...reader, lattice, verb, kinds: phrase.kinds, strict, from, to };
}

/** Whether a request's first words are those of a change, whatever follows. */
export function beginsChange(request: string): boolean {
  const tokens = tokenize(request);
  const at = verbAt({ tokens });
  return CHANGE_PHRASES.some(({ words }) =>
    words.every((word, i) => tokens[at + i]?.word === word),
  );
}

function verbAt({ tokens }: Pick<Lattice, 'tokens'>): number {
  const at = tokens.findIndex(
    ({ word }) => !COURTESIES.has(word) && !LEADING_ON.has(word) && word !== ',',
  );
  const goes = ['go', 'ahead', 'and'].every((word, i) => tokens[at + i]?.word === word);
  return goes ? at + 3 : at;
}

/** `change requests of Ida`: a table that is called so, unless an article shows that the word before it is a verb. */
function isNoun(lattice: Lattice, at: number): boolean {
  return (
    !DETERMINERS.has(lattice.word(at + 1)) &&
    lattice.tables(at).some(({ mention }) => mention.options.some(({ cost }) => cost === 0))
  );
}

function endOf({ tokens }: Lattice): number {
  let to = tokens.length;
  for (;;) {
    const leaving = LEAVINGS.find((words) =>
      words.every((word, i) => tokens[to - words.length + i]?.word === word),
    );
    if (leaving !== undefined) to -= leaving.length;
    else if (tokens[to - 1]?.word === ',') to--;
    else return to;
  }
}

/** What was typed from one token to before another, quotes included. */
export function typed(lattice: Lattice, from: number, to: number): string {
  const [first, last] = [lattice.tokens[from], lattice.tokens[to - 1]];
  return first === undefined || last === undefined || to <= from
    ? ''
    : lattice.request.slice(first.start, last.end);
}

/** Every place of one of these words, quoted texts left out. */
export function placesOf(
  { lattice }: Pick<Command, 'lattice'>,
  words: ReadonlySet<string>,
  from: number,
  to: number,
): number[] {
  return lattice.tokens.flatMap(({ kind, word }, at) =>
    at >= from && at < to && kind !== 'quoted' && words.has(word) ? [at] : [],
  );
}
