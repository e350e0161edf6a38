/**
 * Built-in functions that act outside the transaction, or on it: READ ONLY does not stop them. By name, before any
 * server is asked; what a name means in one database's catalog is for the identity check to say.
 */
import { actingFunction } from '../built-ins.js';
import { namesOf, nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

export const noSideEffects: Rule = {
  code: 'no-side-effects',
  summary: 'a read must not call functions that act',
  check(statement) {
    for (const { tag, fields } of nodesOf(statement)) {
      if (tag !== 'FuncCall') continue;
      // The parser has folded the case of what was not quoted, as the server does.
      const name = namesOf(fields['funcname']).at(-1) ?? '';
      const acting = actingFunction(name);
      if (acting === undefined) continue;
      const location = fields['location'];
      return {
        reason: `${name} ${acting.what}`,
        hint: 'leave the call out; a person can run it with psql',
        effect: acting.effect,
        location: typeof location === 'number' ? location : undefined,
      };
    }
    return undefined;
  },
};
