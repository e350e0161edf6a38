/** Text patterns: `starting with A`, `containing "x"`, `with the substring x in their name`. */
import { CONTAINS, ENDS, PIECES, STARTS, STARTS_AT } from '../lexicon/comparing.js';
import type { FieldMention, Mod } from '../phrase.js';
import type { Token } from '../text/tokens.js';
import { columnsBehind } from './columns.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

type Like = Extract<Mod, { type: 'like' }>;

/** Text patterns with what they are looked for in, where that is said behind them. */
export function patternsAt(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const verb = initialAt(grammar, at) ?? verbAt(grammar, at);
  const within = verb === undefined ? withinAt(grammar, at) : undefined;
  if (within !== undefined) return [within];
  const token = verb === undefined ? undefined : lattice.tokens[verb.end];
  if (verb === undefined || token === undefined || token.kind === 'mark') return [];
  if (verb.literal === true && !isText(token)) return [];
  // A word of the schema behind "contains" is a thing; only a quoted or a named piece is a text.
  // "containing both A and B" speaks of two things; a small word is a text where it is called one, or is written large.
  if (verb.how === 'contains' && !verb.piece && token.text === 'both') return [];
  // "the matches of a club" are no pattern.
  if (verb.how === 'contains' && !verb.piece && PREPOSITIONS.has(token.text)) return [];
  const cost = token.kind === 'quoted' || verb.piece ? 0 : verb.how === 'contains' ? 0.4 : 0.25;
  const { texts, or, end } = textsAt(grammar, verb.end);
  const said = (field?: FieldMention): readonly Mod[] => {
    const all = texts.map((text): Like => {
      const wild = wildcard(text);
      return { type: 'like', field, how: wild.how ?? verb.how, text: wild.text, not: false };
    });
    return or ? [{ type: 'any', of: all.map((one) => [one]), not: false }] : all;
  };
  const inside = skipPhrase(grammar, end, 'in', 'as part of', 'as');
  if (inside === undefined) return [got(said(), end, cost)];
  const pronoun = skipPhrase(grammar, inside, 'it', 'them');
  const fields = columnsBehind(grammar, inside).map((one) => got(said(one.mention), one.end, cost));
  return [
    got(said(), end, cost),
    ...fields,
    ...(pronoun === undefined ? [] : [got(said(), pronoun, cost)]),
  ];
}

/** `"x"`, `"x" or "y"`, `A or B`: what the verb says holds for each text in quotes and for each letter. */
export function textsAt(
  { lattice }: Grammar,
  at: number,
): { readonly texts: readonly string[]; readonly or: boolean; readonly end: number } {
  const first = lattice.tokens[at]!;
  const texts = [first.text];
  const word = [', or', 'or'].some((phrase) => startsAt(phrase, at + 1)) ? 'or' : 'and';
  let end = at + 1;
  for (;;) {
    const joint = [`, ${word}`, word].find((phrase) => startsAt(phrase, end));
    const next = end + (joint?.split(' ').length ?? 0);
    const token = lattice.tokens[next];
    if (joint === undefined || token === undefined || !isText(first) || !isText(token)) break;
    texts.push(token.text);
    end = next + 1;
  }
  return { texts, or: word === 'or' && texts.length > 1, end };

  function startsAt(phrase: string, from: number): boolean {
    return phrase.split(' ').every((one, i) => lattice.word(from + i) === one);
  }
}

/** A text in quotes, or a single letter. */
function isText({ kind, text }: Token): boolean {
  return kind === 'quoted' || /^\p{L}$/u.test(text);
}

/** `has "x" in it`, `with "x" in part`, `(whose name) has "x"`. */
function withinAt(grammar: Grammar, at: number): Got<readonly Mod[]> | undefined {
  const start = skipPhrase(grammar, at, 'has', 'have', 'having', 'with', 'had');
  if (start === undefined) return undefined;
  const next = skipDeterminers(grammar, start);
  const token = grammar.lattice.tokens[next];
  const inside = skipPhrase(
    grammar,
    next + 1,
    ...['in it', 'in them', 'in part', 'as a part', 'as part'],
  );
  // What a name has is a part of it; what it is stands whole.
  const had =
    token?.kind === 'quoted' &&
    grammar.lattice.word(start - 1) !== 'with' &&
    grammar.lattice.word(next + 1) !== 'as';
  const end = inside ?? (had && grammar.lattice.fields(at - 1).length > 0 ? next + 1 : undefined);
  if (token === undefined || end === undefined || !isText(token)) return undefined;
  if (grammar.lattice.word(end) === 'of') return undefined;
  const like = { type: 'like', field: undefined, how: 'contains', text: token.text } as const;
  return got<readonly Mod[]>([{ ...like, not: false }], end);
}

const PREPOSITIONS = new Set('of in on at by for from to with'.split(' '));

interface Verb {
  readonly how: Like['how'];
  readonly end: number;
  /** What is looked for is called a text: `the word`. */
  readonly piece: boolean;
  /** True where only a text that stands out as one may follow. */
  readonly literal?: boolean;
}

/** `whose first letter is S`, `whose last name's first character is`: the end of a text that is looked at. */
function initialAt(grammar: Grammar, at: number): Verb | undefined {
  const first = skipPhrase(
    grammar,
    at,
    'first letter',
    'initial letter',
    'first character',
    'initial',
  );
  const last = first ?? skipPhrase(grammar, at, 'last letter', 'final letter', 'last character');
  const is =
    last === undefined ? undefined : skipPhrase(grammar, last, 'is', 'are', 'being', '=', 'of');
  if (is === undefined) return undefined;
  const start = skipDeterminers(grammar, is);
  const end = skipPhrase(grammar, start, 'letter', 'character') ?? start;
  return { how: first === undefined ? 'ends' : 'starts', end, piece: true };
}

const LED: ReadonlySet<string> = new Set([...STARTS, ...ENDS]);

function verbAt(grammar: Grammar, at: number): Verb | undefined {
  const loose = skipPhrase(grammar, at, ...STARTS_AT);
  const starts = skipPhrase(grammar, at, ...STARTS) ?? loose;
  const ends = skipPhrase(grammar, at, ...ENDS);
  const contains = skipPhrase(grammar, at, ...CONTAINS);
  const verb = starts ?? ends ?? contains;
  // "starting with the letter S" is no "with the letter S".
  if (verb === undefined && LED.has(`${grammar.lattice.word(at - 1)} ${grammar.lattice.word(at)}`))
    return undefined;
  const how = starts !== undefined ? 'starts' : ends !== undefined ? 'ends' : 'contains';
  const start = verb ?? skipPhrase(grammar, at, 'with', 'has', 'have', 'having', 'that have') ?? at;
  const determined = skipDeterminers(grammar, start);
  const piece = skipPhrase(grammar, determined, ...PIECES);
  const literal = loose !== undefined;
  if (piece === undefined || grammar.lattice.tokens[piece] === undefined)
    return verb === undefined
      ? undefined
      : { how, end: literal ? determined : start, piece: false, literal };
  const word = grammar.lattice.word(piece - 1);
  // "the part" may be a thing; it is a piece of text only behind a verb.
  if (word === 'part') return verb === undefined ? undefined : { how, end: start, piece: false };
  const named = word === 'prefix' ? 'starts' : word === 'suffix' ? 'ends' : how;
  return { how: named, end: piece, piece: true };
}

/** `like 'x%'` says with its own signs where the text stands. */
function wildcard(text: string): { readonly how?: Like['how']; readonly text: string } {
  const inner = text.replace(/^%|%$/g, '');
  if (inner === text || inner === '') return { text };
  const open = text.startsWith('%');
  const close = text.endsWith('%');
  return { text: inner, how: open && close ? 'contains' : close ? 'starts' : 'ends' };
}
