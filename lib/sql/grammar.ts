/**
 * Constructs by the version whose grammar has them. The parser here is PostgreSQL 18's: an older server that accepts
 * the same text reads something else in it (`json_scalar(x)` is a user's function to 15).
 */
import type { ParsedStatement, Tree } from './parse.js';
import type { Finding } from './rules/rule.js';
import { nodesOf } from './walk.js';

/** The parser's own major version. */
const PARSER = 18;

/** Node types, and the first major version that reads the text as one (release notes, kwlist.h). */
const SINCE: Readonly<Record<string, number>> = {
  JsonObjectConstructor: 16,
  JsonArrayConstructor: 16,
  JsonArrayQueryConstructor: 16,
  JsonObjectAgg: 16,
  JsonArrayAgg: 16,
  JsonIsPredicate: 16,
  JsonParseExpr: 17,
  JsonScalarExpr: 17,
  JsonSerializeExpr: 17,
  JsonFuncExpr: 17,
  JsonTable: 17,
  MergeSupportFunc: 17,
};

/** @param version as server_version_num: 150018 */
export function newerThan(
  statement: ParsedStatement,
  sql: string,
  version: number,
): Finding | undefined {
  const major = Math.floor(version / 10_000);
  if (major > PARSER) {
    return {
      reason: `the server is PostgreSQL ${major}, whose grammar is newer than the guard's (${PARSER})`,
      hint: 'use a version of pgask that knows it',
      effect: 'read',
    };
  }
  if (major === PARSER) return undefined;
  const text = Buffer.from(sql, 'utf8');
  for (const { tag, fields } of nodesOf(statement)) {
    const since = SINCE[tag] ?? sinceOf(tag, fields, text);
    if (since === undefined || since <= major) continue;
    const location = fields['location'];
    return {
      reason: `the server is PostgreSQL ${major}, and reads this otherwise than PostgreSQL ${since}`,
      hint: 'write it with what the server knows',
      effect: 'read',
      location: typeof location === 'number' ? location : undefined,
    };
  }
  return undefined;
}

/** What has no node of its own: numbers such as 0x1F and 1_000, XMLSERIALIZE … INDENT. */
function sinceOf(tag: string, fields: Tree, text: Buffer): number | undefined {
  if (tag === 'XmlSerialize' && fields['indent'] === true) return 16;
  if (tag !== 'A_Const') return undefined;
  return /^(0[xob]|\d[\d.]*_)/i.test(at(fields, text)) ? 16 : undefined;
}

function at({ location }: Tree, text: Buffer): string {
  return typeof location === 'number'
    ? text.subarray(location, location + 40).toString('latin1')
    : '';
}
