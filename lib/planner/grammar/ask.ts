/** Whole requests: commands, questions, and noun phrases that stand alone. */
import { COMMANDS, COURTESIES, DO, PEOPLE } from '../lexicon/words.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { Ask, Mod, Noun, Target } from '../phrase.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { distinctAt } from './quantity.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

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
    ...grammar.quantity(at),
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
      const list = skipPhrase(grammar, next, ...LISTS);
      if (list !== undefined) {
        found.push({ at: (next = list), cost });
        continue;
      }
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
    const { distinct, start } = distinctAt(grammar, at);
    return then(grammar.targets(start), ({ value: targets, at: end }) =>
      map(grammar.tail(end), (mods): Ask => ({ targets, mods, distinct })).map((one) => ({
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
        map(grammar.tail(end), (mods): Ask => ({
          targets: [target],
          mods: [...rank, ...mods],
          distinct: false,
        })),
      );
    });

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
    const { distinct, start } = distinctAt(grammar, at);
    const next = skipDeterminers(grammar, start);
    const nouns: Got<Target>[] = map(grammar.noun(next), (noun): Target => ({
      type: 'things',
      noun,
      everything: false,
    }));
    const things = then(nouns, ({ value: target, at: end }) =>
      map(
        [...grammar.tail(end), ...grammar.inverted(end)].concat(predicated(end)),
        (mods): Ask => ({
          targets: [target],
          mods,
          distinct,
        }),
      ),
    );
    const fields = then(grammar.targets(next), ({ value: targets, at: end }) =>
      map(
        [...predicated(end), ...grammar.inverted(end), ...subjectOf(end)],
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
      map(grammar.tail(end), (mods): readonly Mod[] => [...value, ...mods]),
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

const LISTS = ['a list of', 'the list of', 'list of', 'a complete list of', 'a table of'];

/** A place where the request proper may begin, and how unlikely that is. */
interface Lead {
  readonly at: number;
  readonly cost: number;
}

function hasNoun(target: Target): boolean {
  return nounOfTarget(target) !== undefined;
}
