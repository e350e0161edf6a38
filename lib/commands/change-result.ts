/** What became of a change, in the format that was asked for: what was done in one line per statement, or an object. */
import type { App } from '../app.js';
import type { Applied, Plan } from '../changes/changes.js';
import { EXIT, type ExitCode } from '../errors.js';
import { writeWords } from './result.js';

/** Tells of changes that were applied, in their order: one by hand, or those of a run. */
export async function tellApplied(app: App, changes: readonly Applied[]): Promise<ExitCode> {
  const exit = await writeWords(
    app,
    changes.flatMap(changeLines).join('\n'),
    changesObject(changes),
  );
  return exit === EXIT.notUnderstood ? EXIT.done : exit;
}

/** A line for each statement, as psql tells it. */
export function changeLines({ statements }: Applied): string[] {
  return statements.map(({ command, rowCount }) =>
    rowCount === undefined ? command : `${command} ${rowCount}`,
  );
}

/** One change is an object, several are a list. */
export function changesObject(changes: readonly Applied[]): object {
  const objects = changes.map(changeObject);
  return objects.length === 1 ? { change: objects[0] } : { changes: objects };
}

/** The change as `--format json` has it. */
export function changeObject({ id, place, effect, statements, durationMs, undo }: Applied) {
  return {
    id,
    applied: true,
    rowCount: statements.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0),
    database: place.database,
    role: place.role,
    effect,
    statements: statements.map(({ sql, command, rowCount = null }) => ({ sql, command, rowCount })),
    durationMs,
    undo,
  };
}

/** Tells of plans that were written down: one by hand, or those of a run. */
export async function tellPlans(app: App, plans: readonly Plan[]): Promise<ExitCode> {
  const exit = await writeWords(app, plans.map(planLine).join('\n'), plansObject(plans));
  return exit === EXIT.notUnderstood ? EXIT.done : exit;
}

export function planLine({ id, expiresAt }: Plan): string {
  return `plan ${id}: pgask apply ${id} carries it out until ${expiresAt}`;
}

/** As with changes. */
export function plansObject(plans: readonly Plan[]): object {
  return plans.length === 1 ? { plan: plans[0] } : { plans };
}

/** A plan as a person reads it. */
export function planLines(plan: Plan): string[] {
  const counts = plan.counts.map((count) => (count === null ? 'rows not known' : `${count} rows`));
  return [
    `plan ${plan.id}, made ${plan.createdAt}, void after ${plan.expiresAt}`,
    `database ${plan.database} (${plan.datname}), role ${plan.role}, effect ${plan.effect}`,
    ...plan.statements.flatMap((sql, i) => ['', sql, `  ${counts[i]}`]),
  ];
}
