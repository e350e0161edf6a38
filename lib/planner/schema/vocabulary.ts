/** What the words of a request may name in the schema: by names, synonyms, roots, parts and comments. */
import { SYNONYMS } from '../lexicon/synonyms.js';
import { unitsOf, unitWordsOf } from '../lexicon/units.js';
import { derivedFrom, isKindOf } from '../lexicon/wordnet.js';
import { plural, root, singular, verbBases } from '../text/inflection.js';
import { best } from './best.js';
import { Called } from './called.js';
import { compounded, inOneWord, isLink } from './compounds.js';
import { unglue } from './glued.js';
import { alike } from './likeness.js';
import { plainWords } from './names.js';
import { partial } from './partial.js';
import { Relatives } from './relatives.js';
import type { Field, Schema, Table } from './schema.js';
import { COST, type Sense } from './sense.js';

export class Vocabulary {
  readonly #called: Called;
  readonly #relatives: Relatives;
  readonly #known = new Map<string, Sense[]>();
  readonly #anywhere = new Map<string, readonly Sense[]>();
  readonly #tables: readonly Table[];
  #words: ReadonlySet<string> | undefined;

  constructor(schema: Schema) {
    this.#tables = schema.tables;
    this.#called = new Called(schema);
    this.#relatives = new Relatives(this.#called.names);
  }

  /** Senses of a phrase by the words' singular forms; those of names first, synonyms where no name fits. */
  senses(words: readonly string[]): Sense[] {
    const key = words.join(' ');
    const known = this.#known.get(key) ?? this.#sensesOf(words.map(singular), words);
    this.#known.set(key, known);
    return known;
  }

  /** @param typed the words as they were typed: `datatype` is written with the plural of datum */
  #sensesOf(words: readonly string[], typed: readonly string[]): Sense[] {
    const phrase = words.join(' ');
    const glued = [...typed.slice(0, -1), words.at(-1)!].join('');
    const written = glued === words.join('') ? [] : this.#called.phrases.get(glued);
    const direct = this.#withCompounds(words, [...this.#direct(phrase), ...written]);
    const others = (SYNONYMS.get(phrase) ?? []).flatMap((other) =>
      this.#direct(other)
        .filter(({ type, cost }) => type !== 'label' && type !== 'flag' && cost < COST.part)
        .filter((sense) => phrase !== 'title' || !isNameOfPerson(sense))
        .map((sense) => ({ ...sense, cost: sense.cost + COST.synonym })),
    );
    const exact = direct.some(({ type, cost }) => type === 'table' && cost === COST.name);
    const all = exact ? direct.filter((sense) => !isInPart(sense)) : [...direct, ...others];
    // Only where nothing is called so, and nothing by a synonym, it may be a name in other words.
    if (all.length > 0) return best(all);
    const part = best(this.#inPart(words));
    if (part.length > 0) return part;
    const units = this.#inUnits(phrase);
    if (units.length > 0) return units;
    // Names were taken apart where they seem to be two words in one, and so is what is said.
    const apart = typed.flatMap((word) => unglue(singular(word)) ?? [word]);
    return apart.length === typed.length ? [] : this.senses(apart);
  }

  /** Everything that a phrase may name anywhere: nearer names elsewhere keep none of it out. */
  anywhere(words: readonly string[]): readonly Sense[] {
    const key = words.join(' ');
    const known = this.#anywhere.get(key);
    if (known !== undefined) return known;
    const spelt = words.map(singular);
    const direct = this.senses(words);
    const [word] = spelt.length === 1 ? spelt : [];
    const own =
      word === undefined
        ? []
        : [
            ...this.#direct(word),
            ...this.shortened(word),
            ...this.related(words[0]!),
            ...this.#near(word),
          ];
    const all = best([...direct, ...own, ...this.#inPart(spelt)]);
    this.#anywhere.set(key, all);
    return all;
  }

  #near(word: string): Sense[] {
    const near = [this.#relatives.all(word)];
    const names = new Set([...near[0]!.keys()].flatMap((other) => this.#called.names.get(other)));
    return [...names].flatMap((name) => {
      const cost = partial([word], near, name);
      return cost === undefined ? [] : [{ ...name.sense, cost }];
    });
  }

  /** A column that is called by its unit alone: `milliseconds` are a duration. */
  #inUnits(phrase: string): Sense[] {
    return unitWordsOf(phrase).flatMap((unit) =>
      this.#direct(unit)
        .filter(
          (sense) =>
            sense.type === 'field' && sense.field.role === 'measure' && sense.cost === COST.name,
        )
        .map((sense) => ({ ...sense, cost: COST.synonym })),
    );
  }

  /** What links trains with stations is no train station. */
  #withCompounds(words: readonly string[], senses: readonly Sense[]): readonly Sense[] {
    const others = senses.filter((sense) => sense.type !== 'table' || !isLink(sense.table));
    if (others.some(({ type }) => type === 'table')) return senses;
    const heads = compounded(words, this.#tables);
    const called = heads.length > 0 ? heads : inOneWord(words, this.#tables);
    if (called.length === 0) return senses;
    const cost = heads.length > 0 ? COST.name : COST.synonym;
    return [...others, ...called.map((table): Sense => ({ type: 'table', table, cost }))];
  }

  /**
   * Tables of people: all of them for `people`, and for `students` the one whose name does not say whom it holds,
   * a roster say, but whose rows have a first and a last name.
   */
  #people(word: string): Sense[] {
    if (!isKindOf(word, 'person')) return [];
    const isPeople = ({ words }: Table) => isKindOf(words.at(-1) ?? '', 'person');
    const plain = word === 'person' || word === 'individual' || word === 'human';
    const tables = plain
      ? this.#tables.filter(isPeople)
      : this.#tables.filter(
          ({ naming, words }) => naming.length === 2 && LISTS.has(words.at(-1) ?? ''),
        );
    if (!plain && tables.length !== 1) return [];
    return tables.map((table) => ({
      type: 'table',
      table,
      cost: plain ? COST.root : COST.comment,
    }));
  }

  /** Names that a phrase says in part, in other words, or with words that add nothing. */
  #inPart(words: readonly string[]): Sense[] {
    const said = plainWords(words);
    const single = said.length === 1;
    if (said.length === 0) return [];
    const near = said.map((word) =>
      single ? this.#relatives.exactly(word) : this.#relatives.of(word),
    );
    const names = new Set(
      near.flatMap((all) => [...all.keys()].flatMap((word) => this.#called.names.get(word))),
    );
    // "categories of products" is said of products, which the grammar reads.
    const of = words.indexOf('of');
    const whose = of < 0 ? [] : words.slice(of + 1);
    if (whose.length > 0 && this.#direct(whose.join(' ')).some(({ type }) => type === 'table'))
      return [];
    return [...names].flatMap((name) => {
      const cost = partial(said, near, name);
      return cost === undefined ? [] : [{ ...name.sense, cost }];
    });
  }

  /** The one thing that words may stand for which nothing is called by. */
  alike(words: readonly string[]): Sense[] {
    return alike(words.map(singular).join(' '), {
      named: (phrase) => this.#direct(phrase),
      words: () => this.#called.names.keys(),
    });
  }

  /** Senses of a word by a meaning that it shares with a word of a name: `vehicle` for cars. */
  akin(word: string): Sense[] {
    // "all information" asks for everything, never for what is akin to the word: accounts.
    if (INFORMATION.has(singular(word))) return [];
    // An hour is no minute, whatever is told in those.
    if (unitsOf(singular(word)).length > 0) return [];
    const near = [this.#relatives.akin(singular(word))];
    const names = new Set([...near[0]!.keys()].flatMap((other) => this.#called.names.get(other)));
    const akin = best(
      [...names].flatMap((name) => {
        const cost = partial([singular(word)], near, name);
        return cost === undefined || (name.sense.type === 'field' && cost > COST.partOfTable)
          ? []
          : [{ ...name.sense, cost }];
      }),
    );
    return akin.length > 0 ? akin : this.#people(singular(word));
  }

  /** Senses of a verb or noun by the root that it shares with a name: `shipped` for shipments. */
  related(word: string): Sense[] {
    const own = this.#called.roots.get(root(word));
    if (own.length > 0) return best(own);
    const family = [word, ...verbBases(word), singular(word)].flatMap(derivedFrom);
    return best(family.flatMap((other) => this.#called.roots.get(root(other))));
  }

  /** Senses of a word that a name may hold abbreviated, by its first letters: `doctor` for tbl_doc. */
  shortened(word: string): Sense[] {
    const whole = singular(word);
    for (let length = Math.min(6, whole.length - 1); length >= 3; length--) {
      const senses = this.#called.short.get(whole.slice(0, length));
      if (senses.length > 0) return best(senses);
    }
    return abbreviations(this.#called.abbreviated.ofWord(whole, word));
  }

  /** Senses of several words by a name that their first letters make: `license card` for lcard. */
  lettered(words: readonly string[]): Sense[] {
    return abbreviations(this.#called.abbreviated.ofPhrase(words));
  }

  /** The words of names, in the singular and in the plural. */
  words(): ReadonlySet<string> {
    this.#words ??= new Set([...this.#called.names.keys()].flatMap((word) => [word, plural(word)]));
    return this.#words;
  }

  /** Everything that can be named, for "did you mean". */
  names(): string[] {
    const isName = (senses: readonly Sense[]) =>
      senses.some(({ type, cost }) => type !== 'label' && cost <= COST.head);
    return [...this.#called.phrases.keys()].filter((phrase) =>
      isName(this.#called.phrases.get(phrase)),
    );
  }

  #direct(phrase: string): Sense[] {
    const joined = phrase.includes(' ') ? this.#called.phrases.get(phrase.replaceAll(' ', '')) : [];
    return [...this.#called.phrases.get(phrase), ...joined];
  }
}

function abbreviations(fields: readonly Field[]): Sense[] {
  return fields.map((field) => ({ type: 'field', field, cost: COST.abbreviation }));
}

/** Names of tables that do not say what they hold. */
const LISTS = new Set('list roster register registry record directory profile contact'.split(' '));

const INFORMATION = new Set(['information', 'info', 'data', 'datum']);

/** Somebody's title is not what they are called. */
function isNameOfPerson(sense: Sense): boolean {
  return sense.type === 'field' && isKindOf(sense.field.table.words.at(-1) ?? '', 'person');
}

/** What a word names in part only counts for nothing beside the table that it names in whole. */
function isInPart(sense: Sense): boolean {
  if (sense.type === 'field') return sense.cost >= COST.part;
  if (sense.type !== 'table' || sense.via !== undefined || sense.by !== undefined) return false;
  return sense.cost > COST.name;
}
