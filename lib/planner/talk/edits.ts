/** Requests that are no requests by themselves: what they change in the one before. */
import type { Dropped, Edit, Mod } from '../phrase.js';
import { isLinkingVerb } from '../lexicon/verbs.js';
import { AGGREGATES, AMOUNT_VERBS, BE } from '../lexicon/words.js';
import {
  ASCENDING,
  BY_RESULT,
  COUNTING,
  DESCENDING,
  DROPPING,
  EVERYTHING,
  EXCLUDING,
  EXTREMES,
  LISTING,
  ONES,
  OTHERS,
  REVERSING,
  SORTING,
} from '../lexicon/talk.js';
import { type Grammar, skipDeterminers, skipPhrase } from '../grammar/grammar.js';
import { negate } from '../grammar/negation.js';
import { type Got, got, map, prune, then } from '../grammar/rule.js';
import { GRAINS, type Grain } from '../text/calendar.js';
import { verbBases } from '../text/inflection.js';
import { ending, type Opening, openings } from './frame.js';

/** A change with what says whether it replaces (`what about`, `instead`) or adds. */
export interface EditReading extends Got<Edit> {
  readonly replaces: boolean;
}

/** Whether what is named comes in addition to what is there: `and their emails`, `the price too`. */
export function isAddition(grammar: Grammar): boolean {
  return openings(grammar).some(({ adds }) => adds);
}

/** Whether something that was said is taken back: no change of the data, whatever the verb. */
function takesBack(grammar: Grammar): boolean {
  return edits(grammar).some(({ value }) => value.type === 'drop');
}

/** Verbs of changes, and what they may do to the answer before instead: `add their emails`, `drop the ones from Spain`. */
const OF_ANSWERS: ReadonlyMap<string, readonly Edit['type'][]> = new Map([
  ['add', ['add']],
  ['drop', ['mods']],
]);

/** Whether a request speaks of the answer before, though its verb may be that of a change. */
export function speaksOfAnswer(grammar: Grammar): boolean {
  const may = OF_ANSWERS.get(grammar.lattice.word(0)) ?? [];
  return takesBack(grammar) || edits(grammar).some(({ value }) => may.includes(value.type));
}

/** Every way in which the words are a change of what was before. */
export function edits(grammar: Grammar): EditReading[] {
  const { lattice } = grammar;
  const end = lattice.tokens.length;
  const found: EditReading[] = [];
  // "who won those" asks for others than those that were found.
  if (lattice.word(0) === 'who' && end > 2 && OBJECTS.has(lattice.word(end - 1)) && !isBe(grammar))
    return [];
  for (const opening of openings(grammar)) {
    for (const one of changesAt(grammar, opening)) {
      const { at: rest, instead, replaced } = ending(grammar, one.at);
      if (rest < end) continue;
      const replaces = opening.replaces || instead;
      found.push({ ...one, at: rest, replaces });
      const { value } = one;
      if (value.type !== 'show') continue;
      for (const field of replaced)
        found.push({ ...got({ ...value, type: 'exchange', field }, rest), replaces });
    }
  }
  return found;
}

const OBJECTS = new Set(['them', 'those', 'these', 'it']);

function isBe({ lattice }: Grammar): boolean {
  return BE.has(lattice.word(1));
}

function changesAt(grammar: Grammar, opening: Opening): Got<Edit>[] {
  const { at, adds, swaps } = opening;
  if (swaps) {
    return [
      ...swapped(grammar, at, 0.05),
      ...ones(grammar, at, opening),
      ...said(grammar, at, opening, 0.5),
    ];
  }
  return [
    ...fixed(grammar, at),
    ...counting(grammar, at),
    ...sorting(grammar, at),
    ...ranked(grammar, at),
    ...limited(grammar, at, opening),
    ...ones(grammar, at, opening),
    ...said(grammar, at, opening),
    ...dropping(grammar, at),
    ...excluding(grammar, at),
    ...functions(grammar, at, opening),
    ...numbers(grammar, at, opening),
    ...extremes(grammar, at),
    ...shifts(grammar, at),
    ...shown(grammar, at, adds),
    ...restricted(grammar, at, opening),
    ...swapped(grammar, at, opening.only ? 0.5 : 0.4),
  ];
}

const FIXED: readonly (readonly [readonly string[], Edit])[] = [
  [LISTING, { type: 'list', everything: false }],
  [EVERYTHING, { type: 'list', everything: true }],
  [REVERSING, { type: 'reverse' }],
  [DESCENDING, { type: 'direction', descending: true }],
  [ASCENDING, { type: 'direction', descending: false }],
  [OTHERS, { type: 'others' }],
];

/** Changes that are said in words of their own alone. */
function fixed(grammar: Grammar, at: number): Got<Edit>[] {
  return FIXED.flatMap(([phrases, edit]) =>
    ends(grammar, at, phrases).map((end) => got<Edit>(edit, end)),
  );
}

/** Where any of the phrases ends, longest first. */
function ends(grammar: Grammar, at: number, phrases: readonly string[]): number[] {
  const found = phrases.flatMap((phrase) => skipPhrase(grammar, at, phrase) ?? []);
  return [...new Set(found)].sort((a, b) => b - a);
}

/** `how many are there`, `how many of them are from Spain`. */
function counting(grammar: Grammar, at: number): Got<Edit>[] {
  return ends(grammar, at, COUNTING).flatMap((many) => [
    got<Edit>({ type: 'count', mods: [] }, many),
    ...map(grammar.predicate(many), (mods): Edit => ({ type: 'count', mods })),
    ...map(
      grammar.mods(many).filter((one) => one.at > many),
      (mods): Edit => ({ type: 'count', mods }),
    ),
  ]);
}

/** `sort by count`, `sort them by it descending`: the grammar's own order knows the columns. */
function sorting(grammar: Grammar, at: number): Got<Edit>[] {
  return ends(grammar, at, SORTING).flatMap((by) =>
    ends(grammar, by, BY_RESULT).flatMap((end) => {
      const direction = skipPhrase(grammar, end, ',') ?? end;
      const order = (next: number, descending: boolean) =>
        got<Edit>(
          { type: 'mods', mods: [{ type: 'order', key: { type: 'result' }, descending }] },
          next,
        );
      return [
        ...ends(grammar, direction, DESCENDING).map((next) => order(next, true)),
        ...ends(grammar, direction, ASCENDING).map((next) => order(next, false)),
        order(end, false),
      ];
    }),
  );
}

/** `the top 3`, `the 5 cheapest ones`, `the first 10`. */
function ranked(grammar: Grammar, at: number): Got<Edit>[] {
  const start = skipDeterminers(grammar, at);
  const first = skipPhrase(grammar, start, 'first');
  const number = first === undefined ? undefined : grammar.lattice.number(first);
  const limits =
    number === undefined || !/^\d{1,5}$/.test(number.digits)
      ? []
      : [got<readonly Mod[]>([{ type: 'limit', limit: Number(number.digits) }], number.end)];
  // "the maximum" is another aggregate where there is one already.
  const unsure = AGGREGATES.has(grammar.lattice.word(start)) ? 0.3 : 0;
  const ranks = map([...grammar.rank(start), ...ranksBy(grammar, start)], (mods) => mods, unsure);
  return then(
    [...limits, ...firstWith(grammar, start), ...ranks.filter(() => number === undefined)],
    ({ value: mods, at: next }) => {
      const behind = skipPhrase(grammar, next, ...ONES) ?? next;
      return map(grammar.mods(behind), (more): Edit => ({
        type: 'mods',
        mods: [...mods, ...more],
      }));
    },
  );
}

/** `the most losses` behind `which team has the most wins`. */
function ranksBy(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const descending = EXTREMES.get(grammar.lattice.word(at));
  if (descending === undefined) return [];
  return map(
    grammar.measure(at + 1),
    (key): readonly Mod[] => [{ type: 'rank', key, descending, many: false }],
    0.05,
  );
}

/** `the two with the most downloads`. */
function firstWith(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const number = grammar.lattice.number(at);
  if (number === undefined || !/^\d{1,5}$/.test(number.digits)) return [];
  const ones = skipPhrase(grammar, number.end, ...ONES) ?? number.end;
  const start = skipPhrase(
    grammar,
    ones,
    'with the',
    'having the',
    'that have the',
    'who have the',
  );
  if (start === undefined) return [];
  const limit = Number(number.digits);
  return map(ranksBy(grammar, start), (mods) =>
    mods.map((mod) => (mod.type === 'rank' ? { ...mod, limit } : mod)),
  );
}

/** `only 3`, `limit it to 10`, `show 5 of them`. */
function limited({ lattice, ...rest }: Grammar, at: number, { only }: Opening): Got<Edit>[] {
  const number = lattice.number(at);
  if (number === undefined || !/^\d{1,5}$/.test(number.digits)) return [];
  const behind = skipPhrase({ lattice, ...rest }, number.end, ...ONES);
  if (!only && behind === undefined) return [];
  const edit: Edit = { type: 'mods', mods: [{ type: 'limit', limit: Number(number.digits) }] };
  // "only 2025" is a year before it is a number of rows.
  const year = /^(?:19|20)\d\d$/.test(number.digits) && behind === undefined;
  return [got<Edit>(edit, behind ?? number.end, year ? 0.8 : 0.1)];
}

/** `the cancelled ones`, `the ones from Spain`, `those with an email`. */
function ones(grammar: Grammar, at: number, { or }: Opening): Got<Edit>[] {
  const { lattice } = grammar;
  const joins = or ? 'or' : undefined;
  const edit = (mods: readonly Mod[]): Edit => ({ type: 'mods', mods, joins });
  const start = skipDeterminers(grammar, at);
  const found: Got<Edit>[] = [];
  for (const { value: mods, at: next } of described(grammar, start)) {
    const placed = lattice.word(next - 1);
    const head =
      skipPhrase(grammar, next, ...ONES) ?? (next > 0 && ONES.includes(placed) ? next : undefined);
    if (head === undefined) {
      if (mods.length > 0)
        found.push(...map(grammar.mods(next), (more) => edit([...mods, ...more]), 0.2));
      continue;
    }
    const behind = relative(grammar, head);
    found.push(
      ...map(behind, (more) => edit([...mods, ...more])).filter(
        ({ value }) => value.type === 'mods' && value.mods.length > 0,
      ),
    );
  }
  return prune(found);
}

/** What is said behind `those`: `from Spain`, `that are late`, `who have paid`. */
function relative(grammar: Grammar, head: number): Got<readonly Mod[]>[] {
  const that = skipPhrase(grammar, head, 'that', 'which', 'who');
  return [
    ...grammar.mods(head),
    ...then(grammar.predicate(head), (one) => [got(one.value, one.at, 0.1)]),
    ...(that === undefined ? [] : grammar.predicate(that)),
  ];
}

/** What may stand before `ones`: values, flags and dates, denied or not. */
function described(grammar: Grammar, start: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const negated = skipPhrase(grammar, start, 'not the', 'not', 'non');
  const inner = skipDeterminers(grammar, negated ?? start);
  const not = negated !== undefined;
  return [
    got<readonly Mod[]>([], start),
    ...map(grammar.values(inner), (values): readonly Mod[] => [{ type: 'value', values, not }]),
    ...lattice
      .flags(inner)
      .map(({ mention, end }) => got<readonly Mod[]>([{ type: 'flag', flag: mention, not }], end)),
    ...lattice
      .dates(inner)
      .map(({ span, end }) => got<readonly Mod[]>([{ type: 'time', spans: [span], not }], end)),
  ];
}

/** `from Spain`, `in 2024`, `sorted by name`, `per month`. */
function said(grammar: Grammar, at: number, { or }: Opening, cost = 0): Got<Edit>[] {
  const joins = or ? 'or' : undefined;
  // "with the price" shows it: that it is there, nobody would say with an article.
  const shows = grammar.lattice.word(at) === 'with' && grammar.lattice.word(at + 1) === 'the';
  return grammar
    .mods(at)
    .filter((one) => one.at > at && one.value.length > 0)
    .map(({ value: mods, at: end, cost: own }) => {
      const bare = shows && mods.every(saysOnlyThatThereIs);
      return got<Edit>({ type: 'mods', mods, joins }, end, own + 0.05 + cost + (bare ? 0.5 : 0));
    });
}

function saysOnlyThatThereIs(mod: Mod): boolean {
  return mod.type === 'present' || (mod.type === 'related' && mod.noun.mods.length === 0);
}

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
function dropping(grammar: Grammar, at: number): Got<Edit>[] {
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
      return [...shapes, ...fields];
    })
    .concat(whichever(grammar, at));
}

/** `any city is fine`, `whatever the city`. */
function whichever(grammar: Grammar, at: number): Got<Edit>[] {
  const any = skipPhrase(
    grammar,
    at,
    'in any',
    'of any',
    'for any',
    'any',
    'whatever the',
    'no matter which',
  );
  if (any === undefined) return [];
  return grammar.lattice.fields(any).map(({ mention, end }) => {
    const fine = skipPhrase(
      grammar,
      end,
      'is fine',
      'is ok',
      'is okay',
      'will do',
      'goes',
      'works',
      'is good',
    );
    return got<Edit>(
      { type: 'drop', what: { type: 'field', field: mention, filter: true } },
      fine ?? end,
    );
  });
}

/** `without the cancelled ones`, `except Spain`, `not in Leeds`. */
function excluding(grammar: Grammar, at: number): Got<Edit>[] {
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

/** `the average instead`, `and the maximum`. */
function functions(grammar: Grammar, at: number, { adds }: Opening): Got<Edit>[] {
  const start = skipDeterminers(grammar, at);
  const fn = AGGREGATES.get(grammar.lattice.word(start));
  if (fn === undefined) return [];
  const end = skipPhrase(grammar, start + 1, 'one', 'value') ?? start + 1;
  const also = adds && grammar.lattice.word(0) !== 'and';
  return [got<Edit>({ type: 'function', fn, adds: also }, end)];
}

/** `make it 400`, `what about 10`. */
function numbers({ lattice }: Grammar, at: number, { replaces, opened }: Opening): Got<Edit>[] {
  const number = lattice.number(at);
  if (number === undefined || !opened || !replaces) return [];
  return [got<Edit>({ type: 'number', digits: number.digits }, number.end, 0.1)];
}

/** `which one has the most`, `what is the highest`, `who has the fewest`. */
function extremes(grammar: Grammar, at: number): Got<Edit>[] {
  const { lattice } = grammar;
  // "which", "what is" and their like are read as leads; a name of what is grouped by may follow.
  const named = [
    at,
    ...lattice.tables(at).map(({ end }) => end),
    ...lattice.fields(at).map(({ end }) => end),
  ];
  return named.flatMap((start) => {
    const head = skipPhrase(grammar, start, 'one', 'ones') ?? start;
    const many = lattice.word(head - 1) === 'ones';
    // "who paid the most": what was computed says what it was that they paid.
    const link = ['is', 'are', 'has', 'have', 'had', 'was', 'were', 'gets', 'got'];
    const acts = isVerbOfAmount(grammar, head) ? head + 1 : head;
    const verb = skipPhrase(grammar, head, ...link) ?? acts;
    const the = skipDeterminers(grammar, verb);
    const descending = EXTREMES.get(lattice.word(the));
    if (descending === undefined) return [];
    const end =
      skipPhrase(grammar, the + 1, 'one', 'number', 'count', 'value', 'total', 'amount') ?? the + 1;
    const asked = verb > at || ['is', 'are', 'was', 'which', 'who'].includes(lattice.word(at - 1));
    return [got<Edit>({ type: 'extreme', descending, one: !many }, end, asked ? 0 : 0.3)];
  });
}

function isVerbOfAmount({ lattice }: Grammar, at: number): boolean {
  return (
    EXTREMES.get(lattice.word(skipDeterminers({ lattice } as Grammar, at + 1))) !== undefined &&
    [lattice.word(at), ...verbBases(lattice.word(at))].some(
      (word) => AMOUNT_VERBS.has(word) || isLinkingVerb(word),
    )
  );
}

const BACK = new Set(['previous', 'preceding', 'last']);
const ON = new Set(['next', 'following']);

/** `the year before`, `the previous month`, `a quarter later`. */
function shifts(grammar: Grammar, at: number): Got<Edit>[] {
  const { lattice } = grammar;
  const inside = skipPhrase(grammar, at, 'in', 'for', 'during') ?? at;
  const start = skipDeterminers(grammar, skipPhrase(grammar, inside, 'one') ?? inside);
  const first = lattice.word(start);
  if (BACK.has(first) || ON.has(first)) {
    const grain = grainAt(lattice.word(start + 1));
    const by = BACK.has(first) ? -1 : 1;
    // "last month" counts from today; "the previous month" from what was asked about.
    if (grain === undefined || first === 'last' || first === 'next') return [];
    return [got<Edit>({ type: 'shift', grain, by }, start + 2)];
  }
  const grain = grainAt(first);
  if (grain === undefined) return [];
  const back = skipPhrase(grammar, start + 1, 'before that', 'before', 'earlier', 'prior');
  const on = skipPhrase(grammar, start + 1, 'after that', 'after', 'later');
  const end = back ?? on;
  if (end === undefined) return [];
  return [got<Edit>({ type: 'shift', grain, by: back === undefined ? 1 : -1 }, end)];
}

function grainAt(word: string): Grain | undefined {
  return GRAINS.find((grain) => grain === word);
}

/** `their emails`, `the total instead`. */
function shown(grammar: Grammar, at: number, adds: boolean): Got<Edit>[] {
  return then(grammar.targets(at), ({ value: targets, at: next }) => {
    const plain = targets.every((target) => target.type !== 'things');
    if (!plain) return [];
    return [got<Edit>({ type: adds ? 'add' : 'show', targets }, next, 0.1)];
  });
}

/** `only members from Hull`: said of a thing that was spoken of. */
function restricted(grammar: Grammar, at: number, { only }: Opening): Got<Edit>[] {
  const start = skipDeterminers(
    grammar,
    skipPhrase(grammar, at, 'for', 'of', 'about', 'with') ?? at,
  );
  return map(
    grammar.noun(start).filter(({ value }) => value.table !== undefined && value.mods.length > 0),
    (noun): Edit => ({ type: 'restrict', noun }),
    only ? 0 : 0.35,
  );
}

/** `what about suppliers`: the same of another thing. */
function swapped(grammar: Grammar, at: number, cost: number): Got<Edit>[] {
  return map(
    grammar.noun(at).filter(({ value }) => value.table !== undefined),
    (noun): Edit => ({ type: 'swap', noun }),
    cost,
  );
}
