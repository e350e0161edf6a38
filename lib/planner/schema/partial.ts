/** How far a phrase is from a name that it says in part, in other words, or with words that add nothing. */
import { isGlue } from '../lexicon/structure.js';
import { MONEY_WORDS, PRICE_WORDS, QUANTITY_WORDS, REVENUE } from '../lexicon/words.js';
import { isPast } from '../text/inflection.js';
import { isNumeric } from './roles.js';
import type { Field } from './schema.js';
import type { Sense } from './sense.js';

/** A table's or a column's name, as its words. */
export interface Name {
  readonly words: readonly string[];
  /** The words of the column's table: they may stand before the name, and may be left out of it. */
  readonly owner: readonly string[];
  readonly sense: Sense;
}

/** Word of the schema → how far-fetched it is that a word of the request stands for it. */
export type Near = ReadonlyMap<string, number>;

const PRICES = {
  /** A word of the name that says only whose it is, or of which kind. */
  implied: 0.05,
  /** The last words of the name alone. */
  end: 0.5,
  start: 0.8,
  inside: 0.9,
  tableStart: 1.3,
  /** A word that is said beside the name and adds nothing. */
  extra: 0.15,
} as const;

/** Undefined where the phrase says what the name does not. */
export function partial(
  said: readonly string[],
  near: readonly Near[],
  { words, owner, sense }: Name,
): number | undefined {
  const matched = new Set<number>();
  const extra: number[] = [];
  let cost = 0;
  let exact = 0;
  said.forEach((_, i) => {
    const at = likest(near[i]!, words, matched);
    if (at === undefined) {
      extra.push(i);
      return;
    }
    matched.add(at);
    const price = near[i]!.get(words[at]!)!;
    cost += price;
    if (price === 0) exact++;
  });
  // Of several words at most one may be another one's relative.
  if (matched.size === 0 || matched.size - exact > 1) return undefined;
  for (const i of extra) {
    if (!addsNothing(said, i, { words, owner, sense })) return undefined;
    cost += PRICES.extra;
  }
  const missing = missingPrice(matched, { words, owner, sense });
  return missing === undefined ? undefined : cost + missing;
}

function likest(near: Near, words: readonly string[], taken: ReadonlySet<number>) {
  let best: number | undefined;
  words.forEach((word, at) => {
    const price = near.get(word);
    if (price === undefined || taken.has(at)) return;
    if (best === undefined || price < near.get(words[best]!)!) best = at;
  });
  return best;
}

/** `staff members`: one of a group that is itself called by its members. */
const COLLECTIVES = new Set(['staff', 'faculty', 'personnel', 'crew', 'cast', 'membership']);
/** What is kept of anything: "student records". */
const KEPT = new Set(['record', 'entry', 'row', 'table', 'data', 'datum', 'information', 'info']);

function addsNothing(said: readonly string[], at: number, { words, owner, sense }: Name): boolean {
  const word = said[at]!;
  const last = at === said.length - 1;
  if (sense.type === 'table') {
    if (!last || said.length < 2) return false;
    return KEPT.has(word) || (word === 'member' && COLLECTIVES.has(words.at(-1) ?? ''));
  }
  if (sense.type !== 'field') return false;
  // "members joined" says what members did; "member address" is one of their columns.
  if (owner.includes(word) && !words.includes(word)) return !last && !said.some(isPast);
  const { field } = sense;
  // What another column of the table is called says which column is meant; not so where it says only the kind of
  // thing that the other one is, too: "finish type" is no `bed_type`.
  const elsewhere = field.table.fields.some(
    (other) =>
      other !== field &&
      other.words.includes(word) &&
      (other.words.length === 1 || other.words.at(-1) !== word || !KINDS.has(word)),
  );
  return last && at > 0 && !elsewhere && fits(word, field);
}

const KINDS = new Set(['type', 'kind', 'category', 'name', 'number', 'date', 'year']);

/** What a column holds, said behind its name: `phone number`, `creation year`, `artist name`, `settlement value`. */
function fits(word: string, { role, family, words }: Field): boolean {
  const numeric = family === 'integer' || family === 'number';
  switch (word) {
    case 'number':
      return words.some((own) => NUMBERED.has(own)) || (role === 'key' && !words.includes('id'));
    case 'name':
    case 'title':
      return family === 'text' && role !== 'key' && !words.some((own) => UNNAMED.has(own));
    case 'status':
      return role !== 'key' && family !== 'integer' && words.some(isPast);
    case 'code':
    case 'id':
      return role === 'key';
    case 'year':
      return role === 'year' || (role !== 'time' && words.some((own) => DATED.has(own)));
    case 'date':
    case 'time':
      return role === 'time' || (role !== 'key' && words.some((own) => DATED.has(own)));
    // "vote count" is what is kept as votes; what has a unit is no count.
    case 'count':
      return role === 'measure' && family === 'integer' && !words.some((own) => AMOUNTS.has(own));
    case 'value':
    case 'score':
    case 'amount':
    case 'level':
    case 'size':
    case 'figure':
    case 'rate':
    case 'point':
      return numeric && role !== 'key';
    case 'percentage':
    case 'percent':
    case 'proportion':
      // The part that one is of another has to be computed; a column of fractions that is called after nothing
      // that is counted or paid holds it.
      return family === 'number' && role === 'measure' && !words.some((own) => AMOUNTS.has(own));
    case 'type':
    case 'kind':
    case 'category':
      return (family === 'text' || family === 'enum') && !words.some((own) => NAMED.has(own));
    default:
      return false;
  }
}

const AMOUNTS = new Set([
  ...[...MONEY_WORDS, ...PRICE_WORDS, ...QUANTITY_WORDS, ...REVENUE],
  ...'length height width weight depth distance duration age size speed temperature volume average'.split(
    ' ',
  ),
]);

const NUMBERED = new Set([
  'phone',
  'fax',
  'mobile',
  'telephone',
  'cell',
  'account',
  'room',
  'license',
  'flight',
  'track',
  'isbn',
  'ssn',
]);
const UNNAMED = new Set([
  'phone',
  'email',
  'date',
  'address',
  'id',
  'code',
  'number',
  'description',
  'detail',
  'url',
  'type',
]);
/** A name says which one it is, not of which kind. */
const NAMED = new Set(['name', 'title', 'label']);
const DATED = new Set([
  'creation',
  'founded',
  'established',
  'foundation',
  'opening',
  'open',
  'launch',
  'launched',
  'departure',
  'arrival',
  'start',
  'end',
  'built',
  'release',
  'birth',
  'join',
  'joined',
  'opened',
  'since',
]);

/** What of the name is not said. */
function missingPrice(matched: ReadonlySet<number>, { words, owner, sense }: Name) {
  if (matched.size === words.length) return 0;
  const isKey = sense.type === 'field' && sense.field.role === 'key';
  const implied = (word: string, at: number) =>
    (owner.includes(word) && at < owner.length) || isGlue(word) || IMPLIED.has(word);
  const missing = words.flatMap((word, at) => (matched.has(at) ? [] : [{ word, at }]));
  const needed = missing.filter(({ word, at }) => !implied(word, at));
  const free = PRICES.implied * (missing.length - needed.length);
  if (needed.length === 0) {
    // Nothing but the table's own word is no column, and a key is asked for as such.
    const own = words.filter((word, at) => matched.has(at) && !implied(word, at));
    return own.length === 0 || (isKey && !matched.has(words.length - 1)) ? undefined : free + 0.05;
  }
  // The "level" is `course_level_number`.
  const numbered = isKey && words.at(-1) === 'number' && isNumeric(sense.field);
  const ends = matched.has(words.length - 1) || (numbered && matched.has(words.length - 2));
  // "course names" are no names of what a course belongs to: what a key refers to has to be said.
  if (sense.type === 'field' && ends && matched.size === 1 && isReference(sense.field))
    return undefined;
  if (sense.type === 'table') return ends ? PRICES.end : PRICES.tableStart;
  if (isKey && !ends) return undefined;
  const more = matched.size > 1 ? 0.15 : 0;
  if (ends) return PRICES.end - more + free;
  return (matched.has(0) ? PRICES.start : PRICES.inside) - more + free;
}

/** A key that is called after another table's name: `dept_name` of courses. */
function isReference({ words, table, column }: Field): boolean {
  return (
    NAMED.has(words.at(-1)!) &&
    !table.key.some((key) => key.column === column) &&
    table.relation.foreignKeys.some(({ columns }) => columns.includes(column.name))
  );
}

/** Ends of names that say the kind or the unit of a value: they go without saying. */
const IMPLIED = new Set(
  `at on date time timestamp datetime ts code f c km kg cm mm m ft lb mi mph usd eur gbp gb mb mib kb hz ghz mhz
   mw kw billion million thousand percent pct`.split(/\s+/),
);
