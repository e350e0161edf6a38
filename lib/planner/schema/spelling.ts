/**
 * Names as their words would be written in full: `m_typ` of members is `member_typ`, `fno` that leads to farms is
 * `farm_no`, and what a request says in full is spelt so wherever a name has it short.
 */
import type { Catalog, Column, ForeignKey, Relation } from '../../catalog/catalog.js';
import { NAME_AFFIXES } from '../lexicon/abbreviations.js';
import { isUnitOfName } from '../lexicon/units.js';
import { isEnglish } from '../lexicon/wordnet.js';
import { type TypeFamily, typeFamily } from './roles.js';
import {
  type Beginnings,
  behind,
  beginningsOf,
  ENDS,
  isPlainWord,
  standsFor,
} from './beginnings.js';
import { isBeginning, isShort, shortens } from './shortening.js';

/** Short part of a name → the word that a request has for it. */
export type Said = ReadonlyMap<string, string>;

export interface Short {
  readonly ofTables: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

/** What any table may have one of, and what is then written behind the table's first letters. */
const OWN_END = /^(id|no|num|nbr|nr|cd|code|nm|name|title|ttl|typ|type|desc)$/;
const OWN_ENDS = new RegExp(`^(.{1,4}?)${OWN_END.source.slice(1)}`);

interface Entry {
  readonly relation: Relation;
  /** The relation's own words, as they are written. */
  readonly parts: readonly string[];
  /** What columns are called, in words joined by underscores. */
  readonly columns: Map<string, string>;
  /** What columns begin with in the table's stead. */
  readonly prefixes: ReadonlySet<string>;
  /** Columns that are short for another table's key. */
  readonly referring: Set<string>;
}

export class Spelling {
  readonly #entries: ReadonlyMap<Relation, Entry>;
  readonly #said: Said;
  #short: Short | undefined;

  constructor(entries: ReadonlyMap<Relation, Entry>, said: Said) {
    this.#entries = entries;
    this.#said = said;
  }

  /** Names as the catalog alone tells what they mean. */
  static of({ relations }: Catalog): Spelling {
    const names = new Set(relations.map(({ name }) => ownParts(name).join('')));
    const entries = new Map(
      relations.map((relation) => [relation, entryOf(relation, names)] as const),
    );
    const all = [...entries.values()];
    const known = knownOf(all);
    for (const entry of all) {
      for (const column of entry.relation.columns) {
        const name = entry.columns.get(column.name)!;
        if (name !== plainly(column.name)) continue;
        const key = referring(entry, column, known);
        if (key === undefined) continue;
        entry.columns.set(column.name, key);
        entry.referring.add(column.name);
      }
    }
    return new Spelling(entries, new Map());
  }

  with(said: Said): Spelling {
    return new Spelling(this.#entries, said);
  }

  relation(relation: Relation): string {
    const entry = this.#entries.get(relation)!;
    return entry.parts.some((part) => this.#said.has(part))
      ? this.#spelt(entry.parts.join('_'))
      : relation.name;
  }

  column(relation: Relation, { name }: Column): string {
    const written = this.#entries.get(relation)!.columns.get(name)!;
    const spelt = this.#spelt(written);
    return spelt === plainly(name) ? name : spelt;
  }

  /** Whether a column is short for another table's key. */
  isReference(relation: Relation, { name }: Column): boolean {
    return this.#entries.get(relation)!.referring.has(name);
  }

  /** Every part of a name that may be short for something. */
  short(): Short {
    this.#short ??= this.#shortParts();
    return this.#short;
  }

  #shortParts(): Short {
    const entries = [...this.#entries.values()];
    const names = entries.flatMap(({ columns }) =>
      [...columns.values()].flatMap((name) => {
        const parts = name.split('_');
        const last = parts.at(-1)!;
        const measured = parts.length > 1 && (isUnitOfName(last) || last === 'pct');
        return parts.filter(
          (part, i) => isShort(part) || (measured && i === 0 && isBeginning(part)),
        );
      }),
    );
    const ofTables = new Set(entries.flatMap(({ parts }) => parts).filter(isShort));
    return { ofTables, all: new Set([...ofTables, ...names]) };
  }

  #spelt(name: string): string {
    return name
      .split('_')
      .map((part) => this.#said.get(part) ?? part)
      .join('_');
  }
}

function partsOf(identifier: string): string[] {
  return identifier
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

function plainly(identifier: string): string {
  return partsOf(identifier).join('_');
}

/** A relation's parts without those that say only that it is one. */
function ownParts(name: string): string[] {
  const written = partsOf(name);
  const kept = written.filter((part) => !NAME_AFFIXES.has(part));
  return kept.length === 0 ? written : kept;
}

/** @param tables the names of all relations */
function entryOf(relation: Relation, tables: ReadonlySet<string>): Entry {
  const parts = ownParts(relation.name);
  const names = relation.columns.map(({ name }) => partsOf(name));
  const beginnings = beginningsOf(parts, names, tables);
  const columns = new Map(
    relation.columns.map(({ name }, i) => {
      // What is declared to lead to another table is called after that one.
      const leads = relation.foreignKeys.some((key) => leadsAway(key, relation, name));
      const own = leads ? undefined : ownName(parts, names[i]!, { names, beginnings });
      return [name, (own ?? names[i]!).join('_')] as const;
    }),
  );
  return { relation, parts, columns, prefixes: beginnings.apart, referring: new Set() };
}

function leadsAway({ columns, references }: ForeignKey, own: Relation, name: string): boolean {
  const elsewhere = references.relation !== own.name || references.schema !== own.schema;
  return elsewhere && columns.length === 1 && columns[0] === name;
}

interface Around {
  readonly names: readonly (readonly string[])[];
  readonly beginnings: Beginnings;
}

/** A column's parts, with the table's in full where they begin with what is short for it. */
function ownName(
  table: readonly string[],
  parts: readonly string[],
  { names, beginnings }: Around,
): string[] | undefined {
  const rest = behind(parts, beginnings);
  if (rest !== undefined) {
    if (rest.length === 1 && rest[0] === 'name' && !isOnlyName(parts.join(''), names)) return rest;
    // What any table may have one of is told by the table's name.
    return rest.length === 1 && OWN_END.test(rest[0]!) ? [...table, ...rest] : rest;
  }
  const [start = '', ...more] = parts;
  if (more.length > 0) return undefined;
  const [, letters = '', end = ''] = OWN_ENDS.exec(start) ?? [];
  if (letters === '' || !standsFor(letters, table)) return undefined;
  // People have a first, a middle and a last name; only where there is none of another kind it is the table's.
  if (end === 'name' && /^[flms]$/.test(letters))
    return isOnlyName(start, names) ? [...table, end] : undefined;
  if (start !== (names[0] ?? [])[0] && (isEnglish(start) || isPlainWord(letters))) return undefined;
  return isPlainWord(letters) || start === table.join('') ? undefined : [...table, end];
}

function isOnlyName(name: string, names: readonly (readonly string[])[]): boolean {
  return !names.some((parts) => {
    const whole = parts.join('');
    return whole !== name && /(?:first|last|sur|family|given|[a-z]?[fls])(?:name|nm)$/.test(whole);
  });
}

interface Key {
  readonly entry: Entry;
  readonly family: TypeFamily;
  readonly parts: readonly string[];
  readonly end: string | undefined;
}

/** What columns may be short for, looked up for each of them: a schema may have thousands. */
interface Known {
  /** Names of tables, written in one. */
  readonly tables: ReadonlySet<string>;
  readonly keys: readonly Key[];
  /** Keys with an end, by their columns' names written in one. */
  readonly alike: ReadonlyMap<string, readonly Key[]>;
  readonly ending: ReadonlyMap<string, readonly Key[]>;
}

function knownOf(entries: readonly Entry[]): Known {
  const keys = keysOf(entries);
  const alike = new Map<string, Key[]>();
  const ending = new Map<string, Key[]>();
  for (const { key, written } of keys) {
    if (key.end === undefined) continue;
    alike.set(written, [...(alike.get(written) ?? []), key]);
    ending.set(key.end, [...(ending.get(key.end) ?? []), key]);
  }
  return {
    tables: new Set(entries.map(({ parts }) => parts.join(''))),
    keys: keys.map(({ key }) => key),
    alike,
    ending,
  };
}

/** What tells the rows of each table apart: what is declared to, or the first column. */
function keysOf(entries: readonly Entry[]): { key: Key; written: string }[] {
  return entries.flatMap((entry) => {
    const { relation, columns } = entry;
    const [first] = relation.columns;
    const names = relation.primaryKey.length > 0 ? relation.primaryKey : [first?.name ?? ''];
    return relation.columns
      .filter(({ name }) => names.includes(name))
      .map((column) => {
        const parts = columns.get(column.name)!.split('_');
        const key = { entry, family: typeFamily(column), parts, end: ENDS.get(parts.at(-1)!) };
        return { key, written: partsOf(column.name).join('') };
      });
  });
}

/** The name of a column that is short for another table's key: `bno` of `b_no`, `rdr_id` of riders' ids. */
function referring(entry: Entry, column: Column, known: Known): string | undefined {
  const parts = partsOf(column.name);
  if (parts.length > 1 && known.tables.has(parts.slice(0, -1).join(''))) return undefined;
  const family = typeFamily(column);
  const only = (keys: readonly Key[] | undefined, fits: (key: Key) => boolean = () => true) =>
    unique(
      (keys ?? [])
        .filter((key) => key.entry !== entry && key.family === family && fits(key))
        .map((key) => key.parts.join('_')),
    );
  const alike = only(known.alike.get(parts.join('')));
  if (alike !== undefined) return alike;
  const [, letters, ending] = /^(.{1,6}?)(id|no|num|nbr|nr|cd|code)$/.exec(parts.at(-1)!) ?? [];
  const isGlued = letters !== undefined && !isEnglish(parts.at(-1)!);
  const role = parts.slice(0, isGlued ? -1 : -2);
  const short = isGlued ? letters : (parts.at(-2) ?? '');
  const end = ENDS.get(isGlued ? ending! : parts.at(-1)!);
  if (end !== undefined && short !== '' && !isPlainWord(short)) {
    if (known.tables.has(short)) return undefined;
    const name = only(known.ending.get(end), (key) => isShortFor(short, key.entry));
    return name === undefined ? undefined : [...role, name].join('_');
  }
  const last = parts.at(-1)!;
  if (last.length < 2 || isPlainWord(last) || known.tables.has(last)) return undefined;
  const name = only(known.keys, (key) => isAlone(key) && isCalled(last, key.entry));
  return name === undefined ? undefined : [...parts.slice(0, -1), name].join('_');
}

function isAlone({ entry: { relation } }: Key): boolean {
  return relation.primaryKey.length < 2;
}

/** Whether letters stand for a table where a key's end follows. */
function isShortFor(letters: string, { parts, prefixes }: Entry): boolean {
  if (parts.join('') === letters) return false;
  if (prefixes.has(letters)) return true;
  if (letters.length === 1) return parts[0]![0] === letters;
  return [parts.join(''), parts.at(-1)!].some((word) => shortens(letters, word) !== undefined);
}

/** Whether letters stand for a table where nothing else is said. */
function isCalled(letters: string, { parts, prefixes }: Entry): boolean {
  return (
    (prefixes.has(letters) && parts.join('') !== letters) ||
    (parts.length === 1 && !/[aeiou]/.test(letters) && (shortens(letters, parts[0]!) ?? 1) <= 0.3)
  );
}

function unique(names: readonly string[]): string | undefined {
  const [name, ...more] = new Set(names);
  return more.length === 0 ? name : undefined;
}
