/** Only SELECT, VALUES, TABLE, SHOW and EXPLAIN are reads; EXPLAIN ANALYZE runs what it explains. */
import type { Effect } from '../../errors.js';
import { judgeChange } from '../change.js';
import { explained, explainExecutes } from '../classify.js';
import type { ParsedStatement } from '../parse.js';
import type { Rule } from './rule.js';

const READS = ['SelectStmt', 'VariableShowStmt', 'ExplainStmt'];

export const readsOnly: Rule = {
  code: 'reads-only',
  summary: 'a statement must be a read',
  check(statement) {
    const inner = executed(statement);
    if (inner === undefined || READS.includes(inner.tag)) return undefined;
    const { command, effect, raised } = judgeChange(inner);
    const explain = inner === statement ? '' : 'EXPLAIN ANALYZE executes its statement, and ';
    const reason = raised?.reason ?? `${command} ${WHAT[effect]}`;
    return { reason: `${explain}${reason}`, hint: HINTS[effect], effect };
  },
};

/** What would run: the statement itself, what EXPLAIN ANALYZE holds, nothing for a plain EXPLAIN. */
function executed(statement: ParsedStatement): ParsedStatement | undefined {
  if (statement.tag !== 'ExplainStmt') return statement;
  return explainExecutes(statement.fields) ? explained(statement.fields) : undefined;
}

const WHAT: Readonly<Record<Effect, string>> = {
  read: 'is not a read',
  write: 'changes data',
  ddl: 'changes the schema',
  admin: 'acts on the server',
};

const HINTS: Readonly<Record<Effect, string>> = {
  read: 'use SELECT, VALUES, TABLE, SHOW or EXPLAIN',
  write: 'if you mean it: --allow write',
  ddl: 'if you mean it: --allow ddl',
  admin: 'if you mean it: --allow admin',
};
