/** The rules of changes: what a statement takes of a grant. */
import { actingCalls } from './acting-calls.js';
import { changesPrivileges } from './changes-privileges.js';
import { destructiveChange } from './destructive-change.js';
import { heldCommands } from './held-commands.js';
import type { Rule } from './rule.js';
import { sessionCommands } from './session-commands.js';
import { unconditionalChange } from './unconditional-change.js';
import { unjudgedCode } from './unjudged-code.js';

/** What a change takes of a grant, each by its own reason: the most counts. A finding of effect `read` is never allowed. */
export const changeRules: readonly Rule[] = [
  sessionCommands,
  heldCommands,
  unconditionalChange,
  destructiveChange,
  changesPrivileges,
  unjudgedCode,
  actingCalls,
];
