/** The catalog as the planner sees it: tables, fields with their roles, and the steps between tables. */
import type { Catalog, Column, Relation } from '../../catalog/catalog.js';
import { linkTables } from './links.js';
import { behindInitials, initialsIn, nameWords, relationWords, splitGlued } from './names.js';
import { namingFields, type Role, roleOf, type TypeFamily, typeFamily } from './roles.js';
import { Spelling } from './spelling.js';

export interface Field {
  readonly table: Table;
  readonly column: Column;
  readonly words: readonly string[];
  readonly family: TypeFamily;
  readonly role: Role;
}

export interface Table {
  /** Position in the catalog, which is also the order that ties are broken by. */
  readonly index: number;
  readonly relation: Relation;
  readonly words: readonly string[];
  readonly fields: readonly Field[];
  /** The fields that tell one row from another; empty where nothing is declared to. */
  readonly key: readonly Field[];
  /** The fields that a person would call a row by. */
  readonly naming: readonly Field[];
  /** Where one can go from here along a foreign key, in both directions. */
  readonly steps: readonly Step[];
}

/** One foreign key, walked in one direction. */
export interface Step {
  readonly from: Table;
  readonly to: Table;
  readonly on: readonly (readonly [from: Field, to: Field])[];
  /** At most one row there for each row here: walking it repeats no row. */
  readonly toOne: boolean;
  /** There may be no row there at all. */
  readonly optional: boolean;
  /** True when walked from the referencing table to the referenced one. */
  readonly forward: boolean;
  /** What the key's own name says beside the table's: `billing`, `manager`. */
  readonly role: readonly string[];
}

export interface Schema {
  readonly catalog: Catalog;
  readonly tables: readonly Table[];
  readonly spelling: Spelling;
}

/** @param spelling what names are short for */
export function buildSchema(catalog: Catalog, spelling = Spelling.of(catalog)): Schema {
  const letters = new Set(catalog.relations.map(({ name }) => name[0]!.toLowerCase()));
  const tables = catalog.relations.map((relation, index) =>
    buildTable(relation, index, { letters, spelling }),
  );
  for (const step of linkTables(tables)) step.from.steps.push(step);
  return { catalog, tables, spelling };
}

export type GrowingTable = Table & { readonly steps: Step[] };

interface Names {
  /** What tables' names begin with. */
  readonly letters: ReadonlySet<string>;
  readonly spelling: Spelling;
}

function buildTable(relation: Relation, index: number, { letters, spelling }: Names): GrowingTable {
  const table = {
    index,
    relation,
    words: relationWords(spelling.relation(relation)),
    fields: [] as Field[],
    key: [] as Field[],
    naming: [] as Field[],
    steps: [] as Step[],
  };
  const names = relation.columns.map(({ name }) => name);
  const initials = initialsIn(names, letters);
  for (const column of relation.columns) {
    const name = spelling.column(relation, column);
    const words =
      (name === column.name ? behindInitials(name, initials) : undefined) ??
      inOrder(ended(splitGlued(nameWords(name), table.words), names));
    const family = typeFamily(column);
    const role = spelling.isReference(relation, column)
      ? 'key'
      : roleOf({ column, words, family, relation, tableWords: table.words });
    table.fields.push({ table, column, words, family, role });
  }
  table.key.push(...keyOf(table));
  table.naming.push(...namingFields(table));
  return table;
}

/** `room_no` is its number, and `run_min` is told in minutes where nothing beside it is a maximum. */
function ended(words: string[], columns: readonly string[]): string[] {
  const start = words.slice(0, -1);
  if (start.length === 0) return words;
  if (words.at(-1) === 'no') return [...start, 'number'];
  const minutes = words.at(-1) === 'minimum' && !columns.some((name) => /max/i.test(name));
  return minutes ? [...start, 'minute'] : words;
}

/** `name_first` is the first name. */
function inOrder(words: string[]): string[] {
  const [name = '', which = ''] = words.slice(-2);
  return name === 'name' && /^(?:first|last|middle|full)$/.test(which)
    ? [...words.slice(0, -2), which, name]
    : words;
}

function keyOf({ relation, fields, words }: Table): Field[] {
  const named = (names: readonly string[]) =>
    names.flatMap((name) => fields.filter(({ column }) => column.name === name));
  if (relation.primaryKey.length > 0) return named(relation.primaryKey);
  const unique = relation.uniques.find((names) =>
    named(names).every(({ column }) => column.notNull),
  );
  if (unique !== undefined) return named(unique);
  // Without any constraint a column that is called the table's id is the best that there is.
  const own = ['id', `${words.join(' ')} id`];
  // An initial may be another table's: `rid` of ratings that refers to reviewers.
  const refers = ({ column: { name } }: Field) =>
    relation.foreignKeys.some(({ columns }) => columns.length === 1 && columns[0] === name) &&
    !own.includes(nameWords(name).join(' '));
  const id = fields.find(
    (field) => field.role === 'key' && own.includes(field.words.join(' ')) && !refers(field),
  );
  return id === undefined ? [] : [id];
}
