/** The project's own cases: databases of several domains, and questions with answers that were written before anyone looked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase, testServer } from '../support/server.js';

/** The folder beside the known cases' with those that nobody looks at while working. */
export const HELD_OUT = 'held-out';

/** What requests count from: no answer changes with the day. */
export const TODAY = '2024-06-15';

export interface OwnCases {
  /** For `--database-url`. */
  readonly url: string;
  /** For stdin. */
  readonly lines: string;
  drop(): Promise<void>;
}

/** The figures of one heading of RESULTS.md as thresholds. */
export function keptFigures(results: string, heading: string): string[] {
  const [, section = ''] = results.split(`## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^\| ([a-z-]+) +\|[^|]*\| (\d+) of (\d+) +\|$/gm)].map(
    // Cut off and not rounded: what is kept is reached by itself.
    ([, metric, count, n]) => `${metric}=${Math.floor((1e4 * Number(count)) / Number(n)) / 1e4}`,
  );
}

/** @param folder the project's `evals`, or one in it, with `schemas` and `cases` */
export async function openOwnCases(folder: string): Promise<OwnCases> {
  const names = readdirSync(join(folder, 'schemas')).map((file) => file.replace(/\.sql$/, ''));
  const databases = await Promise.all(
    names.map((name) => {
      const sql = readFileSync(join(folder, 'schemas', `${name}.sql`), 'utf8');
      return testDatabase({ name: `evals_${name}`, sql: [sql, 'analyze'] });
    }),
  );
  return {
    url: (await testServer()).url('evals_NAME').replace('NAME', '{db}'),
    lines: readdirSync(join(folder, 'cases'))
      .map((file) => readFileSync(join(folder, 'cases', file), 'utf8'))
      .join(''),
    drop: async () => {
      await Promise.all(databases.map((database) => database.drop()));
    },
  };
}
