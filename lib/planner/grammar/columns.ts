/** Columns as they are named in a condition: `price`, `product price`, `the price of the product`. */
import type { FieldMention } from '../phrase.js';
import type { Spanned } from '../lattice.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';

/** Columns that are named at a place, alone or behind the thing that they belong to. */
export function columnsAt(grammar: Grammar, at: number): Spanned<FieldMention>[] {
  const { lattice } = grammar;
  const plain = lattice.fields(at);
  const owned = lattice.tables(at).flatMap(({ mention: table, end }) => {
    const next = skipPhrase(grammar, end, "'s") ?? end;
    return lattice.fields(next).flatMap(({ mention, end: after }) => {
      const options = mention.options.filter(({ field }) =>
        table.options.some((option) => option.table === field.table && option.via === undefined),
      );
      return options.length === 0 || plain.some((one) => one.end >= after)
        ? []
        : [{ mention: { text: mention.text, options }, end: after }];
    });
  });
  return [...plain, ...owned];
}

/** As {@link columnsAt}, behind words that change nothing. */
export function columnsBehind(grammar: Grammar, at: number): Spanned<FieldMention>[] {
  return columnsAt(grammar, skipDeterminers(grammar, at));
}
