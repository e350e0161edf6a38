/** Rows that are deleted, and columns that are emptied: `delete the orders of 2019`, `clear the phone number of Ida`. */
import { NotUnderstoodError } from '../../errors.js';
import { ROWS_OF } from '../lexicon/changes.js';
import type { Change, Rows } from './change.js';
import { type Command, placesOf, typed } from './command.js';
import { nullFor } from './literal.js';
import { isUnconditional, nameOf, NoColumnError, readColumn, readRows, saysAll } from './rows.js';

export function deletion(command: Command): Change {
  const text = typed(command.lattice, command.from, command.to);
  fromOther(command);
  const rows = readRows(text, command);
  if (isUnconditional(rows)) wantsAll(rows, text, command);
  return { type: 'delete', rows };
}

function wantsAll({ table }: Rows, text: string, { verb }: Command): void {
  const { name } = table.relation;
  const said = ROWS_OF.test(text) || saysAll(text);
  if (said && verb !== 'drop') return;
  throw new NotUnderstoodError(`"${text}" does not say which rows of ${name}`, {
    hint: `say what is true of them, or "delete all rows of ${name}"`,
    choices: [`delete all rows of ${name}`],
  });
}

/** `remove Lamp from order 7` takes a row away from another one: which of the rows goes is not said. */
function fromOther(command: Command): void {
  const { lattice, from, to, verb } = command;
  const [at] = placesOf(command, new Set(['from']), from + 1, to);
  if (at === undefined) return;
  const named = lattice.tokens
    .slice(at + 1, to)
    .some((_, i) =>
      lattice
        .tables(at + 1 + i)
        .some(({ mention }) => mention.options.some(({ cost }) => cost <= 0.1)),
    );
  if (!named || (verb === 'delete' && isOwner(command, at))) return;
  throw new NotUnderstoodError(
    `"${typed(lattice, from, to)}" does not say which of both is deleted`,
    { hint: 'say "delete the orders of customer 5", or name the table whose rows go' },
  );
}

/** `orders from customers in Spain`: the rows belong to those behind. */
function isOwner(command: Command, at: number): boolean {
  const { lattice, from, to } = command;
  const first = readRows(typed(lattice, from, at), command).table;
  const second = readRows(typed(lattice, at + 1, to), command).table;
  if (first === second) return true;
  const steps = first.steps.filter(({ forward, to: other }) => forward && other === second);
  return steps.length === 1 && isPart(command, at);
}

/** Several go; one that is taken from another stays somewhere else. */
function isPart({ lattice, from }: Command, at: number): boolean {
  return lattice.tokens.slice(from, at).some(({ word }) => /s$/u.test(word));
}

/** `empty the audit log`: all rows of a table. */
export function emptying(command: Command): Change {
  const text = typed(command.lattice, command.from, command.to);
  const rows = readRows(text.replace(/^(?:out\s+)?(?:the\s+)?table\s+/iu, ''), command);
  if (!isUnconditional(rows))
    throw new NotUnderstoodError(`"${text}" is not a whole table`, {
      hint: 'say "delete …" with what is true of the rows',
    });
  return { type: 'delete', rows };
}

/** A column of some rows becomes NULL; undefined where the words name no column. */
export function clearing(command: Command): Change | undefined {
  const { lattice, from, to, verb } = command;
  const text = typed(lattice, from, to);
  try {
    const { field, rows } = readColumn(text, command);
    if (isUnconditional(rows) && !saysAll(text))
      throw new NotUnderstoodError(`"${text}" does not say of which rows`, {
        hint: `say "${verb} the ${field.column.name} of …"`,
      });
    return {
      type: 'update',
      rows,
      settings: [{ field, words: text, ...nullFor(field) }],
    };
  } catch (error) {
    if (error instanceof NoColumnError && verb !== 'clear') return undefined;
    if (error instanceof NoColumnError)
      throw new NotUnderstoodError(`"${text}" is not one column of some rows`, {
        hint: 'say "clear the phone of customer 5", or "delete …" where rows are to go',
      });
    throw error;
  }
}

/** A column can't be deleted by a change of rows. */
export function deletesColumn(command: Command): NotUnderstoodError | undefined {
  const text = typed(command.lattice, command.from, command.to);
  try {
    const { field } = readColumn(text, command);
    return new NotUnderstoodError(`${nameOf(field)} is a column: only rows can be deleted`, {
      hint: `say "clear the ${field.column.name} of …" to empty it, or which rows are to be deleted`,
    });
  } catch (error) {
    if (error instanceof NotUnderstoodError) return undefined;
    throw error;
  }
}
