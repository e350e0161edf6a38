/** SELECT … INTO creates a table although it looks like a read. */
import { isOnlyPlanned } from '../classify.js';
import { nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

export const noSelectInto: Rule = {
  code: 'no-select-into',
  summary: 'SELECT must not create a table',
  check(statement) {
    if (isOnlyPlanned(statement)) return undefined;
    for (const { tag, fields } of nodesOf(statement)) {
      // CREATE TABLE AS has its target in `into`; below a plain EXPLAIN it is only planned.
      if (tag === 'SelectStmt' || tag === 'larg' || tag === 'rarg') {
        if (fields['intoClause'] === undefined) continue;
        return {
          reason: 'SELECT INTO creates a table',
          hint: 'leave INTO out to read the rows',
          effect: 'ddl',
        };
      }
    }
    return undefined;
  },
};
