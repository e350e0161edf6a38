/** `pgask db add` and `db remove`: databases by name in the configuration, and no password among them. */
import type { App } from '../app.js';
import { defaultDatabase } from '../config/databases.js';
import type { NewDatabase } from '../config/edit-databases.js';
import { holdsSecret } from '../config/mask.js';
import { parseConnectionString } from '../databases/connection.js';
import { EXIT, type ExitCode, UsageError } from '../errors.js';

export interface Addition extends Omit<NewDatabase, 'url'> {
  /** `-` for stdin: what stands on a command line, others on the machine can see. */
  readonly url?: string | undefined;
}

/** Nothing is connected: `pgask db test` does that. */
export async function addDatabase(
  app: App,
  name: string,
  { url: given, access, comment, passwordEnv }: Addition,
): Promise<ExitCode> {
  if (name.includes('://')) {
    throw new UsageError('the name of a database comes before its URL', {
      hint: 'pgask db add NAME postgresql://user@host:5432/database',
    });
  }
  const config = app.config();
  const url = (given === '-' ? await app.io.readInput() : (given ?? '')).trim();
  if (url === '') {
    throw new UsageError('db add needs to know where the database is', {
      hint: 'pgask db add NAME postgresql://user@host:5432/database, or - to read that from stdin',
    });
  }
  // What the parser says of a mistake may repeat a part of it.
  if (!holdsSecret(url)) parseConnectionString(url);
  const path = await config.addDatabase(name, { url, access, comment, passwordEnv });
  app.say(`${name} was added (${path}); pgask db test ${name} tries it`);
  const { context } = config.origins;
  const chosen = defaultDatabase(context);
  const wasAlone = context.configured.filter(({ file }) => file !== undefined).length === 1;
  if (wasAlone && chosen.type === 'named' && chosen.source.type === 'default') {
    app.warn(
      'several databases are configured now, and none is the default',
      `pgask db use ${chosen.name} keeps the one that was`,
    );
  }
  return EXIT.done;
}

export async function removeDatabase(app: App, name: string): Promise<ExitCode> {
  const path = await app.config().removeDatabase(name);
  app.say(`${name} was removed (${path})`);
  return EXIT.done;
}
