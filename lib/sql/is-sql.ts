/** Whether a text is SQL or plain words: PostgreSQL's parser says it, and where it can't read it, how the text begins. */
import { type ParsedStatement, parseSql, SqlSyntaxError } from './parse.js';

/** Beginnings that are SQL with a mistake rather than a sentence; `show`, `table` and `explain` begin sentences, too. */
const BEGINNINGS = [
  /^select\b/,
  /^with\s+(recursive\s+)?[\w"$]+\s*(\([^)]*\)\s*)?as\b/,
  /^values\s*\(/,
  /^explain\s+(\(|analy[sz]e\b|verbose\b|select\b|with\b)/,
  /^insert\s+into\b/,
  /^update\s+\S+\s+set\b/,
  /^delete\s+from\b/,
  /^merge\s+into\b/,
  /^copy\s*(\(|\S+\s*(\(|to\b|from\b))/,
  /^(create|alter|drop)\s+(or\s+replace\s+)?(temp|temporary|unlogged|unique|materialized)?\s*(table|view|index|schema|database|role|user|function|sequence|type|extension|trigger)\b/,
  /^truncate\s+(table\s+)?[\w".$]+\s*(,|;|$)/,
];

export async function isSql(text: string): Promise<boolean> {
  try {
    const statements = await parseSql(text);
    return statements.length > 0 && !statements.every(isShowOfThings);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const bare = withoutComments(text).toLowerCase();
    return BEGINNINGS.some((beginning) => beginning.test(bare));
  }
}

/** Settings of PostgreSQL whose names are one bare word; in all others is an underscore or a point. */
const BARE_SETTINGS = new Set(
  `all autovacuum bonjour datestyle fsync geqo intervalstyle jit port role seed ssl timezone xmlbinary xmloption`.split(
    ' ',
  ),
);

/** `show orders` parses, and shows a setting to nobody. */
function isShowOfThings({ tag, fields }: ParsedStatement): boolean {
  const name = String(fields['name'] ?? '').toLowerCase();
  return tag === 'VariableShowStmt' && !/[_.]/.test(name) && !BARE_SETTINGS.has(name);
}

/** What stands before the first word: white space, comments, brackets. */
function withoutComments(text: string): string {
  return text.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/|[(;])+/, '');
}
