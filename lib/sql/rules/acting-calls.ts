/** Calls of built-in functions that act: what of it they take is written beside each (sql/built-ins.ts). */
import { EFFECTS } from '../../errors.js';
import { actingFunction } from '../built-ins.js';
import { rangeAt } from '../range.js';
import { namesOf, nodesOf } from '../walk.js';
import type { Finding, Rule } from './rule.js';

export const actingCalls: Rule = {
  code: 'acting-calls',
  summary: 'a call that acts takes the grant that its act takes',
  check(statement) {
    let worst: Finding | undefined;
    for (const { tag, fields } of nodesOf(statement)) {
      if (tag !== 'FuncCall') continue;
      const name = namesOf(fields['funcname']).at(-1) ?? '';
      const acting = actingFunction(name);
      if (acting === undefined) continue;
      if (worst !== undefined && EFFECTS.indexOf(acting.effect) <= EFFECTS.indexOf(worst.effect))
        continue;
      worst = {
        reason: `${name} ${acting.what}`,
        hint: 'leave the call out',
        effect: acting.effect,
        ...rangeAt(statement, fields['location']),
      };
    }
    return worst;
  },
};
