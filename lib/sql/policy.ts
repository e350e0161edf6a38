/** The guard's word on a text: exactly one statement, and no rule against it. Pure: nothing is executed. */
import type { Effect } from '../errors.js';
import { EFFECTS } from '../errors.js';
import { judgeChange } from './change.js';
import { newerThan } from './grammar.js';
import { type ParsedStatement, parseSql, SqlSyntaxError } from './parse.js';
import { rules } from './rules/registry.js';
import type { Finding } from './rules/rule.js';

export type Verdict =
  | { readonly type: 'allow'; readonly statement: ParsedStatement }
  | {
      readonly type: 'refuse';
      readonly rule: string;
      readonly reason: string;
      readonly hint: string;
      readonly effect: Effect;
      readonly mendable?: boolean | undefined;
      /** In characters from 1. */
      readonly position?: number | undefined;
      /** Of the first character behind it. */
      readonly end?: number | undefined;
    }
  /** Not SQL that PostgreSQL reads: the server would say the same. */
  | {
      readonly type: 'invalid';
      readonly message: string;
      readonly position?: number | undefined;
    };

/** Longer texts are refused before parsing: five megabytes of IN list cost the parser a second and 370 MB. */
const MAX_CHARACTERS = 512 * 1024;

/** More brackets inside each other than any statement of people's has; the parser gives up at some thousands. */
const MAX_NESTING = 500;

/** @param options.timeoutMs the time that the statement may run */
export async function judge(
  sql: string,
  options: { readonly timeoutMs: number } = { timeoutMs: 0 },
): Promise<Verdict> {
  const input = checkInput(sql);
  if (input !== undefined) return refusal('input', input, sql);
  let statements: ParsedStatement[];
  try {
    statements = await parseSql(sql);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    return { type: 'invalid', message: error.message, position: error.position };
  }
  const [statement] = statements;
  if (statement === undefined) {
    return { type: 'invalid', message: 'there is no statement in the text' };
  }
  if (statements.length > 1) return refusal('one-statement', several(statements), sql);
  for (const rule of rules) {
    const finding = rule.check(statement, options);
    if (finding !== undefined) return refusal(rule.code, finding, sql);
  }
  return { type: 'allow', statement };
}

/**
 * What can only be said once the server is known: a construct newer than its grammar means something else to it.
 *
 * @param version as server_version_num: 150018
 */
export function judgeGrammar(
  statement: ParsedStatement,
  sql: string,
  version: number,
): (Finding & { readonly rule: string }) | undefined {
  const finding = newerThan(statement, sql, version);
  return finding === undefined ? undefined : { ...finding, rule: 'server-grammar' };
}

export function checkInput(sql: string): Finding | undefined {
  if (sql.includes('\0')) {
    return {
      reason: 'the text holds a NUL byte, where parser and server would read different statements',
      hint: 'remove the NUL byte',
      effect: 'read',
    };
  }
  if (!sql.isWellFormed()) {
    return {
      reason: 'the text is not valid Unicode, so the server would not see the same characters',
      hint: 'remove the lone surrogate',
      effect: 'read',
    };
  }
  if (sql.length > MAX_CHARACTERS) {
    return {
      reason: `the text is longer than ${MAX_CHARACTERS} characters`,
      hint: 'join with a table instead of listing values',
      effect: 'read',
    };
  }
  if (nesting(sql) > MAX_NESTING) {
    return {
      reason: `brackets are nested more than ${MAX_NESTING} deep`,
      hint: 'take the statement apart',
      effect: 'read',
    };
  }
  return undefined;
}

/** How deep brackets are nested, outside of plain literals and quoted names: more is never less. */
function nesting(sql: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of sql.matchAll(/'[^']*'|"[^"]*"|[([]|[)\]]/g)) {
    if (token === '(' || token === '[') deepest = Math.max(deepest, (depth += 1));
    else if (token === ')' || token === ']') depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** What several statements would do is what the worst of them would. */
function several(statements: readonly ParsedStatement[]): Finding {
  const effects = statements.map((statement) => EFFECTS.indexOf(judgeChange(statement).effect));
  return {
    reason: `there are ${statements.length} statements, and exactly one may run`,
    hint: 'send them one at a time',
    effect: EFFECTS[Math.max(...effects)]!,
    location: statements[1]!.location,
  };
}

export function refusal(
  rule: string,
  finding: Finding,
  sql: string,
): Extract<Verdict, { type: 'refuse' }> {
  const { reason, hint, effect, mendable } = finding;
  const [position, end] = [finding.location, finding.end].map((place) => toPosition(place, sql));
  return { type: 'refuse', rule, reason, hint, effect, mendable, position, end };
}

/** The parser counts bytes of UTF-8 from 0, people and PostgreSQL's messages characters from 1. */
function toPosition(location: number | undefined, sql: string): number | undefined {
  if (location === undefined) return undefined;
  const before = Buffer.from(sql, 'utf8').subarray(0, location).toString('utf8');
  return [...before].length + 1;
}
