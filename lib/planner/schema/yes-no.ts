/** Columns of texts and numbers that say yes or no: what they are called, and how each of them says it. */
import { isPart } from '../lexicon/wordnet.js';
import { isPast } from '../text/inflection.js';
import type { Field } from './schema.js';

/** What such a column may hold: these are looked for where a request speaks of one. */
export const ANSWERS: readonly string[] = ['Y', 'N', 'YES', 'NO', 'T', 'F', 'TRUE', 'FALSE'];
const YES = new Set(['y', 'yes', 't', 'true']);
const NO = new Set(['n', 'no', 'f', 'false']);

/** First words of such names, and last ones. */
export const FLAG_VERBS: ReadonlySet<string> = new Set('is has was can are ha wa'.split(' '));
const FLAG_ENDS = new Set('yn flag indicator ind'.split(' '));

/** How a column says yes and no, where it does either. */
export interface Answers {
  readonly yes?: string | undefined;
  readonly no?: string | undefined;
}

/** The words of a flag's name without those that say only that it is one: `is_active`, `active_yn`. */
export function flagWords(words: readonly string[]): readonly string[] {
  const from = FLAG_VERBS.has(words[0] ?? '') && words.length > 1 ? 1 : 0;
  const to = words.length - from > 1 && FLAG_ENDS.has(words.at(-1)!) ? -1 : words.length;
  return words.slice(from, to);
}

/** Whether a column that is no boolean is called as one would be. */
export function isCalledFlag({ words, family, role }: Pick<Field, 'words' | 'family' | 'role'>) {
  const marked = flagWords(words).length < words.length;
  if (family === 'integer') return role === 'measure' && marked;
  if ((family !== 'text' && family !== 'enum') || role !== 'text') return false;
  const last = words.at(-1)!;
  return marked || isPast(last) || (isPart(last, 'adjective') && words.length < 3);
}

/** @param found values of the column, as far as they were looked for */
export function answersOf({ family, column }: Field, found: readonly string[]): Answers {
  if (family === 'integer') return { yes: '1', no: '0' };
  const values = family === 'enum' ? (column.enumLabels ?? []) : found;
  return {
    yes: values.find((value) => YES.has(value.toLowerCase())),
    no: values.find((value) => NO.has(value.toLowerCase())),
  };
}
