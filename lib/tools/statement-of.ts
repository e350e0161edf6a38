/** The statement that a call means: given as SQL, or by the id of a query of this turn. */
import { didYouMean, ToolInputError } from '../errors.js';
import type { EarlierQuery } from './tool.js';

/**
 * Undefined where neither is given.
 *
 * @throws {ToolInputError} both are, or there is no such query
 */
export function statementOf(
  { sql, query }: { readonly sql: string | undefined; readonly query: string | undefined },
  queries: ReadonlyMap<string, EarlierQuery>,
): string | undefined {
  if (sql !== undefined && query !== undefined) {
    throw new ToolInputError('there is sql and query, and one of them is enough');
  }
  if (query === undefined) return sql;
  const found = queries.get(query)?.sql;
  if (found !== undefined) return found;
  throw new ToolInputError(`there is no query ${query}`, {
    hint: didYouMean(query, [...queries.keys()]),
  });
}
