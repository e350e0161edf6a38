/** `pgask db test` and `db grant-readonly`: as whom a database is read, and how that becomes a role that only reads. */
import type { App, OpenDatabase } from '../app.js';
import type { Cell } from '../databases/database.js';
import { readReaderFacts } from '../databases/reader-facts.js';
import { readRows } from '../databases/read-rows.js';
import { excessOf, lookAtRole } from '../databases/role.js';
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { readerRoleSql } from '../sql/reader-role.js';
import { writeRecords } from './records.js';
import { writeText } from './result.js';

/** TLS is the server's word: behind a pooler it is the pooler's connection. */
const SERVER_SQL = `
select pg_catalog.current_setting('server_version'), pg_catalog.current_database(),
  (select case when s.ssl then s.version else 'no' end
   from pg_catalog.pg_stat_ssl s where s.pid = pg_catalog.pg_backend_pid())`;

/** Connects, and asks the server who we are to it and what we could do besides reading. */
export async function testDatabase(app: App, name: string | undefined): Promise<ExitCode> {
  const { database, entry } = await app.database(name, { anyRole: true });
  const options = readOptions(app, entry);
  const started = Date.now();
  const [server] = await readRows(database, { sql: SERVER_SQL }, options);
  const milliseconds = Date.now() - started;
  const [version = null, connectedTo = null, tls = null] = server ?? [];
  const report = await lookAtRole(database, options);
  const excess = excessOf(report);
  const embedded = entry.target.kind === 'embedded';
  const rows: [what: string, value: Cell][] = [
    ['database', entry.name],
    ['server version', version],
    ['connected to', connectedTo],
    ['role', report.role],
    ...(report.loginRole === report.role
      ? []
      : [['logged in as', report.loginRole] satisfies [string, string]]),
    // Where nobody is connected over a network, there is nothing to tell.
    ...(tls === null ? [] : [['TLS', tls] satisfies [string, string]]),
    ['milliseconds', String(milliseconds)],
    ...report.findings.map(({ what, detail }): [string, Cell] => [what, detail]),
    ['verdict', verdict(excess, embedded)],
  ];
  const exit = await writeRecords(app, ['what', 'value'], rows);
  if (excess !== undefined && !embedded) {
    app.warn(
      `the role ${report.loginRole} can do more than read: it ${excess}`,
      `${grantCommand(name, entry)} prints the SQL of a role that can't`,
    );
  }
  return exit;
}

function verdict(excess: string | undefined, embedded: boolean): string {
  if (excess === undefined) return 'the role can only read';
  return embedded
    ? 'a superuser, the one role that the embedded database has'
    : `too much: the role ${excess}`;
}

/** As it was called, so that it can be called like this again. */
function grantCommand(name: string | undefined, entry: OpenDatabase['entry']): string {
  return ['pgask db grant-readonly', ...(name === undefined ? [] : [entry.name])].join(' ');
}

const DEFAULT_ROLE = 'pgask_reader';

/** Prints the SQL and runs nothing of it. */
export async function grantReadonly(
  app: App,
  name: string | undefined,
  role = DEFAULT_ROLE,
): Promise<ExitCode> {
  checkRoleName(role);
  const { database, entry } = await app.database(name, { anyRole: true });
  if (entry.target.kind === 'embedded') {
    throw new UsageError(`${entry.name} is the embedded database, which has one role alone`, {
      hint: 'name a database on a server; pgask db list shows them',
    });
  }
  const facts = await readReaderFacts(database, role, readOptions(app, entry));
  if (facts.existing?.superuser === true) {
    throw new UsageError(`the role ${role} is there already, and a superuser`, {
      hint: 'give the name of a role that is to be made with --role',
    });
  }
  const { timeoutMs } = entry.limits;
  await writeText(app, readerRoleSql(facts, { role, statementTimeoutMs: timeoutMs }));
  app.say('nothing was run: look at it, then run it with psql -f as a superuser');
  return EXIT.done;
}

/** NAMEDATALEN - 1: the server would cut a longer name, and the SQL would speak of two roles. */
const MAX_NAME_BYTES = 63;

/** @throws {UsageError} */
function checkRoleName(role: string): void {
  const refuse = (why: string) => {
    throw new UsageError(`the role ${role} can't be made: ${why}`, {
      hint: `leave --role out for ${DEFAULT_ROLE}, or give another name`,
    });
  };
  if (/^pg_/.test(role)) refuse("names that begin with pg_ are the server's own");
  if (role === 'public' || role === 'none') refuse('the name means something else to PostgreSQL');
  if (role.includes('\0') || !role.isWellFormed()) refuse('the name is not valid text');
  if (Buffer.byteLength(role) > MAX_NAME_BYTES)
    refuse(`a name has ${MAX_NAME_BYTES} bytes at most`);
}

function readOptions(app: App, { limits }: OpenDatabase['entry']) {
  return { signal: app.signal, timeoutMs: limits.timeoutMs };
}
