/** Rows that are called otherwise, or go to another one: `rename the category Tools to Hardware`, `move Ida to Sales`. */
import { NotUnderstoodError } from '../../errors.js';
import { BECOMES } from '../lexicon/changes.js';
import type { Change } from './change.js';
import { type Command, placesOf, typed } from './command.js';
import { literalOf } from './literal.js';
import { referencesOf, referredBy, referredTo } from './references.js';
import { isUnconditional, readRows } from './rows.js';

/** `rename … to …`: the column that a row is called by. */
export function renamings(command: Command): (() => Change)[] {
  const { lattice, from, to } = command;
  return placesOf(command, BECOMES, from + 1, to - 1).map((at) => () => {
    const rows = namedRows(typed(lattice, from, at), command);
    const { naming, relation } = rows.table;
    const [field, ...more] = naming;
    if (field === undefined || more.length > 0)
      throw new NotUnderstoodError(`rows of ${relation.name} have no one column for their name`, {
        hint: 'say which column: "set the … of … to …"',
      });
    const value = literalOf({ lattice, from: at + 1, to }, field, command);
    return { type: 'update', rows, settings: [value] };
  });
}

/** `move … to …`, `assign … to …`: the key by which the rows refer to another one. */
export function movings(command: Command): (() => Change)[] {
  const { lattice, from, to } = command;
  return placesOf(command, BECOMES, from + 1, to - 1).map((at) => () => {
    const rows = namedRows(typed(lattice, from, at), command);
    const span = { lattice, from: at + 1, to };
    const bare = referencesOf(rows.table).flatMap((step) => {
      try {
        const found = referredBy(span, step, command);
        // A number is a key of whatever is referred to: of what, is not said.
        return /^-?\d/.test(found.sql) ? [] : [found];
      } catch (error) {
        if (error instanceof NotUnderstoodError) return [];
        throw error;
      }
    });
    if (bare.length > 1)
      throw new NotUnderstoodError(`"${typed(lattice, at + 1, to)}" may be more than one thing`, {
        hint: 'say what it is: "to the department Sales"',
      });
    const [setting = referredTo(typed(lattice, at + 1, to), rows.table, command)] = bare;
    return { type: 'update', rows, settings: [setting] };
  });
}

function namedRows(text: string, command: Command) {
  const rows = readRows(text, command);
  if (isUnconditional(rows))
    throw new NotUnderstoodError(
      `"${text}" does not say which row of ${rows.table.relation.name}`,
      {
        hint: 'name it as it is called now, or by its key',
      },
    );
  return rows;
}
