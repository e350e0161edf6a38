/** Columns that are kept for one year each: `visitors_2022`. */
import type { Spanned } from './spans.js';
import type { FieldMention } from './phrase.js';
import type { Token } from './text/tokens.js';

const YEAR = /^(?:19|20)\d\d$/;
const BEFORE_YEAR = new Set(['in', 'for', 'during', 'of']);
const AND = new Set(['and', 'or', ',', 'to']);

/** `visitors in 2022` is the column of that year, and no other year's; of several years none is. */
export function ofYearsSaid(
  mentions: Spanned<FieldMention>[],
  tokens: readonly Token[],
): Spanned<FieldMention>[] {
  const word = (at: number) => tokens[at]?.word ?? '';
  return mentions.flatMap(({ mention, end }) => {
    const at = BEFORE_YEAR.has(word(end)) ? end + 1 : end;
    const year = word(at);
    if (!YEAR.test(year)) return [{ mention, end }];
    const several = AND.has(word(at + 1)) && YEAR.test(word(at + 2));
    const yearsOf = (option: FieldMention['options'][number]) =>
      option.field.words.filter((own) => YEAR.test(own));
    const timeless = mention.options.filter((option) => yearsOf(option).length === 0);
    const said = mention.text.split(' ').length + 1;
    const dated = mention.options
      .filter((option) => !several && yearsOf(option).includes(year))
      // With the year the whole name is said.
      .map((option) => (option.field.words.length === said ? { ...option, cost: 0 } : option));
    const text = [mention.text, ...tokens.slice(end, at + 1).map((one) => one.text)].join(' ');
    return [
      ...(timeless.length === 0 ? [] : [{ mention: { ...mention, options: timeless }, end }]),
      ...(dated.length === 0 ? [] : [{ mention: { text, options: dated }, end: at + 1 }]),
    ];
  });
}
