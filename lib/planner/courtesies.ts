/** A request without what is said around it out of courtesy: `I was wondering if you could tell me …, if possible`. */
import { calling, closing, NAMING, opening, tie } from './lexicon/courtesies.js';
import { isStructureWord } from './lexicon/structure.js';
import type { Vocabulary } from './schema/vocabulary.js';
import type { Token } from './text/tokens.js';

/** Courtesies of one request: more are none. */
const MOST = 6;

export function withoutCourtesies(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
): readonly Token[] {
  const opened = behindOpenings(tokens, vocabulary);
  const said = withoutClosings(opened, vocabulary);
  return said.length === 0 ? tokens : said;
}

function behindOpenings(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  let rest = tokens;
  let opened = false;
  for (let i = 0; i < MOST; i++) {
    const spoken = wordsOf(rest);
    const kinds = opened ? [tie, calling, opening] : [calling, opening];
    const length = Math.max(...kinds.map((one) => countOf(one(spoken))));
    if (length === 0 || length >= rest.length) break;
    if (says(rest.slice(0, length), vocabulary)) break;
    opened = true;
    rest = rest.slice(length);
  }
  const [first, ...others] = rest;
  return first?.opens === true && rest !== tokens ? [{ ...first, opens: false }, ...others] : rest;
}

/** Behind each of the sentences. */
function withoutClosings(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  const starts = tokens.flatMap(({ opens }, at) => (at === 0 || opens === true ? [at] : []));
  return starts.flatMap((from, i) => {
    let sentence = tokens.slice(from, starts[i + 1]);
    for (let n = 0; n < MOST; n++) {
      const length = countOf(closing(wordsOf(sentence)));
      const left = sentence.slice(0, sentence.length - length);
      const over = sentence.slice(left.length);
      if (length === 0 || left.length === 0 || says(over, vocabulary)) break;
      // What has capitals inside of a request, and what is behind `called`, is a name.
      if (over.some(({ text }) => /^\p{Lu}/u.test(text))) break;
      if (NAMING.has(left.at(-1)?.word ?? '')) break;
      sentence = left;
    }
    return sentence;
  });
}

/** Words apart by a space; what is quoted, and what is a number, is no word. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, word }) => (kind === 'word' || word === ',' ? word : '\u0000'))
    .join(' ');
}

function countOf(words: string | undefined): number {
  return words === undefined || words.trim() === '' ? 0 : words.trim().split(' ').length;
}

/** True where the schema calls something by one of the words. */
function says(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  return tokens.some(
    ({ kind, word }) =>
      kind === 'word' &&
      word !== 'id' &&
      !isStructureWord(word) &&
      vocabulary.senses([word]).length > 0,
  );
}
