/** Asks the server which types expressions have, by parse analysis alone: nothing is planned or executed. */
import { StatementError } from '../../errors.js';
import { asText, type Source, withReplaced } from '../../sql/deparse.js';
import type { Tree } from '../../sql/parse.js';
import { quoteLiteral } from '../../sql/quote.js';
import type { Connection } from '../driver.js';
import type { Context } from './context.js';

/** Of pg_catalog, where only a superuser could make a function of this name. */
const NAME = 'pgask_types_of';
/** Each costs a round trip and a parse: a statement with more open questions than this is refused. */
const MOST = 200;

/**
 * @param isShadowed where a user's type hides one of pg_catalog's: texts written back would mean the wrong one
 */
export function prober(
  connection: Connection,
  source: Source,
  isShadowed: boolean,
): Pick<Context, 'typesAt' | 'columnTypes' | 'parses'> {
  let left = MOST;
  const answers = new Map<string, readonly number[] | undefined>();

  async function parse(text: string): Promise<StatementError | readonly number[]> {
    connection.query('savepoint pgask').catch(() => undefined);
    try {
      return (await connection.describe(text)).map(({ oid }) => oid);
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

  return {
    async typesAt(part, operands, place = (call) => call) {
      const call = {
        FuncCall: {
          funcname: [{ String: { sval: 'pg_catalog' } }, { String: { sval: NAME } }],
          ...(operands.length === 0 ? {} : { args: operands }),
          funcformat: 'COERCE_EXPLICIT_CALL',
        },
      };
      const answer = await replaced(part, place(call));
      if (answer === undefined || !(answer.result instanceof StatementError)) return undefined;
      if (answer.result.sqlstate !== '42883') return undefined;
      const signature = new RegExp(`${NAME}\\((.*)\\)`, 's').exec(answer.result.message)?.[1];
      if (signature === undefined) return undefined;
      const known = answers.get(signature);
      if (known !== undefined) return known;
      const types = await oids(connection, splitTypes(signature));
      const complete = types.length === operands.length ? types : undefined;
      answers.set(signature, complete);
      return complete;
    },
    async columnTypes(query) {
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
