/** A request in several sentences or clauses: the first says of what, a further one what is to be seen of it. */
import { COMMANDS, COURTESIES } from '../lexicon/words.js';
import { isBareAggregate } from './bare.js';
import { isSameThing, nounOfTarget, withNoun } from '../meaning/parts.js';
import type { Ask, Measure, Mod, Noun, Target } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { computedIn, computes, countsOf, isCalled } from './computed.js';
import { circumstances, ofSubject } from './circumstances.js';
import { type Grammar, type Rules, skipPhrase } from './grammar.js';
import { leftOut, restricted } from './left-out.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';
import { traits } from './traits.js';
import { askedOf, groupsOf, isOnlyComputed, type Item, measureTold, toldAt } from './told.js';

/** What is ordered in a sentence of its own. */
const RESULTS = [
  'the results',
  'the result',
  'results',
  'result',
  'the data',
  'the list',
  'the rows',
  'the output',
  'the answers',
  'them',
  'it',
  'these',
  'those',
];
/** What was found, before what is to be seen of it. */
const WITH_RESULT = RESULTS.flatMap((result) =>
  ['with', 'by', 'as'].map((by) => `${result} ${by}`),
);
const FOR_EACH = [
  'for each of them',
  'for each of these',
  'for each of those',
  'for each one',
  'for each',
  'for them',
  'for these',
  'for those',
];
const QUESTIONS = [
  'what is',
  'what are',
  'what was',
  'what were',
  'what',
  'who are',
  'who is',
  'which are',
  'which is',
  ...['in', 'from', 'to', 'at', 'on', 'for'].flatMap((of) => [`${of} which`, `${of} what`]),
];

/** What stands between things that are listed, one of which was computed before. */
const NEXT = [
  ...['and then', 'then', 'and also', 'and', 'along with', 'together with', 'as well as'],
  ...['followed by', 'next to', 'with'],
].flatMap((and) => [`, ${and}`, and]);
const CALLED = [
  ...['they', 'these', 'those'].flatMap((they) => [
    `what ${they} are called`,
    `what are ${they} called`,
  ]),
  ...['what it is called', 'what is it called', 'what are they', 'which are they', 'which ones'],
  ...['who they are', 'who are they', 'which ones they are', 'what they are'],
].sort((a, b) => b.split(' ').length - a.split(' ').length);
/** What comes beside the rest, said behind it. */
const BESIDES = ['as well', 'too', 'also', 'besides', 'next to it', 'beside it', 'alongside'];
const REPEATED = [
  ...['repeats', 'repetition', 'repetitions', 'duplicates', 'duplication', 'doublets'].flatMap(
    (again) => [`without ${again}`, `without any ${again}`, `with no ${again}`, `no ${again}`],
  ),
  ...['any of them', 'any', 'them', 'one', 'a name', 'names', 'values'].map(
    (any) => `without repeating ${any}`,
  ),
];
const ONCE = [
  ...['each only once', 'only once', 'once only', 'just once', 'once each', 'each once', 'once'],
  ...REPEATED,
];
/** Parts of a list between which something is that was computed before. */
const MOST_PARTS = 3;

const MOST_FURTHER = 2;
/** What columns cost that no word asks for. */
const BARE = 0.3;

export function sentenceRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const request: Rule<Ask> = (at) => {
    let last = grammar.ask(at);
    const all = [...last];
    for (let i = 0; i < MOST_FURTHER && last.length > 0; i++) {
      last = then(last, ({ value: first, at: end }) =>
        then(further(end), ({ value, at: next }) => {
          const ask = joined(first, value);
          return ask === undefined ? [] : [got(ask, next)];
        }),
      );
      all.push(...last);
    }
    return all;
  };

  /** A further sentence, or a clause that asks for more. */
  const further = (at: number): Got<Further>[] => {
    const fewer = map(leftOut(grammar, at), (without): Further => ({
      targets: [],
      mods: [],
      adds: true,
      without,
    }));
    if (fewer.length > 0) return fewer;
    const once = skipPhrase(grammar, skipPhrase(grammar, at, ',') ?? at, ...REPEATED);
    if (once !== undefined && lattice.tokens[once] === undefined)
      return [got<Further>({ targets: [], mods: [], adds: true, distinct: true }, once)];
    // "… And what is its price?" asks for that besides.
    const named = called(at);
    if (named.length > 0) return named;
    const besides = lattice.opens(at) && lattice.word(at) === 'and';
    if (besides) return asking(at + 1).flatMap((lead) => showing(lead, true));
    if (lattice.lists(at)) return [...sorting(at), ...shown(at), ...bareColumns(at)];
    if (lattice.opens(at))
      return [...sorting(at), ...shown(at), ...circumstance(at), ...bareColumns(at)];
    const and = skipPhrase(grammar, at, ', and', 'and', ',', ', as well as', 'as well as');
    if (and === undefined) return [];
    const comma = lattice.word(and - 1) === ',';
    return [
      ...sorting(and),
      ...circumstance(and),
      ...[...asking(and), ...(comma ? [] : commanding(and))].flatMap((lead) => showing(lead, true)),
      // "the longest domes, show …" lists them anew; "For each dome, show …" is one sentence.
      ...(comma && !isFramed() ? commanding(and).flatMap((lead) => showing(lead, false)) : []),
    ];
  };

  /** Whether the request opens with what it is about: `for each dome, …`, `of all domes, …`. */
  const isFramed = (): boolean =>
    /^(?:for|in|of|per|by|from|to|on|at|among|out|with|each|every|since|after|before|during)$/.test(
      lattice.word(0),
    );

  /** `Are there …? What are they called?`: the things themselves are to be seen. */
  const called = (at: number): Got<Further>[] => {
    const and = skipPhrase(grammar, at, ', and', 'and', ',') ?? at;
    const start = commanding(and)[0]?.at ?? and;
    const end = skipPhrase(grammar, start, ...CALLED);
    return end === undefined
      ? []
      : [got<Further>({ targets: [], mods: [], adds: true, things: true }, end)];
  };

  /** `and where are they from`, `and when were they hired`, `and how much do they cost`. */
  const circumstance = (at: number): Got<Further>[] => {
    const start = skipPhrase(grammar, at, 'also') ?? at;
    return [
      ...map(circumstances(grammar, start), (target): Further => ({
        targets: [target],
        mods: [],
        adds: true,
        own: true,
      })),
      ...map(traits(grammar, start), (target): Further => ({
        targets: [target],
        mods: [],
        adds: true,
      })),
    ];
  };

  const shown = (at: number): Got<Further>[] => {
    // "For each, tell me …": of each that the first sentence speaks of.
    const each = skipPhrase(grammar, at, ...FOR_EACH);
    const start = each === undefined ? at : (skipPhrase(grammar, each, ',') ?? each);
    const found = [...commanding(start), ...asking(start)].flatMap((lead) => showing(lead, false));
    if (each === undefined) return found;
    // How many there are of each says nothing without the thing whose they are.
    return map(found, (one): Further => ({ ...one, adds: one.adds || one.targets.some(isTold) }));
  };

  /** `Which guide is the oldest? First and last name.`, `guides over 40: names and towns`: columns alone, and nothing else. */
  const bareColumns = (at: number): Got<Further>[] =>
    grammar
      .targets(at)
      .filter(({ value, at: end }) => isOver(end) && value.every(isPlainColumn))
      .map(({ value: targets, at: end, cost }) =>
        got<Further>({ targets, mods: [], adds: false }, end, cost + BARE),
      );

  const isOver = (at: number): boolean => lattice.tokens[at] === undefined || lattice.opens(at);

  const showing = ({ at, adds }: Lead, clause: boolean): Got<Further>[] => {
    // "List the results with …" shows them, and more.
    const result = skipPhrase(grammar, at, ...WITH_RESULT);
    const start = result ?? skipPhrase(grammar, at, 'both', 'just', 'only') ?? at;
    // "Show each of them only once."
    const them = skipPhrase(grammar, start, 'each of them', 'each one', 'them', 'each', 'it');
    const each = them === undefined ? undefined : skipPhrase(grammar, them, ...ONCE, 'once');
    if (each !== undefined)
      return [got<Further>({ targets: [], mods: [], adds: true, distinct: true }, each)];
    const before = start > at && lattice.word(start - 1) !== 'both' && result === undefined;
    return then(listed(start), ({ value: targets, at: end }) =>
      then(grammar.tail(end), ({ value: mods, at: next }) => {
        const besides = skipPhrase(grammar, next, ...BESIDES);
        const once = skipPhrase(grammar, next, ...ONCE);
        const behind = once === undefined ? skipPhrase(grammar, next, 'only', 'alone') : undefined;
        const more = adds || clause || result !== undefined || besides !== undefined;
        return [
          got<Further>(
            {
              targets,
              mods,
              adds: more,
              only: before || behind !== undefined,
              distinct: once !== undefined,
            },
            besides ?? once ?? behind ?? next,
          ),
        ];
      }),
    );
  };

  /** What is to be seen, some of which the first sentence has computed: `their names and the average`. */
  const listed: Rule<readonly Item[]> = (at) => {
    const part = (start: number, pronoun: boolean): Got<readonly Item[]>[] => [
      ...grammar.targets(start),
      ...map(toldAt(grammar, start, pronoun), (one): readonly Item[] => [one], 0.1),
    ];
    let last = part(at, false);
    let all = last;
    for (let i = 1; i < MOST_PARTS && last.length > 0; i++) {
      last = then(last, ({ value, at: end }) => {
        const next = skipPhrase(grammar, end, ...NEXT, ',');
        if (next === undefined) return [];
        const further = part(next, lattice.word(next - 1) === 'with');
        // Targets make a list of their own, where nothing that was computed is among them.
        const mixed = further.filter((one) => [...value, ...one.value].some(isToldItem));
        return map(mixed, (more): readonly Item[] => [...value, ...more]);
      });
      all = prune([...all, ...last]);
    }
    return all;
  };

  /** `List …`, `Give me …`, `Also tell me …`. */
  const commanding = (at: number): Lead[] => {
    let adds = false;
    let next = at;
    let commands = 0;
    for (;;) {
      const word = lattice.word(next);
      if (word === 'also' || word === 'and' || word === 'additionally') adds = true;
      else if (COMMANDS.has(word) && !(names(next) && !lattice.opens(next))) commands++;
      else if (!COURTESIES.has(word) && word !== ',') break;
      next++;
    }
    return commands === 0 ? [] : [{ at: next, adds }];
  };

  /** "type, name and price": a command that is a column's name as well asks for that column. */
  const names = (at: number): boolean =>
    lattice
      .fields(at)
      .some(({ mention }) => mention.options.some(({ cost }) => cost <= COST.synonym));

  /** `what is its …`, `and what are their …`. */
  const asking = (at: number): Lead[] => {
    const start = skipPhrase(grammar, at, 'also') ?? at;
    // "… and how many orders does it have?"
    if (skipPhrase(grammar, start, 'how many') !== undefined)
      return [{ at: start, adds: start > at }];
    const end = skipPhrase(grammar, start, ...QUESTIONS);
    return end === undefined ? [] : [{ at: end, adds: start > at }];
  };

  /** `Sort the results by name`, `and order them by age`. */
  const sorting = (at: number): Got<Further>[] => {
    const start = skipPhrase(grammar, at, 'and', 'please', 'then') ?? at;
    if (!/^(?:sort|order|rank|arrange)$/.test(lattice.word(start))) return [];
    const next = skipPhrase(grammar, start + 1, ...RESULTS) ?? start + 1;
    const all = [...grammar.order(next), ...(next === start + 1 ? grammar.order(start) : [])];
    return map(all, (mods): Further => ({ targets: [], mods, adds: true }));
  };

  return { request };
}

interface Lead {
  readonly at: number;
  /** What is shown comes beside what the first sentence asks for. */
  readonly adds: boolean;
}

interface Further {
  readonly targets: readonly Item[];
  readonly mods: readonly Mod[];
  readonly adds: boolean;
  /** `only the names`: nothing else, whatever the first sentence asks for. */
  readonly only?: boolean;
  readonly distinct?: boolean;
  /** The things that the first sentence asks after, whatever it wants to know of them. */
  readonly things?: true;
  /** What is said of those that are left. */
  readonly without?: Noun;
  /** True of a column that has to be the thing's own, or that of what it refers to. */
  readonly own?: true;
}

/** Both sentences as one request. */
function joined(first: Ask, further: Further): Ask | undefined {
  const { mods, own, only } = further;
  if (further.things === true)
    return first.targets.every(({ type }) => type === 'things') ? first : undefined;
  const said = further.targets.map((item) => (item.type === 'told' ? resolved(item, first) : item));
  const items = said.filter((target) => target !== undefined);
  if (items.length < said.length) return undefined;
  const subject =
    first.subject ??
    first.targets
      .flatMap((target) => nounOfTarget(target) ?? [])
      .find(({ table }) => table !== undefined);
  const targets = own === true ? items.flatMap((target) => ofSubject(target, subject)) : items;
  if (targets.length < items.length) return undefined;
  // "How many …? List the number …" says again what was asked for, whatever columns end in number.
  if (countsOf(first, subject).length > 0 && targets.some(isNumber)) return undefined;
  if (further.without !== undefined) return restricted(first, subject, further.without);
  const groups = groupsOf(first);
  const keys = groups.flatMap(({ keys }) =>
    keys.flatMap((key) => (key.type === 'table' ? [key.noun] : [])),
  );
  const known = targets.map((target) => bind(target, subject, first));
  const bound = known.flatMap((target) => (target === undefined ? [] : [ofKey(target, keys)]));
  if (bound.length < known.length) return undefined;
  const shaped = {
    ...first,
    ...(further.distinct === true ? { distinct: true } : {}),
    ...(subject === undefined ? {} : { subject }),
  };
  if (bound.length === 0) return { ...shaped, mods: [...first.mods, ...mods] };
  const told = bound.flatMap((target) => (target.type === 'measure' ? [target.measure] : []));
  const asked = askedOf(first);
  // "… for each team? Give the team's name": beside what was asked of each.
  if (only !== true && told.length === 0 && isOnlyComputed(first) && groups.length > 0) {
    const { targets: more, mods: theirs } = withoutGroups(bound, keys);
    return {
      ...shaped,
      targets: [...more, ...first.targets],
      mods: [...first.mods, ...theirs, ...mods],
    };
  }
  // What was asked for already is listed anew, or said again and no more.
  const again = told.filter((measure) => asked.includes(measure));
  const adds = (further.adds || further.targets.every(isToldItem)) && again.length === 0;
  const loses = !adds && again.length < asked.length;
  // Of what is counted or summed the rows may be seen; an average or a maximum of theirs is not to be lost.
  const rows = isOnlyComputed(first) && groups.length === 0 && !asked.some(isFigure);
  if (loses && only !== true && !rows) return undefined;
  const all = adds
    ? [...first.targets, ...bound]
    : again.length === bound.length
      ? first.targets
      : bound;
  return { ...shaped, targets: all, mods: [...first.mods, ...mods] };
}

/** Whatever name the thing goes by that the first sentence groups by. */
function ofKey(target: Target, keys: readonly Noun[]): Target {
  const noun = nounOfTarget(target);
  if (target.type !== 'field' || noun === undefined || noun.mods.length > 0) return target;
  const key = keys.find((one) => isSameThing(one, noun));
  return key === undefined ? target : withNoun(target, key);
}

/** The things that each group is of stand in the result anyway: what is said of them is said of the whole. */
function withoutGroups(targets: readonly Target[], keys: readonly Noun[]) {
  const mods: Mod[] = [];
  const left = targets.filter((target) => {
    if (target.type !== 'things') return true;
    const isKey = keys.some((key) => isSameThing(key, target.noun));
    if (isKey) mods.push(...target.noun.mods);
    return !isKey;
  });
  return { targets: left, mods };
}

/** What a word like `the average` stands for, as a target. */
function resolved(told: Exclude<Item, Target>, first: Ask): Target | undefined {
  const measure = measureTold(told, first);
  return measure === undefined ? undefined : { type: 'measure', measure };
}

/** Tells of the rows together what none of them shows. */
function isFigure(measure: Measure): boolean {
  return measure.type === 'aggregate' && measure.fn !== 'count' && measure.fn !== 'sum';
}

function isToldItem(item: Item): boolean {
  return item.type === 'told';
}

function isTold(target: Item): boolean {
  return target.type === 'measure' && target.measure.type !== 'field';
}

function isPlainColumn(target: Target): boolean {
  if (target.type !== 'field') return false;
  return target.noun === undefined || target.noun.mods.length === 0;
}

function isNumber(target: Target): boolean {
  return (
    target.type === 'field' &&
    target.noun === undefined &&
    /^(?:numbers?|counts?)$/i.test(target.field.text)
  );
}

/** A target of the second sentence, with the thing of the first where both name it. */
function bind(target: Target, subject: Noun | undefined, first: Ask): Target | undefined {
  if (target.type === 'measure' && isBareAggregate(target.measure)) {
    const { fn } = target.measure;
    const known = computedIn(first, subject).filter((measure) => computes(measure, fn));
    return known.length === 1 ? { type: 'measure', measure: known[0]! } : undefined;
  }
  if (target.type === 'measure' && target.measure.type === 'things') {
    const { noun } = target.measure;
    const known = countsOf(first, subject).find(
      (count) =>
        noun.mods.length === 0 && (noun.table === undefined || isSameThing(count.noun, noun)),
    );
    if (known !== undefined) return { type: 'measure', measure: known };
  }
  const noun = nounOfTarget(target);
  if (noun === undefined) {
    const known = computedIn(first, subject).filter((measure) => isCalled(measure, target));
    if (known.length === 1) return { type: 'measure', measure: known[0]! };
  }
  if (subject === undefined || noun === undefined || noun.mods.length > 0) return target;
  return isSameThing(noun, subject) ? withNoun(target, subject) : target;
}
