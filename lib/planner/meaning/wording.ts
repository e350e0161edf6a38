/** Which of two readings keeps to the words of the request. */
import type { Field } from '../schema/schema.js';
import { holdsCount } from '../schema/roles.js';
import { root, verbForms } from '../text/inflection.js';
import type { Condition, Query } from './query.js';
import { gistOf, sameGist } from './gist.js';
import { conditionsIn, shapeOf } from './shape.js';
import { fieldOf, sameShown } from './showing.js';

/** What the request says, wherever it says it. */
export interface Said {
  readonly words: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
}

/** `amount paid` is the one of two amounts that is called so: its name says nothing that the request does not. */
export function isSaidWhole(a: Query, b: Query, { roots }: Said): boolean {
  const [own, other] = [shapeOf(a), shapeOf(b)];
  if (own.text !== other.text || own.fields.length !== other.fields.length) return false;
  const pairs = own.fields.flatMap((field, i) =>
    field === other.fields[i] ? [] : [[field, other.fields[i]!] as const],
  );
  const given = new Set(equalTo(a));
  const kept = new Set(own.fields.filter((field, i) => field === other.fields[i]));
  return (
    pairs.length > 0 &&
    pairs.every(
      ([one, beside]) =>
        // A year that is compared by its own name is not meant by another word again.
        !(one.role === 'year' && kept.has(one)) &&
        (!given.has(one) || isOfEvent(one)) &&
        isNearer(one, beside, roots),
    )
  );
}

/** `birth_country` beside `birth_year`: what happened is said by a verb, wherever the value stands. */
function isOfEvent({ words: [event, ...rest], table }: Field): boolean {
  const isTime = ({ role, words: own }: Field) =>
    (role === 'time' || role === 'year') && own.length > 1 && own[0] === event;
  return rest.length > 0 && table.fields.some(isTime);
}

function isNearer(one: Field, beside: Field, said: ReadonlySet<string>): boolean {
  const [mine, theirs] = [unsaid(one, said), unsaid(beside, said)];
  // By its own name, and the other only by a word of like meaning.
  if (one.table !== beside.table)
    return (
      one.role === 'measure' &&
      beside.role === 'measure' &&
      one.words.every((word) => said.has(root(word))) &&
      theirs.length === beside.words.length
    );
  return mine.length < theirs.length && mine.every((word) => theirs.includes(word));
}

/** What a column is called beside the words of the request; of claims no amount is said to be the claimed one. */
function unsaid({ words, role, table }: Field, said: ReadonlySet<string>): string[] {
  const timed = role === 'time' || role === 'year';
  const relatives = table.words.map(root);
  return words.filter((word) => {
    const span = timed ? SPANS.find(({ names }) => names.has(word)) : undefined;
    if (span !== undefined) return ![...span.verbs].some((verb) => said.has(verb));
    if (relatives.includes(root(word)) && !table.words.includes(word)) return true;
    return !said.has(root(word)) && !said.has(word);
  });
}

/** What the two ends of a time are called, and the verbs that tell of them. */
const SPANS = [
  { names: words('from start begin since'), verbs: rooted('start begin open join commence') },
  { names: words('to end until till'), verbs: rooted('end finish stop leave expire quit close') },
] as const;

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

function rooted(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').flatMap((verb) => [verb, ...verbForms(verb)].map(root)));
}

/** What is compared stands in the request as it is; the other reading has `Spain` for `Spanish`. */
export function isVerbatim(a: Query, b: Query, roots: ReadonlySet<string>): boolean {
  const [own, other] = [textsOf(a), textsOf(b)];
  const isSaid = (text: string) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .every((word) => word === '' || roots.has(root(word)));
  return own.length > 0 && own.every(isSaid) && !other.every(isSaid);
}

/** The texts that columns are compared with. */
function textsOf(query: Query): readonly string[] {
  return conditionsIn(query).flatMap((one) => (one.type === 'in' ? one.values : []));
}

function comparedIn(condition: Condition): Field | undefined {
  return 'left' in condition && condition.left.type === 'column' ? condition.left.field : undefined;
}

/** `with id 3 and with id 1`: words that come again mean the same column again. */
export function isAlike(a: Query, b: Query): boolean {
  const [own, other] = [numbered(a), numbered(b)];
  const mine = new Set(own);
  const theirs = new Set(other);
  return (
    own.length === other.length &&
    mine.size < theirs.size &&
    [...mine].every((field) => theirs.has(field))
  );
}

/** The columns whose very values are given: it is those that tell them. */
function equalTo(query: Query): Field[] {
  return conditionsIn(query).flatMap((one) =>
    one.type === 'in' || (one.type === 'compare' && one.operator === '=')
      ? (comparedIn(one) ?? [])
      : [],
  );
}

/** The columns that are compared with numbers. */
function numbered(query: Query): Field[] {
  return conditionsIn(query).flatMap((one) =>
    one.type === 'compare' && 'digits' in one.right ? (comparedIn(one) ?? []) : [],
  );
}

/** `number of loans` is the column that keeps how many there are; who has some loans is in one of them. */
export function isCounted(a: Query, b: Query, { words: said }: Said): boolean {
  const [own, other] = [storedIn(a), storedIn(b)];
  if (own.length === other.length) return false;
  const isNumber = ['number', 'count', 'numbers'].some((word) => said.has(word));
  const [stored] = [...own, ...other];
  const some = stored !== undefined && stored.digits === '0' && !said.has('0') && !isNumber;
  return some ? own.length === 0 : own.length > 0;
}

function storedIn(query: Query): { readonly digits: string }[] {
  return conditionsIn(query).flatMap((one) => {
    const field = comparedIn(one);
    if (one.type !== 'compare' || !('digits' in one.right) || field === undefined) return [];
    return holdsCount(field) && field.table === query.scope.root.table ? [one.right] : [];
  });
}

/** What two kinds of things share, both of them have. */
export function isOfBoth(a: Query, b: Query, { words: said }: Said): boolean {
  if (!['both', 'share', 'shared', 'common'].some((word) => said.has(word))) return false;
  const { table } = a.scope.root;
  const each = a.scope.where
    .flatMap((one) => (one.type === 'all' ? one.of : [one]))
    .filter((one) => one.type === 'exists' && !one.not && one.scope.root.table === table);
  const columns = a.outputs.map(({ expression }) => fieldOf(expression));
  // Two rows that are called the same are one thing.
  if (columns.some((one) => one === undefined || [...table.key, ...table.naming].includes(one)))
    return false;
  return (
    each.length > 1 &&
    b.scope.root.table === table &&
    b.scope.where.every(({ type }) => type !== 'exists') &&
    sameShown(a, b)
  );
}

/** Sorted by a number, without a word on the direction: from the lowest up. */
export function isRising(a: Query, b: Query, { words: said }: Said): boolean {
  if (!SORTED.some((word) => said.has(word)) || a.limit !== undefined) return false;
  const [own, ...more] = a.orderBy.filter(({ tie }) => !tie);
  const [other] = b.orderBy.filter(({ tie }) => !tie);
  if (own?.descending !== false || other?.descending !== true || more.length > 0) return false;
  const up = b.orderBy.map((one) => (one.tie ? one : { ...one, descending: false }));
  return sameGist(gistOf(a), gistOf({ ...b, orderBy: up }));
}

const SORTED = ['sort', 'sorted', 'order', 'ordered', 'arrange', 'arranged'];
