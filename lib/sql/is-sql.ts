/** Whether a text is SQL or plain words: PostgreSQL's parser says it, and where it reads neither, how the text begins. */
import { parseSql, SqlSyntaxError } from './parse.js';

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
    return (await parseSql(text)).length > 0;
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const bare = withoutComments(text).toLowerCase();
    return BEGINNINGS.some((beginning) => beginning.test(bare));
  }
}

/** What stands before the first word: white space, comments, brackets. */
function withoutComments(text: string): string {
  return text.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/|[(;])+/, '');
}
