/** A WITH query can hold INSERT, UPDATE, DELETE or MERGE, which run even where nothing reads their result. */
import { judgeChange } from '../change.js';
import { isOnlyPlanned } from '../classify.js';
import { nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

const MODIFYING = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'];

export const noDataModification: Rule = {
  code: 'no-data-modification',
  summary: 'no part of a statement may change data',
  check(statement) {
    if (isOnlyPlanned(statement)) return undefined;
    for (const { tag, fields } of nodesOf(statement)) {
      if (!MODIFYING.includes(tag)) continue;
      const { command: name, effect } = judgeChange({ ...statement, tag, fields });
      const location = fields['location'];
      return {
        reason: `it holds ${name}, which changes data`,
        hint: `if you mean it: --allow ${effect}`,
        effect,
        location: typeof location === 'number' ? location : undefined,
      };
    }
    return undefined;
  },
};
