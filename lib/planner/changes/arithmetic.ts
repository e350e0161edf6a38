/** Numbers that grow and shrink: `increase the price of all books by 10 %`, `add 5 to the stock of …`, `halve …`. */
import { NotUnderstoodError } from '../../errors.js';
import { quoteIdentifier } from '../../sql/quote.js';
import { FACTORS, UNITS, WHICH_ROWS } from '../lexicon/changes.js';
import { isNumeric } from '../schema/roles.js';
import type { Change, Setting } from './change.js';
import { type Command, placesOf, typed } from './command.js';
import { isPlural, isUnconditional, nameOf, type Place, readColumn, saysAll } from './rows.js';

/** `raise … by …`. */
export function steppings(command: Command, up: boolean): (() => Change)[] {
  const { from, to } = command;
  return placesOf(command, new Set(['by']), from + 1, to - 1).map((at) => () => {
    const { lattice } = command;
    const amount = amountAt(command, at + 1);
    const column = typed(lattice, from, at);
    const text = `${column}${amount.end === to ? '' : which(command, amount.end)}`;
    const place = columnIn(text, command);
    return stepped(place, amount, up, typed(lattice, at, amount.end));
  });
}

/** `add 5 to …`, `subtract 5 from …`; undefined where no number stands behind the verb. */
export function adding(command: Command, up: boolean): (() => Change) | undefined {
  const { lattice, from, to } = command;
  if (lattice.number(from) === undefined) return undefined;
  return () => {
    const amount = amountAt(command, from);
    if (lattice.word(amount.end) !== (up ? 'to' : 'from') || amount.end + 1 >= to)
      throw new NotUnderstoodError(
        `it is not clear what ${typed(lattice, from, amount.end)} is ${up ? 'added to' : 'taken from'}`,
        { hint: 'say "add 5 to the stock of …"' },
      );
    const place = columnIn(typed(lattice, amount.end + 1, to), command);
    return stepped(place, amount, up, typed(lattice, from, amount.end));
  };
}

/** `double …`, `halve …`. */
export function scaling(command: Command): Change {
  const { lattice, from, to, verb } = command;
  const place = columnIn(typed(lattice, from, to), command);
  const by = FACTORS.get(verb)!;
  const { field } = place;
  const setting = {
    field,
    words: verb,
    sql: `${quoteIdentifier(field.column.name)} ${by}`,
    told: `${nameOf(field)} ${by}`,
  };
  // Halves of whole numbers are cut off by the server, where a person rounds.
  if (by.startsWith('/') && field.family === 'integer')
    throw new NotUnderstoodError(`${nameOf(field)} holds whole numbers, which have no exact half`, {
      hint: 'say the new value',
    });
  return updated(place, setting);
}

interface Amount {
  readonly digits: string;
  readonly percent: boolean;
  readonly end: number;
}

function amountAt({ lattice }: Command, at: number): Amount {
  const found = lattice.number(at);
  if (found === undefined || found.digits.startsWith('-'))
    throw new NotUnderstoodError(`"${lattice.word(at)}" is no amount`, {
      hint: 'say "by 5" or "by 10 %"',
    });
  const next = lattice.word(found.end);
  const percent = next === '%' || next === 'percent' || next === 'pct';
  const more = percent || UNITS.has(next) ? 1 : 0;
  return { digits: found.digits, percent, end: found.end + more };
}

function which(command: Command, at: number): string {
  const { lattice, to } = command;
  if (!WHICH_ROWS.has(lattice.word(at)))
    throw new NotUnderstoodError(`"${typed(lattice, at, to)}" is not clear behind the amount`, {
      hint: 'say which rows before it: "raise the price of … by 5"',
    });
  return ` of ${typed(lattice, at + 1, to)}`;
}

function columnIn(text: string, command: Command): Place {
  const place = readColumn(text, command);
  const { field, rows } = place;
  if (!isNumeric(field) || field.role === 'key' || field.role === 'year')
    throw new NotUnderstoodError(`${nameOf(field)} is no amount that can be computed with`, {
      hint: `its type is ${field.column.type}`,
    });
  if (isUnconditional(rows) && !saysAll(text) && !isPlural(rows))
    throw new NotUnderstoodError(`"${text}" does not say of which rows`, {
      hint: `say which rows of ${rows.table.relation.name}, or that all are meant`,
    });
  return place;
}

function stepped(place: Place, amount: Amount, up: boolean, words: string): Change {
  const { field } = place;
  const column = quoteIdentifier(field.column.name);
  const by = amount.percent
    ? `* ${factor(amount.digits, up)}`
    : `${up ? '+' : '-'} ${amount.digits}`;
  if (!amount.percent && field.family === 'integer' && /\.\d*[1-9]/.test(amount.digits))
    throw new NotUnderstoodError(
      `${nameOf(field)} holds whole numbers, which ${amount.digits} is not`,
    );
  return updated(place, { field, words, sql: `${column} ${by}`, told: `${nameOf(field)} ${by}` });
}

function updated({ rows }: Place, setting: Setting): Change {
  return { type: 'update', rows, settings: [setting] };
}

/** 10 % more is 1.1 times as much: exact, never through a double. */
function factor(percent: string, up: boolean): string {
  const [whole = '0', fraction = ''] = percent.split('.');
  const scale = 10n ** BigInt(fraction.length);
  const part = BigInt(whole + fraction);
  const all = 100n * scale;
  if (!up && part > all)
    throw new NotUnderstoodError(`less by ${percent} % would be below nothing`);
  const digits = String(up ? all + part : all - part).padStart(fraction.length + 3, '0');
  const cut = digits.length - 2 - fraction.length;
  const decimals = digits.slice(cut).replace(/0+$/, '');
  return decimals === '' ? digits.slice(0, cut) : `${digits.slice(0, cut)}.${decimals}`;
}
