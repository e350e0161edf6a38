/**
 * A catalog as compact DDL, which is how every model sees a database, and that text read back, which is how
 * the offline planner sees it. One file holds both directions so that they can't drift apart.
 */
import { printable } from '../io.js';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../sql/quote.js';
import type { Catalog, Column, ForeignKey, Relation, RelationKind } from './catalog.js';
import { RELATION_KINDS } from './catalog.js';
import { DdlReader, readList, readQualified } from './ddl-reader.js';
import { type FilledIn, readFilled, renderFilled } from './filled.js';

/**
 * The DDL of a catalog: header, enum types, relations. Deterministic for equal catalogs.
 *
 * @param whole the catalog that this one is a part of: a name is bare where it is in the whole
 */
export function renderCatalog(catalog: Catalog, whole: Catalog = catalog): string {
  const name = relationNamer(whole);
  return [
    renderHeader(catalog),
    ...renderEnums(catalog.relations),
    ...catalog.relations.map((relation) => renderRelation(relation, name)),
    ...renderFilled(catalog.relations, name),
  ].join('\n');
}

function renderHeader(catalog: Catalog): string {
  const path = catalog.searchPath.map(quoteIdentifier).join(', ');
  return `-- database ${quoteIdentifier(catalog.database)}, server_version_num ${catalog.serverVersion}, search_path (${path})`;
}

function renderEnums(relations: readonly Relation[]): string[] {
  const types = new Map<string, readonly string[]>();
  for (const { columns } of relations) {
    for (const { type, enumLabels } of columns) {
      if (enumLabels !== undefined) types.set(elementType(type), enumLabels);
    }
  }
  return [...types].map(
    ([type, labels]) =>
      `create type ${oneLine(type)} as enum (${labels.map((label) => quoteLiteral(label)).join(', ')});`,
  );
}

/** Names a relation as a statement may: bare where the search path finds that very relation. */
export function relationNamer(
  catalog: Pick<Catalog, 'relations' | 'searchPath'>,
): (schema: string, name: string) => string {
  const found = new Map<string, string>();
  for (const schema of [...catalog.searchPath].reverse()) {
    for (const relation of catalog.relations) {
      if (relation.schema === schema) found.set(relation.name, schema);
    }
  }
  return (schema, name) => quoteQualified(schema, name, found.get(name) === schema ? [schema] : []);
}

function renderRelation(
  relation: Relation,
  nameOf: (schema: string, name: string) => string,
): string {
  const single = relation.primaryKey.length === 1 ? relation.primaryKey[0] : undefined;
  const lines: { text: string; comment?: string | undefined }[] = relation.columns.map(
    (column) => ({
      text: renderColumn(column, {
        primary: column.name === single,
        unique: relation.uniques.some((key) => key.length === 1 && key[0] === column.name),
      }),
      comment: column.comment,
    }),
  );
  if (relation.primaryKey.length > 1)
    lines.push({ text: `primary key ${list(relation.primaryKey)}` });
  for (const key of relation.uniques) {
    if (key.length > 1) lines.push({ text: `unique ${list(key)}` });
  }
  for (const { columns, references } of relation.foreignKeys) {
    const target = nameOf(references.schema, references.relation);
    lines.push({
      text: `foreign key ${list(columns)} references ${target} ${list(references.columns)}`,
    });
  }
  const about = [
    relation.rowEstimate === undefined ? undefined : `~${relation.rowEstimate} rows`,
    relation.comment,
  ].filter((part) => part !== undefined);
  const body = lines.map(
    ({ text, comment }, i) =>
      `  ${text}${i < lines.length - 1 ? ',' : ''}${renderComment(comment)}\n`,
  );
  const head = `create ${relation.kind} ${nameOf(relation.schema, relation.name)} (`;
  return `${head}${renderComment(about.length === 0 ? undefined : about.join('; '))}\n${body.join('')});`;
}

function renderColumn(column: Column, key: { primary: boolean; unique: boolean }): string {
  const constraint = key.primary
    ? ' primary key'
    : `${column.notNull ? ' not null' : ''}${key.unique ? ' unique' : ''}`;
  return `${quoteIdentifier(column.name)} ${oneLine(column.type)}${constraint}`;
}

function list(columns: readonly string[]): string {
  return `(${columns.map(quoteIdentifier).join(', ')})`;
}

/** A comment can't end its line early: that would let a comment's author write DDL. */
function renderComment(comment: string | undefined): string {
  const line = comment === undefined ? undefined : printable(comment.replace(/\s+/g, ' ').trim());
  return line === undefined || line === '' ? '' : ` -- ${line}`;
}

/** `format_type` leaves a line break in a name as it is. */
function oneLine(type: string): string {
  return type.replace(/\s+/g, ' ');
}

function elementType(type: string): string {
  return type.endsWith('[]') ? type.replace(/(\[\])+$/, '') : type;
}

/**
 * The catalog of a text that {@link renderCatalog} wrote. Comments come back with their white space folded.
 *
 * @throws {SyntaxError} where the text is not such DDL
 */
export function readCatalog(text: string): Catalog {
  const reader = new DdlReader(text);
  const header =
    /^ ?database (.+), server_version_num (\d+), search_path \((.*)\)$/.exec(
      reader.comment() ?? '',
    ) ?? reader.fail('the header');
  const searchPath = identifiers(header[3]!);
  const enums = new Map<string, string[]>();
  const relations: Relation[] = [];
  let filled: FilledIn = (relation) => relation;
  for (;;) {
    // What was left out of the text is named in comments at its end.
    for (let line = reader.comment(); line !== undefined; line = reader.comment())
      filled = readFilled(line.trim(), filled, searchPath);
    if (reader.atEnd()) break;
    reader.expect('create');
    if (reader.accept('type')) {
      const type = reader.rawUntil((word) => word === 'as');
      reader.expect('as');
      reader.expect('enum');
      enums.set(
        type,
        reader.parenthesized(() => reader.string()),
      );
      reader.expect(';');
    } else {
      relations.push(readRelation(reader, searchPath));
    }
  }
  return {
    database: identifiers(header[1]!)[0] ?? '',
    serverVersion: Number(header[2]),
    searchPath,
    relations: resolveSchemas(relations.map(filled), searchPath).map((relation) => ({
      ...relation,
      columns: enums.size === 0 ? relation.columns : withLabels(relation.columns, enums),
    })),
  };
}

function withLabels(columns: readonly Column[], enums: ReadonlyMap<string, readonly string[]>) {
  return columns.map((column): Column => {
    const enumLabels = enums.get(elementType(column.type));
    return enumLabels === undefined ? column : { ...column, enumLabels };
  });
}

function identifiers(text: string): string[] {
  const reader = new DdlReader(text);
  const found: string[] = [];
  while (!reader.atEnd()) {
    found.push(reader.identifier());
    reader.accept(',');
  }
  return found;
}

function readRelation(reader: DdlReader, searchPath: readonly string[]): Relation {
  const kind = RELATION_KINDS.find((words) => reader.acceptAll(words.split(' ')));
  if (kind === undefined) reader.fail('a kind of relation');
  const { schema, name } = readQualified(reader, searchPath);
  reader.expect('(');
  const about = /^(?:~(\d+) rows(?:; |$))?(.*)$/.exec((reader.comment() ?? '').trim());
  const columns: Column[] = [];
  let primaryKey: string[] = [];
  const uniques: string[][] = [];
  const foreignKeys: ForeignKey[] = [];
  while (!reader.accept(')')) {
    if (reader.acceptAll(['primary', 'key', '('])) {
      primaryKey = readList(reader);
    } else if (reader.acceptAll(['unique', '('])) {
      uniques.push(readList(reader));
    } else if (reader.acceptAll(['foreign', 'key', '('])) {
      const own = readList(reader);
      reader.expect('references');
      const target = readQualified(reader, searchPath);
      reader.expect('(');
      const references = {
        schema: target.schema,
        relation: target.name,
        columns: readList(reader),
      };
      foreignKeys.push({ columns: own, references });
    } else {
      const column = reader.identifier();
      const type = reader.rawUntil(
        (word) => word === 'not' || word === 'primary' || word === 'unique',
      );
      let notNull = false;
      if (reader.acceptAll(['primary', 'key'])) {
        primaryKey = [column];
        notNull = true;
      }
      if (reader.acceptAll(['not', 'null'])) notNull = true;
      if (reader.accept('unique')) uniques.push([column]);
      reader.accept(',');
      const comment = reader.comment()?.trim();
      columns.push({ name: column, type, notNull, ...(comment === undefined ? {} : { comment }) });
      continue;
    }
    reader.accept(',');
  }
  reader.expect(';');
  const rows = about?.[1];
  const comment = about?.[2];
  return {
    schema,
    name,
    kind: kind as RelationKind,
    ...(comment === undefined || comment === '' ? {} : { comment }),
    ...(rows === undefined ? {} : { rowEstimate: Number(rows) }),
    columns,
    primaryKey,
    uniques,
    foreignKeys,
  };
}

/**
 * A bare relation's schema: with several on the search path the text does not say which, and it does not
 * matter to a statement; the first stands for all of them.
 */
function resolveSchemas(relations: readonly Relation[], searchPath: readonly string[]): Relation[] {
  const bare = (schema: string) => (schema === '' ? (searchPath[0] ?? 'public') : schema);
  return relations.map((relation) => ({
    ...relation,
    schema: bare(relation.schema),
    foreignKeys: relation.foreignKeys.map(({ columns, references }) => ({
      columns,
      references: { ...references, schema: bare(references.schema) },
    })),
  }));
}
