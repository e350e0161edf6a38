/** What stands inside a statement acts as much as what stands alone: in a WITH query, under EXPLAIN ANALYZE, behind INTO. */
import { type Effect, EFFECTS } from '../../errors.js';
import { classify, type Command, explained, isOnlyPlanned } from '../classify.js';
import type { ParsedStatement } from '../parse.js';
import { rangeOfCommand } from '../range.js';
import { nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

const MODIFYING = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'];

export const heldCommands: Rule = {
  code: 'held-commands',
  summary: 'a statement takes the grant of every command that it holds',
  check(statement) {
    if (isOnlyPlanned(statement)) return undefined;
    let most: Command = classify(statement);
    let found: Command | undefined;
    for (const command of heldBy(statement)) {
      if (rank(command.effect) <= rank(most.effect)) continue;
      most = found = command;
    }
    if (found === undefined) return undefined;
    const { name, effect } = found;
    return {
      reason: `it holds ${name}, which takes a grant of ${effect}`,
      hint: `if you mean it: --allow ${effect}`,
      effect,
      ...rangeOfCommand(statement, classify(statement).name),
    };
  },
};

function* heldBy(statement: ParsedStatement): Generator<Command> {
  if (statement.tag === 'ExplainStmt') {
    const inner = explained(statement.fields);
    if (inner !== undefined) yield classify(inner);
  }
  for (const { tag, fields } of nodesOf(statement).slice(1)) {
    if (MODIFYING.includes(tag)) yield classify({ ...statement, tag, fields });
    if (tag === 'intoClause') yield { name: 'SELECT INTO', effect: 'ddl' };
  }
}

function rank(effect: Effect): number {
  return EFFECTS.indexOf(effect);
}
