/** The rules, in the order in which they are asked: the first finding is the verdict. */
import { knownNodes } from './known-nodes.js';
import { noDataModification } from './no-data-modification.js';
import { noRowLocks } from './no-row-locks.js';
import { noSelectInto } from './no-select-into.js';
import { noSideEffects } from './no-side-effects.js';
import { readsOnly } from './reads-only.js';
import { noLongSleep } from './no-long-sleep.js';
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [
  readsOnly,
  noDataModification,
  noSelectInto,
  noRowLocks,
  noSideEffects,
  noLongSleep,
  knownNodes,
];
