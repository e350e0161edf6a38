/** Grouping: `per month`, `for each category`, `by country`. */
import type { GroupKey, Mod } from '../phrase.js';
import { isUnitOfName } from '../lexicon/units.js';
import { refersTo } from '../schema/roles.js';
import { grainOf } from '../text/calendar.js';
import { isPast, singular } from '../text/inflection.js';
import { isTheirs, tellsDoer } from './doer.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { TERM } from './noun.js';
import { sortsBy } from './order.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

const EACH = [
  'for each different',
  'for each distinct',
  'of each different',
  'for each',
  'for every',
  'in each',
  'in every',
  'within each',
  'within every',
  'looking at each',
  'looking at every',
  'of each',
  'of every',
  'by each',
  'from each',
  'to each',
  'on each',
  'at each',
  'with each',
  'having each',
  'that have each',
  'that has each',
  'who have each',
  'that have had each',
  'for different',
  'for the different',
  'of different',
  'across different',
  'in different',
  'with different',
  'by different',
  'from different',
  'for each of the',
  'of each of the',
  'in each of the',
  'grouped by',
  'group by',
  'broken down by',
  'split by',
  'per',
  'each',
  'every',
];
/** What a `by` costs as a grouping where it tells who does it: `requested by members over 60`. */
const DOER = 0.6;
/** Behind these more is said of some in particular: `songs by artists who are younger than 30`. */
const TELLING = new Set(['that', 'who', 'whose']);

const ADVERBS: ReadonlyMap<string, 'day' | 'week' | 'month' | 'quarter' | 'year'> = new Map([
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
  ['quarterly', 'quarter'],
  ['yearly', 'year'],
  ['annual', 'year'],
  ['annually', 'year'],
]);

export function groupRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const groupKey: Rule<GroupKey> = (at) => {
    const start = skipDeterminers(grammar, at);
    const found: Got<GroupKey>[] = [];
    const grain = grainOf(lattice.word(start));
    if (grain !== undefined) found.push(got<GroupKey>({ type: 'grain', grain }, start + 1));
    const calendar = skipPhrase(grammar, start, 'calendar', 'fiscal');
    const later = calendar === undefined ? undefined : grainOf(lattice.word(calendar));
    if (later !== undefined)
      found.push(got<GroupKey>({ type: 'grain', grain: later }, calendar! + 1));
    for (const { mention, end } of lattice.fields(start)) {
      const tables = lattice.tablesAt(start, end);
      const options = mention.options.filter(
        // "each invoice" is not each invoice date, even where that goes by the same word.
        ({ field, cost }) =>
          !refersTo(field, tables) &&
          (cost === 0 || !tables.includes(field.table)) &&
          // "the price per kg" is one price, and no weight to go by.
          (cost === 0 || !isUnitOfName(singular(lattice.word(start)))),
      );
      if (options.length > 0)
        found.push(got<GroupKey>({ type: 'field', field: { ...mention, options } }, end, TERM));
      const of = skipPhrase(grammar, end, 'of', 'of the');
      if (of !== undefined) {
        found.push(
          ...map(
            // A superlative is asked for of the groups, and is none of them.
            grammar
              .bareNoun(of)
              .filter(({ value }) => !value.mods.some(({ type }) => type === 'rank')),
            (noun): GroupKey => ({ type: 'field', field: mention, noun }),
            TERM,
          ),
        );
      }
    }
    found.push(...described(at));
    for (const { mention: table, end } of lattice.tables(start)) {
      found.push(got<GroupKey>({ type: 'table', noun: { table, mods: [] } }, end, TERM));
      const next = skipPhrase(grammar, end, "'s") ?? end;
      for (const { mention, end: after } of lattice.fields(next)) {
        found.push(
          got<GroupKey>({ type: 'field', field: mention, noun: { table, mods: [] } }, after, TERM),
        );
      }
    }
    return found;
  };

  /** `each Swiss customer`, `per unpaid order`: what stands before the thing is said of it. */
  const described: Rule<GroupKey> = (at) =>
    (lattice.tokens[at] === undefined ? [] : grammar.bareNoun(at)).flatMap(
      ({ value: noun, at: end, cost }) => {
        const said = noun.mods.every(({ type }) => type === 'value' || type === 'flag');
        return noun.table === undefined || noun.mods.length === 0 || !said
          ? []
          : [got<GroupKey>({ type: 'table', noun }, end, cost + TERM)];
      },
    );

  /** One or several: `per country and month`. */
  const groupKeys: Rule<readonly GroupKey[]> = (at) => {
    let last: Got<readonly GroupKey[]>[] = map(groupKey(at), (key) => [key]);
    let all = last;
    for (let i = 0; i < 3 && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) => {
        const more = skipPhrase(
          grammar,
          next,
          ', and for each',
          ', and',
          'and for each',
          'and per',
          'and by',
          'and',
          ', by',
          ',',
          'per',
        );
        return more === undefined ? [] : map(groupKey(more), (key) => [...value, key]);
      });
      all = prune([...all, ...last]);
    }
    return all;
  };

  const group: Rule<readonly Mod[]> = (at) => {
    const found: Got<readonly Mod[]>[] = [];
    const adverb = ADVERBS.get(lattice.word(at));
    if (adverb !== undefined) {
      found.push(
        got<readonly Mod[]>([{ type: 'group', keys: [{ type: 'grain', grain: adverb }] }], at + 1),
      );
    }
    const first = skipPhrase(grammar, at, ...EACH);
    // "in each of the cities"
    const each =
      first !== undefined && lattice.isEach(first - 1)
        ? (skipPhrase(grammar, first, 'of the', 'of our', 'of these', 'of those') ?? first)
        : first;
    const by = skipPhrase(grammar, at, 'by');
    // "commented by their reporter": somebody in particular, whom no group stands for.
    const own = by !== undefined && isPast(lattice.word(at - 1)) && isTheirs(lattice.word(by));
    const isEvery =
      (first !== undefined && lattice.word(first - 1) === 'every') ||
      (by !== undefined && lattice.word(by) === 'every');
    const keys = [
      ...(each === undefined ? [] : grammar.groupKeys(each)),
      ...(by === undefined || own
        ? []
        : grammar
            .groupKeys(by)
            .map((one) => ({ ...one, cost: one.cost + (groupsBy(one.value) ? 0.05 : 0.4) }))
            .map((one) =>
              tellsDoer(grammar, at, one.at) || TELLING.has(lattice.word(one.at))
                ? { ...one, cost: one.cost + DOER }
                : one,
            )),
    ];
    found.push(
      ...then(keys, ({ value, at: next }) => {
        const mod: Mod = {
          type: 'group',
          keys: value,
          ...(isEvery ? { every: true } : {}),
        };
        const plain = got<readonly Mod[]>([mod], next);
        const only = onlyFor(value, next);
        if (only.length > 0) return only;
        // What is said behind the key of a table is said of its rows: "for each customer from Spain".
        const last = value.at(-1);
        if (last?.type !== 'table') return [plain];
        const said = grammar.mods(next).filter(({ at: end }) => end > next);
        return [
          plain,
          ...map(
            said,
            (mods): readonly Mod[] => [
              {
                ...mod,
                keys: [
                  ...value.slice(0, -1),
                  { ...last, noun: { ...last.noun, mods: [...last.noun.mods, ...mods] } },
                ],
              },
            ],
            0.1,
          ),
        ];
      }),
    );
    return found;
  };

  /** `(by department) for departments with more than 3 employees`: said of the groups. */
  const onlyFor = (keys: readonly GroupKey[], at: number): Got<readonly Mod[]>[] => {
    const [key, ...more] = keys;
    const again = skipPhrase(grammar, at, 'for', 'of', 'only for', 'but only for', 'among');
    if (again === undefined || key === undefined || key.type === 'grain' || more.length > 0)
      return [];
    const text = key.type === 'field' ? key.field.text : (key.noun.table?.text ?? '');
    const start = skipDeterminers(grammar, again);
    if (text.includes(' ') || singular(lattice.word(start)) !== singular(text.toLowerCase()))
      return [];
    return grammar.mods(start + 1).flatMap(({ value: mods, at: end, cost }) => {
      if (mods.length === 0) return [];
      // A number of what is computed over each group is said of it, wherever its name stands.
      if (key.type === 'field')
        return mods.every((mod) => mod.type === 'compare')
          ? [got<readonly Mod[]>([{ type: 'group', keys }, ...mods], end, cost)]
          : [];
      const noun = { ...key.noun, mods: [...key.noun.mods, ...mods] };
      return [got<readonly Mod[]>([{ type: 'group', keys: [{ ...key, noun }] }], end, cost - 0.2)];
    });
  };

  return { groupKeys, group };
}

function groupsBy(keys: readonly GroupKey[]): boolean {
  const [key] = keys;
  return key?.type !== 'field' || !sortsBy({ type: 'field', field: key.field });
}
