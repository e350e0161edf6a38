/** FOR UPDATE, FOR SHARE and their kin lock rows against other sessions. */
import { isOnlyPlanned } from '../classify.js';
import { nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

export const noRowLocks: Rule = {
  code: 'no-row-locks',
  summary: 'a read must not lock rows',
  check(statement) {
    if (isOnlyPlanned(statement)) return undefined;
    for (const { tag } of nodesOf(statement)) {
      if (tag !== 'LockingClause') continue;
      return {
        reason: 'FOR UPDATE and FOR SHARE lock rows against other sessions',
        hint: 'leave the locking clause out',
        effect: 'read',
      };
    }
    return undefined;
  },
};
