/** What makes data go away that no condition names: DROP of what holds any, TRUNCATE, a column less. */
import { classify } from '../classify.js';
import { relationName } from '../objects.js';
import type { Tree } from '../parse.js';
import { namesOf } from '../walk.js';
import { rangeAt, rangeOfCommand } from '../range.js';
import type { Finding, Rule } from './rule.js';

/** Kinds of objects that hold rows, values or other objects that do (ObjectType in parsenodes.h). */
const HOLDERS: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'a table',
  OBJECT_MATVIEW: 'a materialized view',
  OBJECT_FOREIGN_TABLE: 'a foreign table',
  OBJECT_SEQUENCE: 'a sequence',
  OBJECT_SCHEMA: 'a schema',
  OBJECT_EXTENSION: 'an extension',
  OBJECT_FOREIGN_SERVER: 'a foreign server',
  OBJECT_FDW: 'a foreign-data wrapper',
};

const COMMANDS: Readonly<Record<string, (fields: Tree) => string | undefined>> = {
  TruncateStmt: () => 'TRUNCATE removes every row',
  DropStmt({ removeType, behavior }) {
    const holder = HOLDERS[String(removeType)];
    if (holder !== undefined) return `DROP removes ${holder} with what it holds`;
    return behavior === 'DROP_CASCADE'
      ? 'DROP … CASCADE removes whatever depends on it'
      : undefined;
  },
  DropOwnedStmt: () => 'DROP OWNED removes all that a role owns',
  DropdbStmt: () => 'DROP DATABASE removes a database with all that it holds',
  DropTableSpaceStmt: () => 'DROP TABLESPACE removes a tablespace',
  AlterTableStmt: ({ cmds }) => ofTable(cmds),
  RefreshMatViewStmt: ({ skipData }) =>
    skipData === true ? 'WITH NO DATA empties the materialized view' : undefined,
};

export const destructiveChange: Rule = {
  code: 'destructive-change',
  summary: 'what destroys data is admin',
  check(statement): Finding | undefined {
    const { tag, fields } = statement;
    const reason = COMMANDS[tag]?.(fields);
    if (reason === undefined) return undefined;
    const { location } = (fields['relation'] ?? first(fields['relations']) ?? {}) as {
      location?: number;
    };
    const of = fields['relation'] === undefined ? '' : ` of ${relationName(fields['relation'])}`;
    return {
      reason: `${reason}${of}`,
      hint: 'keep a backup, and allow it with --allow admin',
      effect: 'admin',
      ...(rangeAt(statement, location) ?? rangeOfCommand(statement, classify(statement).name)),
    };
  },
};

function first(relations: unknown): unknown {
  return Array.isArray(relations) ? (relations as Tree[])[0]?.['RangeVar'] : undefined;
}

function ofTable(commands: unknown): string | undefined {
  for (const item of Array.isArray(commands) ? (commands as Tree[]) : []) {
    const command = (item['AlterTableCmd'] ?? {}) as Tree;
    const name = JSON.stringify(command['name']);
    if (command['subtype'] === 'AT_DropColumn') return `DROP COLUMN removes the values of ${name}`;
    if (replacesValues(command)) return `USING puts other values in the place of those of ${name}`;
    if (command['behavior'] === 'DROP_CASCADE')
      return 'a CASCADE in ALTER TABLE removes whatever depends on it';
  }
  return undefined;
}

/** `ALTER COLUMN … TYPE … USING` anything but the column itself, cast or not: what stood there is gone. */
function replacesValues({ subtype, name, def }: Tree): boolean {
  if (subtype !== 'AT_AlterColumnType') return false;
  let value = ((def as Tree | undefined)?.['ColumnDef'] as Tree | undefined)?.['raw_default'] as
    Tree | undefined;
  if (value === undefined) return false;
  while (value?.['TypeCast'] !== undefined)
    value = (value['TypeCast'] as Tree)['arg'] as Tree | undefined;
  const column = value?.['ColumnRef'] as Tree | undefined;
  return column === undefined || namesOf(column['fields']).at(-1) !== name;
}
