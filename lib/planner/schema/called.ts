/** What everything in a schema is called: by its name, in part or in short, by its comments, labels and keys. */
import { isKindOf } from '../lexicon/wordnet.js';
import { root, singular } from '../text/inflection.js';
import { Abbreviated } from './abbreviated.js';
import {
  abbreviation,
  calledByKey,
  commentWords,
  detailOf,
  isCalledByColumn,
  isIdOf,
  isNameKey,
  isOwnId,
  namesPeople,
  titleOf,
  withoutTable,
  withoutUnit,
} from './bynames.js';
import { isLink } from './compounds.js';
import { ACCOUNTS, labelWords, nameWords } from './names.js';
import type { Name } from './partial.js';
import { countedIn } from './roles.js';
import type { Field, Schema, Step, Table } from './schema.js';
import { COST, type Sense } from './sense.js';
import { type Alike, Index } from './lookup.js';
import { flagWords, isCalledFlag } from './yes-no.js';

/** All names of a schema, each in the order of the catalog; read once, and then only asked. */
export class Called {
  readonly phrases = new Index<Sense>();
  readonly roots = new Index<Sense>();
  /** Senses by abbreviations as they stand in names: `doc`, `presc`. */
  readonly short = new Index<Sense>();
  readonly abbreviated = new Abbreviated();
  /** Names by each of their words, for those that are said in part or with other words. */
  readonly names = new Index<Name>();
  readonly #alike = new Map<string, Alike & { readonly fields: { at: number; value: Field }[] }>();
  /** How many tables, columns and keys were read: each has its place in the order of the catalog. */
  #at = 0;

  constructor(schema: Schema) {
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

  #add(phrase: string, sense: Sense): void {
    this.phrases.add(phrase, this.#at, sense);
  }

  #addRoot(word: string, sense: Sense): void {
    const key = rootKey(word);
    if (key !== undefined) this.roots.add(key, this.#at, sense);
  }

  #addTable(table: Table): void {
    const { words } = table;
    const own: Name = { words, owner: [], sense: { type: 'table', table, cost: 0 } };
    for (const word of new Set(words)) this.names.add(word, this.#at, own);
    this.short.add(abbreviation(table.relation.name), this.#at, {
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
    this.abbreviated.add(field);
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
      this.phrases.addAll(phrase, alike, (field) => ({ type: 'field', field, cost }));
    const isKey = role === 'key';
    add(words.join(' '), COST.name);
    for (const word of new Set(words)) {
      this.names.addAll(word, alike, nameOf);
    }
    if (!isKey) {
      this.short.addAll(abbreviation(column.name), alike, (field) => ({
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
        this.roots.addAll(key, alike, (field) => ({ type: 'field', field, cost: COST.root }));
    }
    if (role === 'flag' || isCalledFlag(first)) this.#addFlags(words, alike);
  }

  /** `is_active`: active is true of it, inactive is not. */
  #addFlags(named: readonly string[], alike: Alike): void {
    const words = flagWords(named);
    const phrase = words.join(' ');
    const flag = (value: boolean, cost: number) => (field: Field) =>
      ({ type: 'flag', field, value, cost }) as const;
    this.phrases.addAll(phrase, alike, flag(true, COST.name));
    for (const prefix of ['in', 'un', 'non ', 'not ', 'dis']) {
      this.phrases.addAll(prefix + phrase, alike, flag(false, COST.name));
    }
    const key = words.length === 1 ? rootKey(phrase) : undefined;
    if (key !== undefined) this.roots.addAll(key, alike, flag(true, COST.root));
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

/** Ends of column names that say the kind of value, not what it is: `shipped_at`, `hire_date`. */
const SUFFIX_WORDS = new Set(['at', 'on', 'date', 'time', 'timestamp', 'datetime', 'ts', 'code']);
