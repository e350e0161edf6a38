/** What the words of a request may name in the schema: an index over names, synonyms, roots and comments. */
import { SYNONYMS } from '../lexicon/synonyms.js';
import { unitsOf, unitWordsOf } from '../lexicon/units.js';
import { derivedFrom, isKindOf } from '../lexicon/wordnet.js';
import { plural, root, singular, verbBases } from '../text/inflection.js';
import { Abbreviated } from './abbreviated.js';
import { best } from './best.js';
import {
  abbreviation,
  calledByKey,
  commentWords,
  detailOf,
  isIdOf,
  isNameKey,
  isOwnId,
  namesPeople,
  titleOf,
  withoutTable,
  withoutUnit,
} from './bynames.js';
import { compounded, isLink } from './compounds.js';
import { unglue } from './glued.js';
import { ACCOUNTS, labelWords, nameWords, plainWords } from './names.js';
import { countedIn } from './roles.js';
import { alike } from './likeness.js';
import { type Name, partial } from './partial.js';
import { Relatives } from './relatives.js';
import { type Alike, Index } from './senses.js';
import type { Field, Schema, Step, Table } from './schema.js';
import { flagWords, isCalledFlag } from './yes-no.js';

/** Evidence costs: the lower, the stronger. Names stand well before synonyms, and those before comments. */
export const COST = {
  name: 0,
  short: 0.1,
  head: 0.5,
  synonym: 0.6,
  part: 0.8,
  root: 0.85,
  comment: 1.1,
  abbreviation: 0.3,
  title: 0.32,
  partOfTable: 1.3,
  commentOfTable: 1.5,
} as const;

export type Sense =
  | {
      readonly type: 'table';
      readonly table: Table;
      readonly cost: number;
      readonly via?: Step;
      /** The column by whose name the rows are called. */
      readonly by?: Field;
    }
  | { readonly type: 'field'; readonly field: Field; readonly cost: number }
  | { readonly type: 'label'; readonly field: Field; readonly label: string; readonly cost: number }
  | {
      readonly type: 'flag';
      readonly field: Field;
      /** What the column has to be. */
      readonly value: boolean;
      readonly cost: number;
    };

export class Vocabulary {
  readonly #phrases = new Index<Sense>();
  readonly #roots = new Index<Sense>();
  /** Senses by abbreviations as they stand in names: `doc`, `presc`. */
  readonly #short = new Index<Sense>();
  readonly #abbreviated = new Abbreviated();
  /** Names by each of their words, for those that are said in part or with other words. */
  readonly #names = new Index<Name>();
  readonly #relatives = new Relatives(this.#names);
  readonly #alike = new Map<string, Alike & { readonly fields: { at: number; value: Field }[] }>();
  /** How many tables, columns and keys were read: each has its place in the order of the catalog. */
  #at = 0;
  readonly #known = new Map<string, Sense[]>();
  readonly #anywhere = new Map<string, readonly Sense[]>();
  readonly #tables: readonly Table[];
  #words: ReadonlySet<string> | undefined;

  constructor(schema: Schema) {
    this.#tables = schema.tables;
    for (const table of schema.tables) {
      this.#at++;
      this.#addTable(table);
      for (const field of table.fields) {
        this.#at++;
        this.#addField(field);
      }
      this.#at++;
      for (const step of table.steps) if (step.forward) this.#addRole(step);
    }
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
    const written = glued === words.join('') ? [] : this.#phrases.get(glued);
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
    const names = new Set([...near[0]!.keys()].flatMap((other) => this.#names.get(other)));
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
    if (heads.length === 0) return senses;
    return [...others, ...heads.map((table): Sense => ({ type: 'table', table, cost: COST.name }))];
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
      near.flatMap((all) => [...all.keys()].flatMap((word) => this.#names.get(word))),
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
      words: () => this.#names.keys(),
    });
  }

  /** Senses of a word by a meaning that it shares with a word of a name: `vehicle` for cars. */
  akin(word: string): Sense[] {
    // "all information" asks for everything, never for what is akin to the word: accounts.
    if (INFORMATION.has(singular(word))) return [];
    // An hour is no minute, whatever is told in those.
    if (unitsOf(singular(word)).length > 0) return [];
    const near = [this.#relatives.akin(singular(word))];
    const names = new Set([...near[0]!.keys()].flatMap((other) => this.#names.get(other)));
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
    const own = this.#roots.get(root(word));
    if (own.length > 0) return best(own);
    const family = [word, ...verbBases(word), singular(word)].flatMap(derivedFrom);
    return best(family.flatMap((other) => this.#roots.get(root(other))));
  }

  /** Senses of a word that a name may hold abbreviated, by its first letters: `doctor` for tbl_doc. */
  shortened(word: string): Sense[] {
    const whole = singular(word);
    for (let length = Math.min(6, whole.length - 1); length >= 3; length--) {
      const senses = this.#short.get(whole.slice(0, length));
      if (senses.length > 0) return best(senses);
    }
    return abbreviations(this.#abbreviated.ofWord(whole, word));
  }

  /** Senses of several words by a name that their first letters make: `license card` for lcard. */
  lettered(words: readonly string[]): Sense[] {
    return abbreviations(this.#abbreviated.ofPhrase(words));
  }

  /** The words of names, in the singular and in the plural. */
  words(): ReadonlySet<string> {
    this.#words ??= new Set([...this.#names.keys()].flatMap((word) => [word, plural(word)]));
    return this.#words;
  }

  /** Everything that can be named, for "did you mean". */
  names(): string[] {
    const isName = (senses: readonly Sense[]) =>
      senses.some(({ type, cost }) => type !== 'label' && cost <= COST.head);
    return [...this.#phrases.keys()].filter((phrase) => isName(this.#phrases.get(phrase)));
  }

  #direct(phrase: string): Sense[] {
    const joined = phrase.includes(' ') ? this.#phrases.get(phrase.replaceAll(' ', '')) : [];
    return [...this.#phrases.get(phrase), ...joined];
  }

  #add(phrase: string, sense: Sense): void {
    this.#phrases.add(phrase, this.#at, sense);
  }

  #addRoot(word: string, sense: Sense): void {
    const key = rootKey(word);
    if (key !== undefined) this.#roots.add(key, this.#at, sense);
  }

  #addTable(table: Table): void {
    const { words } = table;
    const own: Name = { words, owner: [], sense: { type: 'table', table, cost: 0 } };
    for (const word of new Set(words)) this.#names.add(word, this.#at, own);
    this.#short.add(abbreviation(table.relation.name), this.#at, {
      ...{ type: 'table', table, cost: COST.abbreviation },
    });
    // Rows of a table hobby_type whose key is a hobby are hobbies: their types are in a column of that name.
    const cost = isCalledByColumn(table) ? COST.head : COST.name;
    this.#add(words.join(' '), { type: 'table', table, cost });
    if (words.length > 1) {
      // Rows that only tie others together are hardly what is meant where another table's name ends so as well.
      const head = COST.head + (isLink(table) ? 0.6 : 0);
      this.#add(words.at(-1)!, { type: 'table', table, cost: head });
      this.#add(words[0]!, { type: 'table', table, cost: COST.partOfTable });
      // What is kept of somebody stands for them: `user_accounts`, `customer_profile`.
      const whose = words.slice(0, -1);
      if (ACCOUNTS.has(words.at(-1)!) && isKindOf(whose.at(-1)!, 'person'))
        this.#add(whose.join(' '), { type: 'table', table, cost: COST.head });
    }
    for (const word of words) this.#addRoot(word, { type: 'table', table, cost: COST.root });
    // What a thing is called by is its name, whatever the column is called.
    const [name, ...more] = table.naming;
    if (name !== undefined && more.length === 0 && name.words.join(' ') !== 'name') {
      this.#add('name', { type: 'field', field: name, cost: COST.short });
    }
    // Where a table has no name at all, the free text about a thing is what it can be told by.
    const told = table.naming.length > 0 ? undefined : detailOf(table);
    if (told !== undefined) this.#add('name', { type: 'field', field: told, cost: COST.head });
    // So with what tells its rows apart: the id of a reviewer is its `rid`.
    const [key, ...parts] = table.key;
    if (key !== undefined && parts.length === 0 && !table.fields.some((one) => isIdOf(one, key))) {
      // A name tells rows apart as well, but is hardly what is called an id.
      const cost = isNameKey(key) ? COST.head : COST.short;
      this.#add('id', { type: 'field', field: key, cost });
      this.#add([...words, 'id'].join(' '), { type: 'field', field: key, cost: COST.short });
    }
    // A name tells rows apart, but where they have a number of their own as well that is their id.
    const [number, ...others] =
      key !== undefined && isNameKey(key) ? table.fields.filter(isOwnId) : [];
    if (number !== undefined && others.length === 0)
      this.#add('id', { type: 'field', field: number, cost: COST.short });
    // A key may call the rows by another name than the table has: `branch_id` of banks.
    const called = parts.length === 0 ? calledByKey(table) : [];
    if (called.length > 0) {
      this.#add(called.join(' '), { type: 'table', table, cost: COST.short });
      this.#add([...words, ...called].join(' '), { type: 'table', table, cost: COST.short });
    }
    const titled = titleOf(table.relation.comment);
    if (titled !== undefined) this.#add(titled, { type: 'table', table, cost: COST.title });
    for (const word of commentWords(table.relation.comment)) {
      this.#add(word, { type: 'table', table, cost: COST.commentOfTable });
    }
  }

  #addField(field: Field): void {
    this.#abbreviated.add(field);
    const { table, words, column, role, family } = field;
    const kind = `${words.join(' ')}|${column.name}|${role}|${family}`;
    const alike = this.#alike.get(kind);
    if (alike === undefined) this.#addAlike(kind, field);
    else alike.fields.push({ at: this.#at, value: field });
    // What is not the same for all that are called so.
    const written = nameWords(column.name).join(' ');
    if (written !== words.join(' ')) this.#add(written, { type: 'field', field, cost: COST.name });
    const short = withoutTable(words, table.words);
    if (short !== undefined) this.#add(short.join(' '), { type: 'field', field, cost: COST.short });
    const titled = titleOf(column.comment);
    if (titled !== undefined) {
      this.#add(titled, { type: 'field', field, cost: COST.title });
      if (role === 'flag')
        this.#add(titled, { type: 'flag', field, value: true, cost: COST.title });
    }
    for (const word of commentWords(column.comment)) {
      this.#add(word, { type: 'field', field, cost: COST.comment });
    }
    for (const label of family === 'enum' ? (column.enumLabels ?? []) : []) {
      const spelt = labelWords(label);
      this.#add(spelt.map(singular).join(' '), { type: 'label', field, label, cost: COST.name });
      if (spelt.length === 1)
        this.#addRoot(spelt[0]!, { type: 'label', field, label, cost: COST.root });
    }
    if (namesPeople(field))
      this.#add(words.join(' '), { type: 'table', table, by: field, cost: COST.part });
  }

  /** The senses of all columns that are called as the first one is. */
  #addAlike(kind: string, first: Field): void {
    const { words, column, role } = first;
    const alike = { fields: [{ at: this.#at, value: first }] };
    this.#alike.set(kind, alike);
    const add = (phrase: string, cost: number) =>
      this.#phrases.addAll(phrase, alike, (field) => ({ type: 'field', field, cost }));
    const isKey = role === 'key';
    add(words.join(' '), COST.name);
    for (const word of new Set(words)) {
      this.#names.addAll(word, alike, nameOf);
    }
    if (!isKey) {
      this.#short.addAll(abbreviation(column.name), alike, (field) => ({
        ...{ type: 'field', field, cost: COST.abbreviation },
      }));
    }
    // What is written in two words there may be said in one: the username is in user_name.
    if (words.length === 2 && !isKey) add(words.join(''), COST.short);
    const bare = words.filter((word) => !SUFFIX_WORDS.has(word));
    if (bare.length > 0 && bare.length < words.length && !isKey) add(bare.join(' '), COST.short);
    // `reported_on` is the date, and the reported date.
    if (role === 'time' && bare.length > 0 && /^(?:on|at)$/.test(words.at(-1)!)) {
      add('date', COST.head);
      add([...bare, 'date'].join(' '), COST.short);
    }
    const plain = withoutUnit(words);
    if (plain !== undefined && role === 'measure') add(plain.join(' '), COST.short);
    // The "page count" is what is kept as number_of_pages.
    const counted = role === 'measure' ? countedIn(words) : undefined;
    if (counted !== undefined) add([...counted, 'count'].join(' '), COST.short);
    if (words.length > 1) {
      add(words.at(-1)!, COST.head);
      if (words.length > 2) add(words.slice(-2).join(' '), COST.head);
      // "date_order_placed" is a date, as "order_date" is.
      const isDate = role === 'time' && words[0] === 'date';
      if (!isKey) add(words[0]!, isDate ? COST.head : COST.part);
    }
    for (const word of isKey ? [] : words) {
      const key = rootKey(word);
      if (key !== undefined)
        this.#roots.addAll(key, alike, (field) => ({ type: 'field', field, cost: COST.root }));
    }
    if (role === 'flag' || isCalledFlag(first)) this.#addFlags(words, alike);
  }

  /** `is_active`: active is true of it, inactive is not. */
  #addFlags(named: readonly string[], alike: Alike): void {
    const words = flagWords(named);
    const phrase = words.join(' ');
    const flag = (value: boolean, cost: number) => (field: Field) =>
      ({ type: 'flag', field, value, cost }) as const;
    this.#phrases.addAll(phrase, alike, flag(true, COST.name));
    for (const prefix of ['in', 'un', 'non ', 'not ', 'dis']) {
      this.#phrases.addAll(prefix + phrase, alike, flag(false, COST.name));
    }
    const key = words.length === 1 ? rootKey(phrase) : undefined;
    if (key !== undefined) this.#roots.addAll(key, alike, flag(true, COST.root));
  }

  /** `manager_id` makes the table that it leads to findable as manager. */
  #addRole(step: Step): void {
    if (step.role.length === 0) return;
    const sense: Sense = { type: 'table', table: step.to, via: step, cost: COST.short };
    this.#add(step.role.join(' '), sense);
    this.#add([...step.role, ...step.to.words].join(' '), sense);
    this.#addRoot(step.role[0]!, { ...sense, cost: COST.root });
  }
}

/** One and the same for every asking: a name counts once, by whichever of its words it is found. */
const nameOf = remembered((field: Field): Name => {
  const { words, table } = field;
  return { words, owner: table.words, sense: { type: 'field', field, cost: 0 } };
});

function remembered<Key extends object, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const kept = new WeakMap<Key, Value>();
  return (key) => {
    const value = kept.get(key) ?? of(key);
    kept.set(key, value);
    return value;
  };
}

/** Undefined for what is too short to be the root of anything. */
function rootKey(word: string): string | undefined {
  const key = root(word);
  return key.length < 3 ? undefined : key;
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

/** Ends of column names that say the kind of value, not what it is: `shipped_at`, `hire_date`. */
const SUFFIX_WORDS = new Set(['at', 'on', 'date', 'time', 'timestamp', 'datetime', 'ts', 'code']);

/** What a word names in part only counts for nothing beside the table that it names in whole. */
function isInPart(sense: Sense): boolean {
  if (sense.type === 'field') return sense.cost >= COST.part;
  if (sense.type !== 'table' || sense.via !== undefined || sense.by !== undefined) return false;
  return sense.cost > COST.name;
}

/** Whether a column that tells no row from another has the table's very name, and the key has another one. */
function isCalledByColumn({ words, fields, key: [key, ...more] }: Table): boolean {
  if (key === undefined || more.length > 0 || key.role !== 'key' || key.family !== 'text')
    return false;
  const name = words.join(' ');
  return (
    name.startsWith(`${key.words.join(' ')} `) &&
    fields.some((field) => field !== key && field.words.join(' ') === name)
  );
}
