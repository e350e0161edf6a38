/** The corpus of honest reads, and what it means that the guarded database gives the same as a plain session. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Row } from '../../lib/databases/database.js';
import { RefusedError, StatementError } from '../../lib/errors.js';

export interface Honest {
  readonly id: string;
  readonly sql: string;
  /** Major versions that know what it is written in; every one where it is not said. */
  readonly servers?: readonly number[];
  /** The statement orders its rows itself; otherwise they are compared as a set. */
  readonly ordered?: boolean;
  /** How much of the result two runs have in common: `shape` is columns and number of rows. */
  readonly compare?: 'shape' | 'columns';
  readonly needs?: readonly Need[];
}

/** `server`: the embedded database lacks it. The others are predefined roles, without which PostgreSQL says no. */
export type Need = 'server' | 'pg_monitor' | 'superuser';

export type Outcome =
  | { readonly names: readonly string[]; readonly rows: readonly Row[] }
  /** PostgreSQL's own no. */
  | { readonly sqlstate: string }
  /** The guard's, or a failure that is nobody's word. */
  | { readonly rule: string; readonly reason: string };

const FILE = join(import.meta.dirname, 'honest.jsonl');

export function honestReads(version: number): Honest[] {
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Honest)
    .filter(({ servers }) => servers === undefined || servers.includes(version));
}

/** What the guard makes of it; never rejects. */
export async function readGuarded(database: Database, sql: string): Promise<Outcome> {
  const options = {
    signal: new AbortController().signal,
    timeoutMs: 20_000,
  } as const;
  try {
    return await database.read({ sql }, options, async ({ columns, batches }) => {
      const rows: Row[] = [];
      for await (const batch of batches) rows.push(...batch);
      return { names: columns.map(({ name }) => name), rows };
    });
  } catch (error) {
    if (error instanceof StatementError) return { sqlstate: error.sqlstate ?? error.message };
    if (error instanceof RefusedError) return { rule: error.rule, reason: error.message };
    return { rule: 'failure', reason: String(error) };
  }
}

/** Undefined where both gave the same, as far as two runs of that statement do. */
export function difference(honest: Honest, plain: Outcome, guarded: Outcome): string | undefined {
  if ('rule' in guarded) return `${guarded.rule}: ${guarded.reason}`;
  if ('rule' in plain) return `the plain session failed: ${plain.reason}`;
  if ('sqlstate' in plain || 'sqlstate' in guarded) {
    const [before, after] = [plain, guarded].map((o) => ('sqlstate' in o ? o.sqlstate : 'rows'));
    return before === after ? undefined : `${before} became ${after}`;
  }
  const names = firstDifference([plain.names], [guarded.names]);
  if (names !== undefined) return `columns: ${names}`;
  if (honest.compare === 'columns') return undefined;
  if (plain.rows.length !== guarded.rows.length) {
    return `${plain.rows.length} rows became ${guarded.rows.length}`;
  }
  if (honest.compare === 'shape') return undefined;
  const arranged = (rows: readonly Row[]) => {
    const texts = rows.map((row) => JSON.stringify(row));
    return honest.ordered === true ? texts : texts.sort();
  };
  return firstDifference(arranged(plain.rows), arranged(guarded.rows));
}

function firstDifference(before: readonly unknown[], after: readonly unknown[]) {
  const at = before.findIndex((item, i) => JSON.stringify(item) !== JSON.stringify(after[i]));
  if (at === -1) return undefined;
  return `${JSON.stringify(before[at])} became ${JSON.stringify(after[at])}`;
}
