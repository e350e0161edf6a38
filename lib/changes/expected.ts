/** What the planner expects of a statement before anything of it is executed. */
import type { ChangeTransaction } from '../databases/writable.js';
import { type Effect, RefusedError } from '../errors.js';
import { isAlwaysTrue } from '../sql/always-true.js';
import { type ChangeStatement, rank } from '../sql/change.js';
import { restricts } from '../sql/restricts.js';
import { targetOf } from './target.js';

export interface Expected {
  readonly rows: number;
  /** Nothing in the plan looks at a row before it is changed: the condition was folded to true. */
  readonly everyRow: boolean;
}

/**
 * Undefined where the planner can't be asked: what is no INSERT, UPDATE, DELETE or MERGE, or stands on what a statement
 * before it makes.
 */
export async function expectRows(
  inside: ChangeTransaction,
  statements: readonly ChangeStatement[],
): Promise<(Expected | undefined)[]> {
  const all: (Expected | undefined)[] = [];
  for (const statement of statements) {
    const { parsed, sql } = statement;
    if (!/^(Insert|Update|Delete|Merge)Stmt$/.test(parsed.tag)) {
      all.push(undefined);
      continue;
    }
    await inside.ask('savepoint pgask_expected');
    try {
      const { rows } = await inside.execute(`explain (format json) ${sql}`);
      const planned = readPlan(rows.map(([line]) => line).join('\n'));
      const everyRow = planned?.everyRow === true || (await isUnconditional(statement, inside));
      all.push(planned && { ...planned, everyRow });
    } catch {
      await inside.ask('rollback to savepoint pgask_expected');
      all.push(undefined);
    }
    await inside.ask('release savepoint pgask_expected');
  }
  return all;
}

/**
 * The planner knows more of what is always true than the text shows: columns that are never null, functions of constants.
 *
 * @throws {RefusedError} a statement reaches every row of a table, and the grant is less than admin
 */
export function checkEveryRow(
  statements: readonly ChangeStatement[],
  expected: readonly (Expected | undefined)[],
  grant: Effect,
): void {
  if (rank(grant) >= rank('admin')) return;
  for (const [i, { parsed, command, sql, objects }] of statements.entries()) {
    if (!['UpdateStmt', 'DeleteStmt'].includes(parsed.tag) || expected[i]?.everyRow !== true)
      continue;
    throw new RefusedError(
      `refused: the condition of ${command} of ${objects.join()} leaves none of its rows out: it reaches every row, and --allow ${grant} does not reach it`,
      { rule: 'unconditional-change', effect: 'admin', sql, hint: 'if you mean it: --allow admin' },
    );
  }
}

async function isUnconditional(
  statement: ChangeStatement,
  inside: ChangeTransaction,
): Promise<boolean> {
  const { whereClause: condition, relation } = statement.parsed.fields;
  const target = await targetOf(statement, inside);
  if (condition === undefined || target === undefined) return false;
  const never = target.columns.filter(({ notNull }) => notNull).map(({ name }) => name);
  const columns = new Set(target.columns.map(({ name }) => name));
  return isAlwaysTrue(condition, new Set(never)) || !restricts(condition, relation, columns);
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly PlanNode[];
}

function readPlan(json: string): Expected | undefined {
  const [top] = JSON.parse(json) as { Plan: PlanNode }[];
  const modify = findModify(top?.Plan);
  const inputs = modify?.Plans?.filter((node) => !/Init|Sub/.test(parentOf(node)));
  const [input] = inputs ?? [];
  if (input === undefined) return undefined;
  return { rows: input['Plan Rows'], everyRow: !looksAtRows(input) };
}

function findModify(node: PlanNode | undefined): PlanNode | undefined {
  if (node === undefined || node['Node Type'] === 'ModifyTable') return node;
  return node.Plans?.map(findModify).find((inner) => inner !== undefined);
}

function parentOf(node: PlanNode): string {
  return String((node as unknown as Record<string, unknown>)['Parent Relationship'] ?? '');
}

/** A filter or condition anywhere below: `Filter`, `Index Cond`, `Hash Cond`, `TID Cond`, `Join Filter` and their like. */
function looksAtRows(node: PlanNode): boolean {
  const keys = Object.keys(node);
  if (keys.some((key) => /(Filter|Cond)$/.test(key) && key !== 'One-Time Filter')) return true;
  // A join that only has to find something, and what is empty anyway.
  if (/Join|Nested Loop|Result/.test(node['Node Type']) && node.Plans === undefined) return true;
  // What is computed once leaves no row out.
  return (node.Plans ?? []).some((one) => parentOf(one) !== 'InitPlan' && looksAtRows(one));
}
