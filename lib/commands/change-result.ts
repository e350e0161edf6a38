/** What became of a change, in the format that was asked for: what was done in one line per statement, or an object. */
import type { App } from '../app.js';
import type { Applied, AppliedStatement, Plan } from '../changes/changes.js';
import { EXIT, type ExitCode, LimitError } from '../errors.js';
import { printable } from '../io.js';
import { NO_USAGE } from '../models/model.js';
import { layOut } from '../rows.js';
import { withoutSecrets } from '../sql/mask.js';
import { jsonText, rowsOfJson } from './change-json.js';
import { wordsEnvelope } from './envelope.js';
import { formatOptions, writeText } from './result.js';

/** Tells of changes that were applied, in their order: one by hand, or those of a run. */
export async function tellApplied(app: App, changes: readonly Applied[]): Promise<ExitCode> {
  const statements = changes.flatMap((change) => change.statements);
  const lines = changes.flatMap(changeLines);
  const cut = await write(app, { lines, object: changesObject(app, changes), statements });
  for (const { id, undo, against, effect } of changes) {
    if (undo) app.say(`to put the rows back: pgask undo ${id} --allow ${effect}`);
    else if (against !== undefined) app.say(`it can't be undone: ${against}`);
  }
  if (cut !== undefined) {
    throw new LimitError(
      `the change was applied, and the rows that it gave back were cut after ${cut} by --max-rows`,
      { limit: 'max-rows', hint: 'raise --max-rows, or ask for fewer rows with --limit' },
    );
  }
  const counted = statements.filter(({ rowCount }) => rowCount !== undefined);
  const none = counted.length > 0 && counted.every(({ rowCount }) => rowCount === 0);
  return app.flags.failEmpty && none ? EXIT.failed : EXIT.done;
}

/** A line for each statement, as psql tells it. */
export function changeLines({ statements }: Applied): string[] {
  return statements.map(tagOf);
}

/** One change is an object, several are a list. */
export function changesObject(app: App, changes: readonly Applied[]): object {
  const objects = changes.map((change) => changeObject(app, change));
  return objects.length === 1 ? { change: objects[0] } : { changes: objects };
}

/** As psql says it: the 0 of INSERT is what is left of a row's OID. */
function tagOf({ command, rowCount }: AppliedStatement): string {
  if (rowCount === undefined) return command;
  return command === 'INSERT' ? `INSERT 0 ${rowCount}` : `${command} ${rowCount}`;
}

/** The change as `--format json` has it. */
export function changeObject(
  app: App,
  { id, place, effect, statements, durationMs, undo, against }: Applied,
): object {
  const rows = statements.filter(({ returned }) => returned !== undefined);
  return {
    id,
    applied: true,
    rowCount: statements.reduce((sum, one) => sum + changedBy(one), 0),
    database: place.database,
    role: place.role,
    effect,
    statements: statements.map(({ sql, command, rowCount = null }) => ({
      ...{ sql: app.io.secrets.inSql(withoutSecrets(sql)), command, rowCount },
    })),
    durationMs,
    undo,
    ...(undo ? {} : { cannotUndo: against ?? null }),
    // Of one statement they are the change's own, so that a reader need not look for them.
    ...(rows.length === 1 ? { rows: rowsOfJson(app, rows[0]!.returned!) } : {}),
    ...(rows.length > 1
      ? {
          rows: statements.map(({ returned }) =>
            returned === undefined ? null : rowsOfJson(app, returned),
          ),
        }
      : {}),
  };
}

/** What a query read it has not changed. */
function changedBy({ command, rowCount }: AppliedStatement): number {
  return /^(INSERT|UPDATE|DELETE|MERGE|COPY)$/.test(command) ? (rowCount ?? 0) : 0;
}

/** Tells of plans that were written down: one by hand, or those of a run. */
export async function tellPlans(app: App, plans: readonly Plan[]): Promise<ExitCode> {
  const object = plansObject(app, plans);
  await write(app, { lines: plans.map(planLine), object, statements: [] });
  return EXIT.done;
}

export function planLine({ id, expiresAt }: Plan): string {
  return `plan ${id}: pgask apply ${id} carries it out until ${expiresAt}`;
}

/** As with changes. */
export function plansObject(app: App, plans: readonly Plan[]): object {
  const objects = plans.map((plan) => planObject(app, plan));
  return objects.length === 1 ? { plan: objects[0] } : { plans: objects };
}

/** The plan as `--format json` has it. */
export function planObject(app: App, { version: _, statements, ...plan }: Plan): object {
  const masked = statements.map((sql) => app.io.secrets.inSql(withoutSecrets(sql)));
  return { ...plan, applied: false, statements: masked };
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

interface Told {
  readonly lines: readonly string[];
  readonly object: object;
  readonly statements: readonly AppliedStatement[];
}

/** @returns after how many rows they were cut, where they were */
async function write(app: App, told: Told): Promise<number | undefined> {
  const { lines, object, statements } = told;
  const { sink } = await app.output();
  if (app.flags.envelope) {
    await sink.write(await envelope(app, told));
    return undefined;
  }
  const format = app.format();
  if (format.words === 'json') {
    await sink.write(`${jsonText(object)}\n`);
    return undefined;
  }
  const returned = statements.flatMap((one) => one.returned ?? []);
  if (returned.length === 0) {
    // Formats of rows never carry prose.
    if (format.words === 'text') await writeText(app, printable(lines.join('\n')));
    else for (const line of lines) app.say(line);
    return undefined;
  }
  const shown = format.words === 'text' ? returned : returned.slice(-1);
  if (shown.length < returned.length)
    app.warn(`${format.name} has room for one statement's rows: these are the last one's`);
  let cut: number | undefined;
  for (const one of shown) cut = (await writeRows(app, one)) ?? cut;
  for (const line of lines) app.say(line);
  return cut;
}

async function writeRows(
  app: App,
  { columns, rows }: NonNullable<AppliedStatement['returned']>,
): Promise<number | undefined> {
  const { sink, path } = await app.output();
  const { entry } = await app.changes();
  const { limit = Infinity } = app.flags;
  const { maxRows = Infinity } = entry.limits;
  const shown = rows.slice(0, Math.min(limit, maxRows));
  const truncated = shown.length < Math.min(rows.length, limit);
  const format = app.format();
  const writer = format.open(sink, columns, formatOptions(app, path));
  const keys = columns.map(({ key }) => key);
  if (shown.length > 0) await writer.rows(layOut(format.layout, keys, shown));
  await writer.end({ rowCount: shown.length, truncated });
  return truncated ? shown.length : undefined;
}

/** Around a change by hand: no model was asked. */
async function envelope(app: App, { lines, object, statements }: Told): Promise<string> {
  const { entry } = await app.changes();
  const sql = statements.map((one) => app.io.secrets.inSql(withoutSecrets(one.sql))).join(';\n');
  return wordsEnvelope(
    {
      ...{ answer: lines.join('\n'), sql: sql === '' ? null : sql, database: entry.name },
      ...object,
    },
    { steps: 0, usage: NO_USAGE, durationMs: Math.round(performance.now()), session: null },
  );
}
