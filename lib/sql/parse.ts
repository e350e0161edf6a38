/** PostgreSQL's own parser (libpg_query, the grammar of PostgreSQL 18): the only way SQL text is read. */
import { setFlagsFromString } from 'node:v8';

/** A node of the parse tree as libpg_query's JSON has it: `{ SelectStmt: { … } }`, or fields without their tag. */
export type Tree = { readonly [key: string]: unknown };

export interface ParsedStatement {
  /** The node's tag: `SelectStmt`. */
  readonly tag: string;
  readonly fields: Tree;
  /** Byte offset of the statement in the UTF-8 text. */
  readonly location: number;
  /** Bytes of it, without the semicolon; 0 is to the end of the text. */
  readonly length: number;
  /** All that was parsed: places in the tree are places in it. */
  readonly text: string;
}

/** Text that PostgreSQL's grammar does not accept. `position` counts characters from 1. */
export class SqlSyntaxError extends Error {
  readonly position: number | undefined;

  constructor(message: string, position: number | undefined, cause: unknown) {
    super(message, { cause });
    this.position = position;
  }
}

interface Library {
  loadModule(): Promise<void>;
  parseSync(text: string): { stmts?: { stmt: Tree; stmt_location?: number; stmt_len?: number }[] };
}

let library: Promise<Library> | undefined;

/** Starts loading the parser; {@link parseSql} waits for it. Called early, it loads while a server connects. */
export function loadParser(): Promise<Library> {
  library ??= load();
  return library;
}

async function load(): Promise<Library> {
  // Without it V8 optimizes the WebAssembly in threads that keep a short process alive for another 100 ms.
  setFlagsFromString('--liftoff-only');
  const module = (await import('libpg-query')) as unknown as Library & { default?: Library };
  const parser = module.default ?? module;
  await parser.loadModule();
  return parser;
}

/**
 * The statements of a text, none for an empty one.
 *
 * @throws {SqlSyntaxError} with PostgreSQL's own message
 */
export async function parseSql(text: string): Promise<ParsedStatement[]> {
  const parser = await loadParser();
  // The parser refuses the empty text, and would stop at NUL where the server sees more.
  if (text.trim() === '') return [];
  if (text.includes('\0'))
    throw new SqlSyntaxError('the text holds a NUL byte', undefined, undefined);
  let result: ReturnType<Library['parseSync']>;
  try {
    result = parser.parseSync(text);
  } catch (error) {
    throw syntaxError(error, text);
  }
  return (result.stmts ?? []).map(({ stmt, stmt_location = 0, stmt_len = 0 }) => {
    const [entry] = Object.entries(stmt);
    if (entry === undefined) throw new SqlSyntaxError('an empty parse tree', undefined, undefined);
    return {
      tag: entry[0],
      fields: entry[1] as Tree,
      location: stmt_location,
      length: stmt_len,
      text,
    };
  });
}

/** Whatever the parser throws (a stack overflow included), the text was not read: the caller must refuse it. */
function syntaxError(error: unknown, text: string): SqlSyntaxError {
  const { message, sqlDetails } = error as {
    message?: string;
    sqlDetails?: { cursorPosition?: number };
  };
  const cursor = sqlDetails?.cursorPosition;
  const known = typeof message === 'string' && sqlDetails !== undefined;
  return new SqlSyntaxError(
    known ? message : 'the text is too deeply nested to be parsed',
    cursor === undefined || cursor > text.length ? undefined : cursor + 1,
    error,
  );
}
