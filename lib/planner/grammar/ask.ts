/** Whole requests: commands, questions, and noun phrases that stand alone. */
import { DO, HAVE, PEOPLE } from '../lexicon/words.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { Ask, FieldMention, Measure, Mod, Target } from '../phrase.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { distinctAt } from './distinct.js';
import { followed } from './attach.js';
import { grainsAsked } from './grains.js';
import { kindred } from './kindred.js';
import { majorityAsked } from './majority.js';
import { framed, leads, orderedList, sorting } from './openings.js';
import { postposed } from './postposed.js';
import { properties } from './properties.js';
import { someOf } from './numbered.js';
import { restricted } from './only.js';
import { rankedAsked } from './ranked.js';
import { doersOf, involved, whoDid } from './who.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

/** `who among the …`: which of them. */
const OF_THEM = ['which', 'who', 'which one', 'which ones'].flatMap((which) =>
  ['of', 'among', 'amongst', 'out of'].flatMap((of) =>
    ['the', 'all the', 'all', 'our', 'all our', 'these', 'those'].map(
      (the) => `${which} ${of} ${the}`,
    ),
  ),
);

const WITH_THEIR = ['and', 'along with', 'together with', 'as well as'].flatMap((and) => [
  `, ${and} their`,
  `${and} their`,
]);

export function askRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const ask: Rule<Ask> = (at) => {
    const asks = leads(grammar, at).flatMap((lead) =>
      map(
        [
          ...whole(lead.at),
          ...framed(grammar, lead.at, whole),
          ...sorting(grammar, lead.at, plain),
        ],
        (one) => one,
        lead.cost,
      ),
    );
    return prune([...asks, ...restricted(grammar, asks)]);
  };

  const whole: Rule<Ask> = (at) => [
    ...grammar.quantity(at),
    ...properties(grammar, at),
    ...postposed(grammar, at),
    ...question(at),
    ...grainsAsked(grammar, at),
    ...rankedAsked(grammar, at),
    ...plain(at),
    ...rankedFields(at),
    ...map(someOf(grammar, at), ({ noun, mods }): Ask => ({
      targets: [{ type: 'things', noun, everything: false }],
      mods,
      distinct: false,
    })),
  ];

  const plain: Rule<Ask> = (at) => [
    ...unordered(at),
    ...then(orderedList(grammar, at), ({ value: order, at: next }) =>
      map(unordered(next), (one): Ask => ({ ...one, mods: [...order, ...one.mods] })),
    ),
  ];

  const unordered: Rule<Ask> = (at) => {
    const { distinct, start } = distinctAt(grammar, at);
    return then(grammar.targets(start), ({ value: targets, at: end }) => {
      const told = map(grammar.tail(end), (mods): Ask => ({ targets, mods, distinct })).map(
        (one) => ({
          ...one,
          // What can be said of the thing itself is said of it: the other attachment is no other reading.
          cost: one.cost + (one.value.mods.length > 0 && targets.some(hasNoun) ? 0.25 : 0),
        }),
      );
      return targets.some(hasNoun) ? told : [...told, ...then(told, besides)];
    });
  };

  /** `towns with more than one pier and their average fee`: more of what a column calls by its name. */
  const besides = ({ value: ask, at }: Got<Ask>): Got<Ask>[] => {
    if (ask.mods.length === 0) return [];
    return map(ofSame(at, true), (more): Ask => ({ ...ask, targets: [...ask.targets, ...more] }));
  };

  /** `top 3 countries by revenue`: values of a column that are ranked. */
  const rankedFields: Rule<Ask> = (at) =>
    then(grammar.rank(skipDeterminers(grammar, at)), ({ value: rank, at: next }) => {
      const fields = lattice
        .fields(next)
        .map(({ mention, end }) => got<Target>({ type: 'field', field: mention }, end, 0.3));
      return then(fields, ({ value: target, at: end }) =>
        then([got<readonly Target[]>([], end), ...ofSame(end)], ({ value: more, at: after }) =>
          map(grammar.tail(after), (mods): Ask => ({
            targets: [target, ...more],
            mods: [...(target.type === 'field' ? ofItself(rank, target.field) : rank), ...mods],
            distinct: false,
          })),
        ),
      );
    });

  /** `the latest entry number and its corresponding page`: more of the row that comes first. */
  const ofSame = (at: number, computed = false): Got<readonly Target[]>[] => {
    const its = skipPhrase(
      grammar,
      at,
      'and its',
      'and their',
      'and the corresponding',
      'with its',
      'along with its',
      'together with its',
      ...(computed ? WITH_THEIR : []),
    );
    return its === undefined
      ? []
      : map(
          grammar
            .targets(its)
            .filter(({ value }) =>
              value.every((one) => (computed ? isAggregate(one) : one.type === 'field')),
            ),
          (targets) => targets,
          0.1,
        );
  };

  /** `the 3 highest rates`: numbers and dates that nothing else is named beside are ranked by themselves. */
  const ofItself = (rank: readonly Mod[], field: FieldMention): readonly Mod[] => {
    const options = field.options.filter(
      ({ field: { role } }) => role === 'measure' || role === 'time' || role === 'year',
    );
    if (options.length === 0) return rank;
    return rank.map((mod): Mod => {
      if (mod.type !== 'rank' || mod.frequency === true || mod.bare === true) return mod;
      if (mod.key !== undefined && mod.key.type !== 'dimension') return mod;
      const scale = mod.key?.dimension ?? mod.scale;
      const key: Measure = { type: 'field', field: { ...field, options } };
      return { ...mod, key, ...(scale === undefined ? {} : { scale }) };
    });
  };

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
    );
    const found: Got<Ask>[] =
      be === undefined
        ? []
        : [...plain(be), ...rankedFields(be), ...severalFields(skipDeterminers(grammar, be))];
    // "where is the depot of …" asks for a column that holds a place.
    const where = skipPhrase(grammar, at, 'where is', 'where are', 'where was', 'where were');
    if (where !== undefined)
      found.push(
        ...plain(where).filter(({ value }) => value.targets.every(({ type }) => type === 'field')),
      );
    const which = skipPhrase(
      grammar,
      at,
      ...OF_THEM,
      'which',
      'what',
      'in which',
      'for which',
      'on which',
      'from which',
      ...['in', 'for', 'on', 'from', 'at'].map((in_) => `${in_} what`),
    );
    if (which !== undefined) found.push(...asked(which));
    if (lattice.word(at) === 'who') found.push(...who(at + 1));
    return found;
  };

  /** The thing asked for, and a predicate said of it. */
  const asked: Rule<Ask> = (at) => {
    const { distinct, start } = distinctAt(grammar, at);
    const next = skipDeterminers(grammar, start);
    const nouns: Got<Target>[] = map(
      [...grammar.noun(next), ...kindred(grammar, next)],
      (noun): Target => ({ type: 'things', noun, everything: false }),
    );
    const things = then(nouns, ({ value: target, at: end }) =>
      map(
        [...grammar.tail(end), ...grammar.inverted(end), ...mostOf(end)].concat(predicated(end)),
        (mods): Ask => ({
          targets: [target],
          mods,
          distinct,
        }),
      ),
    );
    const fields = then(grammar.targets(next), ({ value: targets, at: end }) =>
      map(
        [...predicated(end), ...grammar.inverted(end), ...subjectOf(end), ...mostOf(end)],
        (mods): Ask => ({
          targets,
          mods,
          distinct: distinct || targets.every(({ type }) => type === 'field'),
        }),
        0.1 + (targets.some((target) => isTable(target, next)) ? 0.4 : 0),
      ),
    );
    return [...things, ...fields, ...rankedFields(next), ...severalFields(next)];
  };

  /** `which 3 villages have the most mills`, `the 3 towns that most members live in`: as many values of a column, where the rest says which come first. */
  const severalFields: Rule<Ask> = (at) => {
    const number = lattice.number(at);
    if (number === undefined || !/^\d{1,3}$/.test(number.digits)) return [];
    const limit = Number(number.digits);
    const targets = lattice
      .fields(number.end)
      .filter(({ end }) => !lattice.tables(number.end).some((table) => table.end === end))
      .map(({ mention, end }) => got<Target>({ type: 'field', field: mention }, end, 0.1));
    return then(targets, ({ value: target, at: end }) =>
      [...predicated(end), ...grammar.tail(end), ...mostOf(end)].flatMap((one) => {
        const mods = one.value.map((mod): Mod => (mod.type === 'rank' ? { ...mod, limit } : mod));
        const ranked = one.value.some((mod) => mod.type === 'rank' && mod.limit === undefined);
        return ranked ? [{ ...one, value: { targets: [target], mods, distinct: true } }] : [];
      }),
    );
  };

  /** A column that is called as a table is: the things are more likely asked for. */
  const isTable = (target: Target, at: number): boolean =>
    target.type === 'field' &&
    target.noun === undefined &&
    lattice
      .tables(at)
      .some(
        ({ mention }) =>
          mention.text === target.field.text && mention.options.some(({ cost }) => cost === 0),
      );

  /** `in which year were most mills built`. */
  const mostOf: Rule<readonly Mod[]> = (at) =>
    then(majorityAsked(grammar, at), ({ value, at: end }) =>
      map(grammar.tail(end), (mods): readonly Mod[] => [...value, ...mods]),
    );

  const predicated: Rule<readonly Mod[]> = (at) =>
    then(grammar.predicate(at), ({ value, at: end }) => followed(grammar, value, end));

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
    const people = lattice.people(PEOPLE);
    if (people === undefined) return whoDid(grammar, at) ?? [];
    const verb = HAVE.has(lattice.word(at)) ? at + 1 : at;
    const called = doersOf(people, lattice.word(verb));
    const did = called.length > 0 ? undefined : whoDid(grammar, at);
    if (did !== undefined) return did;
    const doers = called.length > 0 ? called : involved(grammar, people, verb);
    const table = doers.length > 0 ? { ...people, options: doers } : people;
    const target: Target = { type: 'things', noun: { table, mods: [] }, everything: false };
    return map(predicated(at), (mods): Ask => ({ targets: [target], mods, distinct: false }), 0.2);
  };

  return { ask };
}

function isAggregate(target: Target): boolean {
  return target.type === 'measure' && target.measure.type === 'aggregate';
}

function hasNoun(target: Target): boolean {
  return nounOfTarget(target) !== undefined;
}
