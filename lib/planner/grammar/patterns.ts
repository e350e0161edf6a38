/** Text patterns: `starting with A`, `containing "x"`, `with the substring x in their name`. */
import { CONTAINS, ENDS, PIECES, STARTS } from '../lexicon/comparing.js';
import type { Mod } from '../phrase.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

type Like = Extract<Mod, { type: 'like' }>;

/** A text pattern with what it is looked for in, where that is said behind it. */
function patternAt(grammar: Grammar, at: number): Got<Like>[] {
  const { lattice } = grammar;
  const verb = initialAt(grammar, at) ?? verbAt(grammar, at);
  if (verb === undefined) return [];
  const token = lattice.tokens[verb.end];
  if (token === undefined || token.kind === 'mark') return [];
  // A word of the schema behind "contains" is a thing; only a quoted or a named piece is a text.
  // "containing both A and B" speaks of two things; a small word is a text where it is called one, or is written large.
  if (verb.how === 'contains' && !verb.piece && token.text === 'both') return [];
  const cost = token.kind === 'quoted' || verb.piece ? 0 : verb.how === 'contains' ? 0.4 : 0.25;
  const wild = wildcard(token.text);
  const how = wild.how ?? verb.how;
  const base = { type: 'like', how, text: wild.text, not: false } as const;
  const plain = got<Like>({ ...base, field: undefined }, verb.end + 1, cost);
  const inside = skipPhrase(grammar, verb.end + 1, 'in', 'as part of', 'as');
  if (inside === undefined) return [plain];
  const pronoun = skipPhrase(grammar, inside, 'it', 'them');
  const fields = lattice
    .fields(skipDeterminers(grammar, inside))
    .map(({ mention, end }) => got<Like>({ ...base, field: mention }, end, cost));
  return [plain, ...fields, ...(pronoun === undefined ? [] : [{ ...plain, at: pronoun }])];
}

interface Verb {
  readonly how: Like['how'];
  readonly end: number;
  /** What is looked for is called a text: `the word`. */
  readonly piece: boolean;
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

function verbAt(grammar: Grammar, at: number): Verb | undefined {
  const starts = skipPhrase(grammar, at, ...STARTS);
  const ends = skipPhrase(grammar, at, ...ENDS);
  const contains = skipPhrase(grammar, at, ...CONTAINS);
  const verb = starts ?? ends ?? contains;
  const how = starts !== undefined ? 'starts' : ends !== undefined ? 'ends' : 'contains';
  const start = verb ?? skipPhrase(grammar, at, 'with', 'has', 'have', 'having', 'that have') ?? at;
  const determined = skipDeterminers(grammar, start);
  const piece = skipPhrase(grammar, determined, ...PIECES);
  if (piece === undefined || grammar.lattice.tokens[piece] === undefined)
    return verb === undefined ? undefined : { how, end: start, piece: false };
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

/** `contains "x" or "y"`: what the verb says holds for each text in quotes. */
export function patternsAt(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return patternAt(grammar, at).flatMap(({ value: first, at: end, cost }) => {
    const word = skipPhrase(grammar, end, ', or', 'or') === undefined ? 'and' : 'or';
    const all: Like[] = [first];
    let last = end;
    for (;;) {
      const next = skipPhrase(grammar, last, `, ${word}`, word);
      const token = next === undefined ? undefined : grammar.lattice.tokens[next];
      if (next === undefined || token?.kind !== 'quoted') break;
      all.push({ ...first, text: wildcard(token.text).text });
      last = next + 1;
    }
    const several: readonly Mod[] =
      word === 'or' && all.length > 1
        ? [{ type: 'any', of: all.map((one) => [one]), not: false }]
        : all;
    return [got(several, last, cost)];
  });
}
