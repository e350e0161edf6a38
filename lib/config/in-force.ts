/** What is in force on a database: flag and environment, then its own settings, then the general ones. */
import type { DatabaseContext } from './databases.js';
import type { GuardAllowance } from './guard.js';
import type { DatabaseSettings } from './schema.js';
import { rank } from './source.js';

export interface DatabaseLimits {
  readonly timeoutMs: number;
  readonly maxRows: number | undefined;
  readonly maxBytes: number | undefined;
  /** Bytes of one value. */
  readonly maxCellBytes: number | undefined;
  /** In the planner's units. */
  readonly maxPlanCost: number | undefined;
  /** Milliseconds that a transaction may sit idle while its rows are not taken. */
  readonly idleTimeoutMs: number;
}

export function limitsOf(
  context: DatabaseContext,
  own: DatabaseSettings['limits'] = {},
): DatabaseLimits {
  const { limits } = context.settings;
  const inForce = <Key extends keyof DatabaseLimits>(key: Key): (typeof limits)[Key] =>
    isForThisRun(context, `limits.${key}`) ? limits[key] : (own[key] ?? limits[key]);
  return {
    timeoutMs: inForce('timeoutMs'),
    maxRows: inForce('maxRows'),
    maxBytes: inForce('maxBytes'),
    maxCellBytes: inForce('maxCellBytes'),
    maxPlanCost: inForce('maxPlanCost'),
    idleTimeoutMs: inForce('idleTimeoutMs'),
  };
}

/**
 * A list of the database's own takes the place of the general one, so that it can name less as well: a function's
 * name says nothing about what it does in another database.
 */
export function guardOf(
  context: DatabaseContext,
  own: DatabaseSettings['guard'] = {},
): GuardAllowance {
  const { guard } = context.settings;
  const inForce = (key: keyof GuardAllowance) =>
    (isForThisRun(context, `guard.${key}`) ? guard[key] : (own[key] ?? guard[key])) ?? [];
  return { functions: inForce('functions'), extensions: inForce('extensions') };
}

/** What was typed or exported for this run is meant for this run, whatever the database's own settings say. */
function isForThisRun({ found }: DatabaseContext, key: string): boolean {
  const source = found.get(key)?.source;
  return source !== undefined && rank(source) >= rank({ type: 'environment', name: '' });
}
