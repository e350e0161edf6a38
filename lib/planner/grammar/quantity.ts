/** Questions for a quantity: `how many orders did Ann place`, `how much revenue did we make`. */
import { DO, HAVE } from '../lexicon/words.js';
import type { Ask, Measure, Mod, Noun } from '../phrase.js';
import { followed } from './attach.js';
import { skipDeterminers, skipPhrase, type Grammar, type Rules } from './grammar.js';
import { doneByWhom } from './done.js';
import { distinctAt } from './distinct.js';
import { besideTable, rowsBefore, counted, type NumberOf, numberOf } from './measure.js';
import { amongHowMany, numberedOf } from './numbered.js';
import { inPart, partOfVerb } from './sides.js';
import { numberable } from './totals.js';
import { timesOfNamed } from './times.js';
import { got, map, then, type Got, type Rule } from './rule.js';
import { subjects } from './subjects.js';
import { actionEnd } from './verbs.js';

const KINDS = ['kinds of', 'sorts of'];
const ON_AVERAGE = [', on average ,', ', on average', 'on average ,', 'on average'];

export function quantityRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const quantity: Rule<Ask> = (at) => [
    ...howMany(at),
    ...howOften(at),
    ...howMuch(at),
    ...map(
      amongHowMany(grammar, at),
      ({ noun, mods }) => counting({ type: 'things', noun }, mods),
      0.1,
    ),
  ];

  /** What may stand behind everything else, and the end of a question. */
  const tail: Rule<readonly Mod[]> = (at) =>
    then(grammar.mods(at), ({ value, at: end }) => {
      const be = skipPhrase(
        grammar,
        end,
        'are there',
        'is there',
        'there are',
        'there is',
        'do we have',
        'exist',
      );
      return [got(value, end), ...(be === undefined ? [] : [got(value, be, 0.05)])];
    });

  /** `how many orders (did Ann Smith place) (in 2024)`. */
  const howMany: Rule<Ask> = (at) => {
    const head = headOf(at);
    if (head === undefined) return [];
    const { end: start, noun } = head;
    const total = head.total || head.asked;
    const { distinct, start: after } = distinctAt(grammar, start);
    const next = skipDeterminers(grammar, after);
    const things = then(numberable(grammar, next, noun), ({ value: noun, at: end }) =>
      map(
        rest(end, noun),
        (mods) => counting({ type: 'things', noun, ...(distinct ? { distinct } : {}) }, mods),
        head.vague,
      ),
    );
    const fields = then(grammar.column(next), ({ value, at: end }) =>
      counted(value, distinct, { total, noun }).flatMap(({ measure, cost: own }) => {
        const cost = own + rowsBefore(grammar, next, measure, distinct);
        return [
          ...map(rest(end, undefined), (mods) => counting(measure, mods), cost),
          ...averaged(measure, end, (at) => rest(at, undefined), cost),
        ];
      }),
    );
    const part = map(
      head.asked ? numberedOf(grammar, start) : [],
      ({ noun, mods }) => counting({ type: 'things', noun }, mods),
      0.1,
    );
    const done = then(
      doneByWhom(grammar, next, actors),
      ({ value: { measure, mods }, at: end }) => {
        const behind: Rule<readonly Mod[]> = (at) => map(tail(at), (more) => [...mods, ...more]);
        return [
          ...map(behind(end), (said) => counting(measure, said)),
          ...averaged(measure, end, behind, 0),
        ];
      },
    );
    return [...things, ...fields, ...kinds(start), ...part, ...done];
  };

  /** `how many points does each player score on average`, `how many points, on average, …`: of what each row holds. */
  const averaged = (
    measure: Measure,
    at: number,
    behind: Rule<readonly Mod[]>,
    price: number,
  ): Got<Ask>[] => {
    const of = measure.type === 'aggregate' && measure.fn === 'sum' ? measure.of : measure;
    if (of.type !== 'field') return [];
    const average: Measure = { type: 'aggregate', fn: 'avg', of };
    const before = skipPhrase(grammar, at, ...ON_AVERAGE);
    if (before !== undefined) return map(behind(before), (mods) => counting(average, mods), price);
    return then(behind(at), ({ value: mods, at: end }) => {
      const last = skipPhrase(grammar, end, ...ON_AVERAGE);
      if (last === undefined) return [];
      return map(tail(last), (more) => counting(average, [...mods, ...more]), price);
    });
  };

  /** `how many kinds of colours`: each colour once. Of what kind a thing is, only a column could tell. */
  const kinds = (at: number): Got<Ask>[] => {
    const of = skipPhrase(
      grammar,
      skipPhrase(grammar, at, 'different', 'distinct') ?? at,
      ...KINDS,
    );
    if (of === undefined || lattice.isOfName(of - 2)) return [];
    const next = skipDeterminers(grammar, distinctAt(grammar, of).start);
    if (besideTable(grammar, next) > 0) return [];
    return then(grammar.column(next), ({ value: of, at: end }) =>
      map(tail(end), (mods) =>
        counting({ type: 'aggregate', fn: 'count', of, distinct: true }, mods),
      ),
    );
  };

  /** `how many`, `count the number of`, `what is the total number of`. */
  const headOf = (at: number): NumberOf | undefined => {
    const is = skipPhrase(
      grammar,
      at,
      'what is',
      'what are',
      'what was',
      'what were',
      'what',
      'which',
    );
    const where = skipPhrase(grammar, at, 'in', 'at', 'on', 'for', 'from', 'to', 'by', 'with');
    if (where !== undefined)
      return lattice.word(where) === 'how' ? numberOf(grammar, where) : undefined;
    const start = skipDeterminers(grammar, is ?? at);
    const count = skipPhrase(grammar, start, 'count up', 'count');
    const next = count === undefined ? start : skipDeterminers(grammar, count);
    const number = numberOf(grammar, next);
    if (number !== undefined) return number;
    return count === undefined || is !== undefined
      ? undefined
      : { end: next, noun: 'number', total: false, vague: 0, asked: false };
  };

  /** What can be said of the thing itself is said of it: the other attachment is no other reading. */
  const afterNoun = (all: readonly Got<readonly Mod[]>[]): Got<readonly Mod[]>[] =>
    all.map((one) => ({ ...one, cost: one.cost + (one.value.length > 0 ? 0.25 : 0) }));

  /** `how many times did Ann Smith order`, `count the number of times that Ann booked a court`. */
  const howOften: Rule<Ask> = (at) => {
    const often = skipPhrase(grammar, at, 'how many times', 'how often');
    const number = often === undefined ? headOf(at)?.end : undefined;
    const start =
      often ??
      (number === undefined ? undefined : skipPhrase(grammar, number, 'times that', 'times'));
    if (start === undefined) return [];
    return then(timesOfNamed(grammar, start), ({ value, at: end }) =>
      map(tail(end), (mods) => counting(value, mods)),
    );
  };

  const counting = (measure: Measure, mods: readonly Mod[]): Ask => ({
    targets: [{ type: 'measure', measure }],
    mods,
    distinct: false,
  });

  /** What follows the thing asked for: more that is said of it, or a subject with its verb. */
  const rest = (at: number, noun: Noun | undefined): Got<readonly Mod[]>[] => [
    ...(noun === undefined ? tail(at) : afterNoun(tail(at))),
    ...inverted(at),
    ...(noun === undefined
      ? []
      : then(grammar.predicate(at), ({ value, at: end }) => followed(grammar, value, end))),
  ];

  /** Who does it: one that is named, all of a kind, or each of them. */
  const actors = (at: number): Got<readonly Mod[]>[] => {
    const each = skipPhrase(grammar, at, 'each', 'every');
    if (each !== undefined)
      return map(grammar.groupKeys(each), (keys): readonly Mod[] => [{ type: 'group', keys }]);
    const start = skipDeterminers(grammar, at);
    return [...subjects(grammar, start), ...grammar.value(start)];
  };

  /** `did Ann Smith place in 2024`, `does each customer have`, `has each customer placed`. */
  const inverted: Rule<readonly Mod[]> = (at) => {
    const word = lattice.word(at);
    if (!DO.has(word) && !HAVE.has(word)) return [];
    return then(actors(at + 1), ({ value: mods, at: end }) => {
      const verb =
        skipPhrase(
          grammar,
          end,
          'have',
          'has',
          'own',
          'get',
          'offer',
          'make',
          'made',
          'contain',
          'include',
        ) ?? actionEnd(grammar, end);
      if (verb === undefined) return [];
      const particle = skipPhrase(grammar, verb, 'in', 'to', 'for', 'from', 'at', 'on', 'of');
      const ends = particle === undefined ? [verb] : [verb, particle];
      const part = partOfVerb(grammar, lattice.word(end));
      const who = part === undefined ? mods : inPart(mods, part);
      return ends.flatMap((next) => map(tail(next), (more): readonly Mod[] => [...who, ...more]));
    });
  };

  /** `how much revenue did we make`, `how much did Ann Smith spend`, `how much does X cost`. */
  const howMuch: Rule<Ask> = (at) => {
    const start = skipPhrase(grammar, at, 'how much money', 'how much');
    if (start === undefined) return [];
    const measured = then(grammar.measure(start), ({ value, at: end }) =>
      map([...tail(end), ...inverted(end), ...earned(end)], (mods): Ask =>
        counting(total(value), mods),
      ),
    );
    return [...measured, ...spent(start)];
  };

  const earned: Rule<readonly Mod[]> = (at) => {
    const end = skipPhrase(
      grammar,
      at,
      'did we make',
      'did we earn',
      'did we have',
      'have we made',
      'was made',
      'did we generate',
      'was generated',
      'do we have',
      'did we get',
      'was there',
      'is there',
      'came in',
    );
    return end === undefined ? [] : tail(end);
  };

  const spent: Rule<Ask> = (at) => {
    const did = DO.has(lattice.word(at)) || HAVE.has(lattice.word(at)) ? at + 1 : undefined;
    if (did === undefined) return [];
    const subjects = actors(did);
    return then(subjects, ({ value: mods, at: end }) => {
      const verb = skipPhrase(grammar, end, 'spend', 'spent', 'pay', 'paid');
      return verb === undefined
        ? []
        : map(tail(verb), (more): Ask =>
            counting({ type: 'revenue', word: 'spending' }, [...mods, ...more]),
          );
    });
  };

  const total = (measure: Measure): Measure =>
    measure.type === 'field' ? { type: 'aggregate', fn: 'sum', of: measure } : measure;

  return { quantity, tail, inverted };
}
