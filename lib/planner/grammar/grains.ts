/** Stretches of the calendar that are asked for: `which month had the highest revenue`, `top 3 days by orders`. */
import type { Ask, Measure, Mod } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { type Grain, grainOf } from '../text/calendar.js';
import { majorityAsked } from './majority.js';
import { isCounted } from '../meaning/parts.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, then } from './rule.js';

type Rank = Extract<Mod, { type: 'rank' }>;

const WHICH = ['in which', 'on which', 'during which', 'in what', 'which', 'what'];
const IS = ['what is', 'what was', 'which is', 'which was', 'what are', 'what were'];
const BY = ['by', 'for', 'in terms of', 'in'];
/** What a request costs that is about the calendar, where a column may be called so as well. */
const PRICE = 0.2;

export function grainsAsked(grammar: Grammar, at: number): Got<Ask>[] {
  const which = skipPhrase(grammar, at, ...WHICH);
  const start = skipDeterminers(grammar, skipPhrase(grammar, at, ...IS) ?? at);
  return [
    ...(which === undefined ? [] : questioned(grammar, which)),
    ...withMost(grammar, start),
    ...ranked(grammar, start),
  ];
}

/** `(which) month had the highest revenue`, `(in which) year were the most orders placed`. */
function questioned(grammar: Grammar, at: number): Got<Ask>[] {
  return then(grains(grammar, at), ({ value: grain, at: end }) => {
    const most = [...grammar.predicate(end), ...majorityAsked(grammar, end)].filter(
      ({ value }) => value.length === 1 && value.some(counts),
    );
    return then(most, ({ value, at: next }) =>
      map(grammar.tail(next), (mods) => asking(grain, [...value, ...mods])),
    );
  });
}

/** `month with the highest revenue`, `the 3 days of 2024 with the most orders`. */
function withMost(grammar: Grammar, at: number): Got<Ask>[] {
  return then(limited(grammar, at), ({ value: limit, at: start }) =>
    then(grains(grammar, start), ({ value: grain, at: end }) =>
      then([got<readonly Mod[]>([], end), ...grammar.time(end)], ({ value: when, at: next }) => {
        const behind = skipPhrase(grammar, next, 'with', 'that had', 'when we had', 'having');
        const most = behind === undefined ? [] : grammar.rankOf(behind).filter(isMost);
        return then(most, ({ value, at: after }) =>
          map(grammar.tail(after), (mods) =>
            asking(grain, [...value.map((mod) => cut(mod, limit)), ...when, ...mods]),
          ),
        );
      }),
    ),
  );
}

/** `best month of 2025 by revenue`, `top 3 days for orders`. */
function ranked(grammar: Grammar, at: number): Got<Ask>[] {
  return then(grammar.rank(at), ({ value: [rank], at: start }) => {
    if (rank?.type !== 'rank' || rank.bare !== true || rank.key !== undefined) return [];
    return then(grains(grammar, start), ({ value: grain, at: end }) =>
      then([got<readonly Mod[]>([], end), ...grammar.time(end)], ({ value: when, at: next }) => {
        const by = skipPhrase(grammar, next, ...BY);
        return then(by === undefined ? [] : keys(grammar, by), ({ value: key, at: after }) => {
          const limit = rank.limit ?? (isSeveral(grammar, start) ? undefined : 1);
          const by: Rank = { ...rank, key, ...(limit === undefined ? {} : { limit }), shown: true };
          return map(grammar.tail(after), (mods) => asking(grain, [by, ...when, ...mods]));
        });
      }),
    );
  });
}

/** What a stretch of time can be ranked by: a sum or a count, never one row's number. */
function keys(grammar: Grammar, at: number): Got<Measure>[] {
  const start = skipDeterminers(grammar, at);
  return [
    ...grammar.measure(start).filter(({ value }) => isCounted(value)),
    ...map(grammar.noun(start), (noun): Measure => ({ type: 'things', noun })),
  ];
}

/** A word of the calendar that no column, and no value, is called by. */
function grains({ lattice }: Grammar, at: number): Got<Grain>[] {
  const grain = grainOf(lattice.word(at));
  const named = lattice
    .fields(at)
    .some(({ mention }) =>
      mention.options.some(({ field: { role }, cost }) => role !== 'measure' && cost <= COST.short),
    );
  return grain === undefined || named ? [] : [got(grain, at + 1, PRICE)];
}

function limited({ lattice }: Grammar, at: number): Got<number | undefined>[] {
  const number = lattice.number(at);
  if (number === undefined) return [got<number | undefined>(undefined, at)];
  return /^[1-9]\d{0,3}$/.test(number.digits)
    ? [got<number | undefined>(Number(number.digits), number.end)]
    : [];
}

function isSeveral({ lattice }: Grammar, at: number): boolean {
  return lattice.word(at).endsWith('s');
}

function isMost({ value }: Got<readonly Mod[]>): boolean {
  return value.length === 1 && value.every(counts);
}

function counts(mod: Mod): boolean {
  return mod.type === 'rank' && mod.key !== undefined && isCounted(mod.key);
}

function cut(mod: Mod, limit: number | undefined): Mod {
  return mod.type === 'rank' ? { ...mod, limit: mod.limit ?? limit ?? 1 } : mod;
}

function asking(grain: Grain, mods: readonly Mod[]): Ask {
  const group: Mod = { type: 'group', keys: [{ type: 'grain', grain }] };
  return { targets: [], mods: [group, ...mods], distinct: false };
}
