/** What may be said behind a noun, one thing after another. */
import { AMOUNT_VERBS } from '../lexicon/words.js';
import type { Measure, Mod, TableMention } from '../phrase.js';
import { isPast, verbBases } from '../text/inflection.js';
import { eventNouns, isPlainLink } from '../lexicon/verbs.js';
import { skipDeterminers, skipPhrase, type Grammar, type Rules } from './grammar.js';
import { negate } from './negation.js';
import { got, map, prune, then, type Got, type Rule } from './rule.js';

const MAX_MODS = 7;
const RELATING = [
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

/** A text pattern: `starting with A`. */
export function patternAt(grammar: Grammar, at: number): Got<Extract<Mod, { type: 'like' }>>[] {
  const { lattice } = grammar;
  const forms = [
    [
      'starts',
      [
        'starting with',
        'starts with',
        'start with',
        'beginning with',
        'begins with',
        'begin with',
        'starting with the letter',
        'starts with the letter',
        'start with the letter',
        'begins with the letter',
      ],
    ],
    ['ends', ['ending with', 'ends with', 'end with', 'ending in', 'ends in', 'end in']],
    [
      'contains',
      [
        'containing the word',
        'containing',
        'contains the word',
        'contains',
        'contain',
        'including the word',
        'includes',
        'with the word',
        'matching',
        'like',
      ],
    ],
  ] as const;
  for (const [how, phrases] of forms) {
    const longest = [...phrases].sort((a, b) => b.length - a.length);
    const next = skipPhrase(grammar, at, ...longest);
    const token = next === undefined ? undefined : lattice.tokens[next];
    if (token === undefined || token.kind === 'mark') continue;
    const text = how === 'contains' && token.kind === 'word' ? token.text : token.text;
    return [
      got(
        { type: 'like', field: undefined, how, text, not: false },
        next! + 1,
        token.kind === 'quoted' ? 0 : 0.3,
      ),
    ];
  }
  return [];
}

/**
 * A verb form with what follows it. A verb of an event that has a table means a row there: what follows is said
 * of the event. A verb that a time column is called after dates by that column. A plain link says nothing.
 */
export function verbal(
  grammar: Grammar,
  at: number,
  { active }: { active: boolean },
): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const found: Got<readonly Mod[]>[] = [];
  const events = eventNouns(word);
  const tables = lattice.tablesCalled(events, word);
  if (tables !== undefined) {
    found.push(
      ...map(
        grammar.mods(skipDeterminers(grammar, at + 1)),
        (mods): readonly Mod[] => [
          { type: 'related', noun: { table: tables, mods }, not: false, verb: word },
        ],
        0.3,
      ).map((one) => (saysTime(one.value) ? { ...one, cost: one.cost - 0.3 } : one)),
    );
    // What the event was about, then more of the event: "borrowed a book in 2024".
    const about = skipDeterminers(grammar, at + 1);
    const anything = skipPhrase(grammar, at + 1, 'anything', 'something', 'any of them', 'nothing');
    if (anything !== undefined) {
      found.push(
        ...map(grammar.mods(anything), (mods): readonly Mod[] => [
          { type: 'related', noun: { table: tables, mods }, not: false, verb: word },
        ]),
      );
    }
    found.push(...times(grammar, at + 1, tables));
    found.push(
      ...then(grammar.values(about), ({ value: values, at: next }) =>
        map(
          grammar.mods(next),
          (mods): readonly Mod[] => [
            {
              type: 'related',
              noun: { table: tables, mods: [{ type: 'value', values, not: false }, ...mods] },
              not: false,
              verb: word,
            },
          ],
          0.1,
        ),
      ),
    );
    found.push(
      ...then(grammar.noun(about), ({ value: thing, at: next }) => {
        const timed = thing.mods.some(({ type }) => type === 'time') ? 0.35 : 0.1;
        const object: Mod = { type: 'related', noun: thing, not: false };
        return map(
          grammar.mods(next),
          (mods): readonly Mod[] => [
            {
              type: 'related',
              noun: { table: tables, mods: [object, ...mods] },
              not: false,
              verb: word,
            },
          ],
          timed,
        );
      }),
    );
    // The thing itself may follow: "bought products from the garden category", "placed 3 orders".
    found.push(
      ...map(
        grammar.noun(skipDeterminers(grammar, at + 1)),
        (noun): readonly Mod[] => [{ type: 'related', noun, not: false, verb: word }],
        0.6,
      ),
      ...map(grammar.compare(at + 1), (mods) => mods, 0.1),
      ...map(grammar.rankOf(at + 1), (mods) => mods, 0.1),
    );
    if (lattice.word(at + 1) === 'by') {
      found.push(...map(grammar.mod(at + 1), (mods) => mods, 0.35));
    }
  }
  const by = skipPhrase(grammar, at + 1, 'by', 'to');
  const role = lattice.roleCalled(word);
  if (by !== undefined && role !== undefined) {
    const start = skipDeterminers(grammar, by);
    found.push(
      ...map(grammar.values(start), (values): readonly Mod[] => [
        {
          type: 'related',
          noun: { table: role, mods: [{ type: 'value', values, not: false }] },
          not: false,
        },
      ]),
      ...map(grammar.noun(start), ({ mods }): readonly Mod[] => [
        { type: 'related', noun: { table: role, mods }, not: false },
      ]),
    );
  }
  if (active && role !== undefined) {
    const start = skipDeterminers(grammar, at + 1);
    const inverse = lattice.inverse(role);
    found.push(
      ...map(grammar.values(start), (values): readonly Mod[] => [
        {
          type: 'related',
          noun: { table: inverse, mods: [{ type: 'value', values, not: false }] },
          not: false,
        },
      ]),
    );
  }
  // "to the newsletter": what is true of those who did so.
  const to = events.length === 0 ? undefined : skipPhrase(grammar, at + 1, 'to', 'for');
  if (to !== undefined) {
    for (const { mention, end } of lattice.flags(skipDeterminers(grammar, to))) {
      found.push(got<readonly Mod[]>([{ type: 'flag', flag: mention, not: false }], end, 0.2));
    }
  }
  const dated = lattice.fieldsCalled(at);
  for (const { mention, end } of dated) {
    for (const { span, end: after, certain } of lattice.dates(end)) {
      found.push(
        got<readonly Mod[]>(
          [{ type: 'time', spans: [span], field: mention, not: false }],
          after,
          certain ? 0.05 : 0.2,
        ),
      );
    }
    found.push(got<readonly Mod[]>([{ type: 'present', field: mention, not: false }], end, 0.4));
  }
  if (isPlainLink(word)) {
    const next = at + 1;
    // A verb that a column of dates is called after is no mere link.
    const price = dated.length > 0 ? 0.5 : 0.1;
    if (!active) found.push(...map(grammar.mod(next), (mods) => mods, price));
    else found.push(...object(grammar, next));
  }
  return prune(found);
}

/** `more than 5 times`, `twice`, `at least once`: how often the event happened. */
function times(grammar: Grammar, at: number, table: TableMention): Got<readonly Mod[]>[] {
  const of: Measure = { type: 'things', noun: { table, mods: [] } };
  const counted = grammar.comparison(at).flatMap(({ value, at: next }) => {
    const end = skipPhrase(grammar, next, 'times', 'time');
    return end === undefined ? [] : [got(value, end)];
  });
  const words = [
    ['more than once', '>', '1'],
    ['at least once', '>=', '1'],
    ['at least twice', '>=', '2'],
    ['more than twice', '>', '2'],
    ['exactly once', '=', '1'],
    ['only once', '=', '1'],
    ['once', '=', '1'],
    ['twice', '=', '2'],
  ] as const;
  const worded = words.flatMap(([phrase, operator, digits]) => {
    const end = skipPhrase(grammar, at, phrase);
    return end === undefined
      ? []
      : [got({ operator, operand: { type: 'number', digits } as const }, end)];
  });
  return map([...counted, ...worded.slice(0, 1)], (compared): readonly Mod[] => [
    { type: 'compare', measure: of, ...compared, not: false },
  ]);
}

/** `spent more than 100`, `costing over 20`, `priced between 10 and 25`, `earns over 5000`, `cost the most`. */
export function amountVerb(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const noun = [word, ...verbBases(word)]
    .map((base) => AMOUNT_VERBS.get(base))
    .find((one) => one !== undefined);
  const measure = noun === undefined ? undefined : amountMeasure(grammar, noun);
  if (measure === undefined) return [];
  const next = skipPhrase(grammar, at + 1, 'at', 'for') ?? at + 1;
  return [
    ...map(grammar.comparison(next), (value): readonly Mod[] => [
      { type: 'compare', measure, ...value, not: false },
    ]),
    ...mostOf(grammar, at + 1, measure),
  ];
}

function amountMeasure({ lattice }: Grammar, noun: string): Measure | undefined {
  if (noun === 'revenue') return { type: 'revenue', word: 'spending' };
  const field = lattice.fieldCalled(noun);
  return field === undefined ? undefined : { type: 'field', field };
}

const MOST = [
  'the most',
  'most',
  'the best',
  'best',
  'the highest',
  'the longest',
  'the most money',
  'most money',
];
const LEAST = [
  'the least',
  'least',
  'the worst',
  'worst',
  'the lowest',
  'the shortest',
  'the least money',
];

/** `sold the most`. */
export function mostOf(grammar: Grammar, at: number, key: Measure): Got<readonly Mod[]>[] {
  const rank = (descending: boolean): readonly Mod[] => [
    { type: 'rank', key, descending, many: false },
  ];
  const longestFirst = (phrases: readonly string[]) =>
    [...phrases].sort((a, b) => b.length - a.length);
  const up = skipPhrase(grammar, at, ...longestFirst(MOST));
  if (up !== undefined) return [got(rank(true), up)];
  const down = skipPhrase(grammar, at, ...longestFirst(LEAST));
  return down === undefined ? [] : [got(rank(false), down)];
}

/** When the event happened is said of the event and of nothing else. */
function saysTime([event]: readonly Mod[]): boolean {
  return event?.type === 'related' && event.noun.mods[0]?.type === 'time';
}

function isPreposition(word: string): boolean {
  return RELATING.includes(word) || word === 'with';
}

/** What an active verb acts on: `made 3 orders`, `live in Spain`, `wrote reviews`, never a time alone. */
function object(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const start = skipDeterminers(grammar, at);
  return [
    ...map(
      grammar.noun(start),
      (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
      0.1,
    ),
    ...map(grammar.values(start), (values): readonly Mod[] => [
      { type: 'value', values, other: true, not: false },
    ]),
    ...map(
      grammar.value(at).filter(() => isPreposition(lattice.word(at))),
      (mods) => mods,
      0.1,
    ),
    ...map(grammar.compare(start), (mods) => mods, 0.1),
    ...map(grammar.rankOf(start), (mods) => mods, 0.1),
    ...then(grammar.mod(at), (one) =>
      one.value.some(({ type }) => type === 'related') ? [got(one.value, one.at, 0.1)] : [],
    ),
  ];
}
