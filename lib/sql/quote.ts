/** Identifiers and literals as SQL text, quoted only where they have to be. */

/**
 * PostgreSQL 18's reserved words and those that can't be a bare column or table name (`pg_get_keywords()`,
 * catcode R and T, and C, because a function-like word such as `values` reads differently).
 */
const KEYWORDS = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case
  cast char character check coalesce collate collation column concurrently constraint create cross
  current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
  decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
  freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect
  interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
  json_scalar json_serialize json_table json_value lateral leading least left like limit localtime
  localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on
  only or order out outer overlaps overlay placing position precision primary real references returning right
  row select session_user setof similar smallint some substring symmetric system_user table tablesample then
  time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where
  window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
  xmlserialize xmltable`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Control and formatting characters, which are written as escapes: a name must not begin a line of its own. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** An identifier, in double quotes where it would otherwise be folded or misread. Always on one line. */
export function quoteIdentifier(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !KEYWORDS.has(name)) return name;
  if (CONTROL.test(name)) {
    const doubled = name.replaceAll('\\', '\\\\').replaceAll('"', '""');
    return `U&"${escapeControls(doubled, (code) => `\\+${code.padStart(6, '0')}`)}"`;
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** `schema.name`, or the name alone where the schema is on the search path given. */
export function quoteQualified(
  schema: string,
  name: string,
  searchPath: readonly string[] = [],
): string {
  const bare = quoteIdentifier(name);
  return searchPath.includes(schema) ? bare : `${quoteIdentifier(schema)}.${bare}`;
}

/**
 * A string literal on one line that reads the same whatever standard_conforming_strings says: with backslashes or
 * control characters it becomes an E'' literal.
 */
export function quoteLiteral(text: string): string {
  const doubled = text.replaceAll("'", "''");
  if (!text.includes('\\') && !CONTROL.test(text)) return `'${doubled}'`;
  const escaped = doubled.replaceAll('\\', '\\\\');
  return `E'${escapeControls(escaped, (code) => `\\U${code.padStart(8, '0')}`)}'`;
}

/** Each control character as the escape that is made of its code point in hexadecimal. */
function escapeControls(text: string, escape: (code: string) => string): string {
  return text.replace(new RegExp(CONTROL, 'gu'), (c) => escape(c.codePointAt(0)!.toString(16)));
}
