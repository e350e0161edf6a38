/** Columns as they are named in a condition: `price`, `product price`, `the price of the product`. */
import type { FieldMention } from '../phrase.js';
import type { Lattice, Spanned } from '../lattice.js';
import { COST } from '../schema/sense.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { holding, numberOf } from './measure.js';

/** Columns that are named at a place, alone or behind the thing that they belong to. */
export function columnsAt(grammar: Grammar, at: number): Spanned<FieldMention>[] {
  const { lattice } = grammar;
  const own = ownName(grammar, at);
  if (own !== undefined) return [own];
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
  return [...plain, ...owned, ...besides(grammar, at), ...counts(grammar, at)];
}

/** `the name of their owner`, `the owner's name`: a column with the thing whose it is. */
export function isColumnOf(grammar: Grammar, at: number): boolean {
  const { lattice } = grammar;
  if (lattice.word(at) !== 'the') return false;
  const thingsAt = (start: number) =>
    lattice
      .tables(start)
      .filter(({ mention }) => mention.options.some(({ cost }) => cost < COST.part));
  const isThing = (start: number) => thingsAt(start).length > 0;
  // "the owner's city in Spain" is a condition.
  const isOver = (end: number) => ['', 'and', ','].includes(lattice.word(end));
  const isOf = lattice.fields(at + 1).some(({ end }) => {
    if (lattice.word(end) !== 'of') return false;
    const start = skipDeterminers(grammar, end + 1);
    return isThing(start) || lattice.values(start).some((value) => isThing(value.end));
  });
  const isGenitive = thingsAt(at + 1).some(
    ({ end }) =>
      lattice.word(end) === "'s" && lattice.fields(end + 1).some((one) => isOver(one.end)),
  );
  return isOf || isGenitive;
}

/** `number of pages`, where each row holds how many it has. */
function counts(grammar: Grammar, at: number): Spanned<FieldMention>[] {
  const number = numberOf(grammar, at);
  if (number === undefined || number.asked) return [];
  return grammar.lattice.fields(number.end).flatMap(({ mention: { options: all }, end }) => {
    // The total number is added up, unless each row holds a total.
    const options = holding(all, number.noun).filter(
      ({ field: { words } }) => !number.total || words.includes('total'),
    );
    return options.length === 0
      ? []
      : [{ mention: { text: grammar.lattice.text(at, end), options }, end }];
  });
}

/** `publishers whose name is …`, where nothing but a column holds them: that column is their name. */
function ownName({ lattice }: Grammar, at: number): Spanned<FieldMention> | undefined {
  if (!/^names?$/.test(lattice.word(at))) return undefined;
  const before = lattice.word(at - 1);
  const starts = Array.from({ length: at }, (_, start) => start);
  const owners = /^(?:whose|with)$/.test(before)
    ? starts.flatMap((start) => lattice.fields(start).map((one) => ({ ...one, start })))
    : /^(?:their|its)$/.test(before)
      ? headOf(lattice)
      : [];
  for (const { mention, start, end } of owners) {
    if (end !== at - 1 && before !== 'their' && before !== 'its') continue;
    if (lattice.tables(start).some((table) => table.end === end)) continue;
    const options = mention.options.filter(
      ({ field: { role }, cost }) => role === 'text' && cost <= COST.short,
    );
    if (options.length > 0) return { mention: { ...mention, options }, end: at + 1 };
  }
  return undefined;
}

/** The column that a request is for, where more is said of it: `which publishers have …`. */
function headOf(lattice: Lattice): (Spanned<FieldMention> & { readonly start: number })[] {
  const start = lattice.tokens.findIndex((_, i) => lattice.fields(i).length > 0);
  const named = start < 0 ? [] : [...lattice.fields(start), ...lattice.tables(start)];
  const last = Math.max(...named.map(({ end }) => end));
  return !SAYING.has(lattice.word(last))
    ? []
    : lattice
        .fields(start)
        .filter(({ end }) => end === last)
        .map((one) => ({ ...one, start }));
}

const SAYING = new Set(
  'that which have has having contain contains containing include includes including with'.split(
    ' ',
  ),
);

/** `the city with code …`, `a city whose city code is …`: a column whose name stands apart. */
function besides(grammar: Grammar, at: number): Spanned<FieldMention>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const said = skipPhrase(grammar, at + 1, 'with', 'whose', 'having', 'that has');
  if (said === undefined || lattice.tables(at).length > 0) return [];
  const next = skipDeterminers(grammar, said);
  const whole = lattice.fields(next).filter(() => lattice.word(next) === word);
  const part = lattice.fieldNamed([word, lattice.word(next)]);
  if (part !== undefined && lattice.word(next) !== word)
    whole.push({ mention: part, end: next + 1 });
  return whole.flatMap(({ mention, end }) => {
    const options = mention.options.filter(
      ({ field, cost }) => cost <= COST.short && field.words.length > 1,
    );
    return options.length === 0 ? [] : [{ mention: { ...mention, options }, end }];
  });
}

/** As {@link columnsAt}, behind words that change nothing. */
export function columnsBehind(grammar: Grammar, at: number): Spanned<FieldMention>[] {
  return columnsAt(grammar, skipDeterminers(grammar, at));
}

/** `the same department`: the key by which rows refer to it. */
export function keysTo({ lattice }: Grammar, at: number): Spanned<FieldMention>[] {
  return lattice.tables(at).flatMap(({ mention: { text, options: tables }, end }) => {
    const options = tables.flatMap(({ table, via, cost }) =>
      via !== undefined
        ? []
        : table.steps.flatMap(({ forward, on: [pair, ...more] }) =>
            forward || pair === undefined || more.length > 0 ? [] : [{ field: pair[1], cost }],
          ),
    );
    return options.length === 0 ? [] : [{ mention: { text, options }, end }];
  });
}
