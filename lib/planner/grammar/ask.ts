/** Whole requests: commands, questions, and noun phrases that stand alone. */
import { COMMANDS, COURTESIES, DO, HAVE, PEOPLE } from '../lexicon/words.js';
import type { Ask, FieldMention, Measure, Mod, Noun, Target } from '../phrase.js';
import { eventNouns } from '../lexicon/verbs.js';
import { skipDeterminers, skipPhrase, type Grammar, type Rules } from './grammar.js';
import { nounOfTarget } from '../meaning/parts.js';
import { got, map, prune, then, type Got, type Rule } from './rule.js';

/** A place where the request proper may begin, and how unlikely that is. */
interface Lead {
  readonly at: number;
  readonly cost: number;
}

function isCountable({ field, cost }: FieldMention['options'][number]): boolean {
  return cost <= 0.5 && field.role !== 'measure';
}

function hasNoun(target: Target): boolean {
  return nounOfTarget(target) !== undefined;
}

export function askRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const ask: Rule<Ask> = (at) => {
    return prune(
      leads(at).flatMap((lead) =>
        map([...whole(lead.at), ...framed(lead.at)], (one) => one, lead.cost),
      ),
    );
  };

  const whole: Rule<Ask> = (at) => [
    ...howMany(at),
    ...howOften(at),
    ...howMuch(at),
    ...when(at),
    ...question(at),
    ...plain(at),
    ...rankedFields(at),
  ];

  /** The places where the request proper may begin, behind courtesies and commands. */
  const leads = (at: number): Lead[] => {
    const found: Lead[] = [{ at, cost: 0 }];
    let next = at;
    let cost = 0;
    while (found.length <= 8) {
      const word = lattice.word(next);
      const silent = word === ',' && next > at && COURTESIES.has(lattice.word(next - 1));
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
  };

  /** A thing or a measure said of first: `in 2024, how many …`, `for each category, the average price`. */
  const framed: Rule<Ask> = (at) => {
    const frame = [...grammar.time(at), ...grammar.group(at)].filter(({ at: end }) => end > at);
    return then(frame, ({ value: mods, at: end }) => {
      const next = skipPhrase(grammar, end, ',', ':') ?? end;
      const inner = [
        ...leads(next).flatMap((lead) => map(whole(lead.at), (one) => one, lead.cost)),
      ];
      return map(inner, (one): Ask => ({ ...one, mods: [...mods, ...one.mods] }), 0.1);
    });
  };

  const plain: Rule<Ask> = (at) => {
    const { distinct, start } = distinctAt(at);
    return then(grammar.targets(start), ({ value: targets, at: end }) =>
      map(tail(end), (mods): Ask => ({ targets, mods, distinct })).map((one) => ({
        ...one,
        // What can be said of the thing itself is said of it: the other attachment is no other reading.
        cost: one.cost + (one.value.mods.length > 0 && targets.some(hasNoun) ? 0.25 : 0),
      })),
    );
  };

  /** `top 3 countries by revenue`: values of a column that are ranked. */
  const rankedFields: Rule<Ask> = (at) =>
    then(grammar.rank(skipDeterminers(grammar, at)), ({ value: rank, at: next }) => {
      const fields = lattice
        .fields(next)
        .map(({ mention, end }) => got<Target>({ type: 'field', field: mention }, end, 0.3));
      return then(fields, ({ value: target, at: end }) =>
        map(tail(end), (mods): Ask => ({
          targets: [target],
          mods: [...rank, ...mods],
          distinct: false,
        })),
      );
    });

  const distinctAt = (at: number): { distinct: boolean; start: number } => {
    const skipped = skipDeterminers(grammar, at);
    const end =
      skipPhrase(grammar, skipped, 'distinct', 'unique') ??
      (lattice.word(skipped - 1) === 'different' ? skipped : undefined) ??
      skipPhrase(grammar, skipped, 'different', 'all distinct', 'list of distinct');
    return { distinct: end !== undefined, start: end ?? at };
  };

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
    const start = skipPhrase(
      grammar,
      at,
      'how many',
      'what number of',
      'what is the number of',
      'what is the total number of',
      'what was the number of',
      'count of',
      'count all',
      'count the number of',
      'count the',
      'count',
      'number of',
      'total number of',
    );
    if (start === undefined) return [];
    const { distinct, start: next } = distinctAt(start);
    const things = then(grammar.noun(next), ({ value: noun, at: end }) =>
      map(rest(end, noun), (mods) => counted({ type: 'things', noun }, mods)),
    );
    const fields = lattice.fields(next).flatMap(({ mention: all, end }) => {
      // Only what is called so is counted in its differences; numbers are not, unless the request says so.
      const mention = distinct ? all : { ...all, options: all.options.filter(isCountable) };
      const of: Measure = { type: 'field', field: mention };
      const measure: Measure = { type: 'aggregate', fn: 'count', of, distinct: true };
      const nouned = then(ofNoun(end), ({ value: noun, at: after }) =>
        map(rest(after, noun), (mods) => counted({ ...measure, of: { ...of, noun } }, mods)),
      );
      return [...nouned, ...map(rest(end, undefined), (mods) => counted(measure, mods))].map(
        (one) => ({
          ...one,
          cost: one.cost + (distinct ? 0.1 : 0.5),
        }),
      );
    });
    return [...things, ...fields];
  };

  const ofNoun = (at: number): Got<Noun>[] => {
    const of = skipPhrase(grammar, at, 'of', 'do', 'did', 'are there in', 'in', 'for', 'from');
    return of === undefined ? [] : grammar.noun(skipDeterminers(grammar, of));
  };

  /** What can be said of the thing itself is said of it: the other attachment is no other reading. */
  const afterNoun = (all: readonly Got<readonly Mod[]>[]): Got<readonly Mod[]>[] =>
    all.map((one) => ({ ...one, cost: one.cost + (one.value.length > 0 ? 0.25 : 0) }));

  /** `how many times did Ann Smith order`. */
  const howOften: Rule<Ask> = (at) => {
    const start = skipPhrase(grammar, at, 'how many times', 'how often');
    if (start === undefined || !(DO.has(lattice.word(start)) || HAVE.has(lattice.word(start))))
      return [];
    const inner = skipDeterminers(grammar, start + 1);
    const subjects = [
      ...map(grammar.values(inner), (values): readonly Mod[] => [
        { type: 'value', values, not: false },
      ]),
      ...grammar.value(inner),
    ];
    return then(subjects, ({ value: mods, at: end }) => {
      const word = lattice.word(end);
      const table = word === '' ? undefined : lattice.tablesCalled(eventNouns(word), word);
      if (table === undefined) return [];
      return map(tail(end + 1), (more) =>
        counted({ type: 'things', noun: { table, mods: [...mods, ...more] } }, []),
      );
    });
  };

  const counted = (measure: Measure, mods: readonly Mod[]): Ask => ({
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
      : then(grammar.predicate(at), ({ value, at: end }) =>
          map(tail(end), (mods): readonly Mod[] => [...value, ...mods]),
        )),
  ];

  /** `did Ann Smith place in 2024`, `does each customer have`, `has each customer placed`. */
  const inverted: Rule<readonly Mod[]> = (at) => {
    const word = lattice.word(at);
    if (!DO.has(word) && !HAVE.has(word)) return [];
    const start = at + 1;
    const each = skipPhrase(grammar, start, 'each', 'every');
    const subjects: Got<readonly Mod[]>[] =
      each === undefined
        ? [
            ...map(grammar.values(skipDeterminers(grammar, start)), (values): readonly Mod[] => [
              { type: 'value', values, not: false },
            ]),
            ...map(
              grammar.noun(skipDeterminers(grammar, start)),
              (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
              0.1,
            ),
            ...grammar.value(skipDeterminers(grammar, start)),
          ]
        : map(grammar.groupKeys(each), (keys): readonly Mod[] => [{ type: 'group', keys }]);
    return then(subjects, ({ value: mods, at: end }) => {
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
        ) ?? (isVerb(end) ? end + 1 : undefined);
      if (verb === undefined) return [];
      const particle = skipPhrase(grammar, verb, 'in', 'to', 'for', 'from', 'at', 'on', 'of');
      const ends = particle === undefined ? [verb] : [verb, particle];
      return ends.flatMap((next) => map(tail(next), (more): readonly Mod[] => [...mods, ...more]));
    });
  };

  const isVerb = (at: number): boolean => lattice.isVerb(at);

  /** `how much revenue did we make`, `how much did Ann Smith spend`, `how much does X cost`. */
  const howMuch: Rule<Ask> = (at) => {
    const start = skipPhrase(grammar, at, 'how much money', 'how much');
    if (start === undefined) return [];
    const measured = then(grammar.measure(start), ({ value, at: end }) =>
      map([...tail(end), ...inverted(end), ...earned(end)], (mods): Ask =>
        counted(total(value), mods),
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
    const inner = skipDeterminers(grammar, did);
    const subjects: Got<readonly Mod[]>[] = [
      ...map(grammar.values(inner), (values): readonly Mod[] => [
        { type: 'value', values, not: false },
      ]),
      ...map(
        grammar.noun(inner),
        (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
        0.1,
      ),
      ...grammar.value(inner),
      ...map(
        grammar.groupKeys(skipPhrase(grammar, did, 'each', 'every') ?? -1),
        (keys): readonly Mod[] => [{ type: 'group', keys }],
      ),
    ];
    return then(subjects, ({ value: mods, at: end }) => {
      const verb = skipPhrase(grammar, end, 'spend', 'spent', 'pay', 'paid');
      return verb === undefined
        ? []
        : map(tail(verb), (more): Ask =>
            counted({ type: 'revenue', word: 'spending' }, [...mods, ...more]),
          );
    });
  };

  const total = (measure: Measure): Measure =>
    measure.type === 'field' ? { type: 'aggregate', fn: 'sum', of: measure } : measure;

  /** `when was the last order`, `when was order 17 placed`. */
  const when: Rule<Ask> = (at) => {
    const start = skipPhrase(
      grammar,
      at,
      'when was',
      'when were',
      'when is',
      'when did',
      'when does',
    );
    if (start === undefined) return [];
    const time = {
      type: 'dimension',
      dimension: { name: 'time', words: [], kind: 'time' },
    } as const;
    return then(grammar.noun(skipDeterminers(grammar, start)), ({ value: noun, at: end }) => {
      const target: Target = { type: 'measure', measure: { ...time, noun } };
      const verb = lattice.isVerb(end) ? verbFields(end, noun) : [];
      return [got<Ask>({ targets: [target], mods: [], distinct: false }, end, 0.1), ...verb];
    });
  };

  /** The verb of a `when` question names the column: `shipped` for shipped_at. */
  const verbFields = (at: number, noun: Noun): Got<Ask>[] => [
    ...lattice
      .fieldsCalled(at)
      .map(({ mention, end }) =>
        got<Ask>(
          { targets: [{ type: 'field', field: mention, noun }], mods: [], distinct: false },
          end,
        ),
      ),
  ];

  /** `which customers …`, `who …`, `what are the …`. */
  const question: Rule<Ask> = (at) => {
    const be = skipPhrase(
      grammar,
      at,
      'what is',
      'what are',
      'what was',
      'what were',
      'who is',
      'who are',
      'who was',
      'who were',
      'which is',
      'which are',
      'which were',
      'which was',
      'which one is',
      'where is',
      'where are',
    );
    const found: Got<Ask>[] = be === undefined ? [] : [...plain(be), ...rankedFields(be)];
    const which = skipPhrase(
      grammar,
      at,
      'which of the',
      'which',
      'what',
      'in which',
      'for which',
      'on which',
      'from which',
    );
    if (which !== undefined) found.push(...asked(which));
    if (lattice.word(at) === 'who') found.push(...who(at + 1));
    return found;
  };

  /** The thing asked for, and a predicate said of it. */
  const asked: Rule<Ask> = (at) => {
    const { distinct, start } = distinctAt(at);
    const next = skipDeterminers(grammar, start);
    const nouns: Got<Target>[] = map(grammar.noun(next), (noun): Target => ({
      type: 'things',
      noun,
      everything: false,
    }));
    const things = then(nouns, ({ value: target, at: end }) =>
      map(rest(end, undefined).concat(predicated(end)), (mods): Ask => ({
        targets: [target],
        mods,
        distinct,
      })),
    );
    const fields = then(grammar.targets(next), ({ value: targets, at: end }) =>
      map(
        [...predicated(end), ...inverted(end), ...subjectOf(end)],
        (mods): Ask => ({
          targets,
          mods,
          distinct: distinct || targets.every(({ type }) => type === 'field'),
        }),
        0.1,
      ),
    );
    return [...things, ...fields, ...rankedFields(next)];
  };

  const predicated: Rule<readonly Mod[]> = (at) =>
    then(grammar.predicate(at), ({ value, at: end }) =>
      map(tail(end), (mods): readonly Mod[] => [...value, ...mods]),
    );

  /** `which countries do customers come from`, `what categories are there`. */
  const subjectOf: Rule<readonly Mod[]> = (at) => {
    if (!DO.has(lattice.word(at)) && !['are', 'is', 'have', 'has'].includes(lattice.word(at)))
      return [];
    return then(grammar.noun(skipDeterminers(grammar, at + 1)), ({ value: noun, at: end }) => {
      const verb = lattice.isVerb(end) ? end + 1 : end;
      const next = skipPhrase(grammar, verb, 'from', 'in', 'to', 'at', 'of', 'on', 'for') ?? verb;
      return [got<readonly Mod[]>([{ type: 'related', noun, not: false }], next, 0.1)];
    });
  };

  const who: Rule<Ask> = (at) => {
    const nouns = lattice.people(PEOPLE);
    if (nouns === undefined) return [];
    const target: Target = { type: 'things', noun: { table: nouns, mods: [] }, everything: false };
    return map(predicated(at), (mods): Ask => ({ targets: [target], mods, distinct: false }), 0.2);
  };

  return { ask };
}
