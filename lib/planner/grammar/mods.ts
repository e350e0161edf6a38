/** What may be said behind a noun, one thing after another. */
import { verbal } from './verbs.js';
import { amountVerb } from './amounts.js';
import type { Measure, Mod } from '../phrase.js';
import { isPast } from '../text/inflection.js';
import { type Grammar, type Rules, skipPhrase } from './grammar.js';
import { negate } from './negation.js';
import { patternAt } from './patterns.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

const MAX_MODS = 7;

export const RELATING = [
  'of',
  'from',
  'by',
  'for',
  'in',
  'on',
  'at',
  'to',
  'about',
  'within',
  'under',
  'among',
  'across',
  'into',
  'through',
];

export function modRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const mods: Rule<readonly Mod[]> = (at) => {
    let all: Got<readonly Mod[]>[] = [got<readonly Mod[]>([], at)];
    let last = all;
    for (let i = 0; i < MAX_MODS && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) => {
        const more = [...grammar.mod(next), ...joined(next, value.length > 0)];
        return map(more, (one) => [...value, ...one]);
      });
      all = prune([...all, ...last]);
    }
    return all;
  };

  /** `, and`, `but`, `and who`: a further thing said of the same noun. */
  const joined = (at: number, further: boolean): Got<readonly Mod[]>[] => {
    const next = skipPhrase(grammar, at, ', and', ', but', 'and', 'but', ',');
    if (next === undefined) return [];
    const plain = lattice.word(at) === ',' ? 0.05 : further ? 0.1 : 0.3;
    return [
      ...map(grammar.mod(next), (value) => value, plain),
      ...(further ? map(grammar.predicate(next), (value) => value, plain + 0.2) : []),
    ];
  };

  const mod: Rule<readonly Mod[]> = (at) => [
    ...relative(at),
    ...having(at),
    ...grammar.value(at),
    ...grammar.time(at),
    ...grammar.group(at),
    ...grammar.order(at),
    ...related(at),
    ...participle(at),
    ...grammar.compare(at),
    ...matching(at),
    ...limit(at),
    ...stocked(at),
    ...aside(at),
  ];

  /** `who live in Spain`, `that were cancelled`, `whose price is over 10`. */
  const relative: Rule<readonly Mod[]> = (at) => {
    const whose = skipPhrase(grammar, at, 'whose');
    if (whose !== undefined) return grammar.possession(whose);
    const that = skipPhrase(
      grammar,
      at,
      'that',
      'who',
      'which',
      'where',
      'in which',
      'for which',
      'and who',
      'and that',
    );
    if (that === undefined) return [];
    return alternatives(that);
  };

  /** A predicate, or several of which one is enough: `who live in Spain or ordered in 2024`. */
  const alternatives = (at: number): Got<readonly Mod[]>[] =>
    then(together(at), (first) => {
      const or = skipPhrase(grammar, first.at, 'or who', 'or that', 'or which', 'or');
      const one = got(first.value, first.at);
      if (or === undefined) return [one];
      return [
        one,
        ...map(
          grammar.predicate(or),
          (second): readonly Mod[] => [{ type: 'any', of: [first.value, second] }],
          0.1,
        ),
      ];
    });

  /** `who live in Spain and have ordered`. */
  const together = (at: number): Got<readonly Mod[]>[] =>
    then(grammar.predicate(at), (first) => {
      const and = skipPhrase(
        grammar,
        first.at,
        ', and who',
        'and who',
        'and that',
        ', and',
        'and',
        'but',
      );
      const one = got(first.value, first.at);
      if (and === undefined) return [one];
      return [
        one,
        ...map(together(and), (second): readonly Mod[] => [...first.value, ...second], 0.05),
      ];
    });

  const having: Rule<readonly Mod[]> = (at) => {
    const without = skipPhrase(
      grammar,
      at,
      'without any',
      'without',
      'with no',
      'with zero',
      'with not a single',
      'lacking',
      'missing',
    );
    if (without !== undefined) return map(grammar.possession(without), negate);
    const withs = skipPhrase(grammar, at, 'with', 'having', 'containing', 'including', 'that have');
    return withs === undefined ? [] : grammar.possession(withs);
  };

  /** `of customers from Spain`: another noun that it belongs to. */
  const related: Rule<readonly Mod[]> = (at) => {
    const next = skipPhrase(grammar, at, ...RELATING);
    if (next === undefined || ['each', 'every'].includes(lattice.word(next))) return [];
    // "by author" alone groups; only "by authors from Spain" says whose.
    const by = lattice.word(at) === 'by';
    const price = by ? 0.3 : 0.1;
    return map(
      grammar.noun(next).filter(({ value }) => !by || value.mods.length > 0),
      (noun): readonly Mod[] => [{ type: 'related', noun, of: true, not: false }],
      price,
    );
  };

  /** `placed in 2024`, `sold by Ann`, `never ordered`, `shipped in March`. */
  const participle: Rule<readonly Mod[]> = (at) => {
    const never = skipPhrase(grammar, at, 'never', 'not', 'not yet', 'that never');
    const start = never ?? at;
    const word = lattice.word(start);
    if (!isPast(word) && !word.endsWith('ing')) return [];
    const read = [...verbal(grammar, start, { active: false }), ...amountVerb(grammar, start)];
    return never === undefined ? read : map(read, negate);
  };

  /** `starting with A`, `containing 'x'`. */
  const matching: Rule<readonly Mod[]> = (at) =>
    patternAt(grammar, at).flatMap((one) => [map([one], (mod): readonly Mod[] => [mod])[0]!]);

  const limit: Rule<readonly Mod[]> = (at) => {
    const next = skipPhrase(grammar, at, 'limit', 'limited to', 'limit to');
    const number = next === undefined ? undefined : lattice.number(next);
    return number === undefined || !/^\d{1,6}$/.test(number.digits)
      ? []
      : [got<readonly Mod[]>([{ type: 'limit', limit: Number(number.digits) }], number.end)];
  };

  /** `out of stock`, `in stock`: none left, or some. */
  const stocked: Rule<readonly Mod[]> = (at) => {
    const out = skipPhrase(grammar, at, 'out of stock', 'not in stock', 'sold out');
    const end = out ?? skipPhrase(grammar, at, 'in stock', 'on stock');
    const field = end === undefined ? undefined : lattice.fieldCalled('stock');
    if (end === undefined || field === undefined) return [];
    const measure: Measure = { type: 'field', field };
    const operand = { type: 'number', digits: '0' } as const;
    const operator = out === undefined ? '>' : '=';
    return [
      got<readonly Mod[]>([{ type: 'compare', measure, operator, operand, not: false }], end),
    ];
  };

  /** Phrases that add nothing: `in total`, `in the database`, `are there`. */
  const aside: Rule<readonly Mod[]> = (at) => {
    const end = skipPhrase(
      grammar,
      at,
      'in total',
      'altogether',
      'overall',
      'in all',
      'in the database',
      'in our database',
      'in the system',
      'in this database',
      'are there',
      'is there',
      'were there',
      'was there',
      'there are',
      'there is',
      'do we have',
      'did we have',
      'have we got',
      'have we had',
      'we have',
      'do you have',
      'are available',
      'are in the database',
      'exist',
      'so far',
      'please',
      'at all',
      'do we get',
      'did we get',
      'did we make',
      'did we earn',
      'we made',
      'have we made',
      'we got',
      'we sold',
      'on record',
      'each',
      'ever',
    );
    return end === undefined ? [] : [got<readonly Mod[]>([], end, 0.05)];
  };

  return { mods, mod };
}
