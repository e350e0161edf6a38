/** Mutates hostile statements at random, and sends them to the guard: none may be let through. */
import { seedFrom } from './seed.js';
import fc from 'fast-check';
import type { Database } from '../../lib/databases/database.js';
import type { Connection } from '../../lib/databases/driver.js';
import { RefusedError, StatementError } from '../../lib/errors.js';
import { judge } from '../../lib/sql/policy.js';
import type { Hostile } from './hostile.js';
import { KINDS, mutate, type Vocabulary } from './mutate.js';

/** In the server's errors: syntax, names and types; nothing was executed. */
const NOT_EXECUTED = /^(42|0A)/;

const steps = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), at: fc.nat(1000), way: fc.nat(0xffff) }),
  { minLength: 1, maxLength: 6 },
);

export async function vocabularyOf(connection: Connection): Promise<Vocabulary> {
  const words = async (sql: string) =>
    new Set((await connection.query(sql)).map(([word]) => word ?? ''));
  return {
    keywords: await words('select word from pg_get_keywords()'),
    builtIn: await words(`
      with named (name, schema) as (
        select proname, pronamespace from pg_proc union select relname, relnamespace from pg_class
      )
      select name from named group by name
      having bool_and(schema = 'pg_catalog'::regnamespace)
        and not name in (select word from pg_get_keywords())`),
  };
}

/** Those that the text alone condemns, and those that take a catalog. What is no SQL is neither. */
export async function sorted(statements: readonly Hostile[]) {
  const judged = await Promise.all(
    statements
      .filter(({ sql, invalid }) => invalid !== true && sql.length < 4000)
      .map(async (hostile) => ({ hostile, type: (await judge(hostile.sql)).type })),
  );
  const of = (type: string) => judged.filter((one) => one.type === type).map((one) => one.hostile);
  return { byText: of('refuse'), byCatalog: of('allow') };
}

/** @throws with the seed, the statement and its mutation, as small as it gets */
export async function refusesMutations(
  statements: readonly Hostile[],
  vocabulary: Vocabulary,
  { runs, verdict }: { readonly runs: number; verdict(sql: string): Promise<string> },
): Promise<void> {
  const seed = seedFrom(process.env['MUTATION_SEED'], 20_261_121);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...statements), steps, async ({ id, sql }, taken) => {
      const mutated = mutate(sql, taken, vocabulary);
      const word = await verdict(mutated);
      if (word === 'refused' || word === 'invalid') return;
      // What is let through as it stands is for hostile.test.ts to tell.
      fc.pre((await verdict(sql)) === 'refused');
      throw new Error(`${id} ${word}:\n${mutated}`);
    }),
    { numRuns: runs, seed },
  );
}

export async function verdictOfText(sql: string): Promise<string> {
  const { type } = await judge(sql);
  return type === 'refuse' ? 'refused' : type === 'invalid' ? 'invalid' : 'is allowed';
}

/** Sends it to be run: a verdict that nobody acts on is none. */
export function verdictOf(database: Database) {
  return async (sql: string): Promise<string> => {
    const options = {
      signal: new AbortController().signal,
      timeoutMs: 1000,
    } as const;
    try {
      await database.read({ sql }, options, () => Promise.resolve());
      return 'ran';
    } catch (error) {
      if (error instanceof RefusedError) return 'refused';
      if (!(error instanceof StatementError)) return `failed: ${String(error)}`;
      return NOT_EXECUTED.test(error.sqlstate ?? '') ? 'invalid' : `ran into ${error.message}`;
    }
  };
}
