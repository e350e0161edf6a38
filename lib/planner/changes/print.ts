/** A change as its statement and as one sentence, both from the same tree. */
import { relationNamer } from '../../catalog/ddl.js';
import { quoteIdentifier } from '../../sql/quote.js';
import { printRowsSentence } from '../print/sentence.js';
import { printRows } from '../print/sql.js';
import type { Schema } from '../schema/schema.js';
import type { Change, Setting } from './change.js';
import { isUnconditional, nameOf } from './rows.js';

export function printChange(change: Change, schema: Schema): string {
  if (change.type === 'insert') return printInsert(change, schema);
  const { table, where } = printRows(change.rows.query, schema);
  const head =
    change.type === 'delete'
      ? `delete from ${table}`
      : `update ${table}\nset ${change.settings.map(assignment).join(',\n  ')}`;
  return where === '' ? head : `${head}\n${where}`;
}

function assignment({ field, sql }: Setting): string {
  return `${quoteIdentifier(field.column.name)} = ${sql}`;
}

function printInsert(
  { table, settings }: Extract<Change, { type: 'insert' }>,
  { catalog }: Schema,
): string {
  const { schema, name } = table.relation;
  const into = relationNamer(catalog)(schema, name);
  const columns = settings.map(({ field }) => quoteIdentifier(field.column.name));
  return `insert into ${into} (${columns.join(', ')})\nvalues (${settings.map(({ sql }) => sql).join(', ')})`;
}

/** What is done to which rows. */
export function tellChange(change: Change): string {
  switch (change.type) {
    case 'insert': {
      const told = change.settings.map(({ field, told }) => `${field.column.name} ${told}`);
      return `adds a row to ${change.table.relation.name} with ${told.join(', ')}`;
    }
    case 'delete': {
      const { relation } = change.rows.table;
      if (isUnconditional(change.rows)) return `deletes all rows of ${relation.name}`;
      return `deletes the rows of ${relation.name}${printRowsSentence(change.rows.query)}`;
    }
    case 'update': {
      const told = change.settings.map((one) => `${nameOf(one.field)} to ${one.told}`);
      const where = isUnconditional(change.rows)
        ? ` in all rows of ${change.rows.table.relation.name}`
        : printRowsSentence(change.rows.query);
      return `sets ${told.join(' and ')}${where}`;
    }
  }
}
