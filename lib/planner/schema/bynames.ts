/** What a table or a column may be called beside its name: in part, by its key, by its comment, without its unit. */
import { isStructureWord } from '../lexicon/structure.js';
import { isOfTime, isUnitOfName, unitsOf } from '../lexicon/units.js';
import { isKindOf } from '../lexicon/wordnet.js';
import { singular } from '../text/inflection.js';
import type { Field, Table } from './schema.js';

/** The last part of a name, as it is written, where it may be short for something: only the request can tell for what. */
export function abbreviation(name: string): string {
  const part =
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .at(-1) ?? '';
  return part.length < 3 || part.length > 6 ? '' : part;
}

/** A column that is called by whom it names: `driver` of trips, whose rows may then be spoken of as drivers. */
export function namesPeople({ words, family, column, table }: Field): boolean {
  const isPerson = (word = '') => isKindOf(word, 'person');
  return (
    words.length === 1 &&
    family === 'text' &&
    isPerson(words[0]) &&
    !isPerson(table.words.at(-1)) &&
    !table.relation.foreignKeys.some(({ columns }) => columns.includes(column.name))
  );
}

/** What is left of a key's name without `id`; nothing where it refers to another table, or says what the table does. */
export function calledByKey({ key: [key], words, relation, fields }: Table): readonly string[] {
  if (key === undefined || key.words.at(-1) !== 'id') return [];
  if (relation.foreignKeys.some(({ columns }) => columns.includes(key.column.name))) return [];
  const rest = key.words.slice(0, -1);
  if (rest.length === 0) return [];
  const name = rest.join(' ');
  if (fields.some((field) => field.words.join(' ') === name)) return [];
  return rest.some((word) => word.length < 3 || words.includes(word)) ? [] : rest;
}

/** Whether a column is the id of its table's rows: by its name, or where it ends so and the key is but their name. */
export function isIdOf({ words }: Field, key: Field): boolean {
  return words.at(-1) === 'id' && (words.length === 1 || isNameKey(key));
}

export function isOwnId({ words, table, column }: Field): boolean {
  const refers = table.relation.foreignKeys.some(({ columns }) => columns.includes(column.name));
  return words.at(-1) === 'id' && !refers;
}

export function isNameKey(key: Field): boolean {
  return key.family === 'text' && key.table.naming.includes(key);
}

export function detailOf({ fields, words }: Table): Field | undefined {
  const isDetail = (field: Field) =>
    field.family === 'text' &&
    field.words.at(-1) === 'detail' &&
    field.words.includes(words.at(-1)!);
  return fields.some((field) => field.words.includes('name')) ? undefined : fields.find(isDetail);
}

/** `height_cm` is a height, `sales_in_billion` are sales. */
export function withoutUnit(words: readonly string[]): readonly string[] | undefined {
  const [kind, unit] = words.slice(-2);
  // `duration_min` is a duration, and `min_duration` the least of them.
  const timed = words.length > 1 && isOfTime(kind!) && unitsOf(unit!).length > 0;
  const last = timed
    ? words.length - 2
    : words.findLastIndex((word) => !isUnitOfName(word) && word !== 'in');
  return last < 0 || last === words.length - 1 ? undefined : words.slice(0, last + 1);
}

/** `product_name` of products is also just its name. */
export function withoutTable(
  words: readonly string[],
  tableWords: readonly string[],
): string[] | undefined {
  for (const prefix of [tableWords, tableWords.slice(-1)]) {
    const rest = words.slice(prefix.length);
    if (rest.length > 0 && prefix.length > 0 && prefix.every((word, i) => words[i] === word))
      return rest;
  }
  return undefined;
}

const COMMENT_STOPS = new Set(
  `the of and or for with from this that each which when where what its one per has have are was were not null
  used use see example date time times number value column table row list stored store set made who whose while`.split(
    /\s+/,
  ),
);

/**
 * What a comment begins with, where that is no more than a name: "purchase orders", "lead time" of "lead time in days".
 */
export function titleOf(comment: string | undefined): string | undefined {
  const [beginning = ''] = (comment ?? '')
    .toLowerCase()
    .split(
      /[^\p{L}\s-]|\s(?:that|which|who|whose|where|of|in|for|with|from|as|at|by|per|is|are|has|have)\s/u,
    );
  const words = beginning.split(/[\s-]+/).filter((word) => word !== '' && !ARTICLES.has(word));
  if (words.length === 0 || words.length > 3 || words.some((word) => word.length < 3))
    return undefined;
  return words.every((word) => COMMENT_STOPS.has(word)) ? undefined : words.map(singular).join(' ');
}

const ARTICLES = new Set(['the', 'a', 'an', 'all', 'our', 'one', 'each', 'every']);

/** Content words of a comment's beginning: what stands further back is explanation, not a name. */
export function commentWords(comment: string | undefined): string[] {
  if (comment === undefined) return [];
  // "null while the order is unpaid" says what the column is not about.
  const words = comment
    .toLowerCase()
    .replace(/(^|[;,.(])\s*(?:is )?(?:null|empty)\b[^;.]*/g, '$1')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2 && !COMMENT_STOPS.has(word) && !isStructureWord(word));
  return [...new Set(words.slice(0, 14).map(singular))];
}

/** Whether a column that tells no row from another has the table's very name, and the key has another one. */
export function isCalledByColumn({ words, fields, key: [key, ...more] }: Table): boolean {
  if (key === undefined || more.length > 0 || key.role !== 'key' || key.family !== 'text')
    return false;
  const name = words.join(' ');
  return (
    name.startsWith(`${key.words.join(' ')} `) &&
    fields.some((field) => field !== key && field.words.join(' ') === name)
  );
}
