/** UPDATE and DELETE of every row of a table: without a condition, or with one that is always true. */
import { isAlwaysTrue } from '../always-true.js';
import { isOnlyPlanned } from '../classify.js';
import { relationName } from '../objects.js';
import type { Tree } from '../parse.js';
import { namesOf, nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

const COMMANDS: Readonly<Record<string, string>> = {
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
};

export const unconditionalChange: Rule = {
  code: 'unconditional-change',
  summary: 'a change of every row of a table is admin',
  check(statement) {
    if (isOnlyPlanned(statement)) return undefined;
    for (const { tag, fields } of nodesOf(statement)) {
      const command = COMMANDS[tag];
      if (command === undefined) continue;
      const why = tag === 'MergeStmt' ? ofMerge(fields) : ofCondition(fields);
      if (why === undefined) continue;
      const { location } = (fields['relation'] ?? {}) as { location?: number };
      return {
        reason: `${command} of ${relationName(fields['relation'])} ${why}: it reaches every row`,
        hint: 'add a WHERE clause that says which rows, or allow it with --allow admin',
        effect: 'admin',
        location,
      };
    }
    return undefined;
  },
};

function ofCondition({ relation, whereClause }: Tree): string | undefined {
  if (whereClause === undefined) return 'has no condition';
  if (isAlwaysTrue(whereClause)) return 'has a condition that is always true';
  return isAboutOthers(relation as Tree, whereClause)
    ? 'has a condition about other tables alone'
    : undefined;
}

/** `update t … from s where s.id = 1`: it holds for every row of t, or for none. */
function isAboutOthers(relation: Tree, condition: unknown): boolean {
  const alias = (relation['alias'] as Tree | undefined)?.['aliasname'];
  const own = String(alias ?? relation['relname']);
  const columns = nodesOf({ tag: '', fields: { condition } }).filter(
    ({ tag }) => tag === 'ColumnRef',
  );
  return (
    columns.length > 0 &&
    columns.every(({ fields }) => {
      // Without its table's name a column may be anybody's, and so may a whole row.
      const names = namesOf(fields['fields']);
      return names.length > 1 && !names.slice(0, -1).includes(own);
    })
  );
}

/** Rows that match always, and those that no source has, where nothing else says which of them. */
function ofMerge({ joinCondition, mergeWhenClauses }: Tree): string | undefined {
  for (const item of (mergeWhenClauses as Tree[] | undefined) ?? []) {
    const clause = item['MergeWhenClause'] as Tree;
    if (!['CMD_UPDATE', 'CMD_DELETE'].includes(String(clause['commandType']))) continue;
    const own = clause['condition'];
    if (own !== undefined && !isAlwaysTrue(own)) continue;
    // The first kind is left out of the tree.
    const kind = String(clause['matchKind'] ?? 'MERGE_WHEN_MATCHED');
    if (kind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE')
      return 'changes whatever the source does not have';
    if (isAlwaysTrue(joinCondition)) return 'matches whatever there is';
  }
  return undefined;
}
