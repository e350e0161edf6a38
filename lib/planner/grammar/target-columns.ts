/** Columns that a request asks to see, and whose they are: `email of Ann Smith`, `customer names`, `Ann Smith's email`. */
import type { FieldMention, Measure, Noun, Target } from '../phrase.js';
import { refersTo } from '../schema/roles.js';
import type { Table } from '../schema/schema.js';
import { COST } from '../schema/sense.js';
import { isSeveral, singular } from '../text/inflection.js';
import { saidOfName } from './called.js';
import { distinctAt } from './distinct.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { countingWord } from './measure.js';
import { TERM } from './noun.js';
import { type Got, got, map, then } from './rule.js';

export const AND = [
  ', and also',
  ', and',
  ...['as well as', 'along with', 'together with', 'combined with', 'in addition to'].flatMap(
    (and) => [`, ${and}`, and],
  ),
  'and also',
  'and',
  ',',
  'with',
];
export const OWN = ['their', 'its', 'his', 'her'];

/** `names of the states`, `state code of the state`, where states are but a column: they are their own names. */
function namesOf(
  grammar: Grammar,
  at: number,
  said: FieldMention,
  distinct: boolean,
): Got<Target>[] {
  const { lattice } = grammar;
  if (lattice.tables(at).some(({ mention }) => isNear(mention))) return [];
  const name = isName(said);
  const again = ({ field }: FieldMention['options'][number]) =>
    said.options.some((one) => one.field === field && one.cost <= COST.head);
  return lattice.fields(at).flatMap(({ mention: all, end }) => {
    const options = all.options.filter((one) => (name ? one.field.role !== 'key' : again(one)));
    const field = { ...all, options };
    return isNear(field)
      ? [got<Target>({ type: 'field', field, ...(distinct ? { distinct } : {}) }, end, 2 * TERM)]
      : [];
  });
}

export function fieldTargets(grammar: Grammar, at: number): Got<Target>[] {
  return [
    ...columnOf(grammar, at),
    ...columnOfTable(grammar, at),
    ...columnOfValue(grammar, at),
    ...columnOfThing(grammar, at),
  ];
}

/** `email of Ann Smith`, and the column alone. */
function columnOf(grammar: Grammar, at: number): Got<Target>[] {
  const { lattice } = grammar;
  return lattice.fields(at).flatMap(({ mention: all, end }) => {
    const mention = notReferring(notCounted(all), lattice.tablesAt(at, end));
    if (mention.options.length === 0) return [];
    // Whether it is true is seldom what is asked for; of which it is true, often.
    const flag = mention.options.every(({ field: { role } }) => role === 'flag') ? 0.5 : 0;
    // "number of orders" counts them, whatever columns end in number.
    const count = countingWord(grammar, at, end);
    const owner = ownerOf(grammar, at, end);
    const alone = got<Target>(
      { type: 'field', field: mention, ...(owner === undefined ? {} : { owner }) },
      end,
      TERM + flag,
    );
    const of = skipPhrase(
      grammar,
      end,
      'of all',
      'of the',
      'of',
      'for',
      'from',
      'in',
      'on',
      'at',
      'did',
      'do',
      'does',
    );
    if (of === undefined) return [alone];
    const own = lattice.word(end) === 'of' ? [] : [alone];
    const { distinct, start: behind } = distinctAt(grammar, of);
    const make = (noun: Noun): Target => ({
      type: 'field',
      field: mention,
      noun,
      ...(distinct ? { distinct } : {}),
    });
    const start = skipDeterminers(grammar, behind);
    const whole = lattice.isEach(of) ? [] : wholeTotal(grammar, at, mention, start);
    return [
      ...whole,
      ...(own.length > 0 || lattice.isEach(of) ? [alone] : []),
      ...map(
        // The number of accounts is a column only where accounts have one that is called so.
        grammar.noun(start).filter(({ value }) => count === 0 || ownsOne(value, mention)),
        make,
        TERM + count + (whole.length > 0 ? 0.5 : 0),
      ),
      ...valueNoun(grammar, start, make).map((one) => ({ ...one, cost: one.cost + TERM })),
      ...namesOf(grammar, start, mention, distinct),
    ];
  });
}

/** `customer names`, `the customer's names`. */
function columnOfTable(grammar: Grammar, at: number): Got<Target>[] {
  const { lattice } = grammar;
  return lattice.tables(at).flatMap(({ mention, end }) => {
    // "author name" is the author's, whatever else has a name.
    const table = { ...mention, options: mention.options.filter(({ by }) => by === undefined) };
    if (table.options.length === 0) return [];
    const genitive = skipPhrase(grammar, end, "'s");
    const next = genitive === undefined ? end : skipDeterminers(grammar, genitive);
    return lattice.fields(next).flatMap(({ mention, end: after }) =>
      map(
        grammar.mods(after),
        (mods): Target => ({
          type: 'field',
          field: mention,
          noun: { table, mods: genitive === undefined ? saidOfName(mods, mention) : mods },
        }),
        2 * TERM,
      ),
    );
  });
}

/** `Ann Smith's email`. */
function columnOfValue(grammar: Grammar, at: number): Got<Target>[] {
  const { lattice } = grammar;
  return grammar.values(at).flatMap(({ value: values, at: end, cost }) => {
    const next = skipPhrase(grammar, end, "'s");
    if (next === undefined) return [];
    const noun: Noun = { table: undefined, mods: [{ type: 'value', values, not: false }] };
    return lattice
      .fields(skipDeterminers(grammar, next))
      .map(({ mention, end: after }) =>
        got<Target>({ type: 'field', field: mention, noun }, after, cost),
      );
  });
}

/** `the customer Ann Smith's email`: of a thing with what is said of it. */
function columnOfThing(grammar: Grammar, at: number): Got<Target>[] {
  const { lattice } = grammar;
  return then(grammar.noun(at), ({ value: noun, at: end }) => {
    if (lattice.word(end) !== "'s" || noun.mods.length === 0) return [];
    return lattice
      .fields(skipDeterminers(grammar, end + 1))
      .map(({ mention, end: after }) =>
        got<Target>({ type: 'field', field: mention, noun }, after, TERM),
      );
  });
}

/** `the total charge of all bookings`, where each of them has a total of its own: one number is asked for. */
function wholeTotal(
  grammar: Grammar,
  at: number,
  mention: FieldMention,
  start: number,
): Got<Target>[] {
  const { lattice } = grammar;
  const last = lattice.word(at + mention.text.split(' ').length - 1);
  if (lattice.word(at) !== 'total' || singular(last) !== last || isFurther(grammar, at)) return [];
  const options = mention.options.filter(
    ({ field }) => field.role === 'measure' && field.words.includes('total'),
  );
  if (options.length === 0) return [];
  return grammar
    .noun(start)
    .filter(({ value: { table, mods } }) => {
      const shaped = mods.some(({ type }) => ['group', 'order', 'rank', 'limit'].includes(type));
      return table !== undefined && isSeveral(table.text) && !shaped;
    })
    .map(({ value: noun, at: end, cost }) => {
      const of: Measure = { type: 'field', field: { ...mention, options }, noun };
      const measure: Measure = { type: 'aggregate', fn: 'sum', of };
      return got<Target>({ type: 'measure', measure }, end, cost + TERM);
    });
}

/** Whether something else is asked for before, or all of them are to be listed. */
function isFurther(grammar: Grammar, at: number): boolean {
  const { lattice } = grammar;
  const before = lattice.word(at - 1) === 'the' ? at - 2 : at - 1;
  return ['and', ',', 'with', 'list', 'show', 'display'].includes(lattice.word(before));
}

function ownerOf(grammar: Grammar, at: number, end: number): 'its' | 'alone' | undefined {
  const { lattice } = grammar;
  if (OWN.includes(lattice.word(at - 1))) return 'its';
  const and = skipPhrase(grammar, end, ...AND);
  return and !== undefined && skipDeterminers(grammar, and) > and ? 'alone' : undefined;
}

/** A value that stands for the thing that is called so: `Ann Smith`, `customer Ann Smith` needs no help. */
export function valueNoun(
  grammar: Grammar,
  at: number,
  make: (noun: Noun) => Target,
): Got<Target>[] {
  return [
    ...named(grammar, at, make),
    // "the oldest engineer", where that is somebody's job.
    ...then(grammar.rank(at), ({ value: rank, at: next }) =>
      named(grammar, skipDeterminers(grammar, next), ({ table, mods }) =>
        make({ table, mods: [...rank, ...mods] }),
      ),
    ),
  ];
}

function named(grammar: Grammar, at: number, make: (noun: Noun) => Target): Got<Target>[] {
  return then(grammar.hinted(at), ({ value: own, at: end }) => {
    // What a table is named beside is said of that table's rows: it is a noun of its own.
    if (own.some((mod) => mod.type === 'value' && mod.table !== undefined)) return [];
    const price = own.some((mod) => mod.type === 'value' && mod.field !== undefined) ? 0.2 : 0;
    return map(
      grammar.mods(end),
      (mods): Target => make({ table: undefined, mods: [...own, ...mods] }),
      price,
    );
  });
}

/** A bare `number` is how many there are, not somebody's telephone. */
function notCounted(mention: FieldMention): FieldMention {
  if (!/^numbers?$/i.test(mention.text)) return mention;
  return { ...mention, options: mention.options.filter(({ cost }) => cost < COST.head) };
}

/** A number that refers to a table of the very name stands for the table's rows: `physicians` are no numbers. */
function notReferring(mention: FieldMention, tables: readonly Table[]): FieldMention {
  return {
    ...mention,
    options: mention.options.filter(({ field }) => {
      const named = tables.filter(({ words }) => words.join(' ') === field.words.join(' '));
      return !refersTo(field, named);
    }),
  };
}

function ownsOne({ table }: Noun, { options }: FieldMention): boolean {
  return options.some(({ field }) => table?.options.some((one) => one.table === field.table));
}

/** `name`, `names`: whatever is called so, no column in particular. */
function isName({ text }: FieldMention): boolean {
  return /^names?$/i.test(text);
}

/** True where the words are somebody's name, and not only near to one. */
export function isNear({
  options,
}: {
  readonly options: readonly { readonly cost: number }[];
}): boolean {
  return options.some(({ cost }) => cost <= COST.head);
}
