/** How a request opens: courtesies, commands, an order to sort, and what it is about. */
import { AGGREGATES, COMMANDS, COURTESIES } from '../lexicon/words.js';
import { isSameThing, nounOfTarget } from '../meaning/parts.js';
import type { Ask, Mod, Noun } from '../phrase.js';
import { directionAt } from './direction.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { implied } from './order.js';
import { type Got, got, map, type Rule, then } from './rule.js';

const LISTS = ['a list of', 'the list of', 'list of', 'a complete list of', 'a table of'];
const SORTS = ['sort', 'order', 'rank', 'arrange'];
const ABOUT = ['among', 'out of', 'of', 'from', 'for', 'considering'];
/** Said of the whole request, and of nothing in it. */
const ASIDES = [
  'in total',
  'overall',
  'altogether',
  'in our records',
  'in the database',
  'based on the data',
];

/** A place where the request proper may begin, and how unlikely that is. */
interface Lead {
  readonly at: number;
  readonly cost: number;
}

const THERE = ['are there any', 'are there', 'is there any', 'is there a', 'is there'];

/** Whether a further sentence or clause asks for something to be seen. */
function asksFurther({ lattice }: Grammar): boolean {
  return lattice.tokens.some(
    ({ word }, at) =>
      at > 2 &&
      (lattice.opens(at) || /^(?:and|,)$/.test(lattice.word(at - 1))) &&
      (COMMANDS.has(word) || ['what', 'which', 'who'].includes(word)),
  );
}

/** The places behind courtesies and commands. */
export function leads(grammar: Grammar, at: number): Lead[] {
  const { lattice } = grammar;
  const found: Lead[] = [{ at, cost: 0 }];
  let next = at;
  let cost = 0;
  while (found.length <= 8) {
    const list = skipPhrase(grammar, next, ...LISTS);
    if (list !== undefined) {
      found.push({ at: (next = list), cost });
      continue;
    }
    const word = lattice.word(next);
    // "Are there any clubs without members? What are they called?": the second sentence asks for them.
    const there = next === at && at === 0 ? skipPhrase(grammar, at, ...THERE) : undefined;
    if (there !== undefined && asksFurther(grammar)) {
      found.push({ at: (next = there), cost: 0 });
      continue;
    }
    // "Take the average of …"
    if (next === at && word === 'take' && AGGREGATES.has(lattice.word(at + 2))) {
      found.push({ at: (next = at + 1), cost });
      continue;
    }
    const before = next > at ? lattice.word(next - 1) : '';
    // "Return, for each region, …"
    const silent =
      word === ',' &&
      (COURTESIES.has(before) || (COMMANDS.has(before) && grammar.group(next + 1).length > 0));
    if (!COURTESIES.has(word) && !COMMANDS.has(word) && !silent) break;
    // What is skipped may be asked for after all: "name and date of races".
    const names = [...lattice.fields(next), ...lattice.tables(next)];
    if (names.some(({ mention }) => mention.options.some((option) => option.cost <= 0.1)))
      cost += 0.6;
    next++;
    found.push({ at: next, cost });
  }
  const about = skipPhrase(grammar, next, 'out', 'about', 'of', 'for');
  if (about !== undefined && next > at) found.push({ at: about, cost });
  return found;
}

/** `the alphabetically ordered list of names`: what is listed, and the order that it is listed in. */
export function orderedList(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const start = skipPhrase(grammar, at, 'the', 'a', 'an') ?? at;
  const direction =
    skipPhrase(grammar, start, 'ordered', 'sorted') === undefined
      ? directionAt(grammar, start)
      : undefined;
  const list = skipPhrase(
    grammar,
    direction?.end ?? start,
    'ordered list of',
    'sorted list of',
    ...(direction === undefined ? [] : ['list of']),
  );
  return list === undefined
    ? []
    : [got<readonly Mod[]>([implied(direction ?? { end: list })], list)];
}

/** `Sort the names by age`: what is sorted is shown. */
export function sorting(grammar: Grammar, at: number, inner: Rule<Ask>): Got<Ask>[] {
  if (!SORTS.includes(grammar.lattice.word(at))) return [];
  const start = skipPhrase(grammar, at + 1, 'the list of', 'all', 'all the') ?? at + 1;
  return inner(start).filter(({ value }) => isOrdered(value));
}

function isOrdered({ targets, mods }: Ask): boolean {
  const said = targets.flatMap((target) =>
    target.type === 'measure' ? [] : (target.noun?.mods ?? []),
  );
  return [...mods, ...said].some(({ type }) => type === 'order');
}

/** What the rest is said of: mods, or a thing with what is said of it. */
interface Frame {
  readonly mods: readonly Mod[];
  readonly noun?: Noun;
}

/** `in 2024, …`, `for each category, …`, `among all the books, …`. */
function frames(grammar: Grammar, at: number): Got<Frame>[] {
  const { lattice } = grammar;
  const orders = lattice.word(at) === 'by' ? [] : grammar.order(at);
  const plain = map([...grammar.time(at), ...grammar.group(at), ...orders], (mods): Frame => ({
    mods,
  }));
  const aside = skipPhrase(grammar, at, ...ASIDES);
  const about = skipPhrase(grammar, at, ...ABOUT);
  const things =
    about === undefined || lattice.isEach(about)
      ? []
      : grammar.noun(skipDeterminers(grammar, about)).filter((one) => lattice.word(one.at) === ',');
  return [
    ...plain,
    ...map(things, (noun): Frame => ({ mods: [], noun }), 0.2),
    ...(aside === undefined ? [] : [got<Frame>({ mods: [] }, aside)]),
  ].filter(({ at: end }) => end > at);
}

export function framed(grammar: Grammar, at: number, inner: Rule<Ask>): Got<Ask>[] {
  return then(frames(grammar, at), ({ value: frame, at: end }) => {
    const next = skipPhrase(grammar, end, ',', ':') ?? end;
    const asks = leads(grammar, next).flatMap((lead) =>
      map(inner(lead.at), (one) => one, lead.cost),
    );
    return map(asks, (one): Ask => ({ ...one, mods: [...saidOf(frame, one), ...one.mods] }), 0.1);
  });
}

/** All of a thing is no condition; some of it is, on the thing itself or on what is asked for of it. */
function saidOf({ mods, noun }: Frame, ask: Ask): readonly Mod[] {
  if (noun === undefined || noun.mods.length === 0) return mods;
  const subject = ask.targets.flatMap((target) => nounOfTarget(target) ?? [])[0];
  return subject === undefined || isSameThing(subject, noun)
    ? noun.mods
    : [{ type: 'related', noun, not: false }];
}
