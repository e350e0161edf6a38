/** One request with every choice made becomes one query, or a misfit that says why not. */
import type { Ask, FieldMention, Measure, Mod, Noun, Target } from '../phrase.js';
import { waysBetween } from '../schema/paths.js';
import { aggregated } from './aggregated.js';
import { takeApiece } from './apiece.js';
import { refuseAlone } from './alone.js';
import { conditionsStated } from './audit.js';
import { type Chooser, Misfit } from './choices.js';
import { contradict, idle } from './contradiction.js';
import { asksForGroups } from './collective.js';
import { withFrequency } from './frequency.js';
import { refuseGuessed } from './guessed.js';
import { inHalves } from './halves.js';
import { hinted, type Hints } from './hints.js';
import { hoisted } from './hoist.js';
import { dropImplied } from './implied.js';
import { listed } from './listed.js';
import { refuseMultiplied } from './multiplied.js';
import { sameExpression } from './outputs.js';
import {
  isAggregate,
  measureOf,
  nounOfTarget,
  type Parts,
  ranksInEach,
  takeApart,
} from './parts.js';
import type { Context } from './place.js';
import type { Query, Scope } from './query.js';
import { roled } from './roled.js';
import { refuseSenseless } from './senseless.js';
import { withSeveral } from './several.js';
import { sided } from './sided.js';
import { withStored } from './stored.js';
import { together } from './together.js';
import { totalled } from './totalled.js';

export function interpret(
  said: Ask,
  base: Pick<Context, 'schema' | 'today'> & { readonly hints?: Hints },
  given: Chooser,
): Query {
  const { ask: whole, chooser: sides, check: checkSides } = sided(hoisted(totalled(said)), given);
  const { ask, chooser: played, check } = roled(whole, sides);
  const measured = ask.targets.some(({ type }) => type === 'measure');
  if (measured && ask.targets.some((target) => isTopOfEach(target, ask.mods)))
    throw new Misfit('the top of each group is not clear here', {
      hint: 'say by what: "… with the highest …", for one group at a time',
      weight: 3,
    });
  if (groupsByEvery(ask)) throw new Misfit('"every" can\'t be told of these', { weight: 3 });
  const weighed = base.hints === undefined ? undefined : hinted(played, ask, base.hints);
  const chooser = weighed ?? played;
  const parts = withRanked(
    withStored(
      withFrequency(withoutEach(withRankKey(withSeveral(timesLast(together(takeApart(ask))))))),
    ),
  );
  const context: Context = { ...base, chooser, said: new Set(parts.counted) };
  const asked =
    needsAggregate(parts) || inGroups(ask, parts, chooser)
      ? aggregated(context, parts)
      : listed(context, parts);
  const query = inHalves(asked, base.hints?.roots ?? new Set());
  if (context.said.size !== conditionsStated(ask)) {
    throw new Misfit('not all of these conditions can be held at once', {
      hint: 'ask with one condition less, and add it in a second request: "only the ones …"',
    });
  }
  const unit = weighed?.missing();
  if (unit !== undefined) throw new Misfit(`nothing of this is in ${unit.name}`, { weight: 3 });
  if (scopesOf(query.scope).some(({ where }) => contradict(where))) {
    throw new Misfit('no row can be all of this at once', { weight: 3 });
  }
  takeApiece(query.scope);
  dropImplied(query.scope);
  refuseOrderOfOne(query);
  refuseMultiplied(query);
  refuseAlone(query);
  refuseSenseless(query);
  refuseGuessed(query, ask);
  check();
  checkSides();
  if (saidAlready(query)) chooser.pay(SAID_ALREADY);
  if (scopesOf(query.scope).some(idle)) {
    throw new Misfit('what is one of these is none of the others anyway', { weight: 3 });
  }
  return query;
}

/** What it costs that a request tells its own answer. */
const SAID_ALREADY = 1;

/** `where is the history department`: whoever says what it is called does not ask for that. */
function saidAlready({ scope, outputs, groupBy }: Query): boolean {
  if (groupBy.length > 0) return false;
  const given = scope.where.flatMap((one) =>
    one.type === 'in' && !one.not && one.values.length === 1 ? [one.left] : [],
  );
  return outputs.every(({ expression }) => {
    const shown = expression.type === 'aggregate' ? expression.of : expression;
    return shown !== undefined && given.some((one) => sameExpression(one, shown));
  });
}

/** One number has no order: what is to be sorted are rows. */
function refuseOrderOfOne({ outputs, groupBy, orderBy, over }: Query): void {
  const one = outputs.every(({ expression }) => expression.type === 'aggregate');
  if (one && groupBy.length === 0 && over === undefined && orderBy.some(({ tie }) => !tie))
    throw new Misfit('a single number has no order', { weight: 2 });
}

/** `the top customer in each country`: one of every group, and not the largest group. */
function isTopOfEach(target: Target, said: readonly Mod[]): boolean {
  const mods = nounOfTarget(target)?.mods ?? [];
  return (
    mods.some((mod) => mod.type === 'rank' && mod.key === undefined && mod.frequency !== true) &&
    [...mods, ...said].some(({ type }) => type === 'group')
  );
}

/** `customers who ordered in every year`: that is said of the customers, and counts none of them. */
function groupsByEvery({ targets: [target, ...more], mods }: Ask): boolean {
  if (more.length > 0 || target === undefined || target.type === 'measure') return false;
  const said = [...(target.noun?.mods ?? []), ...mods];
  const ranked = said.some(({ type }) => type === 'rank');
  return !ranked && said.some(isByEvery);
}

function isByEvery(mod: Mod): boolean {
  if (mod.type === 'related') return mod.noun.mods.some(isByEvery);
  return mod.type === 'group' && mod.every === true;
}

/** A scope and those of what has to be there, or must not be. */
function scopesOf(scope: Scope): Scope[] {
  const inner = scope.where.flatMap((one) => (one.type === 'exists' ? scopesOf(one.scope) : []));
  return [scope, ...inner];
}

/** `top 5 customers by revenue`: the order named behind is what the rank goes by. */
function withRankKey(parts: Parts): Parts {
  const { rank, orders } = parts;
  const [order, ...more] = orders;
  const key = measureOf(order?.key);
  if (rank === undefined || key === undefined || more.length > 0) return parts;
  // "the longest books by pages": what is named is more than what the adjective may mean.
  if (rank.key !== undefined && rank.key.type !== 'dimension') return parts;
  // "the 3 heaviest, starting with the heaviest" names no column.
  if (key.type === 'dimension' && rank.key?.dimension === key.dimension) {
    if (order!.descending !== rank.descending)
      throw new Misfit('what comes first can only be told from the first on', { weight: 3 });
    return { ...parts, orders: [] };
  }
  return { ...parts, orders: [], rank: { ...rank, key, shown: true } };
}

/** When something happened is told of what did, wherever the request says it: `in 2023, who sold a boat`. */
function timesLast(parts: Parts): Parts {
  const isTime = ({ type }: Mod) => type === 'time';
  const { filters } = parts;
  if (!filters.some(isTime) || !filters.some(({ type }) => type === 'related' || type === 'value'))
    return parts;
  return {
    ...parts,
    filters: [...filters.filter((mod) => !isTime(mod)), ...filters.filter(isTime)],
  };
}

/** `the average price of the 3 cheapest products`: they are found first, and then what is computed is of them. */
function withRanked(parts: Parts): Parts {
  const { rank, filters, groups, targets, orders } = parts;
  if (rank === undefined || groups.length > 0 || isAggregated(rank.key)) return parts;
  const computed = targets.every(
    (target) => target.type === 'measure' && isAggregated(target.measure),
  );
  if (!computed || orders.length > 0) return parts;
  return { ...parts, rank: undefined, filters: [...filters, { ...rank, among: filters }] };
}

/** `title of each book` groups nothing: it lists the books. */
function withoutEach(parts: Parts): Parts {
  const [key, ...more] = parts.groups;
  if (key?.type !== 'table' || more.length > 0 || parts.rank !== undefined) return parts;
  if (!parts.targets.some(({ type }) => type === 'field')) return parts;
  if (parts.targets.some(({ type }) => type === 'measure')) return parts;
  // "the number of trains for each station" are counted: no train's own number is of a station.
  if (parts.targets.some((target) => target.type === 'field' && isNumber(target.field)))
    throw new Misfit('a number for each is counted', { weight: 2 });
  // "hours per employee": of many that each of them has it is not clear what to compute.
  if (parts.targets.some((target) => target.type === 'field' && isOfMany(target.field, key.noun)))
    return parts;
  return { ...parts, groups: [], subject: key.noun, filters: [...key.noun.mods, ...parts.filters] };
}

/** Whether an amount stands in rows of which each thing has many. */
function isOfMany({ options }: FieldMention, { table }: Noun): boolean {
  const own = table?.options.map((option) => option.table) ?? [];
  return options.every(
    ({ field }) =>
      field.role === 'measure' &&
      own.every((one) => waysBetween(one, field.table).every(({ toOne }) => !toOne)),
  );
}

function isNumber({ text }: FieldMention): boolean {
  return /^(?:numbers?|counts?)$/i.test(text);
}

/** `cities with at least 15 stations`: a city may be a row of its own, or what some stations share. */
function inGroups(ask: Ask, parts: Parts, chooser: Chooser): boolean {
  if (!asksForGroups(parts)) return false;
  const both = [
    { grouped: false, cost: 0 },
    { grouped: true, cost: 0 },
  ];
  return chooser.pick(ask.targets, both, () => new Misfit('')).grouped;
}

function needsAggregate(parts: Parts): boolean {
  const { targets, groups, rank, orders } = parts;
  if (ranksInEach(parts)) return isAggregated(rank?.key);
  return (
    groups.length > 0 ||
    targets.some(
      (target) =>
        target.type === 'measure' &&
        target.measure.type !== 'dimension' &&
        isAggregate(target.measure),
    ) ||
    isAggregated(rank?.key) ||
    orders.some(({ key }) => isAggregated(measureOf(key)))
  );
}

function isAggregated(key: Measure | undefined): boolean {
  return key !== undefined && isAggregate(key);
}
