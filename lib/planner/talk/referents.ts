/**
 * Words of a follow-up that stand for what was spoken of before: `which of them`, `their names`, `these books`. The
 * request is read as if the thing itself stood there, so that everything the grammar knows of a noun holds of them.
 */
import { type Grounds, Lattice, type Spanned } from '../lattice.js';
import { BE, DO, HAVE } from '../lexicon/words.js';
import type { TableMention } from '../phrase.js';
import { plural, singular } from '../text/inflection.js';
import type { Token } from '../text/tokens.js';
import { DEMONSTRATIVES, hasAntecedent, isNamed, isStranded } from '../antecedent.js';
import { type Written, written } from './written.js';

/** What pronouns stand for: the thing that was asked about, or what the result has a row for. */
export interface Referent {
  readonly table: TableMention;
}

/** Personal pronouns, and whether they stand for one. */
const PRONOUNS: ReadonlyMap<string, boolean> = new Map([
  ['they', false],
  ['them', false],
  ['those', false],
  ['these', false],
  ['ones', false],
  ['it', true],
  ['he', true],
  ['she', true],
  ['him', true],
]);
const POSSESSIVES = new Set(['their', 'its', 'his', 'her']);
const PLURAL = ['those ones', 'these ones', 'the ones', 'them', 'those', 'these', 'they', 'ones'];
const SINGLE = ['that one', 'this one', 'the one', 'it'];
/** Before `of them`: what it is part of changes nothing. */
const PARTITIVE = new Set([
  'which',
  'who',
  'what',
  'many',
  'all',
  'any',
  'each',
  'some',
  'both',
  'one',
  'ones',
  'every',
  'most',
  'fewest',
  'least',
]);

/** A request in which what pronouns stand for is put in their place. */
export class TalkLattice extends Lattice {
  /** True where a possessive says that what it stands before belongs to the referent. */
  readonly possessive: boolean;
  readonly #referents: ReadonlyMap<number, TableMention>;
  readonly #demonstratives: ReadonlySet<number>;
  readonly #shown = new Map<number, Spanned<TableMention>[]>();
  readonly #referring = new Map<TableMention, 'pronoun' | 'demonstrative'>();

  constructor(rewritten: Rewritten, grounds: Grounds) {
    super(rewritten.request, grounds, rewritten.tokens);
    this.possessive = rewritten.possessive;
    this.#referents = rewritten.referents;
    this.#demonstratives = rewritten.demonstratives;
    for (const mention of rewritten.referents.values()) this.#referring.set(mention, 'pronoun');
  }

  /** How a mention refers to what was before; undefined for any other. */
  referring(mention: TableMention | undefined): 'pronoun' | 'demonstrative' | undefined {
    return mention === undefined ? undefined : this.#referring.get(mention);
  }

  override tables(at: number): Spanned<TableMention>[] {
    const known = this.#shown.get(at);
    if (known !== undefined) return known;
    const referent = this.#referents.get(at);
    const found = referent === undefined ? super.tables(at) : [{ mention: referent, end: at + 1 }];
    if (this.#demonstratives.has(at)) {
      for (const { mention } of found) this.#referring.set(mention, 'demonstrative');
    }
    this.#shown.set(at, found);
    return found;
  }

  override isOpen(at: number): boolean {
    return !this.#referents.has(at) && super.isOpen(at);
  }

  override unknown(): number[] {
    return super.unknown().filter((at) => !this.#referents.has(at));
  }
}

export interface Rewritten extends Written {
  readonly referents: ReadonlyMap<number, TableMention>;
  /** Places of nouns behind `these`: more is known of them than is said. */
  readonly demonstratives: ReadonlySet<number>;
  readonly possessive: boolean;
}

/** A word that is nothing else: the grammar sees only what it stands for. */
const PLACEHOLDER = '\u2039referent\u203a';

/** @returns undefined where nothing in the request refers to anything before it */
export function rewrite(lattice: Lattice, { table }: Referent): Rewritten | undefined {
  const writer = new Writer(table);
  const { tokens } = lattice;
  let at = 0;
  while (at < tokens.length) {
    const step = refer(lattice, at) ?? { skip: 1, write: [tokens[at]!] };
    for (const piece of step.write) writer.add(piece);
    if (step.possessive === true) writer.possessive = true;
    at += step.skip;
  }
  if (!writer.refers && !writer.possessive) elliptical(lattice, writer);
  return writer.refers || writer.possessive ? writer.done() : undefined;
}

/** What is written: a token as it was, the referent (one or several), or a mark at the noun that comes. */
type Piece = Token | 'one' | 'several' | 'these';

interface Step {
  /** Tokens read. */
  readonly skip: number;
  readonly write: readonly Piece[];
  readonly possessive?: boolean;
}

function refer(lattice: Lattice, at: number): Step | undefined {
  const { tokens } = lattice;
  const word = lattice.word(at);
  const here = tokens[at]!;
  if (isPronoun(lattice, at) && hasAntecedent(lattice, at)) return undefined;
  // "which one", "which ones", "each one"
  if (['which', 'each', 'every', 'what'].includes(word)) {
    const next = lattice.word(at + 1);
    if (next === 'one' || next === 'ones') {
      const of = partOf(lattice, at + 2);
      const many = next === 'ones' ? 'several' : 'one';
      if (of?.write[0] === 'these') return { skip: 2 + of.skip, write: [here, 'these'] };
      return { skip: 2 + (of?.skip ?? 0), write: [here, many] };
    }
  }
  // "how many pages does each have"
  if (word === 'each' && (HAVE.has(lattice.word(at + 1)) || DO.has(lattice.word(at + 1))))
    return { skip: 1, write: [here, 'one'] };
  if (PARTITIVE.has(word)) {
    const of = partOf(lattice, at + 1);
    if (of !== undefined) return { skip: 1 + of.skip, write: [here, ...of.write] };
  }
  // "of those, which are …", "among them …"
  const whole = word === 'of' || word === 'from' ? at === 0 : at === 0 || isLast(lattice, at);
  if (['of', 'among', 'amongst', 'from', 'out'].includes(word) && whole) {
    const of = among(lattice, at);
    if (of !== undefined) return { skip: of, write: [] };
  }
  if (POSSESSIVES.has(word)) return { skip: 1, write: [], possessive: true };
  if (DEMONSTRATIVES.has(word) && lattice.tables(at + 1).length > 0) {
    return { skip: 1, write: ['these'] };
  }
  for (const phrase of [...SINGLE, ...PLURAL]) {
    const words = phrase.split(' ');
    if (words.length > 1 && words.every((one, i) => lattice.word(at + i) === one))
      return { skip: words.length, write: [SINGLE.includes(phrase) ? 'one' : 'several'] };
  }
  if (isThere(lattice, at))
    return { skip: 1, write: [{ ...here, text: 'in', word: 'in' }, 'several'] };
  if (isStranded(lattice, at)) return { skip: 1, write: ['one'] };
  const single = PRONOUNS.get(word);
  if (single === undefined) return undefined;
  return { skip: 1, write: [single ? 'one' : 'several'] };
}

/** `of them`, `of these`, `of those books`. */
function partOf(lattice: Lattice, at: number): Step | undefined {
  if (lattice.word(at) !== 'of') return undefined;
  if (DEMONSTRATIVES.has(lattice.word(at + 1)) && lattice.tables(at + 2).length > 0)
    return { skip: 2, write: ['these'] };
  for (const phrase of [...PLURAL, ...SINGLE]) {
    const words = phrase.split(' ');
    if (words.every((word, i) => lattice.word(at + 1 + i) === word))
      return { skip: 1 + words.length, write: ['several'] };
  }
  return undefined;
}

/** `among them`: how many tokens it takes. */
function among(lattice: Lattice, at: number): number | undefined {
  const start = lattice.word(at) === 'out' && lattice.word(at + 1) === 'of' ? at + 2 : at + 1;
  if (!['those', 'these', 'them'].includes(lattice.word(start))) return undefined;
  const named = lattice.tables(start + 1)[0]?.end;
  const end = named ?? start + 1;
  if (at > 0 && end < lattice.tokens.length) return undefined;
  return end - at + (lattice.word(end) === ',' ? 1 : 0);
}

function isLast(lattice: Lattice, at: number): boolean {
  return at + 3 >= lattice.tokens.length;
}

/** Whether something is said to be theirs whose it is was said before. */
export function isPossessive({ tokens }: Lattice): boolean {
  return tokens.some(({ word }) => POSSESSIVES.has(word));
}

/** `who plays there`: in what was found. */
function isThere(lattice: Lattice, at: number): boolean {
  const before = lattice.word(at - 1);
  if (lattice.word(at) !== 'there' || at === 0 || at < lattice.tokens.length - 1) return false;
  return !BE.has(before) && before !== 'from' && !hasAntecedent(lattice, at);
}

/** Words that may stand for something named before. */
export function isPronoun(lattice: Lattice, at: number): boolean {
  const word = lattice.word(at);
  if (
    PRONOUNS.has(word) ||
    POSSESSIVES.has(word) ||
    isThere(lattice, at) ||
    isStranded(lattice, at)
  )
    return true;
  if (!DEMONSTRATIVES.has(word)) return false;
  return lattice.tables(at + 1).length > 0 || lattice.word(at + 1) === 'one';
}

/** A question that names no thing at all: `which are cheaper`, `how many are active`, `who earns the most`. */
function elliptical(lattice: Lattice, writer: Writer): void {
  if (lattice.tokens.some((_, at) => lattice.tables(at).some(isNamed))) return;
  const at = lattice.tokens.findIndex(({ word }) => ['which', 'who', 'many'].includes(word));
  if (at < 0 || (lattice.word(at) === 'many' && lattice.word(at - 1) !== 'how')) return;
  const next = lattice.word(at + 1);
  const verb = BE.has(next) || HAVE.has(next) || DO.has(next) || lattice.isVerb(at + 1);
  if (!verb || (lattice.word(at) === 'many' && lattice.word(at + 2) === 'there')) return;
  writer.insert(at + 1, lattice.word(at) === 'who');
}

class Writer {
  possessive = false;
  readonly #pieces: Token[] = [];
  readonly #referents = new Map<number, TableMention>();
  readonly #demonstratives = new Set<number>();
  readonly #table: TableMention;

  constructor(table: TableMention) {
    this.#table = table;
  }

  get refers(): boolean {
    return this.#referents.size > 0 || this.#demonstratives.size > 0;
  }

  add(piece: Piece): void {
    if (typeof piece !== 'string') this.#pieces.push(piece);
    else if (piece === 'these') this.#demonstratives.add(this.#pieces.length);
    else {
      this.#referents.set(this.#pieces.length, this.#mention(piece === 'one'));
      this.#pieces.push(placeholder());
    }
  }

  insert(at: number, replaces: boolean): void {
    const place = replaces ? at - 1 : at;
    const which: Token = { kind: 'word', text: 'which', word: 'which', start: 0, end: 0 };
    this.#pieces.splice(place, replaces ? 1 : 0, ...(replaces ? [which] : []), placeholder());
    this.#referents.set(replaces ? place + 1 : place, this.#mention(false));
  }

  #mention(single: boolean): TableMention {
    const { text, options } = this.#table;
    return { text: single ? singular(text) : plural(singular(text)), options };
  }

  done(): Rewritten {
    return {
      ...written(this.#pieces),
      referents: this.#referents,
      demonstratives: this.#demonstratives,
      possessive: this.possessive,
    };
  }
}

function placeholder(): Token {
  return { kind: 'word', text: PLACEHOLDER, word: PLACEHOLDER, start: 0, end: 0 };
}
