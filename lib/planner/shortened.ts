/** What a request says in full and the schema has short: `members` where a table is called mbr. */
import { ABBREVIATIONS } from './lexicon/abbreviations.js';
import { isGlue, isStructureWord } from './lexicon/structure.js';
import { eventNouns } from './lexicon/verbs.js';
import { derivedFrom, isWord } from './lexicon/wordnet.js';
import { AGGREGATES, COMMANDS, COURTESIES } from './lexicon/words.js';
import type { Schema } from './schema/schema.js';
import { shortens } from './schema/shortening.js';
import type { Said } from './schema/spelling.js';
import { COST } from './schema/sense.js';
import type { Vocabulary } from './schema/vocabulary.js';
import { isPast, singular, verbBases } from './text/inflection.js';
import { type Token, tokenize } from './text/tokens.js';

interface Candidate {
  readonly part: string;
  readonly word: string;
  readonly cost: number;
}

/** Dearer ones are believed only where nothing else is short for the word. */
const SURE = 0.35;
/** What is usually short for something else is so for another word only where it is that word's very skeleton. */
const OVERRULING = 0.3;
const SHORTEST_WORD = 4;
/** A beginning, or all consonants: a column may be called so beside another one that has the word in full. */
const PLAIN = 0.1;

/**
 * Parts of names that the words of requests spell out; those of the first request count first.
 * @param values words that were found to be values
 */
export function spelledOut(
  requests: readonly string[],
  { schema: { spelling }, vocabulary }: { schema: Schema; vocabulary: Vocabulary },
  values: readonly string[],
): Said {
  const said = new Map<string, string>();
  const short = spelling.short();
  if (short.all.size === 0) return said;
  // What is a part of a longer value names nothing.
  const within = new Set(
    values.flatMap((value) => (value.includes(' ') ? value.toLowerCase().split(' ') : [])),
  );
  for (const request of requests) {
    const found = tokenize(request).flatMap((token, at, tokens) => {
      if (within.has(token.word) || !isNameable(token, tokens[at - 1])) return [];
      const named = vocabulary.senses([token.word]).filter(({ cost }) => cost < COST.synonym);
      // A column's name may begin with the word for what a table is called in short.
      if (named.some(({ type }) => type !== 'field')) return [];
      const all = candidates(token.word, [...short.all]);
      const called = named.length > 0 ? all.filter((one) => isPlain(one, short.ofTables)) : all;
      return called.length > 0 ? called : eventsOf(token.word, short.ofTables);
    });
    for (const part of new Set(found.map((one) => one.part))) {
      if (said.has(part)) continue;
      const word = wordFor(found.filter((one) => one.part === part));
      if (word !== undefined) said.set(part, word);
    }
  }
  return said;
}

/** Whether a part is likely to be short for a word by which something else is called in full. */
function isPlain({ part, cost }: Candidate, ofTables: ReadonlySet<string>): boolean {
  return ofTables.has(part) || (cost <= PLAIN && part.length > 2 && !ABBREVIATIONS.has(part));
}

/** Whether it may name something. */
function isNameable({ kind, word, text, opens }: Token, before: Token | undefined): boolean {
  if (kind !== 'word' || word.length < SHORTEST_WORD) return false;
  if (isGlue(word) || AGGREGATES.has(word) || COURTESIES.has(word)) return false;
  const begins = before === undefined || opens === true;
  // What is told to do stands first; the "list price" is a price.
  if (COMMANDS.has(word) && (begins || /^(?:,|and|then|to|please)$/.test(before.word)))
    return false;
  // A capital inside of a request begins a name.
  return begins || !/^\p{Lu}/u.test(text);
}

function candidates(word: string, parts: readonly string[]): Candidate[] {
  const forms = [...new Set([singular(word), ...verbBases(word), word])].filter(
    (form) => isWord(form) && form.length >= SHORTEST_WORD - 1,
  );
  const found = parts.flatMap((part) => {
    const usual = ABBREVIATIONS.get(part);
    // A monthly fee may be kept as `mth_fee`.
    if (word === `${usual}ly`) return [{ part, word, cost: 0 }];
    if (usual !== undefined && forms.includes(usual)) return [];
    const fits = forms.flatMap((form) => {
      const cost = shortens(part, form, singular(word) !== word);
      const fits = cost !== undefined && (!ABBREVIATIONS.has(part) || cost <= OVERRULING);
      return fits ? [{ part, word: form, cost }] : [];
    });
    return fits.sort((a, b) => a.cost - b.cost).slice(0, 1);
  });
  // What shapes a request, a list or an order, names something only where hardly anything else can be meant.
  if (isStructureWord(word))
    return found.filter(({ part, cost }) => (part.length > 2 || cost === 0) && cost < OVERRULING);
  const least = Math.min(...found.map(({ cost }) => cost));
  return found.filter(({ cost }) => cost <= SURE || (cost === least && found.length === 1));
}

/** The likeliest word; none where several are as likely. */
function wordFor(found: readonly Candidate[]): string | undefined {
  const least = Math.min(...found.map(({ cost }) => cost));
  const [word, ...more] = new Set(found.flatMap((one) => (one.cost === least ? [one.word] : [])));
  return more.length === 0 ? word : undefined;
}

/** Tables that are called after what was done, or after who does it: screenings of what was screened. */
function eventsOf(word: string, parts: ReadonlySet<string>): Candidate[] {
  if (!isPast(word)) return [];
  const nouns = verbBases(word).flatMap((base) => [`${base}ing`, ...derivedFrom(base)]);
  const events = eventNouns(word);
  return [...parts].flatMap((part) => {
    const fits = (other: string) => isWord(other) && (shortens(part, other) ?? 1) < OVERRULING;
    const noun =
      nouns.find(fits) ?? events.find((other) => (shortens(part, other) ?? 1) <= OVERRULING);
    return noun === undefined ? [] : [{ part, word: noun, cost: OVERRULING }];
  });
}
