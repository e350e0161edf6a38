/**
 * Which columns have a value where a new row says none: comments behind the relations, so that the relations stand there as
 * short as they are.
 */
import { quoteIdentifier } from '../sql/quote.js';
import type { Column, Relation } from './catalog.js';
import { DdlReader, readList, readQualified } from './ddl-reader.js';

type Filled = NonNullable<Column['filled']>;

const LINES: readonly (readonly [Filled, string])[] = [
  ['default', 'with a default: '],
  ['always', 'filled by the server alone: '],
];

/** One comment for each kind that there is. */
export function renderFilled(
  relations: readonly Relation[],
  nameOf: (schema: string, name: string) => string,
): string[] {
  return LINES.flatMap(([kind, start]) => {
    const listed = relations.flatMap(({ schema, name, columns }) => {
      const names = columns.filter(({ filled }) => filled === kind).map((column) => column.name);
      return names.length === 0
        ? []
        : [`${nameOf(schema, name)} (${names.map(quoteIdentifier).join(', ')})`];
    });
    return listed.length === 0 ? [] : [`-- ${start}${listed.join(', ')}`];
  });
}

/** Marks a relation's columns as a comment told. */
export type FilledIn = (relation: Relation) => Relation;

/** @returns `before`, and then what this comment tells, where it is such a one */
export function readFilled(
  comment: string,
  before: FilledIn,
  searchPath: readonly string[],
): FilledIn {
  const found = LINES.find(([, start]) => comment.startsWith(start));
  if (found === undefined) return before;
  const [filled, start] = found;
  const told = new Map<string, ReadonlySet<string>>();
  const reader = new DdlReader(comment.slice(start.length));
  while (!reader.atEnd()) {
    const { schema, name } = readQualified(reader, searchPath);
    reader.expect('(');
    told.set(keyOf(schema, name), new Set(readList(reader)));
    reader.accept(',');
  }
  return (relation) => {
    const known = before(relation);
    const names = told.get(keyOf(relation.schema, relation.name));
    if (names === undefined) return known;
    const columns = known.columns.map((column) =>
      names.has(column.name) ? { ...column, filled } : column,
    );
    return { ...known, columns };
  };
}

function keyOf(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}
