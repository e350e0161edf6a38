/** What is done, and to how many, where a column is called after both: `sold more than 100 copies`, `how many goals did each player score`. */
import { BE } from '../lexicon/words.js';
import type { FieldMention, Measure, Mod } from '../phrase.js';
import { type Done, isSameVerb } from '../schema/done.js';
import { singular } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { otherOperand } from './operands.js';
import { got, type Got, map, then } from './rule.js';

const MOST = ['most', 'highest number of', 'largest number of', 'greatest number of'];
const FEWEST = ['fewest', 'least', 'lowest number of', 'smallest number of'];

type Sum = Extract<Measure, { type: 'aggregate' }>;

interface Object {
  readonly columns: readonly Done[];
  readonly end: number;
}

/** What stands at a place that something may be done to, longest first. */
function objectAt({ lattice }: Grammar, at: number): Object | undefined {
  for (const length of [3, 2, 1]) {
    const words = Array.from({ length }, (_, i) => singular(lattice.word(at + i)));
    if (words.includes('')) continue;
    const columns = lattice.columnsDone.filter(({ object }) => object === words.join(' '));
    if (columns.length > 0) return { columns, end: at + length };
  }
  return undefined;
}

/** All of them together: who sold copies of several albums sold these in all. */
function measureOf(text: string, columns: readonly Done[]): Sum {
  const field: FieldMention = {
    text,
    options: columns.map((one) => ({ field: one.field, cost: 0 })),
  };
  return { type: 'aggregate', fn: 'sum', of: { type: 'field', field } };
}

/** Behind its subject: `(albums that) sold more than 100 copies`, `won the most titles`, `scored fewer goals than the average`. */
export function doneSoMuch(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const verb = lattice.word(at);
  if (!lattice.columnsDone.some((one) => isSameVerb(one.verb, verb))) return [];
  const object = (from: number): { readonly measure: Sum; readonly end: number } | undefined => {
    const start = skipPhrase(grammar, from, 'of') ?? from;
    const found = objectAt(grammar, skipDeterminers(grammar, start));
    const columns = found?.columns.filter((one) => isSameVerb(one.verb, verb)) ?? [];
    return found === undefined || columns.length === 0
      ? undefined
      : { measure: measureOf(lattice.text(from, found.end), columns), end: found.end };
  };
  const compared = grammar.comparison(at + 1).flatMap(({ value, at: end, cost }) => {
    const of = object(end);
    if (of === undefined || value.operand.type !== 'number') return [];
    return [
      got<readonly Mod[]>(
        [{ type: 'compare', measure: of.measure, ...value, total: true, not: false }],
        of.end,
        cost,
      ),
    ];
  });
  const start = skipPhrase(grammar, at + 1, 'the') ?? at + 1;
  const most = skipPhrase(grammar, start, ...MOST);
  const least = most ?? skipPhrase(grammar, start, ...FEWEST);
  const ranked = least === undefined ? undefined : object(least);
  const rank: Got<readonly Mod[]>[] =
    ranked === undefined
      ? []
      : [
          got<readonly Mod[]>(
            [
              {
                type: 'rank',
                key: isOwnRow(grammar, at, ranked.measure.of) ? ranked.measure.of : ranked.measure,
                descending: most !== undefined,
                many: false,
              },
            ],
            ranked.end,
          ),
        ];
  const more = ['more', 'fewer', 'less'].includes(lattice.word(at + 1))
    ? object(at + 2)
    : undefined;
  const than = more === undefined ? undefined : skipPhrase(grammar, more.end, 'than');
  const others =
    more === undefined || than === undefined
      ? []
      : map(otherOperand(grammar, than), (operand): readonly Mod[] => [
          {
            type: 'compare',
            measure: more.measure.of,
            operator: lattice.word(at + 1) === 'more' ? '>' : '<',
            operand,
            not: false,
          },
        ]);
  return [...compared, ...rank, ...others];
}

/** `the ride that sold …`: of one row there is nothing to be added up. */
function isOwnRow({ lattice }: Grammar, verb: number, of: Measure): boolean {
  const who = /^(?:that|which|who|has|have|had)$/;
  let end = verb;
  while (end > 0 && who.test(lattice.word(end - 1))) end--;
  if (of.type !== 'field' || end === verb) return false;
  const own = of.field.options.map(({ field }) => field.table);
  return lattice
    .tables(end - 1)
    .some(
      ({ mention, end: last }) =>
        last === end &&
        mention.options.some(({ table, cost }) => cost === 0 && own.includes(table)),
    );
}

/** Behind `how many`: `goals did each player score`, `titles has Ann Smith won`, `copies were sold in 2020`. */
export function doneByWhom(
  grammar: Grammar,
  at: number,
  actors: (at: number) => Got<readonly Mod[]>[],
): Got<{ readonly measure: Measure; readonly mods: readonly Mod[] }>[] {
  const { lattice } = grammar;
  const object = objectAt(grammar, at);
  if (object === undefined) return [];
  const { columns, end } = object;
  const done = (verb: number, mods: readonly Mod[]) => {
    const called = columns.filter((one) => isSameVerb(one.verb, lattice.word(verb)));
    const measure = measureOf(lattice.text(at, end), called);
    return called.length === 0 ? [] : [got({ measure, mods }, verb + 1)];
  };
  if (BE.has(lattice.word(end))) return done(end + 1, []);
  if (!['did', 'do', 'does', 'has', 'have', 'had'].includes(lattice.word(end))) {
    return [];
  }
  const been = skipPhrase(grammar, end + 1, 'been');
  if (been !== undefined) return done(been, []);
  return then(actors(end + 1), ({ value: mods, at: verb }) => done(verb, mods));
}
