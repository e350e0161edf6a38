/** A request with what the grammar has other words for said in those: `in excess of 20`, `starting with the oldest`. */
import { isStructureWord, isGlue } from './lexicon/structure.js';
import { BARE_SUPERLATIVES, SUPERLATIVES } from './lexicon/scales.js';
import { HOW_MANY_LAST, SAID_OTHERWISE, type Wording } from './lexicon/wordings.js';
import { DETERMINERS } from './lexicon/words.js';
import type { Vocabulary } from './schema/vocabulary.js';
import { numberAt } from './text/numbers.js';
import type { Token } from './text/tokens.js';

/** Words that R stands for. */
const REST = 3;

export function inPlainWords(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  const said: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = SAID_OTHERWISE.map((one) => meantBy(one, tokens, at, vocabulary)).find(
      (one) => one !== undefined,
    );
    said.push(...(found?.meant ?? [tokens[at]!]));
    at = found?.end ?? at + 1;
  }
  return countedFirst(said);
}

interface Meant {
  readonly meant: readonly Token[];
  readonly end: number;
}

/** What a wording means where it stands here; what it leaves open is taken over as it was said. */
function meantBy(
  { said, meant }: Wording,
  tokens: readonly Token[],
  from: number,
  vocabulary: Vocabulary,
): Meant | undefined {
  const open: { readonly name: string; readonly tokens: readonly Token[] }[] = [];
  let at = from;
  for (const words of said) {
    const end = endOf(words, tokens, at, vocabulary);
    if (end === undefined) return undefined;
    const [name = ''] = words;
    if (/^[NYSWR]$/.test(name)) open.push({ name, tokens: tokens.slice(at, end) });
    at = end;
  }
  // What was said already is put behind: nothing is put behind nothing.
  if (meant[0] === ',' && from === 0) return undefined;
  const [first, last] = [tokens[from]!, tokens[at - 1]!];
  const left = [...open];
  const made = meant.flatMap((word, i): readonly Token[] => {
    const known = left.findIndex(({ name }) => name === word);
    if (known >= 0) return left.splice(known, 1)[0]!.tokens;
    const kind = word === ',' ? ('mark' as const) : ('word' as const);
    const opens = i === 0 && first.opens === true ? { opens: true } : {};
    return [{ kind, text: word, word, start: first.start, end: last.end, ...opens }];
  });
  return { meant: made, end: at };
}

/** The place behind what stands for a word of a wording; undefined where it does not stand here. */
function endOf(
  words: readonly string[],
  tokens: readonly Token[],
  at: number,
  vocabulary: Vocabulary,
): number | undefined {
  const token = tokens[at];
  if (words[0] === 'R') return restOf(tokens, at);
  if (token === undefined) return undefined;
  switch (words[0]) {
    case 'N':
      return numberAt(tokens, at)?.end;
    case 'Y':
      return isYear(token) && !DETERMINERS.has(tokens[at - 2]?.word ?? '') ? at + 1 : undefined;
    case 'S':
      return SUPERLATIVES.has(token.word) || BARE_SUPERLATIVES.has(token.word) ? at + 1 : undefined;
    case 'W':
      return token.kind === 'word' && !isStructureWord(token.word) ? at + 1 : undefined;
    default:
      return words.includes(token.word) && !isName(tokens, at, vocabulary) ? at + 1 : undefined;
  }
}

function restOf(tokens: readonly Token[], at: number): number | undefined {
  const rest = tokens.slice(at);
  const next = rest.findIndex(({ opens }) => opens === true);
  const sentence = next < 0 ? rest : rest.slice(0, next);
  const plain = sentence.every(({ kind, word }) => kind === 'word' && !isGlue(word));
  return plain && sentence.length <= REST ? at + sentence.length : undefined;
}

function isYear({ kind, text }: Token): boolean {
  return kind === 'date' || (kind === 'number' && /^(?:1[5-9]|20)\d\d$/.test(text));
}

/** What is quoted, begins with a capital, or is what the schema calls something by. */
function isName(tokens: readonly Token[], at: number, vocabulary: Vocabulary): boolean {
  const { kind, text, word } = tokens[at]!;
  if (kind === 'mark' || word.length === 1) return false;
  if (kind !== 'word' || (at > 0 && /^\p{Lu}/u.test(text))) return true;
  return !isStructureWord(word) && vocabulary.senses([word]).length > 0;
}

/** `customers from Spain, how many?`: how many customers from Spain. */
function countedFirst(tokens: readonly Token[]): readonly Token[] {
  const said = tokens.map(({ kind, word }) =>
    kind === 'quoted' ? '\u0000' : word.replaceAll(' ', '\u0000'),
  );
  const last = HOW_MANY_LAST.exec(said.join(' '))?.[0].trim().split(' ');
  if (last === undefined) return tokens;
  const things = tokens.slice(0, tokens.length - last.length);
  const [first] = things;
  if (first?.kind !== 'word' || (isGlue(first.word) && !DETERMINERS.has(first.word))) return tokens;
  if (things.some(({ word, opens }) => opens === true || ASKING.has(word))) return tokens;
  const many = last[0] === ',' ? tokens.length - last.length + 1 : tokens.length - last.length;
  return [...tokens.slice(many, many + 2), ...things];
}

/** What asks for something else besides, or for a number of each. */
const ASKING = new Set(['how', 'what', 'whom', 'when', 'where', 'why', 'each', 'every', 'per']);
