/** States that rows are given: `mark order 7 as paid`, `make product 5 inactive`. */
import { NotUnderstoodError } from '../../errors.js';
import { quoteLiteral } from '../../sql/quote.js';
import { Lattice } from '../lattice.js';
import { BECOMES } from '../lexicon/changes.js';
import { labelWords } from '../schema/names.js';
import type { Table } from '../schema/schema.js';
import type { Change, Rows, Setting } from './change.js';
import { type Command, placesOf, type Reader, typed } from './command.js';
import { isPlural, isUnconditional, nameOf, readRows, saysAll } from './rows.js';

/** `mark … as …`, `set … to …`: the rows, and the state that they are given. */
export function markings(command: Command): (() => Change)[] {
  const { from, to } = command;
  return placesOf(command, BECOMES, from + 1, to - 1).map(
    (at) => () => marked([from, at], [at + 1, to], command),
  );
}

const LONGEST_STATE = 3;

/** `make … …`: the state is the last words. */
export function makings(command: Command): (() => Change)[] {
  const { lattice, from, to } = command;
  const lengths = Array.from({ length: LONGEST_STATE }, (_, i) => i + 1);
  return lengths.flatMap((length) => {
    const at = to - length;
    if (at <= from) return [];
    const end = lattice.word(at - 1) === 'be' && lattice.word(at - 2) === 'to' ? at - 2 : at;
    return end <= from ? [] : [() => marked([from, end], [at, to], command)];
  });
}

type Part = readonly [from: number, to: number];

function marked(of: Part, as: Part, command: Command): Change {
  const text = typed(command.lattice, ...of);
  const rows = readRows(text, command);
  if (isUnconditional(rows) && !saysAll(text) && !isPlural(rows)) throw whichRows(rows, text);
  return {
    type: 'update',
    rows,
    settings: [stateOf(typed(command.lattice, ...as), rows, command)],
  };
}

function whichRows({ table }: Rows, text: string): NotUnderstoodError {
  return new NotUnderstoodError(`"${text}" does not say which rows of ${table.relation.name}`, {
    hint: 'name them, or say that all are meant',
  });
}

/**
 * A flag, a label or a value that recurs, by the words for it.
 *
 * @throws {NotUnderstoodError} the table knows no such state, or several
 */
function stateOf(words: string, { table }: Rows, reader: Reader): Setting {
  const said = words.replace(/^["'“](.*)["'”]$/su, '$1').trim();
  const found = [
    ...flagsOf(said, table, reader),
    ...labelsOf(said, table),
    ...valuesOf(said, table, reader),
  ].map(({ field, sql, told }): Setting => ({ field, sql, told, words }));
  const [first, ...more] = found.filter(
    (one, i) => found.findIndex(({ field, sql }) => field === one.field && sql === one.sql) === i,
  );
  const name = table.relation.name;
  if (first === undefined)
    throw new NotUnderstoodError(`no column of ${name} is known to say "${said}"`, {
      hint: 'say the column as well: "set the … of … to …"',
    });
  if (more.length > 0) {
    const choices = [first, ...more].map(({ field, told }) => `${nameOf(field)} to ${told}`);
    throw new NotUnderstoodError(`"${said}" can be said of ${name} in more than one way`, {
      hint: 'say the column as well: "set the … of … to …"',
      choices,
    });
  }
  return first;
}

type Found = Pick<Setting, 'field' | 'sql' | 'told'>;

function flagsOf(said: string, table: Table, { grounds }: Reader): Found[] {
  const denied = /^not\s+/iu.test(said);
  const lattice = new Lattice(said.replace(/^not\s+/iu, ''), grounds);
  return lattice.flags(0).flatMap(({ mention, end }) => {
    if (end !== lattice.tokens.length || lattice.slips().length > 0) return [];
    return mention.options.flatMap(({ field, value, cost }) => {
      if (field.table !== table || field.role !== 'flag' || cost > 0.1) return [];
      const becomes = String(value !== denied);
      return [{ field, sql: becomes, told: becomes }];
    });
  });
}

function labelsOf(said: string, { fields }: Table): Found[] {
  const wanted = labelWords(said).join(' ');
  return fields.flatMap((field) =>
    field.family !== 'enum'
      ? []
      : (field.column.enumLabels ?? []).flatMap((label) =>
          labelWords(label).join(' ') === wanted ? [stored(field, label)] : [],
        ),
  );
}

/** Values that stand in the table already, in columns that hold no names. */
function valuesOf(said: string, table: Table, { grounds }: Reader): Found[] {
  return grounds.values.flatMap(({ field, word, value, match }) =>
    field.table === table &&
    field.role === 'text' &&
    field.family === 'text' &&
    !table.relation.uniques.some((names) => names.includes(field.column.name)) &&
    word.toLowerCase() === said.toLowerCase() &&
    ['exact', 'case'].includes(match)
      ? [stored(field, value)]
      : [],
  );
}

function stored(field: Found['field'], value: string): Found {
  return { field, sql: quoteLiteral(value).trim(), told: `"${value}"` };
}
