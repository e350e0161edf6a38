/** What kind of command a statement is, and what it would alter. */
import type { Effect } from '../errors.js';
import type { ParsedStatement, Tree } from './parse.js';

export interface Command {
  /** As PostgreSQL's documentation names it: `CREATE TABLE AS`, `COPY`. */
  readonly name: string;
  readonly effect: Effect;
}

/** Commands by their node, where the node's name does not say it. */
const COMMANDS: Readonly<Record<string, Command>> = {
  SelectStmt: { name: 'SELECT', effect: 'read' },
  VariableShowStmt: { name: 'SHOW', effect: 'read' },
  ExplainStmt: { name: 'EXPLAIN', effect: 'read' },
  InsertStmt: { name: 'INSERT', effect: 'write' },
  UpdateStmt: { name: 'UPDATE', effect: 'write' },
  DeleteStmt: { name: 'DELETE', effect: 'write' },
  MergeStmt: { name: 'MERGE', effect: 'write' },
  TruncateStmt: { name: 'TRUNCATE', effect: 'write' },
  CallStmt: { name: 'CALL', effect: 'write' },
  DoStmt: { name: 'DO', effect: 'write' },
  ExecuteStmt: { name: 'EXECUTE', effect: 'write' },
  RefreshMatViewStmt: { name: 'REFRESH MATERIALIZED VIEW', effect: 'write' },
  NotifyStmt: { name: 'NOTIFY', effect: 'write' },
  IndexStmt: { name: 'CREATE INDEX', effect: 'ddl' },
  ViewStmt: { name: 'CREATE VIEW', effect: 'ddl' },
  RenameStmt: { name: 'ALTER … RENAME', effect: 'ddl' },
  CommentStmt: { name: 'COMMENT', effect: 'ddl' },
  RuleStmt: { name: 'CREATE RULE', effect: 'ddl' },
  DefineStmt: { name: 'CREATE', effect: 'ddl' },
  DropStmt: { name: 'DROP', effect: 'ddl' },
  CompositeTypeStmt: { name: 'CREATE TYPE', effect: 'ddl' },
  CreateStmt: { name: 'CREATE TABLE', effect: 'ddl' },
  CreateTableAsStmt: { name: 'CREATE TABLE AS', effect: 'ddl' },
  CreatedbStmt: { name: 'CREATE DATABASE', effect: 'admin' },
  DropdbStmt: { name: 'DROP DATABASE', effect: 'admin' },
  LoadStmt: { name: 'LOAD', effect: 'admin' },
  AlterSystemStmt: { name: 'ALTER SYSTEM', effect: 'admin' },
  AlterDatabaseSetStmt: { name: 'ALTER DATABASE SET', effect: 'admin' },
  AlterDatabaseStmt: { name: 'ALTER DATABASE', effect: 'admin' },
  CheckPointStmt: { name: 'CHECKPOINT', effect: 'admin' },
  GrantStmt: { name: 'GRANT or REVOKE', effect: 'admin' },
  GrantRoleStmt: { name: 'GRANT or REVOKE', effect: 'admin' },
  ReindexStmt: { name: 'REINDEX', effect: 'ddl' },
  ClusterStmt: { name: 'CLUSTER', effect: 'admin' },
  LockStmt: { name: 'LOCK', effect: 'admin' },
  // Nothing stored is altered, but the session's next statements would mean something else.
  TransactionStmt: { name: 'a transaction command', effect: 'read' },
  VariableSetStmt: { name: 'SET or RESET', effect: 'read' },
  PrepareStmt: { name: 'PREPARE', effect: 'read' },
  DeallocateStmt: { name: 'DEALLOCATE', effect: 'read' },
  DeclareCursorStmt: { name: 'DECLARE', effect: 'read' },
  FetchStmt: { name: 'FETCH or MOVE', effect: 'read' },
  ClosePortalStmt: { name: 'CLOSE', effect: 'read' },
  ListenStmt: { name: 'LISTEN', effect: 'read' },
  UnlistenStmt: { name: 'UNLISTEN', effect: 'read' },
  DiscardStmt: { name: 'DISCARD', effect: 'read' },
  ConstraintsSetStmt: { name: 'SET CONSTRAINTS', effect: 'read' },
};

const ROLES =
  /Role|Tablespace|TableSpace|Subscription|Publication|EventTrig|ForeignServer|UserMapping|Fdw/;

/** Never undefined: what is not known by name counts as what its node's name suggests, at worst `admin`. */
export function classify({ tag, fields }: ParsedStatement): Command {
  if (tag === 'DropStmt' && fields['removeType'] === 'OBJECT_EVENT_TRIGGER')
    return { name: 'DROP EVENT TRIGGER', effect: 'admin' };
  const known = COMMANDS[tag];
  if (known !== undefined) return known;
  if (tag === 'CopyStmt') return classifyCopy(fields);
  if (tag === 'VacuumStmt') return classifyVacuum(fields);
  const name = tag
    .replace(/Stmt$/, '')
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toUpperCase();
  const ddl = /^(Create|Alter|Drop|Import|Sec)/.test(tag) && !ROLES.test(tag);
  return { name, effect: ddl ? 'ddl' : 'admin' };
}

/** FULL rewrites a table under a lock that nobody gets past. */
function classifyVacuum(fields: Tree): Command {
  if (fields['is_vacuumcmd'] !== true) return { name: 'ANALYZE', effect: 'write' };
  const options = Array.isArray(fields['options']) ? (fields['options'] as Tree[]) : [];
  const full = options.some((option) => (option['DefElem'] as Tree)['defname'] === 'full');
  return full ? { name: 'VACUUM FULL', effect: 'admin' } : { name: 'VACUUM', effect: 'ddl' };
}

function classifyCopy(fields: Tree): Command {
  if (fields['is_program'] === true) return { name: 'COPY … PROGRAM', effect: 'admin' };
  if (fields['filename'] !== undefined) return { name: 'COPY with a file', effect: 'admin' };
  return fields['is_from'] === true
    ? { name: 'COPY … FROM', effect: 'write' }
    : { name: 'COPY', effect: 'read' };
}

/** Whether an EXPLAIN would execute its statement: its last ANALYZE option counts, and `off` has many spellings. */
export function explainExecutes(fields: Tree): boolean {
  const options = Array.isArray(fields['options']) ? (fields['options'] as Tree[]) : [];
  let executes = false;
  for (const option of options) {
    const { defname, arg } = (option['DefElem'] ?? {}) as { defname?: string; arg?: Tree };
    if (defname?.toLowerCase() === 'analyze') executes = !isOff(arg);
  }
  return executes;
}

/** A plain EXPLAIN plans its statement: nothing that is volatile is executed. */
export function isOnlyPlanned({ tag, fields }: Pick<ParsedStatement, 'tag' | 'fields'>): boolean {
  return tag === 'ExplainStmt' && !explainExecutes(fields);
}

/** As defGetBoolean reads it: no argument is true; false, off and 0 are false; what is odd counts as true here. */
function isOff(arg: Tree | undefined): boolean {
  if (arg === undefined) return false;
  const text = (arg['String'] as { sval?: string } | undefined)?.sval?.toLowerCase();
  if (text !== undefined) return text === 'false' || text === 'off';
  const boolean = arg['Boolean'] as { boolval?: boolean } | undefined;
  if (boolean !== undefined) return boolean.boolval !== true;
  const integer = arg['Integer'] as { ival?: number } | undefined;
  return integer !== undefined && (integer.ival ?? 0) === 0;
}

/** The statement inside an EXPLAIN. */
export function explained(fields: Tree): ParsedStatement | undefined {
  const [entry] = Object.entries((fields['query'] ?? {}) as Tree);
  return entry === undefined
    ? undefined
    : { tag: entry[0], fields: entry[1] as Tree, location: 0, length: 0, text: '' };
}
