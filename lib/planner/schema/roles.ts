/** What a column is for, judged by its type, its name and its place in keys. */
import type { Column, Relation } from '../../catalog/catalog.js';
import { unitsOf } from '../lexicon/units.js';
import { isPast, singular } from '../text/inflection.js';
import { remembering } from '../text/remember.js';
import { ACCOUNTS } from './names.js';
import type { Field, Table } from './schema.js';

export type TypeFamily =
  | 'integer'
  | 'number'
  | 'text'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'boolean'
  | 'enum'
  | 'other';

export type Role = 'key' | 'name' | 'time' | 'year' | 'measure' | 'flag' | 'text' | 'other';

export function typeFamily({ type, enumLabels }: Column): TypeFamily {
  if (enumLabels !== undefined) return type.endsWith('[]') ? 'other' : 'enum';
  return familyOf(type);
}

const familyOf = remembering((type): TypeFamily => {
  if (/^(?:smallint|integer|bigint)$/.test(type)) return 'integer';
  if (/^(?:numeric|real|double precision|money)\b/.test(type))
    return type.endsWith('[]') ? 'other' : 'number';
  if (/^(?:text|citext|name|"char"|character(?: varying)?(?:\(\d+\))?|bpchar)$/.test(type))
    return 'text';
  if (type === 'date') return 'date';
  if (/^timestamp(?:\(\d\))? with time zone$/.test(type)) return 'timestamptz';
  if (/^timestamp(?:\(\d\))? without time zone$/.test(type)) return 'timestamp';
  return type === 'boolean' ? 'boolean' : 'other';
});

interface Judged {
  readonly column: Column;
  readonly words: readonly string[];
  readonly family: TypeFamily;
  readonly relation: Relation;
  readonly tableWords: readonly string[];
}

export function roleOf({ column, words, family, relation, tableWords }: Judged): Role {
  const references = relation.foreignKeys.some(({ columns }) => columns.includes(column.name));
  const primary = relation.primaryKey.includes(column.name);
  if (family === 'date' || family === 'timestamp' || family === 'timestamptz') return 'time';
  if (family === 'boolean') return 'flag';
  if (isNameLike(words, tableWords) && family === 'text') return 'name';
  const id = /^(?:id|uuid|guid)$/.test(words.at(-1) ?? '');
  // "years played" are counted; "year built" is one. It may be a part of the key: one row for each year.
  const dated = primary && (relation.primaryKey.length > 1 || words.join(' ') === 'year');
  if ((dated || !primary) && !references && !id && isYear(words, family, column)) return 'year';
  if (references || primary || id) return 'key';
  if (family === 'integer' || family === 'number') return isCode(words) ? 'key' : 'measure';
  return family === 'text' || family === 'enum' ? 'text' : 'other';
}

/** Years as numbers: by name, or by an event that a number can only be the year of. As text by their name alone. */
function isYear(words: readonly string[], family: TypeFamily, { name, type }: Column): boolean {
  if (family === 'text') {
    const [first = '', second = ''] = words;
    const dated = first === 'year' && (EVENTS.has(second) || isPast(second));
    return (words.at(-1) === 'year' || dated) && !/years/i.test(name);
  }
  // A year may have been stored as a number that could hold fractions, but not as one that is declared to have some.
  const numeric = family === 'integer' || (family === 'number' && !/money|,\s*[1-9]/.test(type));
  if (!numeric || /years/i.test(name)) return false;
  return words.includes('year') || (words.length === 1 && EVENTS.has(words[0]!));
}

const EVENTS = new Set([
  'founded',
  'established',
  'built',
  'launched',
  'inaugurated',
  'constructed',
  'opened',
  'formed',
  'incorporated',
  'discovered',
  'introduced',
]);

/** Numbers that count nothing: telephone, house and room numbers, codes. */
function isCode(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return (
    last === 'code' ||
    last === 'phone' ||
    last === 'zip' ||
    (last === 'number' && words.length > 1 && words[0] !== 'total')
  );
}

const NAME_WORDS = new Set(['name', 'title', 'label']);

function isNameLike(words: readonly string[], tableWords: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return NAME_WORDS.has(last) || words.join(' ') === tableWords.join(' ');
}

/** The fields that say which row it is to a person; none where the table has nothing of the kind. */
export function namingFields({ fields, words, relation, key: [key] }: Table): Field[] {
  const names = fields.map((field) => field.words.join(' '));
  const by = (phrase: string) =>
    fields.find((field, i) => names[i] === phrase && field.family === 'text');
  const entity = words.join(' ');
  const head = words.at(-1) ?? '';
  const whole =
    by('name') ??
    by(`${entity} name`) ??
    (ACCOUNTS.has(head) ? by(`${words.slice(0, -1).join(' ')} name`) : undefined) ??
    by('full name') ??
    by(`${entity} full name`) ??
    by(`${head} name`);
  if (whole !== undefined) return [whole];
  const first = fields.find((_, i) => /\b(?:first|given|fore) ?name$/.test(names[i]!));
  const last = fields.find((_, i) => /\b(?:last|family|sur) ?name$/.test(names[i]!));
  const firm = first === undefined || last === undefined ? undefined : contactOf(first, words, by);
  if (firm !== undefined) return [firm];
  if (first !== undefined && last !== undefined) return [first, last];
  // A person has a title beside the names, so it comes after them.
  const called =
    by('title') ??
    by(`${entity} title`) ??
    by(entity) ??
    by('label') ??
    by('display name') ??
    // The school of a `school_id`, whatever the table is called.
    (key?.words.at(-1) === 'id' ? by(key.words.slice(0, -1).join(' ')) : undefined);
  if (called !== undefined) return [called];
  const like = fields.filter(
    ({ role, column }) =>
      role === 'name' && !relation.foreignKeys.some(({ columns }) => columns.includes(column.name)),
  );
  if (like.length > 0) return like.length === 1 ? like : [];
  // Where they have a code it is that; nobody calls them by a number that only the database knows.
  const coded = fields.some(
    ({ column, family }) => family === 'text' && relation.primaryKey.includes(column.name),
  );
  const told = coded ? undefined : (by('description') ?? by(`${entity} description`));
  if (told !== undefined) return [told];
  return fields.filter(
    ({ column }, i) => !relation.primaryKey.includes(column.name) && NUMBERS.includes(names[i]!),
  );
}

/** What rows are told by that nothing names: room numbers, the codes of lines, beside a key that only the database knows. */
const NUMBERS = ['code', 'number'];

/** The firm whose contact a first name belongs to: its rows are no people. */
function contactOf(
  { words }: Field,
  entity: readonly string[],
  by: (phrase: string) => Field | undefined,
): Field | undefined {
  const whose = words.slice(0, -2).join(' ');
  if (whose === '' || whose === entity.join(' ')) return undefined;
  return by('company name') ?? by('business name') ?? by('organization name') ?? by('firm name');
}

export function isNumeric({ family }: Field): boolean {
  return family === 'integer' || family === 'number';
}

/** Names of columns whose texts are numbers, where a request computes with them. */
const NUMBER_NAMES = new Set(
  `age amount average balance budget capacity cost count depth distance duration fee height hour income length number
  num percentage percent population price quantity qty rate rating revenue salary score share size speed temperature
  total value volume wage weight width`.split(/\s+/),
);

const COUNTS = new Set(['number', 'num', 'no', 'count']);

/** What a column's name says that it counts: cities of `number_of_cities`, votes of `vote_count`. */
export function countedIn(words: readonly string[]): readonly string[] | undefined {
  const first = COUNTS.has(words[0] ?? '') ? (words[1] === 'of' ? 2 : 1) : 0;
  const last = first === 0 && words.at(-1) === 'count' ? words.length - 1 : words.length;
  const counted = words.slice(first, last);
  return counted.length === 0 || counted.length === words.length ? undefined : counted;
}

/** Whether a column holds how many there are of something, by a name that says so or is a plural: `casualties`. */
export function holdsCount({ role, family, words, column }: Field): boolean {
  if (role !== 'measure') return false;
  if (countedIn(words) !== undefined) return true;
  const last = column.name
    .toLowerCase()
    .split(/[^a-z]+/)
    .at(-1)!;
  return (
    family === 'integer' && singular(last) !== last && unitsOf(words.at(-1) ?? '').length === 0
  );
}

/** Whether a text column holds numbers, as far as its name tells. */
export function holdsNumbers({ family, role, words }: Field): boolean {
  return family === 'text' && role === 'text' && words.some((word) => NUMBER_NAMES.has(word));
}

/** A number or a code that leads to a table of the same name stands for that table's rows, which have names of their own. */
export function refersTo(field: Field, tables: readonly Table[]): boolean {
  return field.table.steps.some(
    ({ forward, to, on }) =>
      forward &&
      to.naming.length > 0 &&
      tables.includes(to) &&
      on.length === 1 &&
      on[0]![0] === field &&
      (field.family !== 'text' || isCodeOf(on[0]![1], to)),
  );
}

/** Whether a column's codes are spelt out by another table's column: the status `OP` that is described as Open. */
export function isCodeFor(code: Field, { table, family, role }: Field): boolean {
  const says = family === 'text' && role !== 'key' && table.fields.length <= MOST_OF_CODES;
  return (
    says &&
    code.table.steps.some(
      ({ forward, to, on }) =>
        forward && to === table && on.length === 1 && on[0]![0] === code && isCodeOf(on[0]![1], to),
    )
  );
}

/** Columns of a table that does no more than spell codes out. */
const MOST_OF_CODES = 4;

/** A text that is its table's key and not what the rows are called by. */
function isCodeOf(key: Field, { naming }: Table): boolean {
  return key.role === 'key' && !naming.includes(key);
}
