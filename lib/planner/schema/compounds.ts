/** Two nouns that English says as one: a train station is a station, a music genre just a genre. */
import { isCompound, synonyms } from '../lexicon/wordnet.js';
import type { Table } from './schema.js';

/** The tables of what a compound is one of, where the other word tells none of their rows from the rest. */
export function compounded(words: readonly string[], tables: readonly Table[]): readonly Table[] {
  const [before = '', head = '', ...more] = words;
  if (head === '' || more.length > 0) return [];
  const whole = `${before} ${head}`;
  const same = synonyms(whole).includes(head);
  if (!same && !isCompound(whole, head)) return [];
  return tables.filter(
    (table) =>
      isCalled(table, head) && (same || besides(table).some((one) => isCalled(one, before))),
  );
}

/** The tables that are called by one word for what a compound says in two: a movie theater is a cinema. */
export function inOneWord(words: readonly string[], tables: readonly Table[]): readonly Table[] {
  if (words.length !== 2) return [];
  const same = synonyms(words.join(' ')).filter((word) => !words.includes(word));
  return tables.filter((table) => same.some((word) => isCalled(table, word)));
}

function isCalled({ words }: Table, word: string): boolean {
  return words.length === 1 && words[0] === word;
}

/** What a table refers to, what refers to it, and what only a table of links stands between. */
function besides({ steps }: Table): Table[] {
  return steps.flatMap(({ to }) => [to, ...(isLink(to) ? to.steps.map((step) => step.to) : [])]);
}

/** Nothing but keys of other tables. */
export function isLink({ fields, steps }: Table): boolean {
  const leading = new Set(
    steps.filter(({ forward }) => forward).flatMap(({ on }) => on.map(([from]) => from)),
  );
  return leading.size > 1 && fields.every((field) => leading.has(field));
}
