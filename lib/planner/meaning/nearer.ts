/**
 * Which of two readings a careful person would take, where their evidence is the same and they differ in one regard:
 * the thing's own columns before others, what is said of the last thing that was named, the direct way. Where
 * nothing of this decides, both stay.
 */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Ask, Mod, Noun } from '../phrase.js';
import type { Field, Step, Table } from '../schema/schema.js';
import { root } from '../text/inflection.js';
import { gistOf, sameGist } from './gist.js';
import { nounOfTarget } from './parts.js';
import type { Condition, Expression, Query, Scope } from './query.js';

export interface Candidate {
  readonly ask: Ask;
  readonly query: Query;
  readonly cost: number;
}

type Rule = (a: Candidate, b: Candidate, roots: ReadonlySet<string>) => boolean;

/** Those of the readings that no other one is nearer than, in their order. */
export function nearest<One extends Candidate>(
  readings: readonly One[],
  roots: ReadonlySet<string>,
): readonly One[] {
  let left = readings;
  for (const rule of RULES) {
    if (left.length < 2) break;
    const kept = left.filter(
      (one) => !left.some((other) => rule(other, one, roots) && !rule(one, other, roots)),
    );
    if (kept.length > 0) left = kept;
  }
  return left;
}

/** Whether the first of two is the nearer one, each in one regard. */
const RULES: readonly Rule[] = [
  (a, b) => isKeyItself(a.query, b.query),
  (a, b) => isOfFewer(outputTables(a.query), outputTables(b.query)),
  (a, b) => isOwn(a, b),
  (a, b) => isNamesake(a.query, b.query),
  (a, b) => saysLess(a.query, b.query),
  (a, b) => isPlain(a.query, b.query),
  (a, b) => isOneColumn(a.query, b.query),
  (a, b) => isLower(a.ask, b.ask),
  (a, b, roots) => isBySaidLink(a.query, b.query, roots),
  (a, b, roots) => isDirect(a.query, b.query, roots),
];

/** A code is that of the thing whose key it is, before those of the rows that refer to it. */
function isKeyItself(a: Query, b: Query): boolean {
  return differ(a, b, (own, other) => isCopy(other, own));
}

function isCopy(field: Field, key: Field): boolean {
  return field.table.steps.some(
    ({ forward, on }) => forward && on.some(([from, to]) => from === field && to === key),
  );
}

/** The columns that are shown or computed from, where it is nothing else. */
function shownFields({ outputs }: Query): Field[] | undefined {
  const fields = outputs.map(({ expression }) => fieldOf(expression));
  return fields.every((field) => field !== undefined) ? fields : undefined;
}

function fieldOf(expression: Expression): Field | undefined {
  if (expression.type === 'column') return expression.field;
  if (expression.type !== 'aggregate' || expression.of?.type !== 'column') return undefined;
  return expression.of.field;
}

function columnsOf({ outputs }: Query): Field[] {
  return outputs.flatMap(({ expression }) =>
    expression.type === 'column' ? [expression.field] : [],
  );
}

function outputTables(query: Query): ReadonlySet<Table> {
  return new Set(columnsOf(query).map(({ table }) => table));
}

/** What is asked for in one breath is told of one thing. */
function isOfFewer<One>(a: ReadonlySet<One>, b: ReadonlySet<One>): boolean {
  return a.size > 0 && a.size < b.size && [...a].every((one) => b.has(one));
}

/** The columns are of what the request says they are of, and those of the other reading are not. */
function isOwn(a: Candidate, b: Candidate): boolean {
  // What is the more far-fetched otherwise is not saved by this.
  if (a.cost > b.cost) return false;
  return differ(a.query, b.query, sameKind) && isOfNamed(a) && !isOfNamed(b);
}

function isOfNamed({ ask, query }: Candidate): boolean {
  const named = new Set(ask.targets.flatMap((target) => leastTables(nounOfTarget(target))));
  const tables = [...outputTables(query)];
  return named.size > 0 && tables.length > 0 && tables.every((table) => named.has(table));
}

/** A product's name is that of a product, whatever else has a product name. */
function isNamesake(a: Query, b: Query): boolean {
  return differ(a, b, (own, other) => {
    if (own.words.join(' ') !== other.words.join(' ')) return false;
    return isCalledAfter(own) && !isCalledAfter(other);
  });
}

function isCalledAfter({ words, table }: Field): boolean {
  const roots = words.map(root);
  return table.words.every((word) => roots.includes(root(word)));
}

/** Whether two readings show others of a kind, and some that are not the same. */
function differ(a: Query, b: Query, kind: (own: Field, other: Field) => boolean): boolean {
  const [own, other] = [shownFields(a), shownFields(b)];
  if (own === undefined || other === undefined || own.length !== other.length) return false;
  const pairs = own.flatMap((field, i) =>
    field === other[i] ? [] : [[field, other[i]!] as const],
  );
  return pairs.length > 0 && pairs.every(([one, beside]) => kind(one, beside));
}

function sameKind(own: Field, other: Field): boolean {
  return own.words.at(-1) === other.words.at(-1);
}

function leastTables(noun: Noun | undefined): Table[] {
  const options = noun?.table?.options.filter(
    ({ via, by }) => via === undefined && by === undefined,
  );
  const least = Math.min(...(options ?? []).map(({ cost }) => cost));
  return (options ?? []).filter(({ cost }) => cost === least).map(({ table }) => table);
}

/** The same, but for a column that must not be empty, or for an order of what is shown anyway. */
function saysLess(a: Query, b: Query): boolean {
  const [bare, other] = [withoutPresent(a), withoutPresent(b)];
  const same = sameGist(gistOf(bare), gistOf(other));
  if (same) return presents(a.scope) < presents(b.scope);
  if (a.limit !== undefined || b.limit !== undefined || isOrdered(a)) return false;
  return isOrdered(b) && sameGist(gistOf(bare), gistOf({ ...other, orderBy: [] }));
}

function isOrdered({ orderBy }: Query): boolean {
  return orderBy.some(({ tie }) => !tie);
}

function withoutPresent(query: Query): Query {
  return { ...query, scope: bareScope(query.scope) };
}

function bareScope(scope: Scope): Scope {
  const where = scope.where.flatMap((one): Condition[] => {
    if (one.type === 'null' && one.not) return [];
    if (one.type === 'all') return bareScope({ ...scope, where: [...one.of] }).where;
    if (one.type === 'exists' && !one.not) return [{ ...one, scope: bareScope(one.scope) }];
    return [one];
  });
  return { ...scope, where };
}

function presents({ where }: Scope): number {
  return where.reduce((sum, one) => {
    if (one.type === 'null') return sum + (one.not ? 1 : 0);
    return sum + (one.type === 'exists' ? presents(one.scope) : 0);
  }, 0);
}

/** A row's own number is not added up: of one company there are but its own sales. */
function isPlain(a: Query, b: Query): boolean {
  const [own, sum] = [a.orderBy[0]?.expression, b.orderBy[0]?.expression];
  if (own?.type !== 'column' || sum?.type !== 'aggregate' || sum.fn !== 'sum') return false;
  if (sum.of?.type !== 'column' || sum.of.field !== own.field) return false;
  return own.node === a.scope.root && sum.of.node === b.scope.root && sameShown(a, b);
}

function sameShown(a: Query, b: Query): boolean {
  const [own, other] = [columnsOf(a), columnsOf(b)];
  return own.length === other.length && own.every((field, i) => field === other[i]);
}

/** The column that has the name, before everything that its table has. */
function isOneColumn(a: Query, b: Query): boolean {
  const [one, ...more] = columnsOf(a);
  if (one === undefined || more.length > 0) return false;
  const all = new Set(columnsOf(b));
  return one.table.fields.length > 1 && one.table.fields.every((field) => all.has(field));
}

/** What can be said of the last thing that was named is said of it. */
function isLower(a: Ask, b: Ask): boolean {
  const [own, other] = [saidIn(a), saidIn(b)];
  return own.texts === other.texts && own.depth > other.depth;
}

function saidIn({ targets, subject, mods }: Ask): { texts: string; depth: number } {
  const texts: string[] = [];
  let depth = 0;
  const seen = new Set<Noun>();
  const said = (list: readonly Mod[], level: number): void => {
    for (const mod of list) {
      texts.push(textOf(mod));
      depth += level;
      if (mod.type === 'related') said(mod.noun.mods, level + 1);
    }
  };
  for (const noun of [subject, ...targets.map(nounOfTarget)]) {
    if (noun === undefined || seen.has(noun)) continue;
    seen.add(noun);
    said(noun.mods, 0);
  }
  said(mods, 0);
  return { texts: texts.sort().join('|'), depth };
}

function textOf(mod: Mod): string {
  const plain = JSON.stringify(mod, (key, value: unknown) => (HIDDEN.has(key) ? undefined : value));
  return `${mod.type} ${plain.length} ${plain}`;
}
const HIDDEN = new Set(['options', 'mods', 'steps']);

/** Of several links between two things the one that the request's words are in: who registered, by the registrations. */
function isBySaidLink(a: Query, b: Query, roots: ReadonlySet<string>): boolean {
  const [own, other] = [tablesOf(a), tablesOf(b)];
  if (!sameShown(a, b) || own.length !== other.length) return false;
  const mine = own.filter((table) => !other.includes(table));
  const theirs = other.filter((table) => !own.includes(table));
  const [link, ...more] = mine;
  const [beside, ...others] = theirs;
  if (link === undefined || beside === undefined || more.length + others.length > 0) return false;
  const ends = new Set(
    [...own, ...other]
      .filter((table) => table !== link && table !== beside)
      .flatMap(({ words }) => words.map(root)),
  );
  const said = ({ words }: Table) =>
    words.map(root).filter((word) => roots.has(word) && !ends.has(word)).length;
  return said(link) > 0 && said(beside) === 0;
}

/**
 * The shorter of two ways to the same, past nothing that is spoken of; unless its key says more than the request: a
 * department's head is not whoever works there.
 */
function isDirect(a: Query, b: Query, roots: ReadonlySet<string>): boolean {
  const [own, other] = [usesOf(a.scope), usesOf(b.scope)];
  const mine = new Set(own.map(({ table }) => table));
  const passed = new Set(other.map(({ table }) => table));
  if (own.length >= other.length || !isOfFewer(mine, passed)) return false;
  if (!sameShown(a, b) || saidOf(a.scope) !== saidOf(b.scope)) return false;
  const spoken = [...passed].some(
    (table) => !mine.has(table) && table.words.some((word) => roots.has(root(word))),
  );
  return !spoken && own.every(({ step }) => step === undefined || !isPlayed(step, roots));
}

function isPlayed({ role }: Step, roots: ReadonlySet<string>): boolean {
  const last = role.at(-1);
  return last !== undefined && !roots.has(root(last)) && isKindOf(last, 'person');
}

/** What is said, and of which columns. */
function saidOf({ where }: Scope): string {
  const texts = where.map((one) => {
    if (one.type === 'exists') return `${one.not ? 'no ' : ''}{${saidOf(one.scope)}}`;
    const left = 'left' in one ? fieldOf(one.left) : undefined;
    return `${one.type} ${left?.table.index ?? ''}.${left?.column.name ?? ''}`;
  });
  return texts.sort().join(', ');
}

function usesOf({ nodes, where, outer }: Scope): { table: Table; step: Step | undefined }[] {
  return [
    ...nodes.map(({ table, join }) => ({ table, step: join?.step ?? outer?.step })),
    ...where.flatMap((one) => (one.type === 'exists' ? usesOf(one.scope) : [])),
  ];
}

/** Every use of a table, also in what has to be there. */
function tablesOf({ scope }: Query): Table[] {
  return usesOf(scope).map(({ table }) => table);
}
