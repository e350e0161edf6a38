/** Asks the server which types expressions have, by parse analysis alone: nothing is planned or executed. */
import { StatementError } from '../../errors.js';
import { asText, type Source, withReplaced } from '../../sql/deparse.js';
import type { Tree } from '../../sql/parse.js';
import { quoteLiteral } from '../../sql/quote.js';
import type { Connection, WireColumn } from '../driver.js';
import type { Context } from './context.js';
import type { SearchPath } from './path.js';

/** Of pg_catalog, where only a superuser could make a function of this name. */
const NAME = 'pgask_types_of';
/** Each costs a round trip and a parse: a statement with more open questions than this is refused. */
const MOST = 500;
/** FUNC_MAX_ARGS is 100. */
const MOST_ARGUMENTS = 90;

/**
 * @param isShadowed where a user's type hides one of pg_catalog's: texts written back would mean the wrong one
 */
export function prober(
  connection: Connection,
  path: SearchPath,
  source: Source,
  isShadowed: boolean,
): Pick<Context, 'typesAt' | 'columnsOf' | 'parses'> {
  let left = MOST;
  // What looks the same in the same SELECT has the same types.
  const known = new Map<string, readonly number[]>();

  async function parse(text: string): Promise<StatementError | readonly WireColumn[]> {
    path.toOwn();
    connection.query('savepoint pgask').catch(() => undefined);
    try {
      return await connection.describe(text);
    } catch (error) {
      if (error instanceof StatementError && error.sqlstate !== '57014') return error;
      throw error;
    } finally {
      connection.query('rollback to savepoint pgask').catch(() => undefined);
      connection.query('release savepoint pgask').catch(() => undefined);
    }
  }

  async function replaced(part: Tree, replacement: Tree) {
    if (isShadowed || (left -= 1) < 0) return undefined;
    const text = await withReplaced(source, part, replacement);
    return text === undefined ? undefined : { text, result: await parse(text) };
  }

  async function ask(
    part: Tree,
    operands: readonly (readonly [shape: string, node: Tree])[],
    place: (call: Tree) => Tree,
  ): Promise<readonly number[] | undefined> {
    const call = {
      FuncCall: {
        funcname: [{ String: { sval: 'pg_catalog' } }, { String: { sval: NAME } }],
        ...(operands.length === 0 ? {} : { args: operands.map(([, node]) => node) }),
        funcformat: 'COERCE_EXPLICIT_CALL',
      },
    };
    const answer = await replaced(part, place(call));
    if (answer === undefined || !(answer.result instanceof StatementError)) return undefined;
    if (answer.result.sqlstate !== '42883') return undefined;
    const signature = new RegExp(`${NAME}\\((.*)\\)`, 's').exec(answer.result.message)?.[1];
    if (signature === undefined) return undefined;
    const types = await oids(connection, splitTypes(signature));
    return types.length === operands.length ? types : undefined;
  }

  const scopes = scopesIn(source.statement.fields);
  const scopeOf = (part: Tree) => scopes().get(part) ?? -1;

  return {
    async typesAt(part, operands, place = (call) => call) {
      const keys = operands.map(shapeOf);
      const distinct = [...new Map(keys.map((key, i) => [key, operands[i]!]))];
      const found = new Map<string, number>();
      for (let at = 0; at === 0 || at < distinct.length; at += MOST_ARGUMENTS) {
        const some = distinct.slice(at, at + MOST_ARGUMENTS);
        const key = `${scopeOf(part)} ${some.map(([shape]) => shape).join()}`;
        const types = known.get(key) ?? (await ask(part, some, place));
        if (types === undefined) return undefined;
        known.set(key, types);
        for (const [i, [shape]] of some.entries()) found.set(shape, types[i]!);
      }
      return keys.map((key) => found.get(key)!);
    },
    async columnsOf(query) {
      if (isShadowed || (left -= 1) < 0) return undefined;
      const [tag, fields] = Object.entries(query)[0]!;
      const statement = { tag, fields: fields as Tree };
      const text = await asText({ statement, sql: source.sql });
      if (text === undefined) return undefined;
      const result = await parse(text);
      return result instanceof StatementError ? undefined : result;
    },
    async parses(part, replacement) {
      const answer = await replaced(part, replacement);
      if (answer === undefined) return undefined;
      return answer.result instanceof StatementError ? answer.result.sqlstate : true;
    },
  };
}

/** An expression without its places; of two literals of a kind one speaks for the other. */
function shapeOf(node: Tree): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === 'location' || key.startsWith('rexpr_list_')) return undefined;
    if (key !== 'A_Const') return value;
    const kind = Object.keys(value as Tree).find((name) => name !== 'location');
    // How long a number is decides its type.
    return kind === 'fval' ? (value as Tree)['fval'] : kind;
  });
}

/** For each node the SELECT that it belongs to, by number; made when it is first asked for. */
function scopesIn(root: Tree): () => Map<Tree, number> {
  let made: Map<Tree, number> | undefined;
  return () => {
    if (made !== undefined) return made;
    made = new Map();
    let count = 0;
    const pending: [value: unknown, scope: number][] = [[root, 0]];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [value, scope] = next;
      if (typeof value !== 'object' || value === null) continue;
      const isSelect = 'targetList' in value || 'valuesLists' in value || 'fromClause' in value;
      const own = isSelect ? (count += 1) : scope;
      if (!Array.isArray(value)) made.set(value as Tree, own);
      for (const item of Object.values(value)) pending.push([item, own]);
    }
    return made;
  };
}

/** `integer, "Odd, type", name => numeric` as func_signature_string prints it. */
function splitTypes(signature: string): string[] {
  const items = signature.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? [];
  return items.map((item) => item.trim().replace(/^(?:"(?:[^"]|"")*"|\w+) => /, ''));
}

/** Printed for the session's search_path, and read back in it. */
async function oids(connection: Connection, types: readonly string[]): Promise<number[]> {
  if (types.length === 0) return [];
  const items = types.map((type) => `pg_catalog.to_regtype(${quoteLiteral(type)})::pg_catalog.oid`);
  const [row] = await connection.query(`select ${items.join(', ')}`);
  return (row ?? []).flatMap((oid) => (oid === null ? [] : [Number(oid)]));
}
