/** What an INSERT, UPDATE or MERGE (inside EXPLAIN) assigns to columns. */
import type { Tree } from '../../sql/parse.js';
import { nodesOf } from '../../sql/walk.js';
import type { Context } from './context.js';

/** Types of what is assigned to columns; undefined where they can't be told. */
export async function assignedTypes(context: Context): Promise<readonly number[] | undefined> {
  const types: number[] = [];
  for (const { tag, fields } of nodesOf(context.statement)) {
    const query = tag === 'InsertStmt' ? (fields['selectStmt'] as Tree | undefined) : undefined;
    if (query !== undefined) {
      const columns = await context.columnsOf(query);
      if (columns === undefined) return undefined;
      types.push(...columns.map(({ oid }) => oid));
    }
    if (tag !== 'UpdateStmt' && tag !== 'MergeWhenClause') continue;
    for (const value of assigned(fields)) {
      const [inner] = Object.values(value);
      if ('A_Const' in value || 'SetToDefault' in value) continue;
      const rows = rowsOf(value);
      if (rows !== undefined) {
        const columns = await context.columnsOf(rows);
        if (columns === undefined) return undefined;
        types.push(...columns.map(({ oid }) => oid));
        continue;
      }
      const found = await context.typesAt(inner as Tree, [value]);
      if (found === undefined) return undefined;
      types.push(...found);
    }
  }
  return types;
}

/** The subquery of `(a, b) = (select …)`. */
function rowsOf(value: Tree): Tree | undefined {
  const source = (value['MultiAssignRef'] as Tree | undefined)?.['source'] as Tree | undefined;
  return (source?.['SubLink'] as Tree | undefined)?.['subselect'] as Tree | undefined;
}

function assigned({ targetList, values }: Tree): Tree[] {
  const items = Array.isArray(targetList) ? (targetList as Tree[]) : [];
  const targets = items.flatMap((item) => {
    const value = (item['ResTarget'] as Tree)['val'] as Tree | undefined;
    return value === undefined ? [] : [value];
  });
  return [...targets, ...(Array.isArray(values) ? (values as Tree[]) : [])];
}
