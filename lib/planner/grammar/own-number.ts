/** Whether `number of` speaks of the number that a thing goes by, and counts nothing. */
import type { Table } from '../schema/schema.js';
import { COST } from '../schema/sense.js';
import { plural, singular } from '../text/inflection.js';
import { type Grammar, skipDeterminers } from './grammar.js';
import { kindred } from './kindred.js';

/** `the number of the cheapest room`, `numbers of the rooms`: what each of them goes by, where it has a number; of one there is no count. */
export function isOwnNumber(grammar: Grammar, at: number, end: number): boolean {
  const { lattice } = grammar;
  const many = lattice.word(at) === 'numbers';
  if (!many && (lattice.word(at) !== 'number' || lattice.word(end) !== 'the')) return false;
  const start = skipDeterminers(grammar, end);
  return [...grammar.bareNoun(start), ...kindred(grammar, start)].some(({ value: { table } }) => {
    const one = table !== undefined && singular(table.text) === table.text;
    return (
      (many || (one && plural(table.text) !== table.text)) &&
      table?.options.some((option) => option.cost < COST.head && hasNumber(option.table))
    );
  });
}

function hasNumber({ fields, words: table }: Table): boolean {
  return fields.some(
    ({ words, role }) =>
      role !== 'measure' &&
      words.at(-1) === 'number' &&
      words.slice(0, -1).every((word) => table.includes(word)),
  );
}
