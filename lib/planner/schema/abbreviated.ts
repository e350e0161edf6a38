/** Column names that abbreviate what a request says in full: `dob`, `lcard` for a license card, `bldg` for a building. */
import { isEnglish } from '../lexicon/wordnet.js';
import { singular } from '../text/inflection.js';
import type { Field } from './schema.js';

const LONGEST = 8;
/** Fewer letters are the beginning of too many words. */
const SHORTEST_PIECE = 3;
const LONGEST_INITIALS = 4;

export class Abbreviated {
  readonly #fields = new Map<string, Field[]>();
  /** Names without vowels, by their first letter. */
  readonly #skeletons = new Map<string, string[]>();

  add(field: Field): void {
    const name = field.column.name.toLowerCase().replace(/[^\p{L}]+/gu, '');
    if (name.length < 2 || name.length > LONGEST || isEnglish(name)) return;
    const known = this.#fields.get(name);
    if (known !== undefined) {
      known.push(field);
      return;
    }
    this.#fields.set(name, [field]);
    if (name.length >= SHORTEST_PIECE && !/[aeiouy]/.test(name.slice(1)))
      this.#skeletons.set(name[0]!, [...(this.#skeletons.get(name[0]!) ?? []), name]);
  }

  /** Columns whose whole name is made of the words' first letters. */
  ofPhrase(words: readonly string[]): readonly Field[] {
    if (this.#fields.size === 0 || words.length < 2) return [];
    return [...new Set(keysOf(words).flatMap((key) => this.#fields.get(key) ?? []))];
  }

  /**
   * Columns whose name is a word's first letter and some of its consonants, in their order.
   * @param typed the word as it stands, where that is its plural
   */
  ofWord(word: string, typed = word): readonly Field[] {
    const names = word.length < 5 ? [] : (this.#skeletons.get(word[0]!) ?? []);
    const found = names
      .filter((name) => name.length < word.length - 1 && isWithin(name, word))
      .flatMap((name) => this.#fields.get(name)!);
    return found.length > 0 ? found : this.#ofEnds([word, typed]);
  }

  /** `ht` of a height, `gs` of goals: the first letter and the last, of a number that is no key. */
  #ofEnds(forms: readonly string[]): readonly Field[] {
    const ends = forms.filter(({ length }) => length > 3).map((form) => form[0]! + form.at(-1)!);
    return [...new Set(ends)]
      .flatMap((name) => this.#fields.get(name) ?? [])
      .filter(({ role }) => role === 'measure');
  }
}

/** `lcard` and `liccard` of a license card, and the initials of up to four words. */
function keysOf(words: readonly string[]): string[] {
  const initials = words.map((word) => word[0] ?? '').join('');
  if (words.length > 2) return words.length <= LONGEST_INITIALS ? [initials] : [];
  const [first = '', second = ''] = words;
  const keys = [initials];
  for (let start = 1; start <= Math.min(first.length, LONGEST - SHORTEST_PIECE); start++) {
    for (let end = SHORTEST_PIECE; end <= second.length; end++)
      keys.push(first.slice(0, start) + second.slice(0, end));
  }
  return [...keys, ...(singular(second) === second ? [] : keysOf([first, singular(second)]))];
}

function isWithin(name: string, word: string): boolean {
  let at = 0;
  for (const letter of name) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
