/** Which of two readings takes the nearer way between the things that are spoken of. */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Field, Step, Table } from '../schema/schema.js';
import { root } from '../text/inflection.js';
import type { Query, Scope } from './query.js';
import { fieldOf, sameShown } from './showing.js';

type Roots = ReadonlySet<string>;

/** Of several links between two things the one that the request's words are in: who registered, by the registrations. */
export function isBySaidLink(a: Query, b: Query, roots: Roots): boolean {
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
  const isSaid = ({ words }: Table) => words.every((word) => roots.has(root(word)));
  return said(beside) === 0 && (said(link) > 0 || (isSaid(link) && !isSaid(beside)));
}

/**
 * The shorter of two ways to the same, past nothing that is spoken of; unless its key says more than the request: a
 * department's head is not whoever works there.
 */
export function isDirect(a: Query, b: Query, roots: Roots): boolean {
  const [own, other] = [usesOf(a.scope), usesOf(b.scope)];
  const mine = new Set(own.map(({ table }) => table));
  const passed = new Set(other.map(({ table }) => table));
  if (own.length >= other.length || mine.size >= passed.size) return false;
  if (mine.size === 0 || [...mine].some((table) => !passed.has(table))) return false;
  if (!sameShown(a, b) || saidOf(a.scope) !== saidOf(b.scope)) return false;
  const spoken = [...passed].some(
    (table) => !mine.has(table) && table.words.some((word) => roots.has(root(word))),
  );
  return !spoken && own.every(({ step }) => step === undefined || !isPlayed(step, roots));
}

function isPlayed({ role }: Step, roots: Roots): boolean {
  const last = role.at(-1);
  return last !== undefined && !roots.has(root(last)) && isKindOf(last, 'person');
}

/** `routes with a destination airport in each country`: of the airport that is named, where the other way leads past it. */
export function isBySaidKey(a: Query, b: Query): boolean {
  const shown = ({ outputs }: Query) => outputs.map(({ name }) => name).join(' ');
  return shown(a) === shown(b) && takesNamed(a) && keysNamed(b).size > 0 && !takesNamed(b);
}

function takesNamed(query: Query): boolean {
  const named = keysNamed(query);
  const taken = usesOf(query.scope).flatMap(({ step }) => step?.on.map(([from]) => from) ?? []);
  return taken.some((field) => named.has(field));
}

/** The references that have to be there, and of which nothing else is said. */
function keysNamed({ scope }: Query): ReadonlySet<Field> {
  return new Set(presentIn(scope).filter(isReference));
}

/** What is spoken of is a thing, or something is said of it, before it is merely said to be there. */
export function isMoreThanThere(a: Query, b: Query): boolean {
  const there = presentIn(b.scope);
  if (there.length === 0 || presentIn(a.scope).length > 0) return false;
  const said = new Set(
    a.scope.where.flatMap((one) => ('left' in one ? (fieldOf(one.left) ?? []) : [])),
  );
  return there.every((field) => said.has(field) || isReference(field));
}

function presentIn({ where }: Scope): Field[] {
  return where.flatMap((one) =>
    one.type === 'null' && one.not && one.left.type === 'column' ? [one.left.field] : [],
  );
}

function isReference({ table, column }: Field): boolean {
  return table.steps.some(
    ({ forward, on }) => forward && on.some(([from]) => from.column === column),
  );
}

/** What belongs to a thing is said of it at once, not by way of others like that which belong to it. */
export function isStraight(a: Query, b: Query): boolean {
  return sameShown(a, b) && repeats(a.scope, []) === 0 && repeats(b.scope, []) > 0;
}

/** How often a condition inside of a condition comes back to a table that it started from. */
function repeats({ where, nodes, outer }: Scope, above: readonly Table[]): number {
  const own = outer === undefined ? [] : nodes.map(({ table }) => table);
  const back = own.filter((table) => above.includes(table)).length;
  const inner = where.map((one) =>
    one.type === 'exists' ? repeats(one.scope, [...above, ...own]) : 0,
  );
  return inner.reduce((sum, count) => sum + count, back);
}

/** What a row refers to is its own before what refers to it: a teacher's school is not the one that a teacher heads. */
export function isReferred(a: Query, b: Query): boolean {
  const [own, other] = [usesOf(a.scope), usesOf(b.scope)];
  if (!sameShown(a, b) || own.length !== other.length) return false;
  if (a.limit !== undefined || b.limit !== undefined) return false;
  const tables = (uses: typeof own) =>
    uses
      .map(({ table }) => table.index)
      .sort()
      .join();
  const back = (uses: typeof own) => uses.filter(({ step }) => step?.forward === false).length;
  return tables(own) === tables(other) && back(own) === 0 && back(other) > 0;
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
