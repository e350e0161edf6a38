/** What a request asks to see: things, columns of things, measures, and several of them. */
import type { FieldMention, Measure, Noun, Target } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { bareAggregate } from './bare.js';
import { saidOfName } from './called.js';
import { isColumnOf } from './columns.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import type { Table } from '../schema/schema.js';
import { refersTo } from '../schema/roles.js';
import { isSeveral, singular } from '../text/inflection.js';
import { distinctAt } from './distinct.js';
import { kindred } from './kindred.js';
import { shared } from './lists.js';
import { countingWord, numberOf } from './measure.js';
import { TERM } from './noun.js';
import { qualified } from './qualified.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

const MAX_TARGETS = 6;
/** What goes on with a name that has begun before: `order date`, `titles of the book`. */
const CONTINUED = / of |^(?:name|id|code|number|no|date|type|title)s?$/i;
const AND = [
  ', and also',
  ', and',
  ...['as well as', 'along with', 'together with', 'combined with', 'in addition to'].flatMap(
    (and) => [`, ${and}`, and],
  ),
  'and also',
  'and',
  ',',
  'with',
];
const OWN = ['their', 'its', 'his', 'her'];
/** `all the information about`, `details of`, `all columns from`: everything that is known of a thing. */
const EVERYTHING = [
  'everything about',
  'everything on',
  'everything we know about',
  ...['all the', 'all', 'the full', 'full', 'the complete', 'complete', 'the', 'what', ''].flatMap(
    (all) =>
      ['information', 'info', 'details', 'data', 'columns', 'fields', 'attributes'].flatMap(
        (word) =>
          ['of', 'about', 'on', 'for', 'from', 'regarding', 'do we have on', 'do we have about']
            // "data from" and "columns of" ask for everything only where they say so.
            .filter(
              (of) =>
                (all.includes('all') && (of !== 'from' || word === 'columns')) ||
                /^(?:info|details)/.test(word),
            )
            .map((of) => `${all} ${word} ${of}`.trim()),
      ),
  ),
];

export function targetRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const targets: Rule<readonly Target[]> = (at) => {
    const many = skipPhrase(grammar, at, 'how many') !== undefined;
    let last = items(at);
    let all = last;
    for (let i = 1; i < MAX_TARGETS && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) => {
        const more = skipPhrase(grammar, next, ...AND);
        if (more === undefined)
          return map(beside(value.at(-1), next), (one) => [...value, one], 0.25);
        if (lattice.word(next) !== 'with') {
          const counted = many && i === 1 ? items(more).flatMap(alsoCounted) : items(more);
          const further = counted.map((one) =>
            alsoDifferent(value, one, lattice.text(more, one.at)),
          );
          // "in order of year and class" has a second key.
          return map(
            further,
            (list) => [...value, ...qualified(grammar, value.at(-1), list)],
            endsInOrder(value) ? 0.5 : 0.1,
          );
        }
        // "with their names" shows them; "with names" and "with the highest speed" say what has to be there.
        const own = OWN.includes(lattice.word(more));
        const theirs = isColumnOf(grammar, more);
        return map(
          items(more).filter(
            ({ value: all }) => own || all.every(isMeasure) || (theirs && all.every(isTheirs)),
          ),
          (list) => [...value, ...list],
          own || theirs ? 0.1 : 0.4,
        );
      });
      all = prune([...all, ...last]);
    }
    return all;
  };

  /** `first name last name`: columns that nothing stands between. */
  const beside = (last: Target | undefined, at: number): Got<Target>[] => {
    if (last?.type !== 'field' || !isBareField(last) || lattice.parenthesis(at) !== undefined)
      return [];
    if (last.noun === undefined && !last.field.text.includes(' ')) return [];
    return (
      lattice
        .fields(at)
        .filter(({ mention }) => isNear(mention) && !CONTINUED.test(mention.text))
        // "the customer address city" is one column, whichever that may be.
        .filter(({ mention }) => mention.text.includes(' ') || isClosed(last))
        .map(({ mention, end }) => got<Target>({ type: 'field', field: mention }, end, TERM))
    );
  };

  /** One output, or several that share a word. */
  const items: Rule<readonly Target[]> = (at) => {
    const start = skipPhrase(grammar, at, 'both') ?? at;
    return [
      ...map(target(start), (one) => [one]),
      ...shared(grammar, target)(start),
      ...explained(start),
    ];
  };

  /** `the sailor's name (first name and last name)`: the columns that it is made of. */
  const explained: Rule<readonly Target[]> = (at) =>
    then(target(at), ({ value: whole, at: end }) => {
      const close = lattice.parenthesis(end);
      if (close === undefined || whole.type !== 'field' || !isBareField(whole)) return [];
      return map(
        grammar.targets(end).filter((one) => one.at === close && one.value.every(isBareField)),
        (parts) => parts.map((part) => ({ ...part, ...(whole.noun && { noun: whole.noun }) })),
      );
    });

  /** `all the customer information`: all that is known of them. */
  const known: Rule<Target> = (at) => {
    const all = skipPhrase(grammar, at, 'all of the', 'all the', 'all', 'the full', 'the complete');
    if (all === undefined) return [];
    return lattice.tables(all).flatMap(({ mention, end }) => {
      const start = skipPhrase(grammar, end, 'information', 'info', 'data');
      if (start === undefined || lattice.fields(all).some((field) => field.end >= start)) return [];
      return map(grammar.mods(start), (mods): Target => ({
        type: 'things',
        noun: { table: mention, mods },
        everything: true,
      }));
    });
  };

  const target: Rule<Target> = (at) => {
    // "show the city and count the number of its members"
    const number = lattice.word(at) === 'count' ? skipDeterminers(grammar, at + 1) : undefined;
    if (number !== undefined && numberOf(grammar, number) !== undefined)
      return grammar.measure(number).map((one) => ({
        ...one,
        value: { type: 'measure', measure: one.value } as const,
      }));
    const everything = skipPhrase(grammar, at, ...EVERYTHING);
    const start = skipDeterminers(grammar, everything ?? at);
    if (everything !== undefined) {
      // A column may be called details: then it is what is asked for.
      const named = field(skipDeterminers(grammar, at)).filter((one) => one.at > everything);
      return [
        ...map(
          grammar.noun(start),
          (noun): Target => ({ type: 'things', noun, everything: true }),
          named.length > 0 ? 1 : 0,
        ),
        ...valueNoun(start, (noun) => ({ type: 'things', noun, everything: true })),
        ...named,
      ];
    }
    return [
      ...known(at),
      ...map([...grammar.noun(start), ...kindred(grammar, start)], (noun): Target => ({
        type: 'things',
        noun,
        everything: false,
      })),
      ...field(start),
      ...bareCount(start),
      ...map(bareAggregate(grammar, start), (measure): Target => ({ type: 'measure', measure })),
      // A bare column is asked for as such; only in groups it may be meant as a total.
      ...grammar.measure(start).map(({ value: measure, at: end, cost }) => ({
        value: { type: 'measure', measure } as const,
        at: end,
        cost: cost + (measure.type === 'field' ? 0.4 : 0.15),
      })),
    ];
  };

  /** `names of the states`, where states are but a column: they are their own names. */
  const namesOf = (at: number, distinct: boolean): Got<Target>[] => {
    if (lattice.tables(at).some(({ mention }) => isNear(mention))) return [];
    return lattice.fields(at).flatMap(({ mention: all, end }) => {
      const options = all.options.filter(({ field }) => field.role !== 'key');
      const field = { ...all, options };
      return isNear(field)
        ? [got<Target>({ type: 'field', field, ...(distinct ? { distinct } : {}) }, end, 2 * TERM)]
        : [];
    });
  };

  /** `the count`: of what, the rest of the request says. */
  const bareCount: Rule<Target> = (at) => {
    const end = skipPhrase(grammar, at, 'count', 'counts', 'number', 'numbers', 'total number');
    const noun: Noun = { table: undefined, mods: [] };
    // "… and how many do they have?"
    const many = skipPhrase(grammar, at, 'how many of them', 'how many of these', 'how many');
    if (many !== undefined && (grammar.back(many).length > 0 || isThere(many)))
      return [got<Target>({ type: 'measure', measure: { type: 'things', noun } }, many, 0.2)];
    const them =
      end === undefined
        ? undefined
        : skipPhrase(grammar, end, 'of them', 'of these', 'of those', 'of each', 'for each');
    if (them !== undefined && lattice.tables(them).length + lattice.fields(them).length === 0)
      return [got<Target>({ type: 'measure', measure: { type: 'things', noun } }, them, 0.2)];
    return end === undefined || lattice.word(end) === 'of'
      ? []
      : [got<Target>({ type: 'measure', measure: { type: 'things', noun } }, end, 0.4)];
  };

  const isThere = (at: number): boolean =>
    at > 2 && skipPhrase(grammar, at, 'are there', 'is there', 'were there') !== undefined;

  /** `email of Ann Smith`, `customer names`, `Ann Smith's email`. */
  const field: Rule<Target> = (at) => {
    const distinctName = lattice.fields(at).flatMap(({ mention: all, end }) => {
      const mention = notReferring(notCounted(all), lattice.tablesAt(at, end));
      if (mention.options.length === 0) return [];
      // Whether it is true is seldom what is asked for; of which it is true, often.
      const flag = mention.options.every(({ field: { role } }) => role === 'flag') ? 0.5 : 0;
      // "number of orders" counts them, whatever columns end in number.
      const count = countingWord(grammar, at, end);
      const owner = ownerOf(at, end);
      const alone = got<Target>(
        { type: 'field', field: mention, ...(owner === undefined ? {} : { owner }) },
        end,
        TERM + flag,
      );
      const of = skipPhrase(
        grammar,
        end,
        'of all',
        'of the',
        'of',
        'for',
        'from',
        'in',
        'on',
        'at',
        'did',
        'do',
        'does',
      );
      if (of === undefined) return [alone];
      const own = lattice.word(end) === 'of' ? [] : [alone];
      const { distinct, start: behind } = distinctAt(grammar, of);
      const make = (noun: Noun): Target => ({
        type: 'field',
        field: mention,
        noun,
        ...(distinct ? { distinct } : {}),
      });
      const start = skipDeterminers(grammar, behind);
      const whole = lattice.isEach(of) ? [] : wholeTotal(at, mention, start);
      return [
        ...whole,
        ...(own.length > 0 || lattice.isEach(of) ? [alone] : []),
        ...map(
          // The number of accounts is a column only where accounts have one that is called so.
          grammar.noun(start).filter(({ value }) => count === 0 || ownsOne(value, mention)),
          make,
          TERM + count + (whole.length > 0 ? 0.5 : 0),
        ),
        ...valueNoun(start, make).map((one) => ({ ...one, cost: one.cost + TERM })),
        ...(isName(mention) ? namesOf(start, distinct) : []),
      ];
    });
    const owned = lattice.tables(at).flatMap(({ mention, end }) => {
      // "author name" is the author's, whatever else has a name.
      const table = { ...mention, options: mention.options.filter(({ by }) => by === undefined) };
      if (table.options.length === 0) return [];
      const genitive = skipPhrase(grammar, end, "'s");
      const next = genitive === undefined ? end : skipDeterminers(grammar, genitive);
      return lattice.fields(next).flatMap(({ mention, end: after }) =>
        map(
          grammar.mods(after),
          (mods): Target => ({
            type: 'field',
            field: mention,
            noun: { table, mods: genitive === undefined ? saidOfName(mods, mention) : mods },
          }),
          2 * TERM,
        ),
      );
    });
    const owning = map(grammar.values(at), (values) => values).flatMap(
      ({ value: values, at: end, cost }) => {
        const next = skipPhrase(grammar, end, "'s");
        if (next === undefined) return [];
        const noun: Noun = { table: undefined, mods: [{ type: 'value', values, not: false }] };
        return lattice
          .fields(skipDeterminers(grammar, next))
          .map(({ mention, end: after }) =>
            got<Target>({ type: 'field', field: mention, noun }, after, cost),
          );
      },
    );
    // "the customer Ann Smith's email": a thing with what is said of it.
    const thing = then(grammar.noun(at), ({ value: noun, at: end }) => {
      if (lattice.word(end) !== "'s" || noun.mods.length === 0) return [];
      return lattice
        .fields(skipDeterminers(grammar, end + 1))
        .map(({ mention, end: after }) =>
          got<Target>({ type: 'field', field: mention, noun }, after, TERM),
        );
    });
    return [...distinctName, ...owned, ...owning, ...thing];
  };

  /** `the total charge of all bookings`, where each of them has a total of its own: one number is asked for. */
  const wholeTotal = (at: number, mention: FieldMention, start: number): Got<Target>[] => {
    const last = lattice.word(at + mention.text.split(' ').length - 1);
    if (lattice.word(at) !== 'total' || singular(last) !== last || isFurther(at)) return [];
    const options = mention.options.filter(
      ({ field }) => field.role === 'measure' && field.words.includes('total'),
    );
    if (options.length === 0) return [];
    return grammar
      .noun(start)
      .filter(({ value: { table, mods } }) => {
        const shaped = mods.some(({ type }) => ['group', 'order', 'rank', 'limit'].includes(type));
        return table !== undefined && isSeveral(table.text) && !shaped;
      })
      .map(({ value: noun, at: end, cost }) => {
        const of: Measure = { type: 'field', field: { ...mention, options }, noun };
        const measure: Measure = { type: 'aggregate', fn: 'sum', of };
        return got<Target>({ type: 'measure', measure }, end, cost + TERM);
      });
  };

  /** Whether something else is asked for before, or all of them are to be listed. */
  const isFurther = (at: number): boolean => {
    const before = lattice.word(at - 1) === 'the' ? at - 2 : at - 1;
    return ['and', ',', 'with', 'list', 'show', 'display'].includes(lattice.word(before));
  };

  const ownerOf = (at: number, end: number): 'its' | 'alone' | undefined => {
    if (OWN.includes(lattice.word(at - 1))) return 'its';
    const and = skipPhrase(grammar, end, ...AND);
    return and !== undefined && skipDeterminers(grammar, and) > and ? 'alone' : undefined;
  };

  /** A value that stands for the thing that is called so: `Ann Smith`, `customer Ann Smith` needs no help. */
  const valueNoun = (at: number, make: (noun: Noun) => Target): Got<Target>[] => [
    ...named(at, make),
    // "the oldest engineer", where that is somebody's job.
    ...then(grammar.rank(at), ({ value: rank, at: next }) =>
      named(skipDeterminers(grammar, next), ({ table, mods }) =>
        make({ table, mods: [...rank, ...mods] }),
      ),
    ),
  ];

  const named = (at: number, make: (noun: Noun) => Target): Got<Target>[] =>
    then(grammar.hinted(at), ({ value: own, at: end }) => {
      // What a table is named beside is said of that table's rows: it is a noun of its own.
      if (own.some((mod) => mod.type === 'value' && mod.table !== undefined)) return [];
      const price = own.some((mod) => mod.type === 'value' && mod.field !== undefined) ? 0.2 : 0;
      return map(
        grammar.mods(end),
        (mods): Target => make({ table: undefined, mods: [...own, ...mods] }),
        price,
      );
    });

  return { targets };
}

/** A bare `number` is how many there are, not somebody's telephone. */
function notCounted(mention: FieldMention): FieldMention {
  if (!/^numbers?$/i.test(mention.text)) return mention;
  return { ...mention, options: mention.options.filter(({ cost }) => cost < COST.head) };
}

/** A number that refers to a table of the very name stands for the table's rows: `physicians` are no numbers. */
function notReferring(mention: FieldMention, tables: readonly Table[]): FieldMention {
  return {
    ...mention,
    options: mention.options.filter(({ field }) => {
      const named = tables.filter(({ words }) => words.join(' ') === field.words.join(' '));
      return !refersTo(field, named);
    }),
  };
}

function ownsOne({ table }: Noun, { options }: FieldMention): boolean {
  return options.some(({ field }) => table?.options.some((one) => one.table === field.table));
}

/** `name`, `names`: whatever is called so, no column in particular. */
function isName({ text }: FieldMention): boolean {
  return /^names?$/i.test(text);
}

/** True where the words are somebody's name, and not only near to one. */
function isNear({ options }: { readonly options: readonly { readonly cost: number }[] }): boolean {
  return options.some(({ cost }) => cost <= COST.head);
}

/** `how many clubs and members`: both are counted, and neither is listed. */
function alsoCounted(one: Got<readonly Target[]>): Got<readonly Target[]>[] {
  const counts = one.value.map((target): Target | undefined => {
    if (target.type === 'measure') return target;
    if (target.type === 'field' || target.everything) return undefined;
    return { type: 'measure', measure: { type: 'things', noun: target.noun } };
  });
  const known = counts.filter((target) => target !== undefined);
  return known.length === counts.length ? [{ ...one, value: known }] : [];
}

/** `(teams) with the name of their head coach`: a column of something else, of which it is said at most what kind it is. */
function isTheirs(target: Target): boolean {
  if (target.type !== 'field' || target.noun?.table === undefined) return false;
  return target.noun.mods.every((mod) => mod.type === 'value' && mod.before === true);
}

/** `the numbers of different majors and cities`: the second are counted as the first are. */
function alsoDifferent(
  said: readonly Target[],
  one: Got<readonly Target[]>,
  text: string,
): Got<readonly Target[]> {
  const [first, ...others] = said;
  const [next, ...more] = one.value;
  const measure = first?.type === 'measure' ? first.measure : undefined;
  const isCount = measure?.type === 'aggregate' && measure.fn === 'count' && measure.distinct;
  if (isCount !== true || next?.type !== 'field' || others.length + more.length > 0) return one;
  const { field, noun } = next;
  // "and their cities" are to be seen.
  if (!text.startsWith(field.text) || !isSeveral(field.text)) return one;
  const of: Measure = { type: 'field', field, noun };
  const count: Measure = { type: 'aggregate', fn: 'count', of, distinct: true };
  return { ...one, value: [{ type: 'measure', measure: count }] };
}

/** A column, with nothing said of the thing whose it is. */
function isBareField(target: Target): boolean {
  return target.type === 'field' && (target.noun?.mods ?? []).length === 0;
}

/** Whether nothing goes on with what a column is called: `last name`, where `customer address` may. */
function isClosed({ field, noun }: Extract<Target, { type: 'field' }>): boolean {
  return noun !== undefined || /(?:name|id|code|number|no|date)s?$/i.test(field.text);
}

function endsInOrder(targets: readonly Target[]): boolean {
  const last = targets.at(-1);
  const noun = last === undefined || last.type === 'measure' ? undefined : last.noun;
  return noun?.mods.at(-1)?.type === 'order';
}

function isMeasure(target: Target): boolean {
  if (target.type !== 'measure' || target.measure.type === 'field') return false;
  return target.measure.type !== 'aggregate' || !['max', 'min'].includes(target.measure.fn);
}
