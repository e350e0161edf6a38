/** A change is one transaction of pgask's own: what begins, ends or prepares anything belongs to a session that goes on. */
import { classify } from '../classify.js';
import { rangeAt, rangeOfCommand } from '../range.js';
import { namesOf, nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

const OF_THE_SESSION: ReadonlySet<string> = new Set(
  `TransactionStmt VariableSetStmt PrepareStmt ExecuteStmt DeallocateStmt DeclareCursorStmt FetchStmt ClosePortalStmt
  ListenStmt UnlistenStmt DiscardStmt LockStmt`.split(/\s+/),
);

export const sessionCommands: Rule = {
  code: 'session-commands',
  summary: 'a change holds no command of the session',
  check(statement) {
    const { tag, fields } = statement;
    const { name } = classify(statement);
    if (OF_THE_SESSION.has(tag)) {
      return {
        reason: `${name} acts on a session, and a change is one transaction of its own`,
        hint: 'leave it out: all statements of a change are applied together or not at all',
        effect: 'read',
        ...rangeOfCommand(statement, name),
      };
    }
    // SET by another name: a role, or what keeps triggers from running.
    const call = nodesOf(statement).find(
      (node) => node.tag === 'FuncCall' && namesOf(node.fields['funcname']).at(-1) === 'set_config',
    );
    if (call !== undefined) {
      return {
        reason: 'set_config acts on the session that the change is made in',
        hint: 'leave the call out',
        effect: 'read',
        ...rangeAt(statement, call.fields['location']),
      };
    }
    // Its data would have to come from this side of the connection, or go to it.
    if (tag === 'CopyStmt' && fields['filename'] === undefined) {
      return {
        reason: `${name} moves data through the connection`,
        hint: 'use INSERT, or psql',
        effect: 'read',
        ...rangeOfCommand(statement, name),
      };
    }
    return undefined;
  },
};
