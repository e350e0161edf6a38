/** A request's tokens with slips of typing mended, where neither English nor the schema nor the values have the word. */
import { fold } from '../catalog/matching.js';
import { EMPTY_ADVERBS, REVENUE } from './lexicon/words.js';
import { isStructureWord, structureWords } from './lexicon/structure.js';
import { ABBREVIATIONS } from './lexicon/abbreviations.js';
import { MONEY } from './lexicon/idle.js';
import { isLinkingVerb, linkingVerbs } from './lexicon/verbs.js';
import { frequency, isEnglish } from './lexicon/wordnet.js';
import type { Vocabulary } from './schema/vocabulary.js';
import { isPast, singular, verbBases, verbForms } from './text/inflection.js';
import { spelledElsewhere } from './text/shores.js';
import { nearestWord, respellings } from './text/spelling.js';
import type { Token } from './text/tokens.js';
import type { FoundValue } from './value-spans.js';

/** Too short to be compared, but typed more often than any other word. */
const SHORT_SLIPS: ReadonlyMap<string, string> = new Map([
  ['teh', 'the'],
  ['hte', 'the'],
  ['adn', 'and'],
  ['nad', 'and'],
  ['fo', 'of'],
  ['waht', 'what'],
  ['si', 'is'],
  ['ore', 'or'],
  ['ot', 'to'],
  ['whit', 'with'],
  ['hom', 'how'],
  ['thee', 'there'],
  ['nr', 'number'],
]);

/** What is said behind a word, and hardly anything else that looks like it. */
const EXPECTED = new Map<string, readonly string[]>([
  ['at', ['least', 'most']],
  ...['ascending', 'descending', 'alphabetical', 'alphabetic', 'reverse'].map(
    (word) => [word, ['order']] as const,
  ),
]);

const ARTICLES = new Set(['a', 'an']);
/** Behind the country these are its money. */
const MONEYS = new Set(['dollar', 'dollars', 'usd', 'cents', '$']);

export function respell(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  values: readonly FoundValue[],
): readonly Token[] {
  const held = new Set(
    values.flatMap(({ word, match }) =>
      match === 'exact' || match === 'case' || match === 'folded' || match === 'stem'
        ? word.toLowerCase().split(/\s+/)
        : [],
    ),
  );
  return tokens.flatMap((token, at) => {
    const { word, text, kind } = token;
    if (EMPTY_ADVERBS.has(word) && vocabulary.senses([word]).length === 0) return [];
    if (isCountry(tokens, at) && vocabulary.senses([word]).length === 0)
      return [{ ...token, word: 'usa' }];
    // "café" is what a column calls cafe.
    const plain = kind === 'word' && !held.has(word) ? fold(word) : word;
    if (plain !== word && vocabulary.senses([word]).length === 0 && vocabulary.words().has(plain))
      return [{ ...token, word: plain }];
    const elsewhere =
      kind === 'word' && !held.has(word) ? elsewhereFor(word, vocabulary) : undefined;
    if (elsewhere !== undefined) return [{ ...token, word: elsewhere }];
    const next = tokens[at + 1];
    const last = next === undefined || next.kind !== 'word' || isStructureWord(next.word);
    const article = ARTICLES.has(tokens[at - 1]?.word ?? '');
    // "a cat", and what is held just so, is no short word for a category.
    const isValue = isEnglish(word) && (held.has(word) || (article && last));
    const spelt = ABBREVIATIONS.get(word);
    if (
      kind === 'word' &&
      spelt !== undefined &&
      !isValue &&
      vocabulary.senses([word]).length === 0
    ) {
      return vocabulary.senses([spelt]).length > 0 ? [{ ...token, word: spelt }] : [token];
    }
    const denied = held.has(word) || kind !== 'word' ? undefined : deniedBy(word, vocabulary);
    if (denied !== undefined)
      return [
        { ...token, word: 'not' },
        { ...token, word: denied },
      ];
    // A capital inside of a request begins a name, and names are spelt as they are.
    const isName = at > 0 && /^\p{Lu}/u.test(text);
    const says = vocabulary.senses([word]).length > 0 || isStructureWord(word);
    const short = says
      ? undefined
      : (SHORT_SLIPS.get(word) ?? nearestWord(word, [expected(tokens[at - 1])]));
    const known = short === undefined && isKnown(word, vocabulary);
    if (kind !== 'word' || isName || held.has(word) || known) return token;
    const meant =
      short ??
      nearestWord(
        word,
        [vocabulary.words(), structureWords(), linkingVerbs(), REVENUE],
        frequency,
      ) ??
      nearestWord(singular(word), [vocabulary.words()]) ??
      englishFor(word, vocabulary);
    return meant === undefined ? token : { ...token, word: meant, slip: true };
  });
}

/** What the schema has in the spelling of the other shore. */
function elsewhereFor(word: string, vocabulary: Vocabulary): string | undefined {
  if (word.length < 4 || vocabulary.words().has(word)) return undefined;
  return spelledElsewhere(word).find((other) => vocabulary.words().has(other));
}

/** `US`, or `the us`, which are not us. */
function isCountry(tokens: readonly Token[], at: number): boolean {
  const { kind, text, word } = tokens[at]!;
  if (kind !== 'word' || word !== 'us' || MONEYS.has(tokens[at + 1]?.word ?? '')) return false;
  const shouted = !tokens.some((one) => one.kind === 'word' && /\p{Ll}/u.test(one.text));
  return tokens[at - 1]?.word === 'the' || (text === 'US' && !shouted);
}

/** What `unpaid` denies, where a column says of it whether or when it was, and nothing is called so itself. */
function deniedBy(word: string, vocabulary: Vocabulary): string | undefined {
  const done = /^un(\p{L}{3,})$/u.exec(word)?.[1];
  if (done === undefined || !isPast(done) || vocabulary.senses([word]).length > 0) return undefined;
  const says = [...vocabulary.senses([done]), ...vocabulary.related(done)].some(
    (sense) =>
      sense.type === 'flag' ||
      (sense.type === 'field' && sense.field.role === 'time' && !sense.field.column.notNull) ||
      (sense.type === 'table' && sense.via?.optional === true),
  );
  return says ? done : undefined;
}

function expected(before: Token | undefined): readonly string[] {
  return EXPECTED.get(before?.word ?? '') ?? [];
}

/** The one word of English that is a slip away and that says something here: `moeny`, `availablility`. */
function englishFor(word: string, vocabulary: Vocabulary): string | undefined {
  const near = respellings(word).filter((other) => isEnglish(other));
  const [only, ...others] = near;
  return only !== undefined && others.length === 0 && says(only, vocabulary) ? only : undefined;
}

function says(word: string, vocabulary: Vocabulary): boolean {
  return (
    vocabulary.senses([word]).length > 0 || vocabulary.related(word).length > 0 || MONEY.has(word)
  );
}

function isKnown(word: string, vocabulary: Vocabulary): boolean {
  return (
    !/^[a-z]+$/.test(word) ||
    isStructureWord(word) ||
    isLinkingVerb(word) ||
    vocabulary.senses([word]).length > 0 ||
    [word, singular(word)].some(isEnglish) ||
    verbBases(word).some(
      (base) => /[aeiouy]/.test(base) && isEnglish(base) && verbForms(base).includes(word),
    )
  );
}
