/**
 * Requests that change rows: one statement of one table for `run_dml`, where every word of the request is accounted for.
 * What is not simple is refused; what is a question goes on as one.
 */
import { NotUnderstoodError, RefusedError } from '../../errors.js';
import { Lattice } from '../lattice.js';
import {
  BECOMES,
  NAMED_PARTS,
  ROWS_OF,
  SCHEMA_PARTS,
  WHERE,
  WHICH_ROWS,
} from '../lexicon/changes.js';
import { DETERMINERS } from '../lexicon/words.js';
import { type WordReading, readingOf } from '../reading.js';
import { isOfAnswer, mayFollow } from '../talk/followup.js';
import { tokenize } from '../text/tokens.js';
import { AmbiguousError, parse } from '../understand.js';
import { adding, scaling, steppings } from './arithmetic.js';
import { assignments } from './assign.js';
import type { Change, Setting } from './change.js';
import { type Command, commandOf, placesOf, type Reader, typed } from './command.js';
import { insertions } from './insert.js';
import { makings, markings } from './mark.js';
import { isServersOwn } from './missing.js';
import { movings, renamings } from './name.js';
import { printChange, tellChange } from './print.js';
import { clearing, deletesColumn, deletion, emptying } from './remove.js';
import { hasKey, nameOf } from './rows.js';

export type ChangeStep =
  /** The values of these words are to be found first. */
  | { readonly type: 'find'; readonly words: readonly string[] }
  | {
      readonly type: 'run_dml';
      readonly sql: string;
      readonly text: string;
      readonly reading: readonly WordReading[];
    };

/**
 * The step that a request for a change leads to; undefined where it is none.
 *
 * @param found whether values have been looked for, or can't be
 * @throws {NotUnderstoodError} it can't be read in full, or in more than one way
 * @throws {RefusedError} it is a change of the schema
 */
export function changeOf(asked: Lattice, reader: Reader, found: boolean): ChangeStep | undefined {
  // As it was typed: what is to be written may look like a slip of a word that is known.
  const lattice = new Lattice(asked.request, reader.grounds, tokenize(asked.request));
  const command = commandOf(lattice, reader);
  if (command === undefined || isEdit(command)) return undefined;
  if (!command.strict && !found && !mayBeChange(command)) return undefined;
  refuseSchema(command);
  if (!found) {
    const words = wordsOf(command);
    if (words.length > 0) return { type: 'find', words };
  }
  try {
    return stepFor(only(candidates(command), command), command);
  } catch (error) {
    const isOther = error instanceof NotUnderstoodError && !(error instanceof AmbiguousError);
    if (isOther && !command.strict && parse(asked).whole) return undefined;
    throw error;
  }
}

/** `remove the filter`, `set it to 400`: said of the question before. */
function isEdit({ lattice, earlier, from, verb, kinds }: Command): boolean {
  if (!earlier.some(({ sql }) => sql !== undefined)) return false;
  const next = lattice.word(from);
  if (verb !== 'add' && isOfAnswer(lattice, earlier)) return true;
  if ((kinds.includes('set') || verb === 'make') && ['it', 'that', 'this', 'them'].includes(next))
    return lattice.word(from + 1) === 'to' || verb === 'make';
  return (
    verb === 'add' &&
    !['a', 'an', 'new', 'one'].includes(next) &&
    lattice.number(from) === undefined
  );
}

/** Everyday words ask for a change only together with the others that do. */
function mayBeChange({ lattice, kinds, from, to, verb }: Command): boolean {
  const has = (words: readonly string[]) =>
    lattice.tokens.slice(from, to).some(({ word }) => words.includes(word));
  if (kinds.some((kind) => kind === 'mark' || kind === 'move')) return has(['as', 'to']);
  if (kinds.some((kind) => kind === 'raise' || kind === 'lower')) return has(['by', 'to']);
  return verb !== 'make' || !has(['a', 'an', 'list', 'table', 'chart', 'report']);
}

function candidates(command: Command): (() => Change)[] {
  return command.kinds.flatMap((kind): (() => Change)[] => {
    switch (kind) {
      case 'schema':
        return [];
      case 'delete':
        return [() => deletion(command)];
      case 'empty':
        return [() => emptying(command)];
      case 'clear':
        return [() => clearing(command) ?? never()];
      case 'set':
        return [...assignments(command), ...markings(command)];
      case 'rename':
        return renamings(command);
      case 'mark':
        return markings(command);
      case 'make':
        return makings(command);
      case 'move':
        return movings(command);
      case 'raise':
      case 'lower':
        return [...steppings(command, kind === 'raise'), ...assignments(command)];
      case 'scale':
        return [() => scaling(command)];
      case 'add':
      case 'subtract':
        return [adding(command, kind === 'add')].flatMap((one) => one ?? []);
      case 'insert':
        return command.lattice.number(command.from) === undefined ? insertions(command) : [];
    }
  });
}

/** What another candidate is to say. */
class NotThisError extends NotUnderstoodError {}

function never(): Change {
  throw new NotThisError('');
}

/** The one change that the words ask for. */
function only(found: readonly (() => Change)[], command: Command): Change {
  const changes = new Map<string, Change>();
  const errors: NotUnderstoodError[] = [];
  const { schema } = command.grounds;
  for (const candidate of found) {
    try {
      const change = checked(candidate());
      changes.set(printChange(change, schema), change);
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      if (!(error instanceof NotThisError)) errors.push(error);
    }
  }
  const [first, ...more] = changes.values();
  if (first === undefined) throw why(errors, command);
  if (more.length === 0) return first;
  const readings = [...changes].map(([sql, change]) => ({ text: tellChange(change), sql }));
  throw new AmbiguousError('the change can be read in more than one way', {
    hint: 'name the table or the column that is meant, and put texts in quotation marks',
    choices: readings.map(({ text }) => text),
    readings,
  });
}

/** The reason that tells most: several readings, then what is known of a column or a value, then the first. */
function why(errors: readonly NotUnderstoodError[], command: Command): NotUnderstoodError {
  const { lattice, from, to, kinds } = command;
  const steps = kinds.some((kind) => kind === 'raise' || kind === 'lower');
  const column = kinds.includes('delete') ? deletesColumn(command) : undefined;
  const ambiguous = errors.find((error) => error instanceof AmbiguousError);
  const telling = errors.find(({ message }) => !/belong together|^not understood/.test(message));
  return (
    ambiguous ??
    severalCommands(command) ??
    column ??
    telling ??
    errors[0] ??
    new NotUnderstoodError(`"${typed(lattice, from, to)}" is not understood as a change`, {
      hint: steps
        ? 'say by how much: "raise the price of … by 5"'
        : 'say what becomes of which rows: "set the price of the product \'X\' to 5"',
    })
  );
}

function severalCommands({
  lattice,
  from,
  to,
  ...reader
}: Command): NotUnderstoodError | undefined {
  const at = placesOf({ lattice }, new Set(['and', 'then', ',']), from, to).find((place) => {
    const rest = new Lattice(typed(lattice, place + 1, to), reader.grounds);
    return rest.tokens.length > 1 && commandOf(rest, reader)?.strict === true;
  });
  return at === undefined
    ? undefined
    : new NotUnderstoodError('several changes in one request are not understood', {
        hint: `ask for one at a time: first "${typed(lattice, 0, at)}"`,
      });
}

/** @throws {NotUnderstoodError} the rows can't be told from others in a statement, or a column is set twice */
function checked(change: Change): Change {
  if (change.type !== 'insert') {
    const { table, query } = change.rows;
    const byKey = query.scope.nodes.length > 1 || query.limit !== undefined;
    if (byKey && !hasKey(table))
      throw new NotUnderstoodError(
        `${table.relation.name} has no key by which these rows could be told from others`,
        { hint: 'say what is true of columns of this table alone' },
      );
  }
  if (change.type !== 'delete') {
    const fields = change.settings.map(({ field }) => field);
    const own = fields.find(isServersOwn);
    if (own !== undefined)
      throw new NotUnderstoodError(`${nameOf(own)} is filled by the server alone`, {
        hint: 'leave it out; it follows from the others, or is counted up',
      });
    const twice = fields.find((field, i) => fields.indexOf(field) !== i);
    if (twice !== undefined)
      throw new NotUnderstoodError(`${nameOf(twice)} is given two values`, {
        hint: 'say each column once',
      });
  }
  return change;
}

function stepFor(change: Change, { grounds }: Command): ChangeStep {
  const settings = change.type === 'delete' ? [] : change.settings;
  const rows = change.type === 'insert' ? undefined : change.rows;
  const slips = (rows?.lattice.slips() ?? []).map(
    ({ typed: was, read }) => `"${was}" read as ${read}`,
  );
  const text = tellChange(change);
  return {
    type: 'run_dml',
    sql: printChange(change, grounds.schema),
    text: slips.length === 0 ? text : `${text} (${slips.join(', ')})`,
    reading: [
      ...(rows === undefined ? [] : readingOf(rows.ask, rows.query, rows.lattice)),
      ...settings.map(settingReading),
    ],
  };
}

function settingReading({ field, told, words }: Setting): WordReading {
  return { words, as: `${nameOf(field)} = ${told}`, reason: 'what it becomes', score: 1 };
}

/** Phrases that may be values: those of the rows, and those that columns become. */
function wordsOf(command: Command): string[] {
  const { lattice, from, to, grounds, earlier } = command;
  const ends = [to, ...placesOf(command, new Set([...WHICH_ROWS, ...WHERE, 'and', ',']), from, to)];
  const starts = placesOf(command, BECOMES, from, to).map((at) => at + 1);
  const last = command.kinds.includes('make') ? [to - 1, to - 2, to - 3] : [];
  const phrases = [...starts, ...last].flatMap((start) =>
    ends.flatMap((end) =>
      end > start && end - start <= 5 && start > from ? [unquoted(typed(lattice, start, end))] : [],
    ),
  );
  const before = mayFollow(lattice, earlier) ? earlier.map(({ request }) => request).reverse() : [];
  const whole = [typed(lattice, from, to), ...before];
  const found = whole.flatMap((text) => new Lattice(text, grounds).candidates());
  return [...new Set([...phrases, ...lattice.candidates(), ...found])].filter((one) => one !== '');
}

function unquoted(text: string): string {
  return text.replace(/^["'“](.*)["'”]$/su, '$1').trim();
}

/** Tables, columns and indexes are no rows: by words alone they are neither made nor dropped. */
function refuseSchema(command: Command): void {
  const { lattice, from, to, kinds, verb } = command;
  const text = typed(lattice, from, to);
  const alone = kinds.every((kind) => kind === 'schema');
  if (!alone && !(namesPart(command) && !ROWS_OF.test(text))) return;
  const destroys = ['drop', 'delete', 'remove', 'truncate', 'grant', 'revoke', 'erase'];
  const grant = destroys.includes(verb) ? 'admin' : 'ddl';
  throw new RefusedError(
    `changing the schema (${verb}) is not done from words by the offline planner`,
    {
      rule: 'schema-in-words',
      effect: grant,
      hint: `write the statement yourself: pgask sql --allow ${grant} "…"; nothing was changed`,
    },
  );
}

function namesPart({ lattice, from, to, kinds }: Command): boolean {
  if (!kinds.some((kind) => ['schema', 'delete', 'clear', 'insert', 'rename'].includes(kind)))
    return false;
  let first = from;
  while (DETERMINERS.has(lattice.word(first)) || lattice.word(first) === 'new') first++;
  const isPart = (at: number, parts: ReadonlySet<string>) =>
    at < to &&
    lattice.tokens[at]?.kind === 'word' &&
    parts.has(lattice.word(at)) &&
    lattice.tables(at).length === 0 &&
    lattice.fields(at).length === 0;
  return (
    isPart(first, SCHEMA_PARTS) ||
    (kinds.includes('insert') ? isPart(first + 1, SCHEMA_PARTS) : isPart(to - 1, NAMED_PARTS))
  );
}
