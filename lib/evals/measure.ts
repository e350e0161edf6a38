/** Asks all the cases, some databases at once, and says of each question how it went. */
import { ModelError, PgaskError } from '../errors.js';
import { agrees } from './agree.js';
import type { OpenSubject, OpenSubjectOf, Reply, Respondent } from './answering.js';
import type { Case, Question } from './case.js';
import { openReferences, type ReadReference, type Reference } from './reference.js';

export interface Result {
  readonly question: Question;
  /** Null where it was refused, and where nothing came. */
  readonly sql: string | null;
  /** `broken`: the case's own statement fails, so that nothing is known. `error`: there was neither answer nor refusal. */
  readonly outcome: 'right' | 'wrong' | 'refused' | 'error' | 'broken';
  /** Why it is not right, in words. */
  readonly why: string | undefined;
  /** Undefined where nothing was asked. */
  readonly ms: number | undefined;
}

export interface CaseResult {
  readonly case: Case;
  /** One for each question. */
  readonly results: readonly Result[];
}

export interface MeasureOptions {
  readonly open: OpenSubjectOf;
  /** Databases at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Told after each question. Must not throw. */
  readonly onResult: (result: Result) => void;
}

/** A model that fails so often in a row, and has never done anything else, will not come. */
const HOPELESS = 5;

/**
 * In the order of the cases.
 *
 * @throws {ModelError} the model answers nothing at all
 * @throws {PgaskError} none of the databases can be opened: why the first can't
 */
export async function measure(
  cases: readonly Case[],
  options: MeasureOptions,
): Promise<readonly CaseResult[]> {
  const groups = groupByDatabase(cases);
  const found = new Map<Case, CaseResult>();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const run = { ...options, signal, hope: watchErrors() };
  const failures: PgaskError[] = [];
  const waiting = [...groups];
  const work = async () => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const { results, failure } = await measureGroup(group, run);
      for (const result of results) found.set(result.case, result);
      if (failure !== undefined) failures.push(failure);
    }
  };
  const workers = Array.from({ length: Math.min(options.concurrency, groups.length) }, () =>
    work().catch((error: unknown) => {
      // The others end at their next statement.
      stop.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  signal.throwIfAborted();
  if (failures.length > 0 && failures.length === groups.length) throw failures[0]!;
  return cases.map((one) => found.get(one)!);
}

/** The largest first: what is left at the end is short. */
function groupByDatabase(cases: readonly Case[]): (readonly [Case, ...Case[]])[] {
  const groups = new Map<string | undefined, [Case, ...Case[]]>();
  for (const one of cases) {
    const group = groups.get(one.db);
    if (group === undefined) groups.set(one.db, [one]);
    else group.push(one);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

type Run = MeasureOptions & { readonly hope: ReturnType<typeof watchErrors> };

async function measureGroup(
  group: readonly [Case, ...Case[]],
  run: Run,
): Promise<{ results: CaseResult[]; failure?: PgaskError }> {
  let subject: OpenSubject;
  try {
    subject = await run.open(group[0].db);
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof PgaskError)) throw error;
    return { results: group.map((one) => unasked(one, error, run)), failure: error };
  }
  try {
    const referenceOf = openReferences(subject.database, run.signal);
    const results: CaseResult[] = [];
    for (const one of group) {
      results.push(await measureCase(one, { ...run, referenceOf, with: subject.converse() }));
    }
    return { results };
  } finally {
    await subject.close();
  }
}

function unasked(one: Case, { message }: PgaskError, { onResult }: Run): CaseResult {
  const results = one.questions.map((question): Result => {
    const result = { question, sql: null, ms: undefined, outcome: 'broken', why: message } as const;
    onResult(result);
    return result;
  });
  return { case: one, results };
}

interface CaseRun extends Run {
  readonly referenceOf: ReadReference;
  readonly with: Respondent;
}

async function measureCase(one: Case, run: CaseRun): Promise<CaseResult> {
  const results: Result[] = [];
  for (const question of one.questions) {
    const toTheEnd = question !== one.questions.at(-1);
    const result = await measureQuestion(question, { ...run, toTheEnd });
    run.onResult(result);
    results.push(result);
  }
  return { case: one, results };
}

async function measureQuestion(
  question: Question,
  run: CaseRun & { readonly toTheEnd: boolean },
): Promise<Result> {
  run.signal.throwIfAborted();
  // First, so that no more rows of an answer are kept than could be right.
  const reference = question.gold === undefined ? undefined : await run.referenceOf(question.gold);
  const { toTheEnd } = run;
  const reply = await run.with.ask(question.request, { keep: rowsOf(reference), toTheEnd });
  run.hope.note(reply);
  const sql = 'sql' in reply ? reply.sql : null;
  return { question, sql, ms: reply.ms, ...judge(reply, reference) };
}

function rowsOf(reference: Reference | undefined): number {
  if (reference?.type !== 'rows') return 0;
  const { size, required, optional } = reference.expected;
  return Math.max(size, required.length + optional.length);
}

function judge(reply: Reply, reference: Reference | undefined): Pick<Result, 'outcome' | 'why'> {
  if (reply.type === 'error') return { outcome: 'error', why: reply.error.message };
  if (reference?.type === 'broken') return { outcome: 'broken', why: reference.why };
  switch (reply.type) {
    case 'refused':
      return { outcome: 'refused', why: reply.why };
    case 'failed':
      return { outcome: 'wrong', why: reply.why };
    case 'answered': {
      if (reference === undefined) return { outcome: 'wrong', why: 'nothing answers it' };
      const { columns, rows, rowCount } = reply.table;
      const found = { columns: columns.length, rows };
      const whole = rowCount === rows.length;
      return whole && agrees(found, reference.expected)
        ? { outcome: 'right', why: undefined }
        : { outcome: 'wrong', why: 'the rows are others' };
    }
  }
}

function watchErrors() {
  let inARow = 0;
  let answered = false;
  return {
    /** @throws {ModelError} there is no use in going on */
    note(reply: Reply): void {
      if (reply.type !== 'error') {
        answered = true;
        return;
      }
      inARow += 1;
      if (!answered && inARow >= HOPELESS && reply.error instanceof ModelError) throw reply.error;
    },
  };
}
