/** UPDATE and DELETE of every row of a table: without a condition, or with one that is always true. */
import { isAlwaysTrue } from '../always-true.js';
import { isOnlyPlanned } from '../classify.js';
import { relationName } from '../objects.js';
import { nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

const COMMANDS: Readonly<Record<string, string>> = { UpdateStmt: 'UPDATE', DeleteStmt: 'DELETE' };

export const unconditionalChange: Rule = {
  code: 'unconditional-change',
  summary: 'a change of every row of a table is admin',
  check(statement) {
    if (isOnlyPlanned(statement)) return undefined;
    for (const { tag, fields } of nodesOf(statement)) {
      const command = COMMANDS[tag];
      if (command === undefined) continue;
      const condition = fields['whereClause'];
      if (condition !== undefined && !isAlwaysTrue(condition)) continue;
      const why =
        condition === undefined ? 'has no condition' : 'has a condition that is always true';
      return {
        reason: `${command} of ${relationName(fields['relation'])} ${why}: it reaches every row`,
        hint: 'add a WHERE clause that says which rows, or allow it with --allow admin',
        effect: 'admin',
      };
    }
    return undefined;
  },
};
