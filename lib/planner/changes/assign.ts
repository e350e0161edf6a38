/** Columns that are given values: `set the price of the product "X" to 5`, `change the email of Ida Berg to …`. */
import { NotUnderstoodError } from '../../errors.js';
import { BECOMES, WHERE, WHICH_ROWS } from '../lexicon/changes.js';
import type { Change, Rows, Setting } from './change.js';
import { type Command, placesOf, typed } from './command.js';
import { literalOf } from './literal.js';
import { referencesOf, referredBy, referredTo } from './references.js';
import {
  isPlural,
  isUnconditional,
  nameOf,
  NoColumnError,
  type Place,
  readColumn,
  readRows,
  saysAll,
} from './rows.js';

/** One way to cut the words: columns with their values, and the rows where they stand by themselves. */
interface Cut {
  readonly pairs: readonly Pair[];
  readonly which: Which | undefined;
}

interface Pair {
  readonly column: readonly [from: number, to: number];
  readonly value: readonly [from: number, to: number];
}

/** `for all books`, `where the country is Spain`. */
interface Which {
  readonly from: number;
  readonly to: number;
  /** True where the words go on behind the column as they stand. */
  readonly clause: boolean;
}

const MAX_CUTS = 16;

/** Every reading of a command that gives columns values. @throws the first one's reason where there is none */
export function assignments(command: Command): (() => Change)[] {
  const { lattice, from, to } = command;
  // "update orders set status to paid where …"
  const [set] = placesOf(command, new Set(['set']), from + 1, to);
  const start = set ?? from;
  const named = set === undefined ? undefined : typed(lattice, from, set);
  const cuts = cutsFrom(command, set === undefined ? start : start + 1, to);
  return cuts.slice(0, MAX_CUTS).map((cut) => () => assigned(cut, named, command));
}

function cutsFrom(command: Command, from: number, to: number): Cut[] {
  const { lattice } = command;
  const found: Cut[] = [];
  for (const becomes of placesOf(command, BECOMES, from + 1, to)) {
    const column = [from, becomes] as const;
    const start = becomes + 1;
    const plain = { column, value: [start, to] as const };
    if (start < to) found.push({ pairs: [plain], which: undefined });
    for (const end of placesOf(command, new Set([...WHICH_ROWS, ...WHERE]), start + 1, to - 1)) {
      const clause = WHERE.has(lattice.word(end));
      const which = { from: clause ? end : end + 1, to, clause };
      found.push({ pairs: [{ column, value: [start, end] }], which });
    }
    for (const end of placesOf(command, new Set(['and', ',']), start + 1, to - 1)) {
      let next = end + 1;
      while (['and', 'set', 'its', 'their', 'his', 'her', 'the'].includes(lattice.word(next)))
        next++;
      for (const rest of cutsFrom(command, next, to))
        found.push({ ...rest, pairs: [{ column, value: [start, end] }, ...rest.pairs] });
    }
  }
  return found;
}

function assigned({ pairs, which }: Cut, named: string | undefined, command: Command): Change {
  const [first, ...more] = pairs;
  const place = placeOf(first!, which, named, command);
  const rows = 'rows' in place ? place.rows : (place satisfies never);
  const text = typed(command.lattice, command.from, command.to);
  if (isUnconditional(rows) && !saysAll(text) && !isPlural(rows))
    throw new NotUnderstoodError(`"${text}" does not say of which rows`, {
      hint: `say which rows of ${rows.table.relation.name}, or "of all ${rows.table.words.join(' ')}"`,
    });
  const settings = [place.setting(first!), ...more.map((pair) => settingOf(pair, rows, command))];
  return { type: 'update', rows, settings };
}

interface Placed {
  readonly rows: Rows;
  setting(pair: Pair): Setting;
}

function placeOf(
  pair: Pair,
  which: Which | undefined,
  named: string | undefined,
  command: Command,
): Placed {
  const { lattice } = command;
  const column = typed(lattice, ...pair.column);
  const rows = which === undefined ? undefined : typed(lattice, which.from, which.to);
  const whole =
    named !== undefined
      ? `${column} of ${named}${rows === undefined ? '' : ` ${rows}`}`
      : rows === undefined
        ? column
        : `${column} ${which?.clause === true ? '' : 'of '}${rows}`;
  const { text, was } = withoutOld(whole, pair, which, named);
  try {
    const place = readColumn(text, command);
    const kept = was === undefined ? place.rows : thatWere(place, was, command);
    return { rows: kept, setting: (one) => valueFor(one, place, command) };
  } catch (error) {
    if (!(error instanceof NoColumnError)) throw error;
    const placed = referring(column, rows, command);
    if (placed === undefined) throw error;
    return placed;
  }
}

/** `from pending to shipped`: what the column was until now. */
function withoutOld(
  text: string,
  pair: Pair,
  which: Which | undefined,
  named: string | undefined,
): { readonly text: string; readonly was: string | undefined } {
  if (which !== undefined || named !== undefined) return { text, was: undefined };
  void pair;
  const match = /^(?<column>.+?)\s+from\s+(?<was>"[^"]*"|'[^']*'|[^\s"']+)$/iu.exec(text);
  const { column, was } = match?.groups ?? {};
  return column === undefined || was === undefined
    ? { text, was: undefined }
    : { text: column, was };
}

/** Only those rows where the column is still what was said. */
function thatWere({ field, rows }: Place, was: string, command: Command): Rows {
  const { lattice, from, to } = command;
  const at = lattice.tokens.findIndex(
    (token, i) =>
      i > from &&
      i < to &&
      lattice.word(i - 1) === 'from' &&
      (token.text === was || typed(lattice, i, i + 1) === was),
  );
  if (at < 0) throw new NotUnderstoodError(`"${was}" is not clear as what it was before`);
  const { sql } = literalOf({ lattice, from: at, to: at + 1 }, field, command);
  const { query } = rows;
  const left = { type: 'column', node: query.scope.root, field } as const;
  const plain = /^'(.*)'$/s.exec(sql)?.[1]?.replaceAll("''", "'");
  if (plain === undefined && !/^-?[\d.]+$/.test(sql))
    throw new NotUnderstoodError(`"${was}" is not clear as what it was before`);
  const right = plain === undefined ? { digits: sql } : { text: plain };
  const where = [...query.scope.where, { type: 'compare', left, operator: '=', right } as const];
  return { ...rows, query: { ...query, scope: { ...query.scope, where } } };
}

function valueFor(pair: Pair, { field }: Place, command: Command): Setting {
  const [from, to] = pair.value;
  const span = { lattice: command.lattice, from, to };
  if (field.table.key.includes(field))
    throw new NotUnderstoodError(`${nameOf(field)} is the key of its rows`, {
      hint: 'a key is changed with a statement of your own: pgask sql --allow write "UPDATE …"',
    });
  const step = referencesOf(field.table).find(({ on }) => on[0]![0] === field);
  if (step === undefined || lone(span)) return literalOf(span, field, command);
  return referredBy(span, step, command);
}

function lone({ lattice, from, to }: { lattice: Command['lattice']; from: number; to: number }) {
  return (
    to === from + 1 && (lattice.tokens[from]?.kind === 'number' || lattice.word(from) === 'null')
  );
}

/** `the category of product 5`: the row that is referred to, by the key that does. */
function referring(column: string, rows: string | undefined, command: Command): Placed | undefined {
  const match = /^(?:the\s+)?(?<noun>[\p{L}_][\p{L}\p{N}_ ]*?)\s+(?:of|for)\s+(?<rest>.+)$/iu.exec(
    rows === undefined ? column : `${column} of ${rows}`,
  );
  const genitive = /^(?<rest>.+?)['’]s?\s+(?<noun>[\p{L}_]+)$/iu.exec(column);
  const { noun, rest } = match?.groups ?? genitive?.groups ?? {};
  if (noun === undefined || rest === undefined) return undefined;
  const read = readRows(rest, command);
  const target = readRows(noun, command);
  if (!isUnconditional(target)) return undefined;
  const steps = referencesOf(read.table).filter(({ to }) => to === target.table);
  const [step, ...more] = steps;
  if (step === undefined || more.length > 0) return undefined;
  return {
    rows: read,
    setting: ({ value: [from, to] }) => {
      const span = { lattice: command.lattice, from, to };
      try {
        return referredBy(span, step, command);
      } catch (error) {
        if (!(error instanceof NotUnderstoodError)) throw error;
        try {
          return referredTo(typed(command.lattice, from, to), read.table, command);
        } catch (other) {
          throw other instanceof NotUnderstoodError ? error : other;
        }
      }
    },
  };
}

/** A further column of rows that are known already. */
function settingOf(pair: Pair, rows: Rows, command: Command): Setting {
  const column = typed(command.lattice, ...pair.column).replace(
    /^(?:the|its|their|his|her)\s+/iu,
    '',
  );
  const place = readColumn(`the ${column} of all ${rows.table.words.join(' ')}`, command);
  if (place.field.table !== rows.table || !isUnconditional(place.rows))
    throw new NotUnderstoodError(
      `"${column}" is not clear as a column of ${rows.table.relation.name}`,
      {
        hint: 'change the columns of one table at a time',
      },
    );
  return valueFor(pair, place, command);
}
