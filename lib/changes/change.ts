/** A change as it is proposed: its statements, what of a grant they take, and a hash that it is known by. */
import { createHash } from 'node:crypto';
import { type Effect, RefusedError, StatementError } from '../errors.js';
import { type ChangeStatement, rank, readChange } from '../sql/change.js';
import { runsAlone } from './irrevocable.js';
import { SqlSyntaxError } from '../sql/parse.js';
import { checkInput, refusal } from '../sql/policy.js';
import type { Finding } from '../sql/rules/rule.js';

export interface Proposal {
  /** Byte for byte what was asked for. */
  readonly text: string;
  readonly statements: readonly ChangeStatement[];
  /** The most that any of them takes, by its text. */
  readonly effect: Effect;
  /** SHA-256 of the statements, in hexadecimal: the same statements are the same change. */
  readonly hash: string;
  /** Settings of the transaction that it is carried out in: an undo reads values as they were written. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** The change that it puts back. */
  readonly undoes?: string | undefined;
  /** What there is to say of it beforehand. */
  readonly notes?: readonly string[] | undefined;
}

/**
 * @throws {StatementError} it is not SQL, or there is no statement
 * @throws {RefusedError} no grant allows it, or this one does not
 */
export async function propose(text: string, grant: Effect): Promise<Proposal> {
  const input = checkInput(text);
  if (input !== undefined) throw refused('input', input, text);
  return judged(text, await read(text), grant);
}

/** Statements of pgask's own, which may be as long as the values that they hold. @throws {RefusedError} */
export async function proposeOwn(sql: readonly string[], grant: Effect): Promise<Proposal> {
  const statements: ChangeStatement[] = [];
  for (const one of sql) statements.push(...(await read(one)));
  return judged(sql.join(';\n'), statements, grant);
}

function judged(text: string, statements: readonly ChangeStatement[], grant: Effect): Proposal {
  if (statements.length === 0) throw new StatementError('there is no statement in the text');
  for (const { sql, refused: never } of statements) {
    if (never !== undefined) throw refused(never.rule, never, sql);
  }
  const alone = statements.find(({ parsed }) => runsAlone(parsed));
  if (alone !== undefined && statements.length > 1) throw together(alone);
  const effect = statements.reduce<Effect>(
    (most, one) => (rank(one.effect) > rank(most) ? one.effect : most),
    'read',
  );
  const over = statements.find((one) => rank(one.effect) > rank(grant));
  if (over !== undefined) throw beyond(over, grant);
  // What looks like a read may be none, and a transaction that could write is opened by a grant alone.
  if (grant === 'read') throw beyond({ ...statements[0]!, effect: 'write' }, grant);
  return { text, statements, effect, hash: hashOf(statements.map(({ sql }) => sql)) };
}

export function hashOf(statements: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex');
}

async function read(text: string): Promise<ChangeStatement[]> {
  try {
    return await readChange(text);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const { message, position } = error;
    throw new StatementError(message, { sqlstate: '42601', sql: text, position });
  }
}

function together({ command, sql, effect }: ChangeStatement): RefusedError {
  return new RefusedError(
    `refused: ${command} can't run inside a transaction, which the other statements need`,
    { rule: 'runs-alone', effect, sql, hint: 'run it as a change of its own' },
  );
}

/** More than the grant: whoever runs it has to say so. */
function beyond({ sql, command, effect, raised }: ChangeStatement, grant: Effect): RefusedError {
  const why = raised?.reason ?? `${command} takes a grant of ${effect}`;
  const given = grant === 'read' ? 'nothing was granted' : `--allow ${grant} does not reach it`;
  return new RefusedError(`refused: ${why}, and ${given}`, {
    rule: raised?.rule ?? 'grant',
    effect,
    sql,
    ...(raised === undefined ? {} : rangeIn(raised, sql)),
    hint: `if you mean it: --allow ${effect}`,
  });
}

function refused(rule: string, finding: Finding, sql: string): RefusedError {
  const { reason, effect, hint } = finding;
  const range = rangeIn(finding, sql);
  return new RefusedError(`refused: ${reason}`, { rule, effect, hint, sql, ...range });
}

/** In characters, as people count. */
function rangeIn(finding: Finding, sql: string): Pick<RefusedError, 'position' | 'end'> {
  const { position, end } = refusal('', finding, sql);
  return { position, end };
}
