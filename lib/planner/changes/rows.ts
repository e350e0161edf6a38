/** Which rows a request speaks of, by the same reader that answers questions: but nothing may be passed over. */
import { NotUnderstoodError } from '../../errors.js';
import { type Grounds, Lattice } from '../lattice.js';
import { ALL, VAGUE } from '../lexicon/changes.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { Condition, Query } from '../meaning/query.js';
import type { Ask } from '../phrase.js';
import { readingOf } from '../reading.js';
import type { Field, Table } from '../schema/schema.js';
import { followUp } from '../talk/followup.js';
import { hasAntecedent } from '../antecedent.js';
import { isPronoun } from '../talk/referents.js';
import { singular } from '../text/inflection.js';
import { parse, understand, type Understood } from '../understand.js';
import type { Rows } from './change.js';
import type { Reader } from './command.js';
import { prepare } from './prepare.js';

/** A column of some rows. */
export interface Place {
  readonly field: Field;
  readonly rows: Rows;
}

/**
 * Rows of one table.
 *
 * @throws {NotUnderstoodError} the words are not read in full, or ask for something else than rows
 */
export function readRows(text: string, reader: Reader): Rows {
  const { understood, lattice, follows } = read(text, reader);
  const { ask } = understood;
  const [target, ...more] = ask.targets;
  const isThings = target?.type === 'things' && more.length === 0;
  const isOfThem = follows && ask.targets.every(({ type }) => type !== 'measure');
  if (!isThings && !isOfThem)
    throw new NotUnderstoodError(`"${lattice.request}" does not say rows of one table`, {
      hint: 'one change is of one table: name it, and say which of its rows',
    });
  return rowsOf(understood, lattice);
}

/** Readings below this are guesses: a relative of a name, a part of it, a comment. */
const LEAST_SCORE = 0.62;

/** What goes without saying in a question has to be said in a change. */
function everythingSaid({ ask, query }: Understood, lattice: Lattice): void {
  const guess = readingOf(ask, query, lattice).find(
    ({ as, score }) => as !== null && score < LEAST_SCORE,
  );
  if (guess !== undefined)
    throw new NotUnderstoodError(`"${guess.words}" is too far from ${guess.as ?? 'any name'}`, {
      hint: 'a change wants the name itself',
      choices: [guess.as ?? ''],
    });
  if (comparesSilently(ask, new Set()))
    throw new NotUnderstoodError(`"${lattice.request}" compares without saying which column`, {
      hint: 'name the column: "with a total over 100"',
    });
}

function comparesSilently(thing: unknown, seen: Set<object>): boolean {
  if (typeof thing !== 'object' || thing === null || seen.has(thing)) return false;
  seen.add(thing);
  if ('relation' in thing || 'column' in thing) return false;
  if ('type' in thing && thing.type === 'compare' && 'operand' in thing) {
    if (!('measure' in thing) || thing.measure === undefined) return true;
  }
  return Object.values(thing).some((inner) => comparesSilently(inner, seen));
}

/**
 * One column of some rows: `the price of the product "X"`.
 *
 * @throws {NotUnderstoodError} it is none, or another table's
 */
export function readColumn(text: string, reader: Reader): Place {
  const { understood, lattice } = read(text, reader);
  const { ask, query } = understood;
  const [output, ...others] = query.outputs;
  const [target, ...more] = ask.targets;
  if (target?.type !== 'field' || more.length > 0 || others.length > 0)
    throw new NoColumnError(`"${lattice.request}" is not one column of some rows`, {
      hint: 'say the column and which rows: "set the price of the product \'X\' to 5"',
    });
  if (output?.expression.type !== 'column' || output.expression.node !== query.scope.root) {
    const { type } = output?.expression ?? {};
    const where = output?.expression.type === 'column' ? nameOf(output.expression.field) : type;
    throw new NotUnderstoodError(
      `"${lattice.request}" is ${where ?? 'something'}, which other rows may share`,
      { hint: 'name the row that the column itself belongs to' },
    );
  }
  return { field: output.expression.field, rows: rowsOf(understood, lattice) };
}

/** The words name no column; they may still name a thing. */
export class NoColumnError extends NotUnderstoodError {}

interface Read {
  readonly understood: Understood;
  readonly lattice: Lattice;
  /** Whether they speak of what was before. */
  readonly follows: boolean;
}

function read(text: string, { grounds, earlier }: Reader): Read {
  const { request, among } = prepare(text, grounds);
  const lattice = new Lattice(request, sure(grounds));
  const refers = lattice.tokens.some(
    ({ word }, at) =>
      (word === 'ones' || (isPronoun(lattice, at) && !isRelative(lattice, at))) &&
      !hasAntecedent(lattice, at),
  );
  const ones = lattice.tokens.find(({ word }, at) => word === 'ones' && hasAntecedent(lattice, at));
  if (ones !== undefined)
    throw new NotUnderstoodError(`"ones" is not clear in "${request}"`, {
      hint: 'say what is true of the rows that are meant, in one condition',
    });
  const vague = lattice.tokens.find(
    ({ kind, word }, at) =>
      kind === 'word' &&
      // `everything in orders` names its table and is no longer here; a table's comment may begin so.
      (word === 'everything' ||
        ((VAGUE.has(word) || (word === 'most' && lattice.word(at + 1) === 'of')) &&
          !lattice.isNamed(at))),
  );
  if (vague !== undefined)
    throw new NotUnderstoodError(`"${vague.text}" does not say which rows`, {
      hint: 'say what is true of them, or name them by their key',
    });
  if (withOthers(lattice))
    throw new NotUnderstoodError('a change of several tables at once is not understood', {
      hint: 'ask for one table at a time; those that refer to others come first',
    });
  if (refers) {
    const understood = followUp(new Lattice(request, grounds), earlier, grounds);
    if (understood !== undefined) return { understood, lattice, follows: true };
    throw new NotUnderstoodError(`there is nothing that "${text.trim()}" could refer to`, {
      hint: 'say which rows are meant',
    });
  }
  const { asks, whole } = parse(lattice);
  // What is put together from pieces is good enough for a question, never for a change.
  const understood = understand(whole ? asks : [], lattice, grounds);
  everythingSaid(understood, lattice);
  return { understood: amongKeys(understood, among), lattice, follows: false };
}

/** Words before a `that` which points at something: behind any other it says more of what stands there. */
const BEFORE_THAT = new Set('of from for in by to on with at and or as than all'.split(' '));

/** `payments that failed`. */
function isRelative(lattice: Lattice, at: number): boolean {
  return lattice.word(at) === 'that' && at > 0 && !BEFORE_THAT.has(lattice.word(at - 1));
}

/** What is only like a word is no ground for a change. */
function sure(grounds: Grounds): Grounds {
  const exact = new Set(['exact', 'case', 'folded', 'stem']);
  return { ...grounds, values: grounds.values.filter(({ match }) => exact.has(match)) };
}

/** `customers with their orders`: the orders as well, or only those customers that have some? */
function withOthers({ tokens }: Lattice): boolean {
  return tokens.some(
    ({ word }, at) =>
      (word === 'with' || word === 'and' || word === 'including') &&
      ['their', 'its', 'his', 'her', 'all'].includes(tokens[at + 1]?.word ?? ''),
  );
}

/** `orders 5, 6 and 7`: read as the first of them, which then stands for all. */
function amongKeys(understood: Understood, digits: readonly string[]): Understood {
  if (digits.length === 0) return understood;
  const { query } = understood;
  const [only, ...more] = query.scope.where;
  const isKey =
    only?.type === 'compare' &&
    only.operator === '=' &&
    'digits' in only.right &&
    only.right.digits === digits[0] &&
    only.left.type === 'column' &&
    only.left.node === query.scope.root &&
    query.rows.key.length === 1 &&
    query.rows.key[0] === only.left.field;
  if (!isKey || more.length > 0 || only.type !== 'compare')
    throw new NotUnderstoodError('several numbers are understood only as keys of the rows', {
      hint: 'ask for one of them at a time',
    });
  const within: Condition = { type: 'in', left: only.left, values: digits, not: false };
  const scope = { ...query.scope, where: [within] };
  return { ...understood, query: { ...query, scope } };
}

function rowsOf({ ask, query, rows }: Understood, lattice: Lattice): Rows {
  const { scope, groupBy, having = [], distinct, over, outputs, per } = query;
  const computed = outputs.some(({ expression }) => expression.type !== 'column');
  const grouped =
    [...groupBy, ...having, ...(per ?? [])].length > 0 || distinct || over !== undefined;
  if (computed || grouped || scope.root.table !== rows)
    throw new NotUnderstoodError(`"${lattice.request}" is no set of rows of one table`, {
      hint: 'what is grouped or computed has no rows of its own: say which rows are meant',
    });
  if (query.limit !== undefined && query.orderBy.every(({ tie }) => tie))
    throw new NotUnderstoodError(`"${lattice.request}" does not say which ${query.limit} of them`, {
      hint: 'say by what they come first: "the 5 oldest …"',
    });
  if (rows.relation.kind !== 'table' && rows.relation.kind !== 'partitioned table')
    throw new NotUnderstoodError(`${rows.relation.name} is a ${rows.relation.kind}, not a table`, {
      hint: 'name the table that it shows',
    });
  return { table: rows, query: bare(query), ask, lattice };
}

/** Without what only shows more of the rows: columns of other tables, and an order of all of them. */
function bare(query: Query): Query {
  const { scope, limit } = query;
  const kept = limit === undefined ? { ...query, orderBy: [] } : query;
  const used = new Set<unknown>([scope.root]);
  collect([scope.where, kept.orderBy.map(({ expression }) => expression)], used);
  const nodes = scope.nodes.filter(
    (node) => !node.optional || used.has(node) || scope.nodes.some(({ join }) => join?.to === node),
  );
  return { ...kept, scope: { ...scope, nodes } };
}

function collect(thing: unknown, used: Set<unknown>): void {
  if (typeof thing !== 'object' || thing === null || used.has(thing)) return;
  used.add(thing);
  if ('relation' in thing || 'column' in thing) return;
  for (const inner of Object.values(thing)) collect(inner, used);
}

/** True where a change would be of every row. */
export function isUnconditional({ query: { scope, limit } }: Rows): boolean {
  const restricting = scope.nodes.length > 1;
  return scope.where.length === 0 && limit === undefined && !restricting;
}

/** Whether a text says that it means every row. */
export function saysAll(text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .some((word) => ALL.has(word));
}

/** `the products`, not `the product`: several are spoken of. */
export function isPlural({ ask }: Rows): boolean {
  return ask.targets.some((target) => {
    const texts = [
      nounOfTarget(target)?.table?.text,
      target.type === 'field' ? target.field.text : undefined,
      subjectText(ask),
    ];
    return texts.some((text) => {
      const last = text?.toLowerCase().split(/\s+/).at(-1) ?? '';
      return singular(last) !== last;
    });
  });
}

function subjectText({ subject }: Ask): string | undefined {
  return subject?.table?.text;
}

export function nameOf({ table, column }: Field): string {
  return `${table.relation.name}.${column.name}`;
}

/** Whether a table's key is one that the server holds to be unique. */
export function hasKey({ key, relation }: Table): boolean {
  return key.length > 0 && (relation.primaryKey.length > 0 || relation.uniques.length > 0);
}
