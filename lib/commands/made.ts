/** What a turn has changed or planned: as lines, as an object, as its result, and as a session keeps it. */
import type { App } from '../app.js';
import type { Applied, Plan } from '../changes/changes.js';
import type { ExitCode } from '../errors.js';
import { withoutSecrets } from '../sql/mask.js';
import type { TurnChange } from '../sessions/session.js';
import {
  changeLines,
  changesObject,
  planLine,
  plansObject,
  tellApplied,
  tellPlans,
} from './change-result.js';

/** A run applies or plans, as its flags say; never both. */
export interface Made {
  readonly applied: readonly Applied[];
  readonly plans: readonly Plan[];
}

/** For stderr, where the result is something else, or nothing; none where nothing was made. */
export function madeLines({ applied, plans }: Made): string[] {
  return [
    ...applied.map((change) => `applied change ${change.id}: ${changeLines(change).join(', ')}`),
    ...plans.map(planLine),
  ];
}

/** Members of an envelope. */
export function madeObject(app: App, { applied, plans }: Made): object {
  if (applied.length > 0) return changesObject(app, applied);
  return plans.length > 0 ? plansObject(app, plans) : {};
}

/** Its statements as one text; null where nothing was made. */
export function madeSql(app: App, { applied, plans }: Made): string | null {
  const all = [
    ...applied.flatMap(({ statements }) => statements.map(({ sql }) => sql)),
    ...plans.flatMap(({ statements }) => statements),
  ];
  return all.length === 0 ? null : all.map((sql) => app.io.secrets.inSql(sql)).join(';\n');
}

/** Where it is the result itself. */
export async function tellMade(app: App, { applied, plans }: Made): Promise<ExitCode> {
  return applied.length > 0 ? await tellApplied(app, applied) : await tellPlans(app, plans);
}

export function rememberedOf({ applied, plans }: Made): TurnChange[] {
  return [
    ...applied.map(({ id, effect, statements }) => ({
      ...{ id, state: 'applied' as const, effect },
      statements: statements.map(({ sql, command, rowCount = null }) => ({
        ...{ sql: withoutSecrets(sql), command, rowCount },
      })),
    })),
    ...plans.map(({ id, effect, statements, counts }) => ({
      ...{ id, state: 'planned' as const, effect },
      statements: statements.map((sql, i) => ({
        ...{ sql, command: sql.split(/\s/)[0]!.toUpperCase(), rowCount: counts[i] ?? null },
      })),
    })),
  ];
}
