/** What a change would do: executed in a transaction that is rolled back, or estimated where that can't be or costs too much. */
import type { ChangeLimits, ChangeTransaction, WritableDatabase } from '../databases/writable.js';
import type { Effect } from '../errors.js';
import { type ChangeStatement, rank } from '../sql/change.js';
import type { RowChange } from './capture.js';
import type { Proposal } from './change.js';
import { checkEveryRow, expectRows } from './expected.js';
import { unexplained } from './explained.js';
import { reasonAgainst } from './images.js';
import { type Fingerprint, fingerprintOf } from './fingerprint.js';
import type { Held, Touched } from './footprint.js';
import { outsideOfTransaction, untrustedTriggers } from './irrevocable.js';
import { type Place, placeOf } from './place.js';
import { elsewhereOf, rowsOf, runStatements, type StatementRun } from './run.js';
import { targetOf } from './target.js';

export interface PreviewOptions {
  readonly grant: Effect;
  /** Rows of each statement that are shown. */
  readonly sampleRows: number;
  /** Rows that the planner may expect at most: above that nothing is executed. */
  readonly maxRows: number;
  /** Rows of each table of which the former values are kept. */
  readonly undoRows: number;
}

export interface StatementPreview {
  readonly sql: string;
  readonly command: string;
  readonly effect: Effect;
  /** Exact where the preview was executed, the planner's guess where it was not; undefined where there is none. */
  readonly rowCount: number | undefined;
  readonly sample: Sample | undefined;
}

export interface Sample {
  readonly columns: readonly string[];
  readonly rows: readonly RowChange[];
}

export interface Preview {
  readonly place: Place;
  /** `executed`: in a transaction that was rolled back; the others executed nothing. */
  readonly kind: 'executed' | 'estimated' | 'unexecuted';
  /** Why nothing was executed. */
  readonly why: readonly string[];
  readonly statements: readonly StatementPreview[];
  /** {@link rowsOf} */
  readonly rows: readonly (string | undefined)[];
  /** The most that it takes of a grant, with what its names came to. */
  readonly effect: Effect;
  /** Rows in tables that no statement names as its target. Undefined where they were not counted. */
  readonly elsewhere: readonly Touched[] | undefined;
  readonly sequences: readonly string[];
  readonly locks: readonly Held[];
  /** Milliseconds that the statements took, and that the locks were held at least. */
  readonly durationMs: number | undefined;
  /** What a rollback can't take back, a clause each. */
  readonly irrevocable: readonly string[];
  /** Why it can't be undone, as a clause; undefined also where it was not executed. */
  readonly against: string | undefined;
  /** Tables whose rows cascades, triggers and functions change. */
  readonly watch: readonly string[];
  /** What else there is to say of it beforehand. */
  readonly notes: readonly string[];
  readonly fingerprint: Fingerprint;
}

/**
 * @throws {RefusedError} it takes more than the grant
 * @throws {StatementError} the server refuses it
 */
export async function preview(
  database: WritableDatabase,
  { statements, effect, settings, undoes, notes = [] }: Proposal,
  limits: ChangeLimits,
  options: PreviewOptions,
): Promise<Preview> {
  return await database.rehearse(limits, async (inside) => {
    const judged = await judgeAll(inside, statements);
    const most = rank(judged.effect) > rank(effect) ? judged.effect : effect;
    const common = {
      place: await placeOf((sql) => inside.ask(sql), database.name),
      effect: most,
      fingerprint: await fingerprintOf(inside, statements),
      irrevocable: judged.irrevocable,
      notes,
    };
    const nothing = {
      ...{ against: undefined, watch: [], rows: [] },
      elsewhere: undefined,
      sequences: [],
      locks: [],
      durationMs: undefined,
    };
    if (judged.irrevocable.length > 0) {
      const unexecuted = statements.map((one) => untouched(one, undefined));
      return {
        ...{ ...common, ...nothing, kind: 'unexecuted', why: judged.irrevocable },
        statements: unexecuted,
      } as const;
    }
    const expected = await expectRows(inside, statements);
    checkEveryRow(statements, expected, options.grant);
    const estimates = expected.map((one) => one?.rows);
    const largest = Math.max(0, ...estimates.map((rows) => rows ?? 0));
    if (largest > options.maxRows) {
      const why = `the planner expects ${largest} rows, and above ${options.maxRows} a preview is not executed`;
      return {
        ...{ ...common, ...nothing, kind: 'estimated', why: [why] },
        statements: statements.map((one, i) => untouched(one, estimates[i])),
      } as const;
    }
    const keptRows = Math.max(options.sampleRows, options.undoRows);
    const run = await runStatements(inside, statements, {
      ...{ grant: options.grant, keptRows, settings, deferred: undoes !== undefined },
    });
    const against = await reasonAgainst(run, options.undoRows, inside);
    const { sequences, locks } = run.footprint;
    return {
      ...common,
      ...{ kind: 'executed', why: [], durationMs: run.durationMs, sequences, locks },
      elsewhere: elsewhereOf(run),
      rows: rowsOf(run),
      against,
      watch: against === undefined ? unexplained(run).map(({ table }) => table) : [],
      statements: run.statements.map((one) => shown(one, options.sampleRows)),
    } as const;
  });
}

/** Before anything is executed: what can't be taken back must not happen for a preview. */
async function judgeAll(inside: ChangeTransaction, statements: readonly ChangeStatement[]) {
  const irrevocable = new Set<string>();
  let effect: Effect = 'read';
  for (const statement of statements) {
    const outside = outsideOfTransaction(statement);
    if (outside !== undefined) irrevocable.add(outside);
    const judged = await inside.judge(statement);
    if (rank(judged.effect) > rank(effect)) effect = judged.effect;
    for (const reason of judged.irrevocable) irrevocable.add(reason);
    const target = await targetOf(statement, inside);
    if (target === undefined) continue;
    if (target.kind === 'f') irrevocable.add(`${target.name} is a foreign table`);
    for (const reason of await untrustedTriggers(inside, target.oid)) irrevocable.add(reason);
  }
  return { effect, irrevocable: [...irrevocable] };
}

function untouched(
  { sql, command, effect }: ChangeStatement,
  rowCount: number | undefined,
): StatementPreview {
  return { sql, command, effect, rowCount, sample: undefined };
}

function shown(
  { statement, rowCount, captured }: StatementRun,
  sampleRows: number,
): StatementPreview {
  const { sql, command, effect } = statement;
  const sample =
    captured === undefined
      ? undefined
      : {
          columns: captured.columns.map(({ name }) => name),
          rows: captured.rows.slice(0, sampleRows),
        };
  return { sql, command, effect, rowCount, sample };
}
