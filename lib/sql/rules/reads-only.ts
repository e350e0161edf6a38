/** Only SELECT, VALUES, TABLE, SHOW and EXPLAIN are reads; EXPLAIN ANALYZE runs what it explains. */
import type { Effect } from '../../errors.js';
import { classify, explained, explainExecutes } from '../classify.js';
import type { ParsedStatement } from '../parse.js';
import type { Rule } from './rule.js';

const READS = ['SelectStmt', 'VariableShowStmt', 'ExplainStmt'];

export const readsOnly: Rule = {
  code: 'reads-only',
  summary: 'a statement must be a read',
  check(statement) {
    const inner = executed(statement);
    if (inner === undefined || READS.includes(inner.tag)) return undefined;
    const { name, effect } = classify(inner);
    const explain = inner === statement ? '' : 'EXPLAIN ANALYZE executes its statement, and ';
    return { reason: `${explain}${name} ${WHAT[effect]}`, hint: HINTS[effect], effect };
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
  write: 'this version of pgask only reads: run it with psql if you mean it',
  ddl: 'this version of pgask only reads: run it with psql if you mean it',
  admin: 'this version of pgask only reads: run it with psql if you mean it',
};
