/** Requests that are no requests by themselves: what they change in the one before. */
import type { Edit, Target } from '../phrase.js';
import { AGGREGATES, BE } from '../lexicon/words.js';
import {
  AFFIRMED,
  ASCENDING,
  BY_RESULT,
  COUNTING,
  DENIED,
  DESCENDING,
  EVERYTHING,
  LISTING,
  OTHERS,
  REVERSING,
  SORTED_OBJECTS,
  SORTING,
} from '../lexicon/talk.js';
import { SUPERLATIVES } from '../lexicon/scales.js';
import { type Grammar, skipDeterminers, skipPhrase } from '../grammar/grammar.js';
import { type Got, got, map, then } from '../grammar/rule.js';
import { GRAINS, type Grain } from '../text/calendar.js';
import { ending, ends, type Opening, openings } from './frame.js';
import { ones, said } from './ones.js';
import { extremes, limited, ranked } from './ranks.js';
import { dropping, excluding } from './removals.js';
import { restricted, swapped } from './things.js';

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
  ['add', ['add', 'both']],
  ['drop', ['mods']],
]);

/** Whether a request speaks of the answer before, though its verb may be that of a change. */
export function speaksOfAnswer(grammar: Grammar): boolean {
  const may = OF_ANSWERS.get(grammar.lattice.word(0)) ?? [];
  return takesBack(grammar) || edits(grammar).some(({ value }) => may.includes(value.type));
}

/** Every way in which the words are a change of what was before. */
export function edits(grammar: Grammar): EditReading[] {
  const known = read.get(grammar) ?? readEdits(grammar);
  read.set(grammar, known);
  return known;
}

const read = new WeakMap<Grammar, EditReading[]>();

function readEdits(grammar: Grammar): EditReading[] {
  if (asksForOthers(grammar)) return [];
  const end = grammar.lattice.tokens.length;
  const first = editsFrom(grammar, 0);
  const whole = first.filter(({ at }) => at === end);
  return whole.length > 0 ? whole : first.flatMap((one) => twofold(grammar, one));
}

/** Changes that begin at a place, with what is said behind them; not all reach the end. */
function editsFrom(grammar: Grammar, start: number): EditReading[] {
  const end = grammar.lattice.tokens.length;
  return openings(grammar, start).flatMap((opening) =>
    changesAt(grammar, opening).flatMap((one): EditReading[] => {
      const { at: rest, instead, replaced } = ending(grammar, one.at);
      const replaces = opening.replaces || instead;
      const found: EditReading[] = [{ ...one, at: rest, replaces }];
      // A comma behind it may as well lead to what comes next.
      if (rest < end && rest > one.at) found.push({ ...one, replaces });
      const { value } = one;
      if (value.type !== 'show' || rest < end) return found;
      for (const field of replaced)
        found.push({ ...got({ ...value, type: 'exchange', field }, rest), replaces });
      return found;
    }),
  );
}

/** What a second change may follow, and what it may be. */
const FIRST = new Set<Edit['type']>(['add', 'show', 'drop', 'mods', 'restrict', 'swap', 'number']);
const SECOND = new Set<Edit['type']>([
  ...FIRST,
  ...(['direction', 'reverse', 'count', 'function'] as const),
]);
const TWOFOLD = 0.1;
const JOINTS = [', and', ', but', ', then', 'and', 'but', 'then', ','];

/** `at which station? …`, `which team do they play for? …`: what is asked for is no condition. */
function asks({ value }: EditReading): boolean {
  if (value.type === 'swap') return true;
  const mods =
    value.type === 'mods' ? value.mods : value.type === 'restrict' ? value.noun.mods : [];
  return mods.some(
    (mod) => mod.type === 'back' || (mod.type === 'related' && mod.noun.mods.length === 0),
  );
}

function isQuestion({ lattice }: Grammar): boolean {
  return lattice.tokens.some(({ word }) => word === 'which' || word === 'what' || word === 'whose');
}

/** `add the price, cheapest first`, `forget the city, but only active ones`: one change, and then another. */
function twofold(grammar: Grammar, one: EditReading): EditReading[] {
  const { lattice } = grammar;
  const end = lattice.tokens.length;
  if (!FIRST.has(one.value.type) || (isQuestion(grammar) && asks(one))) return [];
  const joint = skipPhrase(grammar, one.at, ...JOINTS);
  const parted = lattice.opens(one.at) || lattice.word(one.at - 1) === ',';
  if (joint === undefined && !parted) return [];
  const start = joint ?? one.at;
  const orders = [
    ...fixed(grammar, start),
    ...sorting(grammar, start),
    ...bySaid(grammar, start),
  ].map((order) => ({ ...order, at: ending(grammar, order.at).at, replaces: false }));
  const starts = [...new Set([one.at, start])];
  const others = starts.flatMap((start) => editsFrom(grammar, start));
  return [...orders, ...others].flatMap((second) => {
    if (second.at < end || !SECOND.has(second.value.type)) return [];
    const then: Edit = {
      type: 'both',
      first: one.value,
      then: second.value,
      replaces: second.replaces,
    };
    return [{ ...got(then, end, one.cost + second.cost + TWOFOLD), replaces: one.replaces }];
  });
}

function bySaid(grammar: Grammar, at: number): Got<Edit>[] {
  return map(
    grammar.order(at).filter((one) => one.at > at),
    (mods): Edit => ({ type: 'mods', mods }),
  );
}

const OBJECTS = new Set(['them', 'those', 'these', 'it']);

/** `who won those`, `who coaches those clubs`: others than those that were found. */
function asksForOthers({ lattice }: Grammar): boolean {
  if (lattice.word(0) !== 'who' || BE.has(lattice.word(1))) return false;
  return lattice.tokens.some(({ word }, at) => at > 1 && OBJECTS.has(word));
}

function changesAt(grammar: Grammar, opening: Opening): Got<Edit>[] {
  const found = plainChangesAt(grammar, opening);
  return opening.counts ? found.flatMap(counted) : found;
}

/** `count only the active ones`. */
function counted(one: Got<Edit>): Got<Edit>[] {
  const { value } = one;
  if (value.type === 'mods') return [{ ...one, value: { type: 'count', mods: value.mods } }];
  return value.type === 'restrict' ? [{ ...one, value: { ...value, counts: true } }] : [];
}

function plainChangesAt(grammar: Grammar, opening: Opening): Got<Edit>[] {
  const { at, adds, swaps } = opening;
  if (swaps) {
    return [
      ...swapped(grammar, at, 0.05),
      ...ones(grammar, at, opening),
      ...said(grammar, at, opening, 0.5),
      ...map(shown(grammar, at, false), (edit) => edit, 0.1),
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
    ...shown(grammar, at, adds && !opening.only),
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
  [AFFIRMED, { type: 'others', not: false }],
  [DENIED, { type: 'others', not: true }],
];

/** Changes that are said in words of their own alone. */
function fixed(grammar: Grammar, at: number): Got<Edit>[] {
  const objects = ends(grammar, at, SORTED_OBJECTS);
  return FIXED.flatMap(([phrases, edit]) => {
    const starts = edit.type === 'direction' ? [at, ...objects] : [at];
    return starts.flatMap((start) =>
      ends(grammar, start, phrases).map((end) => got<Edit>(edit, end)),
    );
  });
}

/** `how many are there`, `how many of them are from Spain`. */
function counting(grammar: Grammar, at: number): Got<Edit>[] {
  const { lattice } = grammar;
  // "the number of bookings" is theirs, and not how many there are of what was found.
  const ofOthers = (many: number) =>
    ['number', 'count'].includes(lattice.word(many - 1)) && lattice.word(many) === 'of';
  return ends(grammar, at, COUNTING).flatMap((many) =>
    ofOthers(many)
      ? []
      : [
          got<Edit>({ type: 'count', mods: [] }, many),
          ...map(grammar.predicate(many), (mods): Edit => ({ type: 'count', mods })),
          ...map(
            grammar.mods(many).filter((one) => one.at > many),
            (mods): Edit => ({ type: 'count', mods }),
          ),
        ],
  );
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

/** `the average instead`, `and the maximum`. */
function functions(grammar: Grammar, at: number, { adds }: Opening): Got<Edit>[] {
  const total = skipPhrase(grammar, at, 'in total', 'altogether');
  if (total !== undefined) return [got<Edit>({ type: 'function', fn: 'sum', adds: false }, total)];
  const average = skipPhrase(grammar, at, 'on average');
  if (average !== undefined)
    return [got<Edit>({ type: 'function', fn: 'avg', adds: false }, average)];
  const start = skipDeterminers(grammar, at);
  const fn = AGGREGATES.get(grammar.lattice.word(start));
  if (fn === undefined) return [];
  const end = skipPhrase(grammar, start + 1, 'one', 'value') ?? start + 1;
  const also = adds && grammar.lattice.word(0) !== 'and';
  const of = SUPERLATIVES.get(grammar.lattice.word(start))?.dimension;
  return [got<Edit>({ type: 'function', fn, adds: also, of }, end)];
}

/** `make it 400`, `what about 10`. */
function numbers({ lattice }: Grammar, at: number, { replaces, opened }: Opening): Got<Edit>[] {
  const number = lattice.number(at);
  if (number === undefined || !opened || !replaces) return [];
  return [got<Edit>({ type: 'number', digits: number.digits }, number.end, 0.1)];
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

/** `their emails`, `the total instead`, `with the author`. */
function shown(grammar: Grammar, at: number, adds: boolean): Got<Edit>[] {
  return then(grammar.targets(at), ({ value: targets, at: next }) => {
    const plain = targets.every((target) => target.type !== 'things');
    if (plain) return [got<Edit>({ type: adds ? 'add' : 'show', targets }, next, 0.1)];
    const condition = ['a', 'an', 'any', 'no'].includes(grammar.lattice.word(at));
    return adds && !condition && targets.every(isShownBeside)
      ? [got<Edit>({ type: 'add', targets }, next)]
      : [];
  });
}

/** A thing of which nothing is said: whose it is, what is there has said. */
function isShownBeside(target: Target): boolean {
  if (target.type !== 'things') return true;
  const { noun, everything } = target;
  return !everything && noun.table !== undefined && noun.mods.length === 0;
}
