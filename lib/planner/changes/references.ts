/** A row that another one refers to, named where its key is wanted: `to the Sales department`. */
import { NotUnderstoodError } from '../../errors.js';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.js';
import type { Schema } from '../schema/schema.js';
import { relationNamer } from '../../catalog/ddl.js';
import { printRows } from '../print/sql.js';
import { printRowsSentence } from '../print/sentence.js';
import type { Field, Step, Table } from '../schema/schema.js';
import type { Setting } from './change.js';
import { type Reader, typed } from './command.js';
import { digitsOf, quotedText, type Span } from './literal.js';
import { isUnconditional, nameOf, readRows } from './rows.js';

/** The keys by which a table refers to others, each of one column. */
export function referencesOf({ steps }: Table): readonly Step[] {
  return steps.filter(({ forward, on }) => forward && on.length === 1);
}

/**
 * The key from one table to another.
 *
 * @throws {NotUnderstoodError} there is none, or there are several
 */
export function referenceTo(from: Table, to: Table): Step {
  const [step, ...more] = referencesOf(from).filter((one) => one.to === to);
  if (step === undefined)
    throw new NotUnderstoodError(
      `${from.relation.name} does not refer to ${to.relation.name} by one column`,
      { hint: 'name the column that is to change, and its value' },
    );
  if (more.length > 0) {
    const choices = [step, ...more].map(({ on }) => nameOf(on[0]![0]));
    throw new NotUnderstoodError(
      `${from.relation.name} refers to ${to.relation.name} in more than one way`,
      { hint: 'name the column that is to change', choices },
    );
  }
  return step;
}

/** The row that words like `the Sales department` or `customer 5` name, as the value of the key to it. */
export function referredTo(text: string, from: Table, reader: Reader): Setting {
  const rows = readRows(text, reader);
  const step = referenceTo(from, rows.table);
  const [own, other] = step.on[0]!;
  const [only, ...more] = rows.query.scope.where;
  if (isUnconditional(rows))
    throw new NotUnderstoodError(
      `"${text}" does not say which row of ${rows.table.relation.name}`,
      {
        hint: 'name it by its name or its key',
      },
    );
  const isKey =
    only?.type === 'compare' &&
    only.operator === '=' &&
    more.length === 0 &&
    rows.query.scope.nodes.length === 1 &&
    only.left.type === 'column' &&
    only.left.field === other &&
    'digits' in only.right;
  if (isKey && 'digits' in only.right)
    return { field: own, words: text, sql: only.right.digits, told: only.right.digits };
  const { table, where } = printRows(rows.query, reader.grounds.schema);
  const column = quoteIdentifier(other.column.name);
  return {
    field: own,
    words: text,
    sql: `(\n    select ${column}\n    from ${table}\n    ${where.replaceAll('\n', '\n    ')}\n  )`,
    told: `that of ${rows.table.relation.name} (${printRowsSentence(rows.query).replace(/^, /, '')})`,
  };
}

/**
 * The row of a table that a bare value names: its name, or its key.
 *
 * @throws {NotUnderstoodError} no row is called so
 */
export function referredBy(span: Span, { on, to }: Step, { grounds }: Reader): Setting {
  const words = typed(span.lattice, span.from, span.to);
  const [own, other] = on[0]!;
  const digits = digitsOf(span);
  if (digits !== undefined && own.family === 'integer')
    return { field: own, words, sql: digits, told: digits };
  const said = (quotedText(span) ?? words).toLowerCase();
  const [naming, ...rest] = to.naming;
  const names = new Set(
    grounds.values.flatMap(({ field, word, value, match }) =>
      field === naming && word.toLowerCase() === said && ['exact', 'case'].includes(match)
        ? [value]
        : [],
    ),
  );
  const [name, ...others] = names;
  if (naming === undefined || rest.length > 0 || name === undefined)
    throw new NotUnderstoodError(`no row of ${to.relation.name} is called "${words}"`, {
      hint: `name it as it stands in ${to.relation.name}, or by its key`,
    });
  if (others.length > 0)
    throw new NotUnderstoodError(`several rows of ${to.relation.name} may be meant`, {
      hint: 'write the name as it stands there',
      choices: [...names],
    });
  const column = (field: Field) => quoteIdentifier(field.column.name);
  const { schema, name: relation } = to.relation;
  const from = namer(grounds.schema)(schema, relation);
  return {
    field: own,
    words,
    sql: `(\n    select ${column(other)}\n    from ${from}\n    where ${column(naming)} = ${quoteLiteral(name).trim()}\n  )`,
    told: `that of ${to.relation.name} (where ${nameOf(naming)} is "${name}")`,
  };
}

function namer({ catalog }: Schema): (schema: string, name: string) => string {
  return relationNamer(catalog);
}
