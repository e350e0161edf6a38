/**
 * Requests that ask for the database itself and not for rows: which tables there are, how one is made, where something is
 * kept, what holds a text. They go to the tools that know.
 */
import { relationNamer } from '../catalog/ddl.js';
import { NotUnderstoodError } from '../errors.js';
import { quoteIdentifier } from '../sql/quote.js';
import type { Grounds, Lattice } from './lattice.js';
import { isStructureWord } from './lexicon/structure.js';
import { PARTS_OF_DATABASES, type RouteKind, ROUTES, TELLING, UNSAID } from './lexicon/routes.js';
import type { Ask } from './phrase.js';
import type { Field, Schema, Table } from './schema/schema.js';
import { COST } from './schema/sense.js';
import type { FoundValue } from './value-spans.js';

export type Route =
  | { readonly type: 'schema' }
  | { readonly type: 'tables'; readonly tables: readonly Table[] }
  | { readonly type: 'kept'; readonly fields: readonly Field[] }
  /** What stands in a column: rows answer it. */
  | { readonly type: 'values'; readonly ask: Ask }
  /** `sure`: that it is a text which somebody looks for, and nothing else, the request itself says. */
  | { readonly type: 'holding'; readonly text: string; readonly sure: boolean };

/** What the tools have told in this turn, and which there are. */
export interface Tools {
  readonly told: { readonly schema: string | undefined; readonly values: boolean };
  readonly canGetSchema: boolean;
  readonly canFindValues: boolean;
}

export type RouteStep =
  | { readonly type: 'get_schema'; readonly pattern?: string }
  | { readonly type: 'find_values'; readonly words: readonly string[] }
  /** Words alone: no rows are the answer. */
  | { readonly type: 'answer'; readonly text: string };

/** Longer requests ask for more than such a thing. In words. */
const LONGEST = 18;

/** The route that a request takes as a whole; undefined where it asks for rows. */
export function routeOf(lattice: Lattice, grounds: Grounds): Route | undefined {
  const said = lattice.tokens.flatMap(({ word }, at) => (UNSAID.has(word) ? [] : [{ word, at }]));
  if (said.length > LONGEST || !said.some(({ word }) => TELLING.has(word))) return undefined;
  // A quoted text with spaces in it stays one word.
  const request = said.map(({ word }) => word.replaceAll(' ', '\u00a0')).join(' ');
  for (const { kind, pattern } of ROUTES) {
    const match = pattern.exec(request);
    if (match === null) continue;
    const name = Object.keys(match.groups ?? {}).find((key) => match.groups![key] !== undefined);
    const [from, to] = match.indices!.groups?.[name ?? ''] ?? [0, 0];
    const place = (offset: number) => request.slice(0, offset).split(' ').length - 1;
    const first = place(from);
    const named = name === undefined ? [] : said.slice(first, place(to) + 1);
    const around = said.filter((one) => !named.includes(one));
    if (around.some(({ word, at }) => isOwn(word, at, lattice))) continue;
    const route = routeTo(
      kind,
      named.map(({ at }) => at),
      lattice,
      grounds,
    );
    if (route !== undefined) return route;
  }
  return undefined;
}

/** True of a word for a part of a database that this schema has for something else: the fields of farms. */
function isOwn(word: string, at: number, lattice: Lattice): boolean {
  return (
    PARTS_OF_DATABASES.has(word) &&
    [...lattice.tables(at), ...lattice.fields(at)].some(({ mention }) =>
      mention.options.some(({ cost }) => cost <= COST.short),
    )
  );
}

function routeTo(
  kind: RouteKind,
  named: readonly number[],
  lattice: Lattice,
  grounds: Grounds,
): Route | undefined {
  switch (kind) {
    case 'schema':
      return { type: 'schema' };
    case 'tables': {
      const tables = listed(named, lattice, (places) => tablesAt(places, lattice, grounds));
      return tables === undefined ? undefined : { type: 'tables', tables };
    }
    case 'kept': {
      const fields = listed(named, lattice, (places) => fieldsAt(places, lattice, grounds));
      return fields === undefined ? undefined : { type: 'kept', fields };
    }
    case 'values': {
      const fields = fieldsAt(named, lattice, grounds);
      if (fields.length === 0) return undefined;
      const options = fields.map((field) => ({ field, cost: 0 }));
      const field = { text: textOf(named, lattice), options };
      return {
        type: 'values',
        ask: { targets: [{ type: 'field', field, distinct: true }], mods: [], distinct: true },
      };
    }
    case 'holding':
      return holding(named, lattice, grounds);
  }
}

function holding(places: readonly number[], lattice: Lattice, grounds: Grounds): Route | undefined {
  const tokens = places.map((at) => lattice.tokens[at]!);
  const text = textOf(places, lattice);
  const quoted = tokens.length === 1 && tokens[0]!.kind === 'quoted';
  if (!quoted) {
    if (tokens.some(({ kind, word }) => kind === 'mark' || isStructureWord(word))) return undefined;
    const senses = grounds.vocabulary.senses(tokens.map(({ word }) => word));
    if (senses.some(({ type, cost }) => type !== 'label' && cost <= COST.head)) return undefined;
  }
  return { type: 'holding', text, sure: quoted || /^[\p{Lu}\d]/u.test(text) };
}

/** Each of several things that are named with commas and `and`; undefined where one is unknown. */
function listed<T>(
  places: readonly number[],
  lattice: Lattice,
  read: (places: readonly number[]) => readonly T[],
): readonly T[] | undefined {
  const parts: number[][] = [[]];
  for (const at of places) {
    if (lattice.word(at) === 'and') parts.push([]);
    else parts.at(-1)!.push(at);
  }
  const found = parts.map(read);
  return found.some((one) => one.length === 0) ? undefined : [...new Set(found.flat())];
}

/** By the very name, its schema before it or not; else by what the words may name, the likeliest. */
function tablesAt(
  places: readonly number[],
  lattice: Lattice,
  { schema, vocabulary }: Grounds,
): readonly Table[] {
  const text = textOf(places, lattice).toLowerCase();
  const exact = schema.tables.filter(({ relation }) =>
    [relation.name, `${relation.schema}.${relation.name}`].some(
      (name) => name.toLowerCase() === text,
    ),
  );
  if (exact.length > 0) return exact;
  const senses = vocabulary
    .senses(wordsAt(places, lattice))
    .flatMap((sense) => (sense.type === 'table' && sense.cost <= COST.synonym ? [sense] : []));
  const best = Math.min(...senses.map(({ cost }) => cost));
  return senses.filter(({ cost }) => cost === best).map(({ table }) => table);
}

/** A column by its very name, with its table before it or not; else by what the words may name. */
function fieldsAt(places: readonly number[], lattice: Lattice, grounds: Grounds): readonly Field[] {
  const { schema, vocabulary } = grounds;
  const text = textOf(places, lattice).toLowerCase();
  const exact = schema.tables
    .flatMap(({ fields }) => fields)
    .filter(({ column, table }) =>
      [column.name, `${table.relation.name}.${column.name}`].some(
        (name) => name.toLowerCase() === text,
      ),
    );
  if (exact.length > 0) return exact;
  const of = places.findIndex((at) => lattice.word(at) === 'of' || lattice.word(at) === 'in');
  if (of > 0) {
    const tables = tablesAt(places.slice(of + 1), lattice, grounds);
    return fieldsAt(places.slice(0, of), lattice, grounds).filter(({ table }) =>
      tables.includes(table),
    );
  }
  const senses = vocabulary
    .senses(wordsAt(places, lattice))
    .flatMap((sense) => (sense.type === 'field' && sense.cost <= COST.head ? [sense] : []));
  const best = Math.min(...senses.map(({ cost }) => cost));
  return senses.filter(({ cost }) => cost === best).map(({ field }) => field);
}

function wordsAt(places: readonly number[], lattice: Lattice): string[] {
  return places.map((at) => lattice.word(at));
}

function textOf(places: readonly number[], lattice: Lattice): string {
  const [first] = places;
  const last = places.at(-1);
  return first === undefined || last === undefined ? '' : lattice.text(first, last + 1);
}

/** What is still to be done for a request that takes a route; undefined where the tool for it is not there. */
export function stepOn(
  route: Exclude<Route, { readonly type: 'values' }>,
  { told, canGetSchema, canFindValues }: Tools,
  grounds: Grounds,
): RouteStep | undefined {
  const { schema } = grounds;
  if (route.type === 'kept') return { type: 'answer', text: tellFields(route.fields, schema) };
  if (route.type !== 'holding') {
    if (told.schema !== undefined)
      return { type: 'answer', text: toldBy('get_schema', told.schema) };
    const pattern = schemaPattern(route, schema);
    return canGetSchema
      ? { type: 'get_schema', ...(pattern === undefined ? {} : { pattern }) }
      : undefined;
  }
  const { text, sure } = route;
  if (!told.values) return canFindValues ? { type: 'find_values', words: [text] } : undefined;
  const found = grounds.values.filter(({ word }) => word.toLowerCase() === text.toLowerCase());
  if (found.length > 0) return { type: 'answer', text: tellHolders(found, schema) };
  return sure ? { type: 'answer', text: `no text column holds "${text}"` } : undefined;
}

/** What `get_schema` takes for the tables of a route; undefined for all of them. */
function schemaPattern(route: Route, { catalog }: Schema): string | undefined {
  const tables =
    route.type === 'tables'
      ? route.tables
      : route.type === 'kept'
        ? route.fields.map(({ table }) => table)
        : [];
  // White space and quotes would end a name there.
  const names = tables.map(({ relation: { schema, name } }) =>
    (catalog.searchPath.includes(schema) ? name : `${schema}.${name}`).replace(/[\s,"]/g, '*'),
  );
  return names.length === 0 ? undefined : [...new Set(names)].join(' ');
}

/** Columns, one a line, as a statement names them, with their types and comments. */
function tellFields(fields: readonly Field[], { catalog }: Schema): string {
  const nameOf = columnNamer(catalog);
  return fields
    .map((field) => {
      const { type, comment } = field.column;
      return `${nameOf(field)} ${type}${comment === undefined ? '' : ` -- ${comment}`}`;
    })
    .join('\n');
}

const MOST_TOLD = 40;

/** Where a text stands, one value a line. */
function tellHolders(found: readonly FoundValue[], { catalog }: Schema): string {
  const nameOf = columnNamer(catalog);
  const whole = found.filter(({ match }) => match !== 'similar' && match !== 'contains');
  const lines = [
    ...new Set(
      (whole.length > 0 ? whole : found).map(({ field, value }) => `${nameOf(field)}: ${value}`),
    ),
  ];
  const more = lines.length - MOST_TOLD;
  return [...lines.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function columnNamer(catalog: Schema['catalog']): (field: Field) => string {
  const nameOf = relationNamer(catalog);
  return ({ table: { relation }, column }) =>
    `${nameOf(relation.schema, relation.name)}.${quoteIdentifier(column.name)}`;
}

/**
 * What a tool said, without the markers around what comes from the database.
 *
 * @throws {NotUnderstoodError} it failed
 */
function toldBy(tool: string, text: string): string {
  const lines = text.split('\n').filter((line) => !/^<\/?data-[0-9a-f]+>/.test(line));
  if (!text.startsWith('error')) return lines.join('\n');
  throw new NotUnderstoodError(`${tool} failed: ${lines[1] ?? ''}`, {
    hint: 'pgask schema shows what there is',
  });
}
