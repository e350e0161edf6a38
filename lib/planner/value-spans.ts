/** The value side of a request: which of its phrases are looked up, and what was found for each. */
import type { MatchKind } from '../catalog/matching.js';
import { EMPTY_PARTICIPLES } from './lexicon/fillers.js';
import { mayHold, otherSpellings } from './lexicon/places.js';
import { isGlue, isStructureWord } from './lexicon/structure.js';
import { isPlainLink } from './lexicon/verbs.js';
import { isEnglish } from './lexicon/wordnet.js';
import { AUXILIARIES } from './lexicon/words.js';
import type { FieldMention, ValueMention } from './phrase.js';
import type { Field } from './schema/schema.js';
import { isPast, plural, singular, verbBases } from './text/inflection.js';
import type { Token } from './text/tokens.js';

/** A value that the database holds, as `find_values` tells it. */
export interface FoundValue {
  readonly word: string;
  readonly field: Field;
  readonly value: string;
  readonly match: MatchKind;
}

export type StoredValue = ValueMention['options'][number];

/** What a value costs beside a name of the schema: a name is the likelier reading of a word that is both. */
const VALUE_COST = 0.2;
const MATCH_COST: Readonly<Record<MatchKind, number>> = {
  exact: 0,
  case: 0.05,
  folded: 0.06,
  stem: 0.15,
  similar: 0.5,
  prefix: 0.6,
  contains: 0.75,
};

/** What a value costs that holds a column's name behind a value of that column. */
const BESIDE_COLUMN = 0.7;

/** What another number of a word costs beside the word as it stands. */
const FORM_COST = 0.15;

/** In tokens. Names of songs and of organisations are long. */
export const LONGEST_VALUE = 9;
/** `find_values` tells a dozen parts of a column at most: of more than this there may be others. */
const MOST_OF_FAMILY = 11;
/** Words without a capital or quotes make short values at most. */
const LONGEST_PLAIN = 3;

/** The rest of the lattice, as far as values need it. */
export interface Words {
  readonly tokens: readonly Token[];
  text(at: number, end: number): string;
  isOpen(at: number): boolean;
  /** Whether some name of the schema holds the very word. */
  isOfName(at: number): boolean;
  /** Whether a table is called by the very word. */
  isThing(at: number): boolean;
  /** Whether a table is named there whose rows are told by a code. */
  isCoded(at: number): boolean;
  fields(at: number): readonly { readonly mention: FieldMention; readonly end: number }[];
}

export class ValueSpans {
  readonly #words: Words;
  readonly #values = new Map<string, FoundValue[]>();

  constructor(words: Words, values: readonly FoundValue[]) {
    this.#words = words;
    for (const value of values) {
      const key = value.word.toLowerCase();
      const known = this.#values.get(key);
      if (known === undefined) this.#values.set(key, [value]);
      else known.push(value);
    }
  }

  /**
   * What the database holds for the words from one token to before another. `Kent county` is the county Kent where
   * there is such a column, before what else may be called so.
   */
  stored(at: number, end: number): StoredValue[] {
    const columns = this.#hinted(at, end);
    const found = this.#found(at, end);
    if (columns.length === 0) return found;
    return found.map((one) =>
      columns.includes(one.field) ? one : { ...one, cost: one.cost + BESIDE_COLUMN },
    );
  }

  /** The columns that the last word names and that hold the words before it. */
  #hinted(at: number, end: number): Field[] {
    const last = end - at > 1 ? this.#words.fields(end - 1) : [];
    const named = last.flatMap(({ mention: { options }, end: after }) =>
      after === end ? options.filter(({ cost }) => cost === 0).map(({ field }) => field) : [],
    );
    if (named.length === 0) return [];
    const held = this.#whole(this.#words.text(at, end - 1)).map(({ field }) => field);
    return named.filter((field) => held.includes(field));
  }

  #found(at: number, end: number): StoredValue[] {
    const text = this.#words.text(at, end).trim().toLowerCase();
    const own = this.#asQuoted(at, end, this.#admissible(at, end, this.#priced(text, 0)));
    // "belongs" is what a sentence links by, even where a song is called Belong.
    if (end - at === 1 && isPlainLink(text) && !this.#isCapital(at) && !this.#isQuoted(at))
      return own.filter(({ cost }) => cost <= VALUE_COST + MATCH_COST.case);
    const spellings = otherSpellings(text);
    const variants = this.#variants(at, end).flatMap((variant) => {
      const found = this.#priced(variant.toLowerCase(), FORM_COST).filter(
        ({ cost, field, value }) => cost < VALUE_COST + 0.4 && mayHold(field.words, text, value),
      );
      return spellings.includes(variant) ? found : this.#admissible(at, end, found);
    });
    const names = this.#names(at, end);
    const sure = [...own, ...variants, ...names].filter(({ cost }) => cost < VALUE_COST + 0.4);
    return sure.length > 0 ? sure : this.#likely(at, end, own);
  }

  /** What is in quotes is meant as it stands, where a column has it so: 'Y' is no y. */
  #asQuoted(at: number, end: number, found: readonly StoredValue[]): readonly StoredValue[] {
    if (end - at > 1 || !this.#isQuoted(at)) return found;
    const { text } = this.#words.tokens[at]!;
    const exactly = new Set(found.flatMap(({ field, value }) => (value === text ? [field] : [])));
    return found.filter(({ field, value }) => value === text || !exactly.has(field));
  }

  /**
   * A word without a capital or quotes is a word first. Another form of it is a value where that sorts things into
   * kinds, not where it is somebody's name; a slip of it is one where English does not have the word.
   */
  #admissible(at: number, end: number, found: readonly StoredValue[]): readonly StoredValue[] {
    if (!this.#isPlain(at, end)) return found;
    const isName = end - at === 1 && this.#words.isOfName(at);
    const isSpeltRight = this.#words.tokens.slice(at, end).every(({ word }) => isWordForm(word));
    return found.filter(({ cost, field }) => {
      if (cost <= VALUE_COST + MATCH_COST.folded) return true;
      if (cost <= VALUE_COST + FORM_COST + MATCH_COST.stem)
        return !isName && (end - at > 1 || !isProper(field));
      return !isSpeltRight;
    });
  }

  #isPlain(at: number, end: number): boolean {
    return !this.#words.tokens
      .slice(at, end)
      .some(({ kind }, i) => kind === 'quoted' || kind === 'code' || this.#isCapital(at + i));
  }

  /** Without an equal value a slip or a part may be meant, where only one value can be. */
  #likely(at: number, end: number, found: readonly StoredValue[]): StoredValue[] {
    const { tokens } = this.#words;
    const plain = !tokens
      .slice(at, end)
      .some(({ kind }, i) => kind === 'quoted' || this.#isCapital(at + i));
    // A word of a column's name is no slip of a value.
    if (plain && end - at === 1 && this.#words.isOfName(at))
      return found.filter(({ cost }) => cost <= VALUE_COST + MATCH_COST.stem);
    if (plain) return found.filter(({ cost }) => cost <= VALUE_COST + MATCH_COST.similar);
    const best = Math.min(...found.map(({ cost }) => cost));
    const near = found.filter(({ cost }) => cost <= best);
    return new Set(near.map(({ value }) => value.toLowerCase())).size === 1 ? near : [];
  }

  /** Whether a column holds these very words, however they are written. */
  isStored(at: number, end: number): boolean {
    const text = this.#words.text(at, end).trim().toLowerCase();
    return (this.#values.get(text) ?? []).some(
      ({ match }) => match === 'exact' || match === 'case',
    );
  }

  /** Values that only begin with a word, or hold it: what could have been meant. */
  partial(at: number): string[] {
    const found = this.#values.get(this.#words.text(at, at + 1).toLowerCase()) ?? [];
    return [...new Set(found.map(({ value }) => value))];
  }

  /** `London` of "London Luton" and "London Gatwick": all that begin so in one column of names, longest phrase first. */
  families(at: number): { readonly values: readonly StoredValue[]; readonly end: number }[] {
    const { tokens } = this.#words;
    if (!this.#isCapital(at) || !this.#words.isOpen(at)) return [];
    let end = at + 1;
    while (tokens[end]?.kind === 'word' && this.#isCapital(end) && end - at < LONGEST_PLAIN) end++;
    const text = this.#words.text(at, end).toLowerCase();
    const found = this.#values.get(text) ?? [];
    const [first] = found;
    const isFamily = found.every(
      ({ field, value, match }) =>
        field === first!.field && match === 'prefix' && value.toLowerCase().startsWith(`${text} `),
    );
    if (found.length < 2 || found.length > MOST_OF_FAMILY || !isFamily) return [];
    if (!first!.field.table.naming.includes(first!.field)) return [];
    const values = found.map(({ field, value }) => ({ field, value, cost: VALUE_COST }));
    return [{ values, end }];
  }

  /** Phrases that may be values, likeliest first: what `find_values` is asked for. */
  candidates(): string[] {
    const { tokens } = this.#words;
    const spans: { at: number; end: number }[] = [];
    const said = new Set([
      ...this.#saidOfColumns(),
      ...this.#states(),
      ...this.#ofSort(),
      ...this.#codes(),
    ]);
    tokens.forEach((token, at) => {
      for (let end = at + 1; end <= Math.min(at + LONGEST_VALUE, tokens.length); end++) {
        if (!this.#goesOn(at, end - 1)) break;
        if (this.#mayBeValue(at, end) || (said.has(at) && end - at <= LONGEST_PLAIN))
          spans.push({ at, end });
        if (token.kind === 'quoted') break;
      }
    });
    const whole = spans.sort((a, b) => this.#weight(b) - this.#weight(a) || a.at - b.at);
    const plain = whole.map(({ at, end }) => this.#words.text(at, end));
    const variants = whole.flatMap(({ at, end }) => this.#variants(at, end));
    const parts = whole.flatMap(({ at, end }) => this.#partsOf(at, end));
    return [...new Set([...plain, ...parts, ...variants].map((phrase) => phrase.trim()))].filter(
      (phrase) => phrase !== '',
    );
  }

  /** `Ann` and `Smith` of a quoted "Ann Smith". */
  #partsOf(at: number, end: number): string[] {
    const token = this.#words.tokens[at]!;
    const parts = token.kind === 'quoted' && end - at === 1 ? token.text.split(/\s+/) : [];
    return parts.length === 2 || parts.length === 3 ? parts : [];
  }

  /** A comma stands inside of a value between capitals only: `Portland, Oregon`. Quotes end with their own. */
  #goesOn(at: number, last: number): boolean {
    const { tokens } = this.#words;
    const token = tokens[last]!;
    if (last > at && token.kind === 'quoted') return false;
    if (token.kind !== 'mark') return true;
    const isName = (i: number) => this.#isCapital(i) || tokens[i]?.kind === 'code';
    return token.word === ',' && last > at && isName(last - 1) && isName(last + 1);
  }

  /** Places behind the name of a column, where any word may be its value: `status done`. */
  #saidOfColumns(): Set<number> {
    const { tokens } = this.#words;
    const places = new Set<number>();
    tokens.forEach((_, at) => {
      for (const { end } of this.#words.fields(at)) {
        let next = end;
        while (LINKS.has(tokens[next]?.word ?? '')) next++;
        const token = tokens[next];
        if (token === undefined || token.kind === 'mark') continue;
        // "the last name of the driver": whose it is, even where somebody is called Driver.
        const path = tokens.slice(end, next).map(({ word }) => word);
        if (path.includes('of') && this.#words.isThing(next) && this.#isPlain(next, next + 1))
          continue;
        if (isGlue(token.word) && !AUXILIARIES.has(token.word)) continue;
        places.add(next);
        // The name may be part of the value: `division 1` of "Division 1".
        if (token.kind === 'number' && next === end) places.add(at);
      }
    });
    return places;
  }

  /** Participles that nothing follows, or that stand before a thing: `orders that are paid`, `paid orders`. */
  #states(): number[] {
    const { tokens } = this.#words;
    return tokens.flatMap(({ word, kind }, at) => {
      if (kind !== 'word' || !isPast(word) || EMPTY_PARTICIPLES.has(word)) return [];
      const next = tokens[at + 1];
      const last = next === undefined || next.kind === 'mark' || ENDS.has(next.word);
      return last || this.#words.isOfName(at + 1) ? [at] : [];
    });
  }

  /** A word behind `a` or `no` that a name is at most short for: a cat is one before it is a category. */
  #ofSort(): number[] {
    const { tokens } = this.#words;
    return tokens.flatMap(({ word, kind }, at) => {
      const article = ARTICLES.has(tokens[at - 1]?.word ?? '');
      if (kind !== 'word' || !article || isStructureWord(word)) return [];
      return this.#words.isOfName(at) || this.#words.isOpen(at) ? [] : [at];
    });
  }

  /** A number behind what is told by codes: `line 60`. */
  #codes(): number[] {
    return this.#words.tokens.flatMap(({ kind }, at) =>
      kind === 'number' && at > 0 && this.#words.isCoded(at - 1) ? [at] : [],
    );
  }

  /** A phrase begins and ends with content; capitals inside the request make any word content. */
  #mayBeValue(at: number, end: number): boolean {
    const { tokens } = this.#words;
    const inside = Array.from({ length: end - at }, (_, i) => at + i);
    const capital = inside.some((i) => this.#isCapital(i));
    if (!capital && !inside.some((i) => this.#words.isOpen(i))) return false;
    if (end - at === 1) return this.#edge(at, false);
    return (
      this.#edge(at, true) &&
      this.#edge(end - 1, true) &&
      (capital || end - at <= 2 || (end - at <= 4 && inside.every((i) => this.#words.isOpen(i)))) &&
      (end - at <= 4 ||
        inside.filter((i) => tokens[i]!.kind !== 'word' || this.#isCapital(i)).length * 2 >=
          end - at - 1)
    );
  }

  #edge(at: number, many: boolean): boolean {
    const token = this.#words.tokens[at]!;
    return (
      this.#words.isOpen(at) ||
      this.#isCapital(at) ||
      (many && (token.kind === 'number' || !isStructureWord(token.word)))
    );
  }

  #weight({ at, end }: { at: number; end: number }): number {
    let weight = 0;
    for (let i = at; i < end; i++) {
      const { kind } = this.#words.tokens[i]!;
      weight +=
        kind === 'quoted' || kind === 'code'
          ? 9
          : this.#isCapital(i)
            ? 3
            : this.#words.isOpen(i)
              ? 2
              : -2;
    }
    return weight;
  }

  #isQuoted(at: number): boolean {
    return this.#words.tokens[at]?.kind === 'quoted';
  }

  #isCapital(at: number): boolean {
    return at > 0 && /^\p{Lu}/u.test(this.#words.tokens[at]?.text ?? '');
  }

  /** Singular, plural and demonym forms of a phrase. */
  #variants(at: number, end: number): string[] {
    const words = this.#words.text(at, end).toLowerCase().split(/\s+/);
    const last = words.pop() ?? '';
    if (this.#words.tokens[at]!.kind === 'quoted') return [];
    const forms = [singular(last), plural(singular(last))].filter((form) => form !== last);
    return [
      ...otherSpellings([...words, last].join(' ')),
      ...forms.map((form) => [...words, form].join(' ')),
    ];
  }

  #priced(text: string, more: number): StoredValue[] {
    return (this.#values.get(text) ?? []).map(({ field, value, match }) => ({
      field,
      value,
      cost: VALUE_COST + MATCH_COST[match] + more,
      ...(match === 'prefix' || match === 'contains' ? { part: true } : {}),
    }));
  }

  /** `Ann Smith` of a table that keeps first and last names apart. */
  #names(at: number, end: number): StoredValue[] {
    const texts =
      end - at === 1
        ? this.#partsOf(at, end)
        : Array.from({ length: end - at }, (_, i) => this.#words.text(at + i, at + i + 1));
    const found: StoredValue[] = [];
    for (let middle = 1; middle < texts.length; middle++) {
      for (const first of this.#whole(texts.slice(0, middle).join(' '))) {
        const { naming } = first.field.table;
        if (naming.length !== 2 || !naming.includes(first.field)) continue;
        // "Smith, Ann" and "Smith Ann" are the same person, less likely put so.
        const price = naming[0] === first.field ? 0 : 0.1;
        for (const last of this.#whole(texts.slice(middle).join(' '))) {
          if (last.field === first.field || !naming.includes(last.field)) continue;
          const also = { field: last.field, value: last.value };
          found.push({ field: first.field, value: first.value, also, cost: VALUE_COST + price });
        }
      }
    }
    return found;
  }

  #whole(text: string): FoundValue[] {
    return (this.#values.get(text.toLowerCase()) ?? []).filter(
      ({ match }) => match === 'exact' || match === 'case' || match === 'folded',
    );
  }
}

/** Whether a column's values are proper names: those of people, or of more things than there are kinds of anything. */
function isProper({ role, words, table }: Field): boolean {
  if (words.includes('name') && words.some((word) => NAME_PARTS.has(word))) return true;
  return role === 'name' && (table.relation.rowEstimate ?? 0) > MOST_KINDS;
}

const NAME_PARTS = new Set('first last given family middle maiden fore sur nick'.split(' '));
const MOST_KINDS = 40;

function isWordForm(word: string): boolean {
  return [word, singular(word), ...verbBases(word)].some(isEnglish);
}

/** Words between a column and its value. */
const LINKS = new Set(
  'is are was were be of = equal equals to named called as the a an : being'.split(' '),
);

const ARTICLES = new Set(['a', 'an', 'no']);
const ENDS = new Set('and or but that who which whose in from of by'.split(' '));
