/** Grouping and ordering: `per month`, `for each category`, `by country`, `sorted by name descending`. */
import type { GroupKey, Mod, SortKey } from '../phrase.js';
import { grainOf } from '../text/dates.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { TERM } from './noun.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

const EACH = [
  'for each',
  'for every',
  'in each',
  'in every',
  'of each',
  'of every',
  'by each',
  'from each',
  'to each',
  'on each',
  'at each',
  'with each',
  'for different',
  'for the different',
  'of different',
  'across different',
  'grouped by',
  'group by',
  'broken down by',
  'split by',
  'per',
  'each',
  'every',
];
const ADVERBS: ReadonlyMap<string, 'day' | 'week' | 'month' | 'quarter' | 'year'> = new Map([
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
  ['quarterly', 'quarter'],
  ['yearly', 'year'],
  ['annual', 'year'],
  ['annually', 'year'],
]);
const ORDERED = [
  'sorted by',
  'ordered by',
  'order by',
  'sort by',
  'sort them by',
  'order them by',
  'sort it by',
  'order it by',
  'sort these by',
  'sort those by',
  'ranked by',
  'rank by',
  'rank them by',
  'arranged by',
  'in order of',
  'in the order of',
  'sorted in',
  'ordered in',
  'in',
  'by',
  'from',
  'sorted',
  'ordered',
  'sort',
  'order',
];
const UP = [
  'in ascending order',
  'in ascending alphabetical order',
  'in alphabetical order',
  'in increasing order',
  'ascending',
  'increasing',
  'asc',
  'from lowest to highest',
  'lowest to highest',
  'lowest first',
  'smallest first',
  'oldest first',
  'earliest first',
  'cheapest first',
  'from low to high',
  'from oldest to newest',
  'from smallest to largest',
  'from a to z',
  'from the lowest to the highest',
  'ascendingly',
  'alphabetically',
  'from youngest to oldest',
];
const DOWN = [
  'in descending order',
  'in decreasing order',
  'in reverse alphabetical order',
  'in reverse order',
  'in reverse',
  'descending',
  'decreasing',
  'desc',
  'from highest to lowest',
  'highest to lowest',
  'highest first',
  'largest first',
  'biggest first',
  'newest first',
  'latest first',
  'most recent first',
  'most expensive first',
  'from high to low',
  'from newest to oldest',
  'from largest to smallest',
  'from z to a',
  'from the highest to the lowest',
  'from most to least',
  'from oldest to youngest',
  'in descending alphabetical order',
  'backwards',
];

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
      found.push(got<GroupKey>({ type: 'field', field: mention }, end, TERM));
      const of = skipPhrase(grammar, end, 'of', 'of the');
      if (of !== undefined) {
        found.push(
          ...map(
            grammar.bareNoun(of),
            (noun): GroupKey => ({ type: 'field', field: mention, noun }),
            TERM,
          ),
        );
      }
    }
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
    const each = skipPhrase(grammar, at, ...EACH);
    const by = skipPhrase(grammar, at, 'by');
    const keys = [
      ...(each === undefined ? [] : grammar.groupKeys(each)),
      ...(by === undefined
        ? []
        : grammar
            .groupKeys(by)
            .map((one) => ({ ...one, cost: one.cost + (groupsBy(one.value) ? 0.05 : 0.4) }))),
    ];
    found.push(
      ...then(keys, ({ value, at: next }) => {
        const mod: Mod = { type: 'group', keys: value };
        const plain = got<readonly Mod[]>([mod], next);
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
                type: 'group',
                keys: [...value.slice(0, -1), { ...last, noun: { ...last.noun, mods } }],
              },
            ],
            0.1,
          ),
        ];
      }),
    );
    return found;
  };

  const order: Rule<readonly Mod[]> = (at) => {
    const found: Got<readonly Mod[]>[] = [];
    const sorted = skipPhrase(grammar, at, ...ORDERED);
    if (sorted !== undefined) {
      const word = lattice.word(at);
      const explicit =
        /^(?:sort|order|rank|arrange)/.test(word) || (word === 'in' && sorted > at + 1);
      if (word !== 'from' && (word !== 'in' || explicit)) {
        const before = direction(sorted);
        const start = before === undefined ? sorted : before.end;
        const keys: Got<SortKey>[] = [
          ...grammar.measure(start),
          ...(lattice.word(start) === 'name' ? [got<SortKey>({ type: 'name' }, start + 1)] : []),
        ];
        found.push(
          ...keys.map(({ value: key, at: next, cost }) => {
            const after = direction(next);
            const mod: Mod = {
              type: 'order',
              key,
              descending: (after ?? before)?.descending ?? (word === 'by' ? isAmount(key) : false),
            };
            return got<readonly Mod[]>(
              [mod],
              after?.end ?? next,
              cost + (explicit ? 0 : sortsBy(key) ? 0.1 : 0.5),
            );
          }),
        );
      }
    }
    const start =
      sorted !== undefined && /^(?:sort|order|arrange)/.test(lattice.word(at)) ? sorted : at;
    const bare = direction(start);
    if (bare !== undefined && /alphabet/.test(lattice.text(start, bare.end))) {
      found.push(
        got<readonly Mod[]>(
          [{ type: 'order', key: { type: 'name' }, descending: bare.descending }],
          bare.end,
        ),
      );
    }
    const first = lattice.word(at) === ',' ? at + 1 : at;
    const high = skipPhrase(grammar, first, ...HIGH_FIRST);
    const low = skipPhrase(grammar, first, ...LOW_FIRST);
    const result = high ?? low;
    if (result !== undefined) {
      const mod: Mod = { type: 'order', key: { type: 'result' }, descending: high !== undefined };
      found.push(got<readonly Mod[]>([mod], result));
    }
    const newest = SHORT_ORDERS.find(([phrase]) => skipPhrase(grammar, at, phrase) !== undefined);
    if (newest !== undefined) {
      const [phrase, mod] = newest;
      found.push(got<readonly Mod[]>([mod], at + phrase.split(' ').length));
    }
    return found;
  };

  const direction = (at: number): { descending: boolean; end: number } | undefined => {
    const start = skipPhrase(grammar, at, ',') ?? at;
    const down = skipPhrase(grammar, start, ...DOWN);
    if (down !== undefined) return { descending: true, end: down };
    const up = skipPhrase(grammar, start, ...UP);
    return up === undefined
      ? undefined
      : { descending: false, end: skipPhrase(grammar, up, 'order') ?? up };
  };

  return { groupKeys, group, order };
}

/** Names, amounts and times are what lists are ordered by; anything else is what they are grouped by. */
function sortsBy(key: SortKey): boolean {
  if (key.type !== 'field') return true;
  const role = key.field.options[0]?.field.role;
  return role === 'name' || role === 'measure' || role === 'time';
}

function groupsBy(keys: readonly GroupKey[]): boolean {
  const [key] = keys;
  return key?.type !== 'field' || !sortsBy({ type: 'field', field: key.field });
}

/** `customers by revenue` means the highest first; `customers by name` begins with A. */
function isAmount(key: SortKey): boolean {
  return key.type !== 'name' && key.type !== 'result' && key.type !== 'field';
}

const TIME_KEY = {
  type: 'dimension',
  dimension: { name: 'time', words: [], kind: 'time' },
} as const;
const PRICE_KEY = {
  type: 'dimension',
  dimension: {
    name: 'price',
    words: ['price', 'cost', 'fee', 'fare', 'amount', 'total'],
    kind: 'number',
  },
} as const;
const HIGH_FIRST = [
  'highest first',
  'largest first',
  'biggest first',
  'from highest to lowest',
  'highest to lowest',
  'descending',
  'in descending order',
  'from most to least',
  'from high to low',
  'from the highest to the lowest',
  'from largest to smallest',
  'most first',
  'starting with the highest',
  'starting with the largest',
];
const LOW_FIRST = [
  'lowest first',
  'smallest first',
  'from lowest to highest',
  'lowest to highest',
  'ascending',
  'in ascending order',
  'from least to most',
  'from low to high',
  'from smallest to largest',
  'starting with the lowest',
  'starting with the smallest',
];
const SHORT_ORDERS: readonly (readonly [string, Mod])[] = [
  ['newest first', { type: 'order', key: TIME_KEY, descending: true }],
  ['latest first', { type: 'order', key: TIME_KEY, descending: true }],
  ['most recent first', { type: 'order', key: TIME_KEY, descending: true }],
  ['oldest first', { type: 'order', key: TIME_KEY, descending: false }],
  ['cheapest first', { type: 'order', key: PRICE_KEY, descending: false }],
  ['most expensive first', { type: 'order', key: PRICE_KEY, descending: true }],
];
