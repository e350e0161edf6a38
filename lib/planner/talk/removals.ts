/** Follow-ups that take something back: `remove the limit`, `without the cancelled ones`, `any city is fine`. */
import type { Dropped, Edit, Mod } from '../phrase.js';
import { type Dimension, DIMENSIONS } from '../lexicon/scales.js';
import { DROPPING, EXCLUDING, ONES } from '../lexicon/talk.js';
import { type Grammar, skipDeterminers, skipPhrase } from '../grammar/grammar.js';
import { negate } from '../grammar/negation.js';
import { type Got, got, map } from '../grammar/rule.js';
import { ends } from './frame.js';
import { described, relative } from './ones.js';

const SHAPES: readonly (readonly [phrases: string, what: Dropped['type'] & string])[] = [
  ['limit;cut;top;maximum', 'limit'],
  ['order;ordering;sorting;sort;sort order', 'order'],
  ['grouping;groups;breakdown;split', 'group'],
  ['filter;filters;condition;conditions;restriction;restrictions;all filters', 'filters'],
  ['duplicates filter;distinct', 'distinct'],
  [
    'date;dates;date filter;time filter;year;month;year filter;date restriction;time restriction;period',
    'time',
  ],
];

/** `remove the limit`, `drop the price`, `without the country filter`, `for all years`. */
export function dropping(grammar: Grammar, at: number): Got<Edit>[] {
  return ends(grammar, at, DROPPING)
    .flatMap((verb) => {
      const start = skipDeterminers(grammar, verb);
      const shapes = SHAPES.flatMap(([phrases, type]) =>
        ends(grammar, start, phrases.split(';')).map((end) =>
          got<Edit>({ type: 'drop', what: { type } as Dropped }, end, type === 'time' ? 0.1 : 0),
        ),
      );
      const fields = grammar.lattice.fields(start).flatMap(({ mention, end }) => {
        const filter = skipPhrase(grammar, end, 'filter', 'condition', 'restriction');
        const column = skipPhrase(grammar, end, 'column', 'columns', 'field');
        const what = (isFilter: boolean): Edit => ({
          type: 'drop',
          what: { type: 'field', field: mention, filter: isFilter },
        });
        const said = filter ?? column;
        // "without a scholarship" is a condition before it is a column that is taken away.
        const unsure = said === undefined && EXCLUDING.includes(grammar.lattice.word(at));
        return [got<Edit>(what(filter !== undefined), said ?? end, unsure ? 0.4 : 0.02)];
      });
      const dimension = DIMENSION_WORDS.get(grammar.lattice.word(start));
      const sizes =
        dimension === undefined
          ? []
          : [got<Edit>({ type: 'drop', what: { type: 'dimension', dimension } }, start + 1, 0.1)];
      return [...shapes, ...fields, ...sizes];
    })
    .concat(whichever(grammar, at));
}

const DIMENSION_WORDS: ReadonlyMap<string, Dimension> = new Map(
  Object.values<Dimension>(DIMENSIONS).map((dimension) => [dimension.name, dimension]),
);

const FINE = [
  ...['is fine', 'is ok', 'is okay', 'will do', 'goes', 'works', 'is good', 'is alright'],
  ...['are fine', 'are ok', 'are okay', 'will be fine'],
];
const NO_MATTER = [
  ...['does not matter', 'do not matter', 'did not matter', 'is irrelevant', 'are irrelevant'],
  ...['is not important', 'are not important', 'is unimportant', 'can be anything', 'can be any'],
].flatMap((phrase) => [`${phrase} to me`, `${phrase} here`, `${phrase} any more`, phrase]);

/** `any city is fine`, `whatever the city`, `the city does not matter`. */
function whichever(grammar: Grammar, at: number): Got<Edit>[] {
  const any = skipPhrase(
    grammar,
    at,
    'in any',
    'of any',
    'for any',
    'any',
    'whatever the',
    'no matter the',
    'no matter which',
    'no matter what the',
  );
  const drop = (what: Dropped, end: number) => got<Edit>({ type: 'drop', what }, end);
  if (any !== undefined)
    return grammar.lattice
      .fields(any)
      .map(({ mention, end }) =>
        drop(
          { type: 'field', field: mention, filter: true },
          skipPhrase(grammar, end, ...FINE) ?? end,
        ),
      );
  const start = skipDeterminers(grammar, at);
  const fields = grammar.lattice.fields(start).flatMap(({ mention, end }): Got<Edit>[] => {
    const fine = skipPhrase(grammar, end, ...NO_MATTER);
    return fine === undefined ? [] : [drop({ type: 'field', field: mention, filter: true }, fine)];
  });
  const dimension = DIMENSION_WORDS.get(grammar.lattice.word(start));
  const fine = skipPhrase(grammar, start + 1, ...NO_MATTER);
  if (dimension === undefined || fine === undefined) return fields;
  return [...fields, drop({ type: 'dimension', dimension }, fine)];
}

/** `without the cancelled ones`, `except Spain`, `not in Leeds`. */
export function excluding(grammar: Grammar, at: number): Got<Edit>[] {
  return ends(grammar, at, EXCLUDING).flatMap((verb) => {
    const start = skipDeterminers(grammar, verb);
    const found: Got<readonly Mod[]>[] = described(grammar, start).flatMap((one) => {
      const head = skipPhrase(grammar, one.at, ...ONES);
      if (one.value.length === 0)
        return head === undefined
          ? []
          : relative(grammar, head).filter(({ at: end }) => end > head);
      // "without cancelled orders"
      const noun = grammar.lattice.tables(one.at).map(({ end }) => got(one.value, end, 0.1));
      return [got(one.value, head ?? one.at, one.cost), ...noun];
    });
    const others = grammar.mods(start).filter((one) => one.at > start && one.value.length === 1);
    return map([...found, ...others], (mods): Edit => ({
      type: 'mods',
      mods: negate(mods),
    }));
  });
}
