/** Nouns: `the 5 most expensive products in the garden category`, `order 17`, `Ann Smith's orders`. */
import { isGlue } from '../lexicon/structure.js';
import { PEOPLE } from '../lexicon/words.js';
import type { FieldMention, Mod, Noun, ValueMention } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { isPast, singular } from '../text/inflection.js';
import { identifiedAt } from './identified.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { saidOfName } from './called.js';
import { eachOf } from './claims.js';
import { kindsAt } from './kinds.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';
import { superiorOf } from './superiors.js';
import { everyBefore } from './universal.js';

const MAX_BEFORE = 4;
const ANYONE = new Set('everyone everybody anyone anybody someone somebody people'.split(' '));
/** A column, its value and the thing, side by side, are one name rather than a column and so many things. */
const CLOSE = -0.1;

export function nounRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const bareNoun: Rule<Noun> = (at) =>
    then(before(at), ({ value: mods, at: next }) =>
      then(head(next), ({ value: { table, mods: own }, at: end }) => [
        got(
          {
            table,
            mods: [...mods, ...own],
            ...quantified(at),
          },
          end,
        ),
      ]),
    );

  const noun: Rule<Noun> = (at) =>
    then(grammar.bareNoun(at), ({ value, at: next }) =>
      map(grammar.mods(next), (more) => ({
        ...value,
        mods: [...value.mods, ...ofTheirNames(value.table, more)],
      })),
    );

  const quantified = (at: number): Pick<Noun, 'every'> => {
    const every = everyBefore(lattice, skipDeterminers(grammar, at));
    return every === undefined ? {} : { every };
  };

  /** The table's name, perhaps with the number or the name of one row: `order 17`. */
  const head: Rule<Noun> = (at) => [
    ...tabled(at),
    ...kinds(at),
    ...kindsAt(grammar, at),
    ...flagged(at),
    ...standIn(at),
    ...anyone(at),
    ...superiorOf(grammar, at),
  ];

  /** `everyone older than 40`: whatever people there are. */
  const anyone: Rule<Noun> = (at) => {
    if (!ANYONE.has(lattice.word(at)) || lattice.tables(at).length > 0) return [];
    const table = lattice.people(PEOPLE);
    // Of several kinds of people it is not clear which are meant.
    return table?.options.length === 1 ? [got<Noun>({ table, mods: [] }, at + 1, 2 * TERM)] : [];
  };

  /** `managers`, where staff are called so by a column: a word for the table that is a value there means those rows. */
  const kinds: Rule<Noun> = (at) =>
    lattice.tables(at).flatMap(({ mention, end }) => {
      const known = lattice.values(at).find((one) => one.end === end);
      const tables = mention.options.filter(
        ({ table, via, cost }) =>
          via === undefined &&
          cost >= COST.head &&
          known?.mention.options.some(({ field }) => field.table === table),
      );
      if (known === undefined || tables.length === 0) return [];
      const options = known.mention.options.filter(({ field }) =>
        tables.some(({ table }) => table === field.table),
      );
      const value = { text: known.mention.text, options };
      const table = { text: mention.text, options: tables.map((one) => ({ ...one, cost: 0 })) };
      return [got<Noun>({ table, mods: [{ type: 'value', values: [value], not: false }] }, end, 0)];
    });

  /** `the one with the highest price`: of the thing that is spoken of. */
  const standIn: Rule<Noun> = (at) => {
    const end = skipPhrase(grammar, at, 'one', 'ones', 'those');
    const said =
      end !== undefined && ['with', 'whose', 'that', 'which', 'who'].includes(lattice.word(end));
    if (said) return [got<Noun>({ table: undefined, mods: [] }, end, 0.4)];
    return end === undefined ? [] : another(at, end);
  };

  /** `(ordered a lamp in 2023 but never) one in 2024`: one more of what was named before. */
  const another = (at: number, end: number): Got<Noun>[] => {
    if (!['in', 'from', 'by', 'of', 'for', 'at', 'on'].includes(lattice.word(end))) return [];
    if (['the', 'which', 'what', 'each'].includes(lattice.word(at - 1))) return [];
    const before = lattice.tokens.slice(0, at).flatMap((_, i) => {
      if (!['a', 'an', 'any', 'no'].includes(lattice.word(i - 1))) return [];
      return lattice.tables(i).filter((one) => one.end <= at);
    });
    const longest = before.filter(
      (one) => !before.some((other) => other !== one && other.end > one.end),
    );
    return longest.map(({ mention }) => got<Noun>({ table: { ...mention }, mods: [] }, end, TERM));
  };

  /** `frequent flyers`: those of which it is true. */
  const flagged: Rule<Noun> = (at) =>
    lattice.flags(at).flatMap(({ mention, end }) => {
      const last = lattice.word(end - 1);
      if (singular(last) === last) return [];
      const options = mention.options.map(({ field, cost }) => ({ table: field.table, cost }));
      const mods: readonly Mod[] = [{ type: 'flag', flag: mention, not: false }];
      return [got<Noun>({ table: { text: mention.text, options }, mods }, end, TERM)];
    });

  const tabled: Rule<Noun> = (at) => [
    ...named(at),
    // "in either department 70 or 90"
    ...(lattice.word(at) === 'either'
      ? named(at + 1).filter(({ value }) => value.mods.some(({ type }) => type === 'any'))
      : []),
  ];

  const named: Rule<Noun> = (at) =>
    lattice.tables(at).flatMap(({ mention, end }) => {
      const plain = got<Noun>({ table: mention, mods: [] }, end, TERM);
      // "election records" are elections.
      const records = skipPhrase(grammar, end, 'record', 'records', 'entry', 'entries');
      const identified = identifiedAt(grammar, end, mention).map(({ value, at: behind }) =>
        got<Noun>({ table: mention, mods: [value] }, behind, TERM),
      );
      return [
        plain,
        ...(records === undefined ? [] : [{ ...plain, at: records, cost: plain.cost + 0.05 }]),
        ...identified,
      ];
    });

  const before: Rule<readonly Mod[]> = (at) => {
    let all: Got<readonly Mod[]>[] = [got<readonly Mod[]>([], skipDeterminers(grammar, at))];
    let last = all;
    for (let i = 0; i < MAX_BEFORE && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) =>
        map(prune(oneBefore(next)), (mods) => [...value, ...mods]),
      ).map((one) => ({ ...one, at: skipDeterminers(grammar, one.at) }));
      all = prune([...all, ...last]);
    }
    return all;
  };

  const oneBefore: Rule<readonly Mod[]> = (at) => [
    ...grammar.rank(at),
    ...adjective(at),
    ...count(at),
    ...dated(at),
    ...owner(at),
    ...explained(at),
    ...numbered(at),
  ];

  /** `rank 1 players`, `the level 3 courses`: a column of the thing that follows, with what stands in it. */
  const numbered: Rule<readonly Mod[]> = (at) =>
    lattice.fields(at).flatMap(({ mention, end }) => {
      const number = lattice.number(end);
      const tables = number === undefined ? [] : lattice.tables(number.end);
      const options = mention.options.filter(
        ({ field: { table, role }, cost }) =>
          role !== 'key' &&
          cost < COST.part &&
          tables.some((one) => one.mention.options.some((option) => option.table === table)),
      );
      if (number === undefined || options.length === 0) return [];
      const { digits } = number;
      const field = { text: mention.text, options };
      const compared = options.filter(({ field: { family } }) => family !== 'text');
      const written = options.filter(({ field: { family } }) => family === 'text');
      const text = written.map((one) => ({ ...one, value: digits }));
      return [
        ...(compared.length === 0 ? [] : [equalTo({ ...field, options: compared }, digits)]),
        ...(written.length === 0 ? [] : [stored({ ...field, options: written }, text)]),
      ].map((mod) => got<readonly Mod[]>([mod], number.end, CLOSE));
    });

  /** `female (sex is F) students`: what a word means here is said behind it. */
  const explained: Rule<readonly Mod[]> = (at) => {
    const end = lattice.parenthesis(at + 1);
    if (end === undefined || isGlue(lattice.word(at)) || lattice.tables(at).length > 0) return [];
    return grammar.possession(at + 1).filter((one) => one.at === end);
  };

  /** `cancelled`, `non-cancelled`, `active`, `pending or cancelled`. */
  const adjective: Rule<readonly Mod[]> = (at) => {
    const negated = skipPhrase(grammar, at, 'not', 'non', 'never', 'no longer');
    const start = negated ?? at;
    const not = negated !== undefined;
    const flags = lattice
      .flags(start)
      .map(({ mention, end }) =>
        got<readonly Mod[]>([{ type: 'flag', flag: mention, not }], end, TERM),
      );
    // "discontinued products": those with the date on which they were.
    const done = isPast(lattice.word(start))
      ? lattice
          .fieldsCalled(start)
          .map(({ mention, end }) =>
            got<readonly Mod[]>([{ type: 'present', field: mention, not }], end, 2 * TERM),
          )
      : [];
    // "unassigned tickets": nobody has that part.
    const role =
      not && isPast(lattice.word(start)) ? lattice.roleCalled(lattice.word(start)) : undefined;
    if (role !== undefined)
      done.push(
        got<readonly Mod[]>(
          [{ type: 'related', noun: { table: role, mods: [] }, has: true, not }],
          start + 1,
          2 * TERM,
        ),
      );
    const both = skipPhrase(grammar, start, 'both');
    const values = map(
      grammar.values(skipPhrase(grammar, start, 'either') ?? both ?? start),
      (all): readonly Mod[] => {
        const mod = { type: 'value', values: all, before: true, not } as const;
        return both === undefined || all.length < 2 ? [mod] : eachOf(mod);
      },
    );
    return [...flags, ...values, ...done].flatMap((one) => {
      const genitive = skipPhrase(grammar, one.at, "'s");
      return [genitive === undefined ? one : { ...one, at: genitive }];
    });
  };

  /** `5 customers`: that many, whichever come first. */
  const count: Rule<readonly Mod[]> = (at) => {
    const number = lattice.number(at);
    if (number === undefined || !/^\d{1,5}$/.test(number.digits)) return [];
    // "all 2023 awards" are those of a year.
    if (/^(?:19|20)\d\d$/.test(lattice.text(at, number.end)) && lattice.dates(at).length > 0)
      return [];
    return [
      got<readonly Mod[]>([{ type: 'limit', limit: Number(number.digits) }], number.end, 0.3),
    ];
  };

  /** `2024 orders`, `last month's orders`. */
  const dated: Rule<readonly Mod[]> = (at) =>
    lattice.dates(at).map(({ span, end }) => {
      const next = skipPhrase(grammar, end, "'s") ?? end;
      return got<readonly Mod[]>([{ type: 'time', spans: [span], not: false }], next, 0.2);
    });

  /** `customers' orders`, `customer orders`: another thing that it belongs to. */
  const owner: Rule<readonly Mod[]> = (at) =>
    lattice.tables(at).flatMap(({ mention: all, end }) => {
      // The first word of another thing's name is no owner: "music artists" are not those of a music festival.
      const mention = { ...all, options: all.options.filter(({ cost }) => cost < COST.part) };
      if (mention.options.length === 0) return [];
      const genitive = skipPhrase(grammar, end, "'s");
      const mod: Mod = { type: 'related', noun: { table: mention, mods: [] }, not: false };
      return [got<readonly Mod[]>([mod], genitive ?? end, genitive === undefined ? 0.8 : 0.3)];
    });

  return { bareNoun, noun };
}

/** `a driver whose name …`, where drivers are but a column of the table: the name is what stands there. */
function ofTheirNames(table: Noun['table'], mods: readonly Mod[]): readonly Mod[] {
  const options = (table?.options ?? []).flatMap(({ by }) =>
    by === undefined ? [] : [{ field: by, cost: 0 }],
  );
  const isColumn = options.length > 0 && options.length === table?.options.length;
  return isColumn ? saidOfName(mods, { text: table.text, options }) : mods;
}

function equalTo(field: FieldMention, digits: string): Mod {
  const measure = { type: 'field', field } as const;
  const operand = { type: 'number', digits } as const;
  return { type: 'compare', measure, operator: '=', operand, not: false };
}

/** A number that a column of texts holds. */
function stored(field: FieldMention, options: ValueMention['options']): Mod {
  const value = { text: options[0]?.value ?? '', options };
  return { type: 'value', values: [value], field, not: false };
}

/** What one more name costs: of two readings the one with fewer and longer names is likelier. */
export const TERM = 0.2;
