/** pg_sleep holds a connection and a snapshot: for as long as a statement may take it is only slow. */
import { SLEEPING } from '../built-ins.js';
import type { Tree } from '../parse.js';
import { namesOf, nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

/** Up to a minute is anybody's, and ended by the time limit; more where the limit itself is higher. */
const ANYWAY_MS = 60_000;

export const noLongSleep: Rule = {
  code: 'no-long-sleep',
  summary: 'a read must not sleep longer than it may run',
  check(statement, { timeoutMs }) {
    const limit = Math.max(timeoutMs, ANYWAY_MS);
    for (const { tag, fields } of nodesOf(statement)) {
      const name = tag === 'FuncCall' ? (namesOf(fields['funcname']).at(-1) ?? '') : '';
      if (!SLEEPING.has(name)) continue;
      const asked = milliseconds(name, fields['args']);
      if (asked !== undefined && asked <= limit) continue;
      const location = fields['location'];
      return {
        reason: `${name} sleeps ${asked === undefined ? 'for a time that is not written out' : 'above the limit'}`,
        hint: `leave it out, or write a number of seconds up to ${limit / 1000}`,
        effect: 'read',
        location: typeof location === 'number' ? location : undefined,
      };
    }
    return undefined;
  },
};

/** Undefined for whatever is not one plain number of seconds. */
function milliseconds(name: string, args: unknown): number | undefined {
  const [argument] = (args ?? []) as Tree[];
  const constant = argument?.['A_Const'] as
    { ival?: { ival?: number }; fval?: { fval?: string }; sval?: { sval?: string } } | undefined;
  if (constant === undefined) return undefined;
  if (name === 'pg_sleep_until') return undefined;
  if (name === 'pg_sleep_for') {
    const [, count, unit] =
      /^\s*(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?)\s*$/.exec(
        constant.sval?.sval ?? '',
      ) ?? [];
    if (count === undefined || unit === undefined) return undefined;
    return Number(count) * (unit.startsWith('m') ? 1 : 1000);
  }
  const text = constant.fval?.fval ?? constant.sval?.sval ?? String(constant.ival?.ival ?? 0);
  // Digits, a point, an exponent: `infinity` and the like are no plain numbers.
  return /^\s*\d+(\.\d*)?(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) * 1000 : undefined;
}
