/** Steps between tables, in both directions: along declared foreign keys, and along inferred ones. */
import { isKindOf } from '../lexicon/wordnet.js';
import { inferredLinks } from './inferred.js';
import type { Field, GrowingTable, Step, Table } from './schema.js';

interface Link {
  readonly from: GrowingTable;
  readonly to: GrowingTable;
  readonly on: readonly (readonly [Field, Field])[];
  readonly common?: boolean;
  /** True where nothing keeps the table that is referred to from having several such rows. */
  readonly repeated?: boolean;
}

interface OneWay extends Omit<Step, 'from'> {
  readonly from: GrowingTable;
}

/** Both directions of every link, in a fixed order. */
export function linkTables(tables: readonly GrowingTable[]): OneWay[] {
  const byName = new Map(tables.map((table) => [qualified(table), table]));
  const links = tables.flatMap((table) => declared(table, byName));
  const linked = new Set(links.flatMap(({ on }) => on.map(([field]) => field)));
  const keyed = tables.some(({ relation }) => relation.primaryKey.length > 0);
  const inferred = inferredLinks(tables, linked).map((link) => ({
    ...link,
    repeated: keyed && !isDeclaredUnique(link),
  }));
  return [...links, ...inferred].flatMap(bothWays);
}

/** Where others say what their key is, a table that says nothing may have many rows of one `team_id`: one for each season. */
function isDeclaredUnique({ to: { relation }, on }: Pick<Link, 'to' | 'on'>): boolean {
  const names = new Set(on.map(([, { column }]) => column.name));
  const keys = [relation.primaryKey, ...relation.uniques].filter((key) => key.length > 0);
  return keys.some((key) => key.every((name) => names.has(name)));
}

function qualified({ relation: { schema, name } }: Table): string {
  return JSON.stringify([schema, name]);
}

function declared(from: GrowingTable, byName: ReadonlyMap<string, GrowingTable>): Link[] {
  return from.relation.foreignKeys.flatMap(({ columns, references }) => {
    const to = byName.get(JSON.stringify([references.schema, references.relation]));
    if (to === undefined) return [];
    const on = columns.map(
      (name, i) => [fieldOf(from, name), fieldOf(to, references.columns[i] ?? '')] as const,
    );
    if (!on.every(([own, other]) => own !== undefined && other !== undefined)) return [];
    const link = { from, to, on: on as (readonly [Field, Field])[] };
    return isMistaken(link, [...byName.values()]) ? [] : [link];
  });
}

/**
 * A table that refers to itself by a column that bears the whole name of another table and of its key: that table is
 * what the name speaks of, and what a person asks about, whatever the constraint was declared to.
 */
function isMistaken({ from, to, on: [first, ...more] }: Link, tables: readonly Table[]): boolean {
  if (from !== to || first === undefined || more.length > 0) return false;
  const [{ column, words }] = first;
  return tables.some(
    (table) =>
      table !== from &&
      table.key.length === 1 &&
      table.key[0]!.column.name === column.name &&
      words.length > table.words.length &&
      table.words.every((word, i) => words[i] === word),
  );
}

function fieldOf({ fields }: Table, name: string): Field | undefined {
  return fields.find(({ column }) => column.name === name);
}

function bothWays({ from, to, on, common = false, repeated = false }: Link): OneWay[] {
  const own = on.map(([field]) => field);
  const nullable = own.some(({ column }) => !column.notNull);
  const unique = isUnique(from, own) || isWhoOneIs({ from, to, on });
  const role = common || isSameName(on) ? [] : roleWords(own, to);
  return [
    {
      from,
      to,
      on,
      toOne: !common && !repeated,
      optional: nullable || common,
      forward: true,
      role,
    },
    {
      from: to,
      to: from,
      on: on.map(([a, b]) => [b, a] as const),
      toOne: unique,
      optional: true,
      forward: false,
      role,
    },
  ];
}

/**
 * A table of people without names that refers to one of people with names, by the very name of its key: each row there
 * is one person in a part, a professor among the employees, whether or not a constraint says so.
 */
function isWhoOneIs({ from, to, on: [first, ...more] }: Link): boolean {
  if (first === undefined || more.length > 0 || from.key.length > 0) return false;
  const [own, other] = first;
  const isPeople = ({ words }: Table) => isKindOf(words.at(-1) ?? '', 'person');
  return (
    own.column.name === other.column.name &&
    from.fields[0] === own &&
    from.naming.length === 0 &&
    isPeople(from) &&
    isPeople(to)
  );
}

function isUnique({ relation, key }: Table, fields: readonly Field[]): boolean {
  const names = new Set(fields.map(({ column }) => column.name));
  const declared = [relation.primaryKey, ...relation.uniques].filter((one) => one.length > 0);
  const keys = declared.length > 0 ? declared : [key.map(({ column }) => column.name)];
  return keys.some((key) => key.length > 0 && key.every((name) => names.has(name)));
}

/** `supplierid` of `supplierid`: whoever calls a row as its own table does says nothing more of it. */
function isSameName(on: readonly (readonly [Field, Field])[]): boolean {
  return on.every(([own, other]) => own.column.name === other.column.name);
}

/** What is left of the key's name without `id` and without the table that it refers to. */
function roleWords(own: readonly Field[], to: Table): string[] {
  const [field] = own;
  if (field === undefined || own.length > 1) return [];
  const keyWords = new Set(['id', 'key', 'code', 'number', 'no', 'uuid', 'ref', 'fk']);
  const words = field.words.filter((word) => !keyWords.has(word));
  // What the table itself calls its key is no part that its rows play: `branch_id` of banks.
  const [key] = to.key;
  const same = key?.role === 'key' && field.words.join(' ') === key.words.join(' ');
  if (same) return [];
  // Nor is a name, where rows are referred to by theirs: `club_name` of clubs.
  const isNaming = (word: string) => NAMING.has(word) && key?.words.includes(word) === true;
  const left = words.filter((word) => !to.words.includes(word) && !isNaming(word));
  // `start_trail_head_id` of trailheads, however the name is cut.
  const whole = to.words.join('');
  const cut = left.findIndex((_, i) => left.slice(i).join('') === whole);
  return cut < 0 ? left : left.slice(0, cut);
}

const NAMING = new Set(['name', 'title', 'label']);
