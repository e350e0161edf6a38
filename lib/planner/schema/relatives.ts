/** For a word of a request, the words of the schema that it may stand for. */
import { isStructureWord } from '../lexicon/structure.js';
import { SYNONYMS } from '../lexicon/synonyms.js';
import { LIKENESSES } from '../lexicon/thesaurus.js';
import { derivedFrom, meanings } from '../lexicon/wordnet.js';
import { isPast, verbBases } from '../text/inflection.js';
import type { Near } from './partial.js';

/** What a word of another meaning costs, by how the two are related. */
const KINSHIP = {
  synonym: 0.6,
  like: 0.7,
  same: 0.65,
  kind: 0.85,
  kindOfKind: 1.05,
  family: 0.85,
} as const;
/** What it costs for each halving of the likelihood that the words have the meaning which they share. */
const DOUBT = 0.15;
const LEAST_LIKELY = 0.1;

interface Words {
  has(word: string): boolean;
  keys(): Iterable<string>;
}

export class Relatives {
  readonly #words: Words;
  readonly #near = new Map<string, Near>();
  readonly #akin = new Map<string, Near>();
  #past: Map<string, string[]> | undefined;
  #meanings: Map<number, { word: string; up: number; share: number }[]> | undefined;

  /** The words that the schema has; they are read when they are first needed. */
  constructor(words: Words) {
    this.#words = words;
  }

  /** The word itself alone. */
  exactly(word: string): Near {
    return this.#words.has(word) ? new Map([[word, 0]]) : new Map();
  }

  /** The word itself, its synonyms, and where there is none of these words of a near meaning. */
  of(word: string): Near {
    const known = this.#near.get(word);
    if (known !== undefined) return known;
    const near = new Map<string, number>();
    if (this.#words.has(word)) near.set(word, 0);
    // A word of structure is a name only where it is spelt so: "total fee" is no fee amount.
    for (const other of isStructureWord(word) ? [] : (SYNONYMS.get(word) ?? [])) {
      if (this.#words.has(other) && !near.has(other)) near.set(other, KINSHIP.synonym);
    }
    for (const other of near.size > 0 || isStructureWord(word) ? [] : (LIKENESSES.get(word) ?? []))
      if (this.#words.has(other)) near.set(other, KINSHIP.like);
    const all: Near = near.size === 0 && !isStructureWord(word) ? this.akin(word) : near;
    this.#near.set(word, all);
    return all;
  }

  /** Words of a near meaning alone: of several the nearest, for the others are other things. */
  akin(word: string): Near {
    const known = this.#akin.get(word);
    if (known !== undefined) return known;
    const near = this.#relativesOf(word);
    const least = Math.min(...near.values());
    const kept = new Map([...near].filter(([, cost]) => cost < least + DOUBT));
    this.#akin.set(word, kept);
    return kept;
  }

  /** The word itself, its synonyms, and all words of a near meaning. */
  all(word: string): Near {
    return new Map([...this.#relativesOf(word), ...this.of(word)]);
  }

  #relativesOf(word: string): Map<string, number> {
    const near = new Map<string, number>();
    const add = (other: string, cost: number) => {
      if (other !== word && cost < (near.get(other) ?? Infinity)) near.set(other, cost);
    };
    for (const other of derivedFrom(word)) {
      if (this.#words.has(other)) add(other, KINSHIP.family);
      for (const past of this.#pastForms().get(other) ?? []) add(past, KINSHIP.family);
    }
    const schema = this.#schemaMeanings();
    for (const [synset, { share }] of meanings(word, 0)) {
      for (const other of schema.get(synset) ?? []) {
        const likely = share * other.share;
        const kinship = KINSHIP_BY_STEPS[other.up];
        if (kinship === undefined || likely < LEAST_LIKELY) continue;
        add(other.word, kinship - DOUBT * Math.log2(likely));
      }
    }
    return near;
  }

  /** Participles of the schema by their verbs: `approved` by approve. */
  #pastForms() {
    if (this.#past !== undefined) return this.#past;
    this.#past = new Map();
    for (const word of this.#words.keys()) {
      for (const base of isPast(word) ? verbBases(word) : [])
        this.#past.set(base, [...(this.#past.get(base) ?? []), word]);
    }
    return this.#past;
  }

  #schemaMeanings() {
    if (this.#meanings !== undefined) return this.#meanings;
    this.#meanings = new Map();
    for (const word of this.#words.keys()) {
      for (const [synset, { up, share }] of meanings(word, 2)) {
        const list = this.#meanings.get(synset);
        if (list === undefined) this.#meanings.set(synset, [{ word, up, share }]);
        else list.push({ word, up, share });
      }
    }
    return this.#meanings;
  }
}

/**
 * A vehicle may stand for a car of the schema. The other way round a word says more than the schema does, and two
 * words below a third are different things.
 */
const KINSHIP_BY_STEPS = [KINSHIP.same, KINSHIP.kind, KINSHIP.kindOfKind];
