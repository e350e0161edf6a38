/** What became of a statement that ran outside of a transaction, by what the catalogs show. */
import type { WritableDatabase } from '../databases/writable.js';
import { readChange } from '../sql/change.js';
import type { Tree } from '../sql/parse.js';
import { quoteIdentifier } from '../sql/quote.js';
import type { Entry } from './journal.js';
import type { Outcome } from './outcome.js';

/** `in progress` while a session still runs it: nobody waits for its answer, and it can come to its end all the same. */
export async function statusAlone(
  database: WritableDatabase,
  { statements: [sql = ''] }: Entry,
  signal: AbortSignal,
): Promise<Outcome | 'in progress'> {
  const ask = (text: string, ...parameters: string[]) => database.ask(text, parameters, signal);
  if ((await ask(RUNNING, sql)).length > 0) return 'in progress';
  const [statement] = await readChange(sql);
  const { tag, fields } = statement!.parsed;
  const exists = async (text: string, name: string) => (await ask(text, name)).length > 0;
  const made = (there: boolean): Outcome => ({ state: there ? 'applied' : 'not applied' });
  switch (tag) {
    case 'CreatedbStmt':
      return made(await exists(DATABASE, String(fields['dbname'])));
    case 'DropdbStmt':
      return made(!(await exists(DATABASE, String(fields['dbname']))));
    case 'DropStmt': {
      const found = await Promise.all(statement!.objects.map((name) => exists(INDEX, name)));
      return made(!found.includes(true));
    }
    case 'IndexStmt': {
      if (typeof fields['idxname'] !== 'string') break;
      const { schemaname } = fields['relation'] as Tree as { schemaname?: string };
      const names = [...(schemaname === undefined ? [] : [schemaname]), fields['idxname']];
      const [found] = await ask(INDEX, names.map(quoteIdentifier).join('.'));
      if (found === undefined) return { state: 'not applied' };
      const [name, valid] = found;
      return valid === 't'
        ? { state: 'applied' }
        : { state: 'not applied', outcome: `it left the invalid index ${name} behind` };
    }
  }
  return {
    ...{ state: 'not applied', guessed: true },
    outcome: 'nothing tells whether it came to its end: it can be run again',
  };
}

const RUNNING = `select pid from pg_catalog.pg_stat_activity
  where state = 'active' and query = $1 and pid <> pg_catalog.pg_backend_pid()`;

const DATABASE = 'select 1 from pg_catalog.pg_database where datname = $1';

const INDEX = `select i.indexrelid::pg_catalog.regclass, i.indisvalid from pg_catalog.pg_index i
  where i.indexrelid = pg_catalog.to_regclass($1)`;
