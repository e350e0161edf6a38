/** What the planner expects a statement to cost, before it runs: a ceiling against reads that would take a server down. */
import { RefusedError } from '../errors.js';
import { explained, explainExecutes } from '../sql/classify.js';
import { asText } from '../sql/deparse.js';
import type { ParsedStatement } from '../sql/parse.js';
import type { Cell } from './database.js';
import type { Connection } from './driver.js';

/**
 * Plans the statement, which the guard has let pass: planning may call functions.
 *
 * @param ceiling in the planner's units (manual, chapter 14.1)
 * @throws {RefusedError} above it
 */
export async function checkPlanCost(
  connection: Connection,
  {
    sql,
    parameters,
    parsed,
  }: {
    readonly sql: string;
    readonly parameters: readonly Cell[];
    readonly parsed: ParsedStatement;
  },
  ceiling: number,
): Promise<void> {
  const text = await plannable(sql, parsed);
  if (text === undefined) return;
  const rows = await connection.query(text, parameters);
  const cost = totalCost(rows.map(([line]) => line).join('\n'));
  if (cost === undefined || cost <= ceiling) return;
  throw new RefusedError(`refused: the planner expects a cost of ${cost}, above ${ceiling}`, {
    rule: 'plan-cost',
    effect: 'read',
    hint: 'ask for less, or raise limits.maxPlanCost in the configuration',
    sql,
  });
}

/** EXPLAIN before the text as it is; a plain EXPLAIN runs nothing, SHOW has no plan. */
async function plannable(
  sql: string,
  { tag, fields }: ParsedStatement,
): Promise<string | undefined> {
  if (tag === 'SelectStmt') return `explain (format json) ${sql}`;
  const inner = explained(fields);
  if (tag !== 'ExplainStmt' || !explainExecutes(fields) || inner === undefined) return undefined;
  const text = await asText({ statement: inner, sql });
  if (text !== undefined) return `explain (format json) ${text}`;
  throw new RefusedError("refused: what EXPLAIN ANALYZE would cost can't be told", {
    rule: 'plan-cost',
    effect: 'read',
    hint: 'use EXPLAIN without ANALYZE',
    sql,
  });
}

function totalCost(json: string): number | undefined {
  const [top] = JSON.parse(json) as { Plan?: { 'Total Cost'?: number } }[];
  return top?.Plan?.['Total Cost'];
}
