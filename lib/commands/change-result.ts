/** What became of a change, in the format that was asked for: what was done in one line per statement, or an object. */
import type { App } from '../app.js';
import type { Applied, Plan } from '../changes/changes.js';
import { EXIT, type ExitCode } from '../errors.js';
import { writeWords } from './result.js';

/** Tells of changes that were applied, in their order: one by hand, or those of a run. */
export async function tellApplied(app: App, changes: readonly Applied[]): Promise<ExitCode> {
  const lines = changes.flatMap(({ statements }) =>
    statements.map(({ command, rowCount }) =>
      rowCount === undefined ? command : `${command} ${rowCount}`,
    ),
  );
  const objects = changes.map(changeObject);
  const object = objects.length === 1 ? { change: objects[0] } : { changes: objects };
  const exit = await writeWords(app, lines.join('\n'), object);
  return exit === EXIT.notUnderstood ? EXIT.done : exit;
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

/** Tells of a plan that was written down. */
export async function tellPlan(app: App, plan: Plan): Promise<ExitCode> {
  const words = `plan ${plan.id}: pgask apply ${plan.id} carries it out until ${plan.expiresAt}`;
  const exit = await writeWords(app, words, { plan });
  return exit === EXIT.notUnderstood ? EXIT.done : exit;
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
