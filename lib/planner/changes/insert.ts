/** A row that is added: `add a customer named Ida Berg with the email x@y.z`, `create an order for customer 5`. */
import { NotUnderstoodError } from '../../errors.js';
import { Lattice } from '../lattice.js';
import type { Table } from '../schema/schema.js';
import { tokenize } from '../text/tokens.js';
import type { Change, Setting } from './change.js';
import { type Command, typed } from './command.js';
import { Clauses, tablesAt } from './clauses.js';
import { quotedText } from './literal.js';
import { missing } from './missing.js';
import { saidInWords } from './prepare.js';

const ONE = new Set([
  'a',
  'an',
  'one',
  'new',
  'another',
  'the',
  'into',
  'to',
  'table',
  'row',
  'record',
  'in',
]);

/** Every reading of a command that adds a row. */
export function insertions(command: Command): (() => Change)[] {
  const text = saidInWords(typed(command.lattice, command.from, command.to), command.grounds);
  const lattice = new Lattice(text, command.grounds, tokenize(text));
  const end = lattice.tokens.length;
  let at = 0;
  while (ONE.has(lattice.word(at))) at++;
  const tables = tablesAt(lattice, at);
  const behind = calledTo(lattice);
  if (tables.length === 0 && behind.length === 0)
    return [
      () => {
        throw new NotUnderstoodError(`"${text}" does not say what is added`, {
          hint: 'say "add a customer named … with the email …", or use pgask sql --allow write',
        });
      },
    ];
  return [
    ...tables.map(({ table, end: next }) => () => {
      if (isSql(lattice, next)) throw asSql();
      return added(new Clauses(lattice, table, command), next, end, table);
    }),
    ...behind.map(({ table, at: to }) => () => {
      const clauses = new Clauses(lattice, table, command);
      return { type: 'insert' as const, table, settings: withAll(table, clauses.named(0, to)) };
    }),
  ];
}

function isSql(lattice: Lattice, at: number): boolean {
  return lattice.tokens.some(({ word }, i) => i >= at && (word === 'values' || word === 'select'));
}

function asSql(): NotUnderstoodError {
  return new NotUnderstoodError('a statement is not read as a request', {
    hint: 'run it as it is: pgask sql --allow write "INSERT …"',
  });
}

/** `add Ida Berg to the customers`: the table at the end. */
function calledTo(lattice: Lattice): { readonly table: Table; readonly at: number }[] {
  const end = lattice.tokens.length;
  const at = lattice.tokens.findLastIndex(({ word }) => word === 'to' || word === 'as');
  if (at < 1) return [];
  let next = at + 1;
  while (ONE.has(lattice.word(next))) next++;
  return tablesAt(lattice, next).flatMap(({ table, end: behind }) =>
    behind === end && (quoted(lattice, at) || lattice.tables(0).length === 0)
      ? [{ table, at }]
      : [],
  );
}

function quoted(lattice: Lattice, to: number): boolean {
  return quotedText({ lattice, from: 0, to }) !== undefined;
}

function added(clauses: Clauses, from: number, end: number, table: Table): Change {
  const ways = clauses.readAll(from, end);
  const [first, ...more] = distinct(ways);
  if (first === undefined) throw clauses.why(from, end);
  if (more.length > 0)
    throw new NotUnderstoodError('it is not clear where one value ends and the next begins', {
      hint: "put texts in quotation marks: named 'Ida Berg', city 'Oslo'",
      choices: [first, ...more].slice(0, 4).map(tell),
    });
  if (first.length === 0)
    throw new NotUnderstoodError(`nothing is said of the new row of ${table.relation.name}`, {
      hint: `say its columns: ${table.fields
        .map(({ column }) => column.name)
        .slice(0, 8)
        .join(', ')}`,
    });
  return { type: 'insert', table, settings: withAll(table, first) };
}

function tell(settings: readonly Setting[]): string {
  return settings.map(({ field, told }) => `${field.column.name} ${told}`).join(', ');
}

function distinct(ways: readonly (readonly Setting[])[]): (readonly Setting[])[] {
  return [...new Map(ways.map((way) => [tell(way), way])).values()];
}

function withAll(table: Table, settings: readonly Setting[]): readonly Setting[] {
  const lacking = missing(table, settings);
  if (lacking.length === 0) return settings;
  const names = lacking.map(({ column }) => column.name);
  throw new NotUnderstoodError(
    `a row of ${table.relation.name} needs ${names.join(', ')} as well`,
    {
      hint: `say ${names.length === 1 ? 'it' : 'them'}: "with the ${names[0]!.replaceAll('_', ' ')} …"`,
      choices: names,
    },
  );
}
