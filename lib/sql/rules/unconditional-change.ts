/** UPDATE and DELETE of every row of a table: without a condition, or with one that is always true. */
import { isAlwaysTrue } from '../always-true.js';
import { isOnlyPlanned } from '../classify.js';
import { relationName } from '../objects.js';
import type { Tree } from '../parse.js';
import { rangeAt, rangeOfTree } from '../range.js';
import { restricts } from '../restricts.js';
import { nodesOf } from '../walk.js';
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
      const condition = rangeOfTree(statement, fields['whereClause'] ?? fields['joinCondition']);
      return {
        reason: `${command} of ${relationName(fields['relation'])} ${why}: it reaches every row`,
        hint: 'add a WHERE clause that says which rows, or allow it with --allow admin',
        effect: 'admin',
        ...(condition ?? rangeAt(statement, location)),
      };
    }
    return undefined;
  },
};

function ofCondition({ whereClause, relation }: Tree): string | undefined {
  if (whereClause === undefined) return 'has no condition';
  if (isAlwaysTrue(whereClause)) return 'has a condition that is always true';
  return restricts(whereClause, relation)
    ? undefined
    : 'has a condition that names no column of it';
}

/** Rows that match always, and those that no source has, where nothing else says which of them. */
function ofMerge({ relation, joinCondition, mergeWhenClauses }: Tree): string | undefined {
  for (const item of (mergeWhenClauses as Tree[] | undefined) ?? []) {
    const clause = item['MergeWhenClause'] as Tree;
    if (!['CMD_UPDATE', 'CMD_DELETE'].includes(String(clause['commandType']))) continue;
    const own = clause['condition'];
    if (restricts(own, relation)) continue;
    // The first kind is left out of the tree.
    const kind = String(clause['matchKind'] ?? 'MERGE_WHEN_MATCHED');
    if (kind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE')
      return 'changes whatever the source does not have';
    if (!restricts(joinCondition, relation)) return 'matches whatever there is';
  }
  return undefined;
}
