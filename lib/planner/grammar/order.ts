/** Order: `sorted by name descending`, `in ascending order of price`, `from the oldest to the youngest`, `newest first`. */
import { type Dimension, DIMENSIONS } from '../lexicon/scales.js';
import type { FieldMention, Mod, SortKey } from '../phrase.js';
import { type Direction, directionAt, keyedFirst } from './direction.js';
import { isPast } from '../text/inflection.js';
import { isTheirs } from './doer.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import type { Field } from '../schema/schema.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

type Order = Extract<Mod, { type: 'order' }>;

/** Forms of the verbs that put things in an order; the first ones can say nothing else. */
const SORTING =
  /^(?:sort|sorted|sorting|order|ordered|ordering|rank|ranked|arrange|arranged|arranging|alphabetize|alphabetized)$/;
const LISTING =
  /^(?:list|listed|listing|show|shown|display|displayed|presented|organized|organised|grouped)$/;
const BY = [
  'by',
  'using',
  'according to',
  'based on',
  'in terms of',
  'with respect to',
  'on the basis of',
  'based upon',
  'on',
];
const OF = [
  'of',
  'by',
  'according to',
  'based on',
  'in terms of',
  'with respect to',
  'for',
  'on',
  'regarding',
  'using',
];
const AND = [
  ', and then by',
  'and then by',
  ', then by',
  'then by',
  ', and then',
  'and then',
  ', then',
  'then',
  ', and by',
  'and by',
  'followed by',
  ', and',
  'and',
  ',',
];
const GROUPED = ['ordered', 'sorted'].flatMap((sorted) => [
  `grouped and ${sorted} by`,
  `${sorted} and grouped by`,
  `grouped by and ${sorted} by`,
]);
const MOST_KEYS = 4;
const COUNTS = /^(?:counts?|numbers?|frequency|popularity)$/;

export function orderRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const order: Rule<readonly Mod[]> = (at) => {
    const word = lattice.word(at);
    const sorting = SORTING.test(word);
    const start = sorting || LISTING.test(word) ? verbEnd(at) : at;
    const verb = start > at;
    return prune([
      ...keyed(start, verb && sorting),
      ...directed(start, verb),
      ...(verb ? [] : bareBy(at)),
      ...keyFirst(start),
      ...grouped(at),
    ]);
  };

  /** `grouped and ordered by country`: each of them, in their order. */
  const grouped = (at: number): Got<readonly Mod[]>[] => {
    const by = skipPhrase(grammar, at, ...GROUPED);
    if (by === undefined) return [];
    return then(grammar.groupKeys(by), ({ value: keys, at: end }) =>
      keysFrom(by, undefined)
        .filter((one) => one.at === end)
        .map(({ value, cost }) =>
          got<readonly Mod[]>([{ type: 'group', keys }, ...value], end, cost),
        ),
    );
  };

  /** The place behind `sort them`, `sorted`, `order the results`. */
  const verbEnd = (at: number): number => {
    const end = sorted(at);
    return lattice.word(end) === 'first' && lattice.word(end + 1) === 'by' ? end + 1 : end;
  };

  const sorted = (at: number): number =>
    skipPhrase(
      grammar,
      at + 1,
      'the results',
      'the result',
      'the list',
      'this list',
      'the rows',
      'the output',
      'the records',
      'your results',
      'all of them',
      'results',
      'them',
      'it',
      'these',
      'those',
      'everything',
    ) ?? at + 1;

  /** `by price`, `by the descending order of price`, `in the order of price`. */
  const keyed = (at: number, verb: boolean): Got<readonly Mod[]>[] => {
    const inOrder = skipPhrase(
      grammar,
      at,
      'in the order of',
      'in order of',
      'by the order of',
      'by order of',
      'in order by',
      'in the order by',
      'in an order of',
      'in the sequence of',
    );
    const by = inOrder ?? (verb ? skipPhrase(grammar, at, ...BY) : undefined);
    return by === undefined ? [] : keysFrom(by, undefined);
  };

  /** A direction, perhaps with what it is the direction of: `in ascending order of price`, `oldest first`. */
  const directed = (at: number, verb: boolean): Got<readonly Mod[]>[] => {
    const direction = directionAt(grammar, at);
    if (direction === undefined) return [];
    const of = skipPhrase(grammar, direction.end, ...OF);
    const alone = got<readonly Mod[]>([implied(direction)], direction.end, verb ? 0 : 0.05);
    const keys = of === undefined ? [] : keysFrom(of, direction);
    // "descending by price" has its key; "in ascending order for each country" has a group behind it.
    const isKeyed = keys.length > 0 && !['for', 'on'].includes(lattice.word(direction.end));
    return isKeyed ? keys : [alone, ...keys];
  };

  /** `the highest price first`, `with the largest number of orders first`. */
  const keyFirst = (at: number): Got<readonly Mod[]>[] => {
    const direction = keyedFirst(grammar, at);
    if (direction?.descending === undefined) return [];
    const { descending, dimension: scale } = direction;
    return sortKey(direction.end).flatMap(({ value: key, at: end, cost }) => {
      // There is a highest of what can be measured: a name has none.
      if (key.type === 'field' && !key.field.options.some(({ field }) => isGraded(field)))
        return [];
      const first = skipPhrase(grammar, end, 'first', 'at the top', 'on top');
      if (first === undefined) return [];
      const mod: Order = {
        type: 'order',
        key,
        descending,
        ...(scale === undefined ? {} : { scale }),
      };
      return [got<readonly Mod[]>([mod], first, cost)];
    });
  };

  /** `customers by revenue`: an order or a group, as what follows says. */
  const bareBy = (at: number): Got<readonly Mod[]>[] => {
    const by = skipPhrase(grammar, at, 'by');
    if (by === undefined || (isPast(lattice.word(at - 1)) && isTheirs(lattice.word(by)))) return [];
    // "made by a workshop" sorts nothing, where workshops are but a column.
    const article = ['a', 'an', 'some'].includes(lattice.word(by));
    if (article && lattice.tables(skipDeterminers(grammar, by)).length === 0) return [];
    return then(oneKey(by, undefined), ({ value: { mod, said }, at: end }) => [
      got<readonly Mod[]>(
        [said ? mod : { ...mod, descending: isAmount(mod.key) }],
        end,
        said || sortsBy(mod.key) ? 0.1 : 0.5,
      ),
    ]);
  };

  /** Keys one after another, each with a direction of its own or the one that holds for all. */
  const keysFrom = (at: number, before: Direction | undefined): Got<readonly Mod[]>[] => {
    let last: Got<readonly Keyed[]>[] = map(oneKey(at, before), (one) => [one]);
    let all = last;
    for (let i = 1; i < MOST_KEYS && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) => {
        const more = skipPhrase(grammar, next, ...AND);
        return more === undefined ? [] : map(oneKey(more, before), (one) => [...value, one], 0.1);
      });
      all = prune([...all, ...last]);
    }
    return map(all, (keys): readonly Mod[] => {
      const common = keys.at(-1)!;
      return keys.map(({ mod, said }) =>
        said || !common.said ? mod : { ...mod, descending: common.mod.descending },
      );
    });
  };

  interface Keyed {
    readonly mod: Order;
    /** Whether its direction was said. */
    readonly said: boolean;
  }

  const oneKey = (at: number, before: Direction | undefined): Got<Keyed>[] => {
    const own = before === undefined ? directionAt(grammar, at) : undefined;
    const ownOf = own === undefined ? undefined : skipPhrase(grammar, own.end, ...OF);
    const first = own === undefined ? at : (ownOf ?? own.end);
    return sortKey(first).flatMap(({ value: key, at: end, cost }) => {
      const after = directionAt(grammar, end);
      const make = (direction: Direction | undefined): Keyed => ({
        mod: {
          type: 'order',
          key,
          descending: direction?.descending ?? false,
          ...(direction?.descending === undefined ? { undirected: true } : {}),
          ...(direction?.dimension === undefined ? {} : { scale: direction.dimension }),
        },
        said: direction?.descending !== undefined,
      });
      const plain = got(make(own ?? before), end, cost);
      // A direction that stands there belongs to the key before it.
      return after === undefined
        ? [plain]
        : [{ ...plain, cost: cost + 0.4 }, got(make(after), after.end, cost)];
    });
  };

  const sortKey: Rule<SortKey> = (at) => {
    const start = skipDeterminers(grammar, at);
    const found: Got<SortKey>[] = [...grammar.measure(start)];
    const word = lattice.word(start);
    if (/^names?$/.test(word)) found.push(got<SortKey>({ type: 'name' }, start + 1, 0.05));
    if (
      /^(?:count|counts|number|numbers|total|totals|amount|frequency|popularity|result|results|sum|average|value)$/.test(
        word,
      )
    )
      found.push(got<SortKey>({ type: 'result', counted: COUNTS.test(word) }, start + 1, 0.4));
    found.push(...happened(start));
    const dimension = NOUNS.get(word);
    if (dimension !== undefined)
      found.push(got<SortKey>({ type: 'dimension', dimension }, start + 1, 0.5));
    // "ordered by country" of a table of countries: by their names.
    for (const { mention, end } of lattice.tables(start)) {
      const options = mention.options.flatMap(({ table, cost }) =>
        table.naming.slice(0, 1).map((field) => ({ field, cost })),
      );
      const field: FieldMention = { text: mention.text, options };
      if (options.length > 0) found.push(got<SortKey>({ type: 'field', field }, end, 0.5));
    }
    return found;
  };

  /** `the year they were built`, `when they left office`: the column that tells when it happened. */
  const happened: Rule<SortKey> = (at) => {
    const noun = /^(?:year|date|day|time)s?$/.test(lattice.word(at)) ? at + 1 : undefined;
    const when = skipPhrase(
      grammar,
      noun ?? at,
      'when',
      'that',
      'in which',
      'on which',
      'at which',
    );
    const who =
      (when ?? noun) === undefined ? undefined : skipPhrase(grammar, (when ?? noun)!, ...WHO);
    if (who === undefined) return [];
    const verb = skipPhrase(grammar, who, 'were', 'was', 'have been', 'has been', 'had') ?? who;
    const called = [...lattice.fields(verb), ...lattice.fieldsCalled(verb)];
    return called.flatMap(({ mention, end }) => {
      const options = mention.options.filter(
        ({ field: { role, words } }) =>
          role === 'time' || role === 'year' || (role === 'text' && words.length === end - verb),
      );
      return options.length === 0
        ? []
        : [got<SortKey>({ type: 'field', field: { ...mention, options } }, end)];
    });
  };

  return { order };
}

function isGraded({ role }: Field): boolean {
  return role === 'measure' || role === 'time' || role === 'year';
}

const WHO = ['they', 'it', 'he or she', 'he', 'she', 'each', 'each one'];

/** `newest first`, `alphabetically`: what is ordered by goes without saying. */
export function implied({ descending = false, dimension, of }: Direction): Order {
  const key: SortKey =
    dimension !== undefined
      ? { type: 'dimension', dimension }
      : of === 'name'
        ? { type: 'name' }
        : of === 'time'
          ? { type: 'dimension', dimension: DIMENSIONS.time }
          : { type: 'result' };
  return { type: 'order', key, descending };
}

/** Nouns of what can be told by columns of other names. */
const NOUNS: ReadonlyMap<string, Dimension> = new Map<string, Dimension>([
  ['age', DIMENSIONS.age],
  ['ages', DIMENSIONS.age],
  ['date', DIMENSIONS.time],
  ['time', DIMENSIONS.time],
  ['price', DIMENSIONS.price],
  ['cost', DIMENSIONS.price],
]);

/** Names, amounts and times are what lists are ordered by; anything else is what they are grouped by. */
export function sortsBy(key: SortKey): boolean {
  if (key.type !== 'field') return true;
  const role = key.field.options[0]?.field.role;
  return role === 'name' || role === 'measure' || role === 'time';
}

/** `customers by revenue` means the highest first; `customers by name` begins with A. */
function isAmount(key: SortKey): boolean {
  return key.type !== 'name' && key.type !== 'result' && key.type !== 'field';
}
