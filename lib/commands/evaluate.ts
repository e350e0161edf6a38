/** One evaluation: cases in, report out, and whether the thresholds were reached. Loaded when something is measured. */
import type { App, Output } from '../app.js';
import { CheckError, EXIT, type ExitCode, UsageError } from '../errors.js';
import type { Case } from '../evals/case.js';
import { readCases } from '../evals/cases.js';
import { reportOf } from '../evals/figures.js';
import { type CaseResult, measure } from '../evals/measure.js';
import { predictionLines } from '../evals/predictions.js';
import { REPORT_COLUMNS, reportLines } from '../evals/report.js';
import { readThreshold, unreached } from '../evals/thresholds.js';
import { subjects } from './eval-subject.js';
import { writeRecords } from './records.js';
import { withOutput } from './result.js';
import { inputName, readStatement } from './statement-text.js';

export interface Evaluation {
  readonly path: string;
  readonly databaseUrl?: string | undefined;
  readonly concurrency: number;
  readonly predictions?: string | undefined;
  readonly threshold: readonly string[];
}

/** Of what was broken, so many are told. */
const MAX_TOLD = 5;

/**
 * @throws {UsageError} before anything is asked
 * @throws {CheckError} the report is written, and a threshold was not reached
 */
export async function evaluate(app: App, evaluation: Evaluation): Promise<ExitCode> {
  refuseFlags(app, evaluation);
  const thresholds = evaluation.threshold.map(readThreshold);
  const cases = await casesOf(app, evaluation.path);
  const report = await withOutput(app, async () => {
    const results = await withPredictions(app, evaluation, (file) =>
      measured(app, cases, evaluation, file),
    );
    tellTroubles(app, results);
    const figures = reportOf(results);
    await writeRecords(app, REPORT_COLUMNS, reportLines(figures));
    return figures;
  });
  const missed = unreached(report, thresholds);
  if (missed.length > 0) {
    throw new CheckError(missed.join('; '), {
      hint: 'the report says where; the thresholds are those of the command line',
    });
  }
  return EXIT.done;
}

/** @throws {UsageError} */
function refuseFlags({ flags }: App, { databaseUrl }: Evaluation): void {
  if (databaseUrl !== undefined && flags.db !== undefined) {
    throw new UsageError('--db and --database-url both say where the databases are', {
      hint: 'leave one of them out',
    });
  }
  const given = flags.envelope ? '--envelope' : flags.sqlOnly ? '--sql-only' : undefined;
  if (given === undefined) return;
  throw new UsageError(`eval does not go with ${given}: its report is rows`, {
    hint: 'the statements are what --predictions FILE writes',
  });
}

async function casesOf(app: App, path: string): Promise<readonly [Case, ...Case[]]> {
  const source = path === '-' ? { words: '-', file: undefined } : { words: '', file: path };
  const text = await readStatement(app, source);
  if (text === undefined) {
    throw new UsageError(`${inputName(path)} can't be read: it is not UTF-8 text`);
  }
  const cases = readCases(text, inputName(path));
  const ids = cases.map(({ id }) => String(id));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) app.warn(`${inputName(path)} has the id ${twice} more than once`);
  return cases;
}

/** The file is opened before anything is asked, and there only if all was. */
async function withPredictions(
  app: App,
  { predictions }: Evaluation,
  work: (file: Output | undefined) => Promise<readonly CaseResult[]>,
): Promise<readonly CaseResult[]> {
  if (predictions === undefined) return await work(undefined);
  const file = await app.outputFile(predictions);
  try {
    const results = await work(file);
    await file.commit();
    return results;
  } catch (error) {
    await file.abort();
    throw error;
  }
}

async function measured(
  app: App,
  cases: readonly [Case, ...Case[]],
  { databaseUrl, concurrency }: Evaluation,
  file: Output | undefined,
): Promise<readonly CaseResult[]> {
  const open = await subjects(app, { databaseUrl, cases });
  const all = cases.reduce((count, { questions }) => count + questions.length, 0);
  let asked = 0;
  const done = app.flags.quiet
    ? () => undefined
    : app.io.talk.progress(() => `${asked} of ${all} questions`);
  try {
    const onResult = () => {
      asked += 1;
    };
    const results = await measure(cases, { open, concurrency, onResult, signal: app.signal });
    await file?.sink.write(predictionLines(results));
    return results;
  } finally {
    done();
  }
}

/** What says nothing about the answers, and what kept them from being had. */
function tellTroubles(app: App, cases: readonly CaseResult[]): void {
  const results = cases.flatMap((one) => one.results);
  for (const [outcome, what] of [
    ['broken', 'is a broken case'],
    ['error', 'was neither answered nor refused'],
  ] as const) {
    const found = results.filter((result) => result.outcome === outcome);
    for (const { question, why } of found.slice(0, MAX_TOLD)) {
      app.warn(`${question.id} ${what}: ${why ?? ''}`);
    }
    if (found.length > MAX_TOLD) app.warn(`and ${found.length - MAX_TOLD} more of that kind`);
  }
  if (!app.flags.verbose) return;
  for (const { question, outcome, why } of results) {
    if (outcome === 'right') continue;
    app.detail(
      `${question.id} ${outcome}: ${question.request}${why === undefined ? '' : `: ${why}`}`,
    );
  }
}
