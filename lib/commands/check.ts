/** `pgask sql --check`: the guard's verdicts as JSON, with nothing run. */
import type { App } from '../app.js';
import type { Judgement } from '../databases/database.js';
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { placeOf } from '../sql/place.js';
import { withOutput, writeText } from './result.js';
import { statementLines } from './statement-lines.js';
import { inputName, openInput, readStatement, type StatementSource } from './statement-text.js';

/** What is not UTF-8 never reaches the database: there is no text to judge. */
const NOT_TEXT: Judgement = {
  verdict: 'refuse',
  effect: 'read',
  rule: 'input',
  reason: 'the text is not UTF-8, so the server would not see the same characters',
  hint: 'save it as UTF-8',
};

/** One verdict as one object. */
export async function checkOne(app: App, source: StatementSource): Promise<ExitCode> {
  refuseFlags(app);
  const sql = await readStatement(app, source);
  return await withOutput(app, async () => {
    const judgement = await judge(app, sql);
    await writeText(app, JSON.stringify({ ...membersOf(judgement), ...placesOf(sql, judgement) }));
    return judgement.verdict === 'allow' ? EXIT.done : EXIT.refused;
  });
}

/** A verdict for each line of `{"id", "sql"}`, written before the next line is read. */
export async function checkEach(app: App, path: string): Promise<ExitCode> {
  refuseFlags(app);
  return await withOutput(app, async () => {
    const { sink } = await app.output();
    for await (const { id, sql } of statementLines(openInput(app, path), inputName(path))) {
      const { hint: _, ...members } = membersOf(await judge(app, sql));
      await sink.write(`{"id":${id},${JSON.stringify(members).slice(1)}\n`);
    }
    return EXIT.done;
  });
}

async function judge(app: App, sql: string | undefined): Promise<Judgement> {
  const { database, entry } = await app.database();
  app.signal.throwIfAborted();
  if (sql === undefined) return NOT_TEXT;
  return await database.check({ sql }, { signal: app.signal, timeoutMs: entry.limits.timeoutMs });
}

/** What a verdict has nothing to say of is null, so that scripts find every member. */
function membersOf(judgement: Judgement) {
  const { verdict, effect } = judgement;
  const { rule, reason, hint } =
    judgement.verdict === 'refuse' ? judgement : { rule: null, reason: null, hint: null };
  return { verdict, effect, rule, reason, hint };
}

function placesOf(sql: string | undefined, judgement: Judgement) {
  const position = judgement.verdict === 'refuse' ? judgement.position : undefined;
  if (sql === undefined || position === undefined) {
    return { line: null, column: null, position: null };
  }
  const { line, column } = placeOf(sql, position);
  return { line, column, position };
}

/** @throws {UsageError} for flags that are about running a statement, or about another format */
function refuseFlags({ flags }: App): void {
  const { envelope, sqlOnly, limit, format } = flags;
  const given = [
    envelope ? '--envelope' : undefined,
    sqlOnly ? '--sql-only' : undefined,
    limit === undefined ? undefined : '--limit',
    format === undefined || format === 'json' || format === 'jsonl'
      ? undefined
      : `--format ${format}`,
  ].find((flag) => flag !== undefined);
  if (given === undefined) return;
  throw new UsageError(`--check does not go with ${given}: a verdict is JSON, and nothing is run`, {
    hint: `leave ${given} out`,
  });
}
