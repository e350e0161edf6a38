/**
 * WordNet as the planner asks it: which words mean nearly the same, which is a kind of which, which are of one family.
 *
 * Everything that it says is evidence with a price, never an equality: a word has several senses, and which of them is
 * meant is judged only by how often each is (SemCor's counts).
 */
import { FORMS, SYNSETS, WORDS } from './synsets.js';

/** One meaning of a word. */
interface WordSense {
  readonly synset: number;
  /** How likely the word means this, of 1; over all parts of speech together. */
  readonly share: number;
}

interface Entry {
  /** How often the word is said: a step is about a factor of 1.4; 0 for hardly ever. */
  readonly spoken: number;
  readonly senses: readonly WordSense[];
  readonly derived: readonly string[];
  readonly attributes: readonly string[];
}

export type PartOfSpeech = 'noun' | 'verb' | 'adjective';
const PARTS: Readonly<Record<PartOfSpeech, string>> = { noun: 'n', verb: 'v', adjective: 'a' };

interface Tables {
  readonly words: readonly string[];
  readonly synsets: readonly string[];
}

let tables: Tables | undefined;
const entries = new Map<string, Entry | undefined>();

/** Split when the first word is asked for: a request of names alone never pays for it. */
function load(): Tables {
  tables ??= { words: WORDS.split('\n'), synsets: SYNSETS.split('\n') };
  return tables;
}

function entryOf(word: string): Entry | undefined {
  if (entries.has(word)) return entries.get(word);
  const line = lineOf(word);
  const entry = line === undefined ? undefined : readEntry(line);
  entries.set(word, entry);
  return entry;
}

/** By bisection; lines are sorted by their word, as JavaScript compares strings. */
function lineOf(word: string): string | undefined {
  const { words } = load();
  let low = 0;
  let high = words.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const line = words[middle]!;
    const own = line.slice(0, line.indexOf('|'));
    if (own === word) return line;
    if (own < word) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function readEntry(line: string): Entry {
  const [, spoken = '0', senses = '', derived = '', attributes = ''] = line.split('|');
  const list = (text: string) => (text === '' ? [] : text.split(','));
  const counted = list(senses).map((sense) => ({
    synset: parseInt(sense.slice(1), 36),
    count: 2 ** (parseInt(sense[0]!, 36) / 2),
  }));
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  return {
    spoken: parseInt(spoken, 36),
    senses: counted.map(({ synset, count }) => ({ synset, share: count / total })),
    derived: list(derived),
    attributes: list(attributes),
  };
}

function synsetOf(number: number): { part: string; words: string[]; above: number[] } {
  const [own = '', above = ''] = (load().synsets[number] ?? '').split('|');
  const list = (text: string) => (text === '' ? [] : text.split(','));
  return {
    part: own[0] ?? '',
    words: list(own.slice(1)),
    above: list(above).map((id) => parseInt(id, 36)),
  };
}

/** True for the base form of a word that English uses. */
export function isWord(word: string): boolean {
  return entryOf(word) !== undefined;
}

let forms: ReadonlySet<string> | undefined;

/** True for a word of English in any form: what is none is a name, an abbreviation or a slip. */
export function isEnglish(word: string): boolean {
  forms ??= new Set(FORMS.split(' '));
  return forms.has(word) || isWord(word);
}

/** How common a word is, 0 for one that is not known or hardly ever said, about 30 for the commonest. */
export function frequency(word: string): number {
  return entryOf(word)?.spoken ?? 0;
}

/** Words of the same family: employ, employer and employment. */
export function derivedFrom(word: string): readonly string[] {
  return entryOf(word)?.derived ?? [];
}

/** What an adjective measures, or the adjectives that measure it: tall and height. */
export function attributesOf(word: string): readonly string[] {
  return entryOf(word)?.attributes ?? [];
}

/** True where a word has a sense of that part of speech which is not a rare one. */
export function isPart(word: string, part: PartOfSpeech): boolean {
  const senses = entryOf(word)?.senses ?? [];
  const own = senses.filter(({ synset }) => synsetOf(synset).part === PARTS[part]);
  return own.reduce((sum, { share }) => sum + share, 0) > 0.2;
}

/** Meanings of a word and of what it is a kind of, each with how many steps above it stands and how likely it is meant. */
export function meanings(word: string, steps: number): Map<number, { up: number; share: number }> {
  const found = new Map<number, { up: number; share: number }>();
  let level = (entryOf(word)?.senses ?? []).map(({ synset, share }) => ({ synset, share }));
  for (let up = 0; up <= steps && level.length > 0; up++) {
    const next: typeof level = [];
    for (const { synset, share } of level) {
      const known = found.get(synset);
      if (known !== undefined && known.up < up) continue;
      found.set(synset, { up, share: share + (known?.share ?? 0) });
      for (const above of synsetOf(synset).above) next.push({ synset: above, share });
    }
    level = next;
  }
  return found;
}

const kinds = new Map<string, boolean>();

/** True where the likeliest noun sense of a word is a kind of another word's first sense: a nurse of person. */
export function isKindOf(word: string, kind: string): boolean {
  const key = `${word} ${kind}`;
  let known = kinds.get(key);
  if (known === undefined) {
    const target = entryOf(kind)?.senses[0]?.synset;
    const own = (entryOf(word)?.senses ?? []).find(({ synset }) => synsetOf(synset).part === 'n');
    known = target !== undefined && own !== undefined && reaches(own.synset, target);
    kinds.set(key, known);
  }
  return known;
}

/** True where a compound is a kind of its last word, in any sense that this has: a bus stop of stops. */
export function isCompound(whole: string, head: string): boolean {
  const own = (entryOf(whole)?.senses ?? []).find(({ synset }) => synsetOf(synset).part === 'n');
  const kinds = entryOf(head)?.senses ?? [];
  return own !== undefined && kinds.some(({ synset }) => reaches(own.synset, synset));
}

function reaches(from: number, target: number): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let synset = open.pop(); synset !== undefined; synset = open.pop()) {
    if (synset === target) return true;
    if (seen.has(synset)) continue;
    seen.add(synset);
    open.push(...synsetOf(synset).above);
  }
  return false;
}

/** Words with a meaning that is the very same, likeliest first. */
export function synonyms(word: string): string[] {
  const senses = [...(entryOf(word)?.senses ?? [])].sort((a, b) => b.share - a.share);
  const words = senses.flatMap(({ synset }) => synsetOf(synset).words);
  return [...new Set(words)].filter((other) => other !== word);
}
