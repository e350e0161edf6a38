/** The rules, in the order in which they are asked: the first finding is the verdict. */
import { actingCalls } from './acting-calls.js';
import { changesPrivileges } from './changes-privileges.js';
import { destroysData } from './destroys-data.js';
import { knownNodes } from './known-nodes.js';
import { noDataModification } from './no-data-modification.js';
import { noRowLocks } from './no-row-locks.js';
import { noSelectInto } from './no-select-into.js';
import { noSideEffects } from './no-side-effects.js';
import { readsOnly } from './reads-only.js';
import { noLongSleep } from './no-long-sleep.js';
import type { Rule } from './rule.js';
import { sessionCommands } from './session-commands.js';
import { unconditionalChange } from './unconditional-change.js';
import { unjudgedCode } from './unjudged-code.js';

export const rules: readonly Rule[] = [
  readsOnly,
  noDataModification,
  noSelectInto,
  noRowLocks,
  noSideEffects,
  noLongSleep,
  knownNodes,
];

/** What a change takes of a grant, each by its own reason: the most counts. A finding of effect `read` is never allowed. */
export const changeRules: readonly Rule[] = [
  sessionCommands,
  unconditionalChange,
  destroysData,
  changesPrivileges,
  unjudgedCode,
  actingCalls,
];
