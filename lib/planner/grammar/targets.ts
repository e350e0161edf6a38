/** What a request asks to see: things, columns of things, measures, and several of them. */
import type { Measure, Noun, Target } from '../phrase.js';
import { isSeveral } from '../text/inflection.js';
import { bareAggregate } from './bare.js';
import { isColumnOf } from './columns.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { kindred } from './kindred.js';
import { shared } from './lists.js';
import { numberOf } from './measure.js';
import { TERM } from './noun.js';
import { qualified } from './qualified.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';
import { AND, fieldTargets, isNear, OWN, valueNoun } from './target-columns.js';

const MAX_TARGETS = 6;
/** What goes on with a name that has begun before: `order date`, `titles of the book`. */
const CONTINUED = / of |^(?:name|id|code|number|no|date|type|title)s?$/i;
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
      const named = fieldTargets(grammar, skipDeterminers(grammar, at)).filter(
        (one) => one.at > everything,
      );
      return [
        ...map(
          grammar.noun(start),
          (noun): Target => ({ type: 'things', noun, everything: true }),
          named.length > 0 ? 1 : 0,
        ),
        ...valueNoun(grammar, start, (noun) => ({ type: 'things', noun, everything: true })),
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
      ...fieldTargets(grammar, start),
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

  return { targets };
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
