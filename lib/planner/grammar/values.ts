/** Values and times as things said of a noun: `from Spain`, `in the Electronics category`, `since March`. */
import type { FieldMention, Mod, TableMention, ValueMention } from '../phrase.js';
import { isNumeric } from '../schema/roles.js';
import type { Field } from '../schema/schema.js';
import { type DateSpan, type Grain, GRAINS, shift } from '../text/calendar.js';
import { eachOf } from './claims.js';
import { columnsAt } from './columns.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { held } from './held.js';
import { TERM } from './noun.js';
import { superiorOf } from './superiors.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

const PREPOSITIONS = [
  'based in',
  'located in',
  'coming from',
  'of',
  'in',
  'from',
  'at',
  'by',
  'for',
  'to',
  'on',
  'about',
  'within',
  'under',
  'into',
  'with',
  'through',
  'via',
  'as',
  'called',
  'named',
  'titled',
  'like',
  'during',
  'between',
];
const EXCEPT = [
  'except for',
  'except',
  'excluding',
  'other than',
  'outside',
  'without',
  'not in',
  'not from',
  'outside of',
  'apart from',
  'but not',
  'not',
];

/** Words between a column and its value. */
const OF_FIELD = [
  'of',
  '=',
  'is',
  'equal to',
  'equals',
  'being',
  'as',
  'described as',
  'named',
  'called',
];
const NAMED = ['named', 'called', 'titled', 'with the name', 'with name', 'by the name of'];

/** What a text in quotes costs that no column holds: it is asked for all the same. */
const NOT_FOUND = 0.7;

/** A text in quotes, a code or a number as it stands, whose column only what stands beside it can tell. */
export function literals({ lattice }: Grammar, at: number): Got<readonly ValueMention[]>[] {
  const token = lattice.tokens[at];
  const isLiteral =
    token?.kind === 'quoted' ||
    token?.kind === 'code' ||
    (token?.kind === 'number' && token.word === token.text);
  return isLiteral
    ? [
        got<readonly ValueMention[]>(
          [{ text: token.text, options: [], quoted: token.kind === 'quoted' }],
          at + 1,
          NOT_FOUND,
        ),
      ]
    : [];
}

/** A literal as a value of the column that it is said of: that no row has it is an answer as well, but for numbers. */
export function spelt(value: ValueMention, { options }: FieldMention): ValueMention {
  if (value.options.length > 0) return value;
  return {
    text: value.text,
    options: options.flatMap(({ field, cost }) =>
      fits(field, value) ? [{ field, value: value.text, cost }] : [],
    ),
  };
}

/** Whether a column that is named beside them has the values: then none of the others is meant. */
export function isHeldBy(
  values: readonly ValueMention[],
  { options: named }: FieldMention,
): boolean {
  return values.every(({ options }) =>
    options.some(({ field }) => named.some((one) => one.field === field)),
  );
}

/** `the product named "X"`, where none is called so. */
function namedAt(
  grammar: Grammar,
  at: number,
  { options: tables }: TableMention,
  said: boolean,
): Got<readonly ValueMention[]>[] {
  if (grammar.lattice.tokens[at]?.kind !== 'quoted' || grammar.values(at).length > 0) return [];
  const text = grammar.lattice.tokens[at].text;
  const options = tables.flatMap(({ table, cost }) => {
    const [field, ...more] = table.naming;
    return field === undefined || more.length > 0 ? [] : [{ field, value: text, cost }];
  });
  if (options.length === 0) return [];
  return [got<readonly ValueMention[]>([{ text, options }], at + 1, said ? NOT_FOUND : 0.6)];
}

/**
 * Numbers that are compared are the comparison's; here they are codes, by which rows are told apart, or stand in
 * quotes, which a text is put in and a number may be.
 */
function fits(field: Field, { text, quoted = false }: ValueMention): boolean {
  const { family, role } = field;
  // A bare number that no row has is no text: "size 4" of a column that holds "4x30".
  if (family === 'text') return quoted || !/^\d+$/.test(text);
  return isNumeric(field) && (role === 'key' || (quoted && role !== 'year')) && /^\d+$/.test(text);
}

export function valueRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  /** `Spain`, `Spain or France`, `Spain, France and Italy`. */
  const values: Rule<readonly ValueMention[]> = (at) => {
    const one: Rule<readonly ValueMention[]> = (start) =>
      [
        ...lattice.values(start).map(({ mention, end }) => ({ mention: [mention], end })),
        ...lattice.families(start),
      ].map(({ mention, end }) => got<readonly ValueMention[]>(mention, end, TERM));
    let last = one(at);
    let all = last;
    for (let i = 0; i < 5 && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) => {
        const more = skipPhrase(
          grammar,
          next,
          ', or',
          ', and',
          ',',
          'or',
          'and',
          'or from',
          'and from',
          'or in',
          'and in',
          'nor',
        );
        if (more === undefined) return [];
        const added = lattice.tokens.slice(next, more).some(({ word }) => word === 'and');
        return map(
          one(skipDeterminers(grammar, more)),
          (list) => [...value, ...(added && list.length === 1 ? [{ ...list[0]!, added }] : list)],
          -TERM,
        );
      });
      all = prune([...all, ...last]);
    }
    return all;
  };

  const value: Rule<readonly Mod[]> = (at) => {
    const found: Got<readonly Mod[]>[] = [...identity(at)];
    const excepted = skipPhrase(grammar, at, ...EXCEPT);
    const start = excepted ?? at;
    const preposition = skipPhrase(grammar, start, ...PREPOSITIONS);
    // "of each unpaid order" is a group.
    if (lattice.word(preposition ?? start) === 'each') return found;
    const not = excepted !== undefined;
    const inner = skipDeterminers(grammar, chosen(preposition ?? start));
    const both = preposition === undefined ? undefined : skipPhrase(grammar, inner, 'both');
    if (both !== undefined) {
      found.push(
        ...map(
          hinted(skipDeterminers(grammar, both)).filter(
            ({ value: [mod] }) => mod?.type === 'value' && mod.values.length > 1,
          ),
          ([mod]) => (mod?.type === 'value' ? eachOf(mod) : []),
        ),
      );
    }
    // Without a preposition a value may still follow what it names or says of it: "orders cancelled", "customer Ann".
    const price = preposition === undefined && !not ? 0.3 : 0;
    found.push(
      ...map(
        hinted(inner),
        (mods) => mods.map((mod) => (mod.type === 'value' ? { ...mod, not } : mod)),
        price,
      ),
    );
    // The preposition may belong to the value: "in progress".
    if (preposition !== undefined && !not) found.push(...map(hinted(start), (mods) => mods, 0.1));
    const flags = preposition === undefined ? [...lattice.flags(inner)] : [];
    // "on display"
    if (preposition !== undefined && !not)
      flags.push(...lattice.flags(start).filter(({ end }) => end > inner));
    for (const { mention, end } of flags) {
      found.push(got<readonly Mod[]>([{ type: 'flag', flag: mention, not }], end, TERM + price));
    }
    return found;
  };

  /** `either A or B`, `one of A, B and C`: a list of values is meant as that anyway. */
  const chosen = (at: number): number =>
    skipPhrase(grammar, at, 'either', 'either of', 'one of', 'any of') ?? at;

  /** A value, with the column or table that is named beside it. */
  const hinted: Rule<readonly Mod[]> = (at) => {
    const plain = then(grammar.values(at), ({ value: list, at: next }) => {
      const mod: Mod = { type: 'value', values: list, not: false };
      const fields = lattice
        .fields(next)
        .map(({ mention, end }) => got<readonly Mod[]>([{ ...mod, field: mention }], end, 0.1));
      const tables = lattice
        .tables(next)
        .map(({ mention, end }) => got<readonly Mod[]>([{ ...mod, table: mention }], end, 0.1));
      // "with diesel as fuel"
      const as = skipPhrase(grammar, next, 'as');
      const role = as === undefined ? undefined : skipDeterminers(grammar, as);
      const called =
        role === undefined
          ? []
          : [
              ...lattice
                .fields(role)
                .map(({ mention, end }) =>
                  got<readonly Mod[]>([{ ...mod, field: mention }], end, 0.1),
                ),
              ...lattice
                .tables(role)
                .map(({ mention, end }) =>
                  got<readonly Mod[]>([{ ...mod, table: mention }], end, 0.1),
                ),
            ];
      return [got<readonly Mod[]>([mod], next), ...fields, ...tables, ...called];
    });
    const byField = columnsAt(grammar, at).flatMap(({ mention, end }) => {
      const next = skipDeterminers(grammar, skipPhrase(grammar, end, ...OF_FIELD) ?? end);
      const bare = literals(grammar, next).map((one) => ({
        ...one,
        value: one.value.map((value) => spelt(value, mention)),
      }));
      const found = grammar.values(next);
      const told = bare.filter(
        (one) =>
          one.value.every(({ options }) => options.length > 0) &&
          !found.some(({ value, at: end }) => end === one.at && isHeldBy(value, mention)),
      );
      return map(
        [...found, ...told],
        (list): readonly Mod[] => [{ type: 'value', values: list, field: mention, not: false }],
        0.1,
      );
    });
    const superiors = map(superiorOf(grammar, at), ({ mods }) => mods, 0.1);
    const byTable = lattice.tables(at).flatMap(({ mention, end }) => {
      const next = skipPhrase(grammar, end, 'of', ...NAMED) ?? end;
      // "the manager of Ann" is not called Ann.
      if (superiors.length > 0 && lattice.word(end) === 'of') return [];
      return map(
        [...grammar.values(next), ...namedAt(grammar, next, mention, next > end)],
        (list): readonly Mod[] => [{ type: 'value', values: list, table: mention, not: false }],
        0.1,
      );
    });
    const all = held(grammar, [...plain, ...byField, ...byTable]);
    return [
      ...superiors,
      ...all,
      ...held(
        grammar,
        then(all, (one) => repeated(one)),
      ),
    ];
  };

  /** `the red house and the white house`, `in class A or class B`: what is named beside the first is named again. */
  const repeated = ({ value: [mod], at }: Got<readonly Mod[]>): Got<readonly Mod[]>[] => {
    if (mod?.type !== 'value') return [];
    const named = mod.field ?? mod.table;
    const and = skipPhrase(grammar, at, ', or', ', and', 'and the', 'or the', 'or', 'and');
    if (named === undefined || and === undefined) return [];
    const start = skipDeterminers(grammar, and);
    // "genre Rock or genre Jazz": it stands before each.
    const before = mod.field === undefined ? lattice.tables(start) : lattice.fields(start);
    const led = before
      .filter(({ mention }) => mention.text === named.text)
      .flatMap(({ end }) =>
        map(
          grammar.values(skipPhrase(grammar, end, ...OF_FIELD) ?? end),
          (more): readonly Mod[] => [{ ...mod, values: [...mod.values, ...more] }],
          -TERM,
        ),
      );
    const followed = then(grammar.values(start), ({ value: more, at: end }) => {
      const senses = mod.field === undefined ? lattice.tables(end) : lattice.fields(end);
      return senses
        .filter(({ mention }) => mention.text === named.text)
        .map((sense) =>
          got<readonly Mod[]>([{ ...mod, values: [...mod.values, ...more] }], sense.end, -TERM),
        );
    });
    return [...led, ...followed];
  };

  /** `with id 17`. */
  const identity: Rule<readonly Mod[]> = (at) => {
    const end = skipPhrase(
      grammar,
      at,
      'with id',
      'with number',
      'with the id',
      'whose id is',
      'id',
      'number',
    );
    const token = end === undefined ? undefined : lattice.tokens[end];
    return token?.kind === 'number' && /^\d+$/.test(token.word)
      ? [got<readonly Mod[]>([{ type: 'identity', digits: token.text }], end! + 1)]
      : [];
  };

  const time: Rule<readonly Mod[]> = (at) => {
    // "in the month of March 2024"; without a year it is that of every one.
    const unit = skipPhrase(grammar, at, 'in', 'during', 'for');
    // "since before 2010" is before it.
    const before = skipPhrase(grammar, at, 'from before', 'since before', 'from after');
    if (before !== undefined) return grammar.time(before - 1);
    const of =
      unit === undefined ? undefined : skipPhrase(grammar, unit, 'the month of', 'the year of');
    return prune(
      lattice
        .dates(of ?? at)
        .filter(({ end }) => of === undefined || /\d/.test(lattice.text(of, end)))
        .flatMap(({ span, end, certain }) =>
          alternatives(span, end, certain || of !== undefined ? 0 : 0.3),
        ),
    );
  };

  /** "2023 and 2024": either. "January versus February": each by itself. */
  const alternatives = (first: DateSpan, end: number, price: number): Got<readonly Mod[]>[] => {
    const all = [got<readonly Mod[]>([{ type: 'time', spans: [first], not: false }], end, price)];
    const spans = [first];
    let next = end;
    for (;;) {
      const versus = skipPhrase(
        grammar,
        next,
        'vs',
        'versus',
        'compared to',
        'compared with',
        'and',
      );
      const more = versus ?? skipPhrase(grammar, next, 'or', ',');
      const second = more === undefined ? undefined : lattice.dates(more)[0];
      if (second === undefined || ![...spans, second.span].every(isBounded)) return all;
      spans.push(second.span);
      const compared = lattice.word(next) !== 'and' && versus !== undefined;
      const grain = grainOfSpan(first);
      const mods: Mod[] = [{ type: 'time', spans: [...spans], not: false }];
      if (compared && grain !== undefined)
        mods.push({ type: 'group', keys: [{ type: 'grain', grain }] });
      next = second.end;
      if (!compared || grain !== undefined) all.push(got<readonly Mod[]>(mods, next, price));
    }
  };

  return { values, value, hinted, time };
}

function isBounded({ from, to }: DateSpan): boolean {
  return from !== undefined && to !== undefined;
}

/** The grain of which a span is exactly one: a month, a year. */
function grainOfSpan({ from, to }: DateSpan): Grain | undefined {
  return GRAINS.find((grain) => from !== undefined && shift(from, grain, 1) === to);
}
