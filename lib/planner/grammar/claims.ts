/** What is said of a column's value: `is over 10`, `of at least 3 or below 1`, `starts with A`, `is not known`, `either X or Y`. */
import { AGAIN, EMPTY, KNOWN, LINKS, LOCATED } from '../lexicon/comparing.js';
import { COMPARATIVES } from '../lexicon/scales.js';
import type { FieldMention, Mod } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { columnsAt, columnsBehind } from './columns.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { held } from './held.js';
import { negate } from './negation.js';
import { patternsAt, textsAt } from './patterns.js';
import { got, type Got, map, prune, type Rule, then } from './rule.js';
import { isHeldBy, literals, spelt } from './values.js';

const NOT = ['not', 'never', 'other than', 'different from', 'anything but', 'except', 'neither'];
const AND = [', and', 'and', ', but', 'but', 'as well as'];
const OR = [', or', 'or', 'nor'];

/** A column with what is said of it, the column first: `price over 10`, `name starting with A`, `status cancelled`. */
export function fielded(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return prune(
    columnsAt(grammar, at).flatMap(({ mention: named, end }) => {
      const mention = ofAges(grammar, end) ? aged(named) : named;
      return mention.options.length === 0 ? [] : toldOf(grammar, at, mention, end);
    }),
  );
}

function toldOf(
  grammar: Grammar,
  at: number,
  mention: FieldMention,
  end: number,
): Got<readonly Mod[]>[] {
  return [
    ...held(
      grammar,
      map(isYearBeside(grammar, mention, end) ? [] : saidOf(grammar, mention, end), (mods) =>
        about(mods, mention),
      ),
    ),
    ...(isSaidOf(grammar, end)
      ? []
      : [
          got<readonly Mod[]>(
            [{ type: 'present', field: mention, not: false }],
            skipPhrase(grammar, end, 'records', 'record', 'on record') ?? end,
            // What is a thing as well is meant as the thing: "with no orders".
            grammar.lattice.tables(at).some((table) => table.end === end) ? 0.8 : 0.2,
          ),
        ]),
  ];
}

/** `(hosts) older than 50`: no number of hosts is old. */
function ofAges(grammar: Grammar, at: number): boolean {
  const start = skipPhrase(grammar, at, ...LINKS) ?? at;
  return COMPARATIVES.get(grammar.lattice.word(start))?.dimension.kind === 'birth';
}

function aged({ options, ...mention }: FieldMention): FieldMention {
  const isAge = ({ role, words }: Field) =>
    role === 'time' || role === 'year' || words.includes('age');
  return { ...mention, options: options.filter(({ field }) => isAge(field)) };
}

/** What is linked to a column; what one of those that are called so holds is in that one. */
function saidOf(grammar: Grammar, field: FieldMention, at: number): Got<readonly Mod[]>[] {
  const all = linked(grammar, at);
  const isHeld = ([mod, ...more]: readonly Mod[]) =>
    mod?.type === 'value' && more.length === 0 && isHeldBy(mod.values, field);
  const held = all.filter(({ value }) => isHeld(value)).map((one) => one.at);
  return all.filter(({ value: [mod], at: end }) => {
    const isLiteral = mod?.type === 'value' && mod.values[0]?.options.length === 0;
    return !isLiteral || !held.includes(end);
  });
}

/** Whether a text or a pattern follows, which is said of the column itself and not of anything else. */
function isSaidOf(grammar: Grammar, at: number): boolean {
  const kind = grammar.lattice.tokens[at]?.kind;
  if (kind === 'quoted' || kind === 'code') return true;
  const that = skipPhrase(grammar, at, 'that', 'which');
  return that !== undefined && patternsAt(grammar, that).length > 0;
}

/** A value or number first, and then what it is: `Clemson as its team name`, `2000 as price`. */
export function fieldedBehind(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const start = skipDeterminers(grammar, at);
  const whole = then(grammar.claim(start), ({ value, at: end }) => {
    const as = skipPhrase(grammar, end, 'as', 'for', 'in');
    if (as === undefined) return [];
    // What is in a title is a part of it.
    const literal = value.some(
      (mod) => mod.type === 'value' && mod.values[0]?.options.length === 0,
    );
    if (literal && grammar.lattice.word(as - 1) === 'in') return [];
    return held(
      grammar,
      columnsBehind(grammar, as)
        // "made in 2023 for an amount above 200"
        .filter(({ mention }) => !isYearBeside(grammar, mention, start))
        .map(({ mention, end: after }) =>
          got(
            about(value, mention),
            skipPhrase(grammar, after, 'information', 'info', 'value') ?? after,
          ),
        ),
    );
  });
  return [...whole, ...pieceOf(grammar, start), ...lacking(grammar, start)];
}

/** `null commission`, `an unknown address`, `a known weight`. */
function lacking(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const empty = skipPhrase(grammar, at, 'null', 'empty', 'missing', 'unknown', 'blank');
  const start = empty ?? skipPhrase(grammar, at, 'known', 'recorded');
  return start === undefined
    ? []
    : grammar.lattice
        .fields(start)
        .map(({ mention: field, end }) =>
          got<readonly Mod[]>([{ type: 'present', field, not: empty !== undefined }], end),
        );
}

/** `"Hill" in their names`, `WY in the address`, `D or S in the name`: a part of what stands in a column. */
export function pieceOf(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const token = grammar.lattice.tokens[at];
  if (token === undefined) return [];
  const { texts, or, end } = textsAt(grammar, at);
  // Letters that are written large are a code, whatever small word they look like.
  const isPiece =
    token.kind === 'quoted' ||
    token.kind === 'code' ||
    (token.kind === 'word' && /^\p{Lu}{2,}$/u.test(token.text)) ||
    (texts.length > 1 && texts.every((text) => /^\p{Lu}$/u.test(text)));
  const in_ = isPiece ? skipPhrase(grammar, end, ...PIECE_OF) : undefined;
  if (in_ === undefined) return [];
  return columnsBehind(grammar, in_).map(({ mention: field, end: after }) => {
    const all = texts.map((text): Mod => ({
      type: 'like',
      field,
      how: 'contains',
      text,
      not: false,
    }));
    return got<readonly Mod[]>(
      or ? [{ type: 'any', of: all.map((one) => [one]), not: false }] : all,
      after,
      // A value that the column has is meant as that.
      grammar.values(at).length > 0 ? 0.3 : 0.1,
    );
  });
}

const PIECE_OF = [
  ...['in part of', 'as part of', 'as a part of', 'as a substring of', 'as a substring in'],
  ...['as substring in', 'as a substring within', 'in', 'within', 'inside', 'somewhere in'],
];

/** What stands between a column and its value says no more than that it is so. */
export function linked(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const link = skipPhrase(grammar, at, ...LINKS);
  const starts = link === undefined ? [at] : [link, at];
  return starts.flatMap((start) => grammar.claim(start));
}

export function claimRule(grammar: Grammar): Rule<readonly Mod[]> {
  const { lattice } = grammar;

  /** Several things said of one column. */
  return (at) => {
    const either = skipPhrase(grammar, at, 'either');
    const both = either === undefined ? skipPhrase(grammar, at, 'both') : undefined;
    const first = one(either ?? both ?? at);
    const several = then(first, (left) => {
      const or = both === undefined ? skipPhrase(grammar, left.at, ...OR) : undefined;
      const and = or === undefined ? skipPhrase(grammar, left.at, ...AND) : undefined;
      const next = or ?? and;
      if (next === undefined) return [];
      const link = skipPhrase(grammar, next, ...AGAIN);
      const rights = link === undefined ? one(next) : [...one(link), ...one(next)];
      return map(rights, (right): readonly Mod[] =>
        or !== undefined
          ? [{ type: 'any', of: [left.value, right], not: false }]
          : both !== undefined
            ? [{ type: 'both', of: [left.value, right], not: false }]
            : [...left.value, ...right],
      );
    });
    if (both === undefined) return prune([...first, ...several]);
    return prune([...several, ...first.flatMap((single) => split(single))]);
  };

  /** `both A and B` that were read as one list of values. */
  function split({ value: [mod, ...more], at, cost }: Got<readonly Mod[]>): Got<readonly Mod[]>[] {
    if (mod?.type !== 'value' || mod.values.length < 2 || more.length > 0) return [];
    return [got(eachOf(mod), at, cost)];
  }

  function one(at: number): Got<readonly Mod[]>[] {
    // "whose orders are all paid": universal.ts.
    if (lattice.word(at) === 'all') return [];
    const not = skipPhrase(grammar, at, ...NOT);
    const start = skipDeterminers(grammar, not ?? skipPhrase(grammar, at, 'been') ?? at);
    if (not === undefined) return simple(start);
    // "whose origin is not in Spain": the preposition says no more than it does without the "not".
    const in_ = skipPhrase(grammar, not, ...LOCATED, 'in', 'from', 'at', 'of', 'on', 'by');
    const placed = in_ === undefined ? [] : simple(skipDeterminers(grammar, in_));
    const another = skipPhrase(grammar, at, 'other than', 'different from') === not;
    return map([...simple(start), ...placed], another ? asAnother : negate);
  }

  function simple(at: number): Got<readonly Mod[]>[] {
    const that = skipPhrase(grammar, at, 'that is', 'that are', 'that', 'which') ?? at;
    const empty = skipPhrase(grammar, at, ...EMPTY);
    const known = empty === undefined ? skipPhrase(grammar, at, ...KNOWN) : undefined;
    const present = (not: boolean): readonly Mod[] => [{ type: 'present', field: NOTHING, not }];
    return [
      ...map(grammar.against(that), (compared): readonly Mod[] => [
        { type: 'compare', ...compared, not: false },
      ]),
      ...map(grammar.values(at), (values): readonly Mod[] => [
        { type: 'value', values, not: false },
      ]),
      ...map(literals(grammar, at), (values): readonly Mod[] => [
        { type: 'value', values, not: false },
      ]),
      ...patternsAt(grammar, that),
      ...lattice
        .dates(at)
        .map(({ span, end, certain }) =>
          got<readonly Mod[]>(
            [{ type: 'time', spans: [span], not: false }],
            end,
            certain ? 0 : 0.15,
          ),
        ),
      ...(empty === undefined ? [] : [got(present(true), empty)]),
      ...(known === undefined ? [] : [got(present(false), known)]),
    ];
  }
}

/** Each value of a list by itself. */
export function eachOf(mod: Extract<Mod, { type: 'value' }>): readonly Mod[] {
  return [
    { type: 'both', of: mod.values.map((value) => [{ ...mod, values: [value] }]), not: false },
  ];
}

const NOTHING: FieldMention = { text: '', options: [] };

/** The same, said of a column. */
export function about(mods: readonly Mod[], field: FieldMention): readonly Mod[] {
  return mods.map((mod): Mod => {
    switch (mod.type) {
      case 'compare':
        return { ...mod, measure: { type: 'field', field } };
      case 'value':
        return { ...mod, values: mod.values.map((value) => spelt(value, field)), field };
      case 'time':
      case 'present':
        return { ...mod, field };
      case 'like':
        return { ...mod, field: mod.field ?? field };
      case 'any':
      case 'both':
        return { ...mod, of: mod.of.map((each) => about(each, field)) };
      default:
        return mod;
    }
  });
}

/** `grade 4`, `room "12B"`: a column that is followed by its value and by nothing else. */
export function fieldValue(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  return columnsAt(grammar, at).flatMap(({ mention, end }) => {
    const next = skipPhrase(grammar, end, 'number', 'no', 'id', 'of', 'code', '#') ?? end;
    const number = lattice.number(next);
    if (number === undefined || lattice.tokens[next]?.kind !== 'number') return [];
    if (isYearBeside(grammar, mention, next)) return [];
    const operand = { type: 'number', digits: number.digits } as const;
    const mod = { type: 'compare', operator: '=', operand, not: false } as const;
    const one = got(about([mod], mention), number.end, 0.15);
    // "department 70 or 90"
    const or = skipPhrase(grammar, number.end, 'or');
    const other = or === undefined ? undefined : lattice.number(or);
    if (other === undefined || lattice.tokens[or!]?.kind !== 'number') return [one];
    const second: Mod = { ...mod, operand: { type: 'number', digits: other.digits } };
    const either: Mod = { type: 'any', of: [[mod], [second]], not: false };
    return [one, got(about([either], mention), other.end, 0.15)];
  });
}

/** `refund total 2025`: what stands beside an amount and may be a year is one. */
function isYearBeside({ lattice }: Grammar, { options }: FieldMention, at: number): boolean {
  const digits = lattice.number(at)?.digits ?? '';
  return (
    /^(?:19|20)\d\d$/.test(digits) && options.every(({ field: { role } }) => role === 'measure')
  );
}

/** "A, or B and C": what is bound by "and" belongs together, and is the one alternative. */
export function bound(
  grammar: Grammar,
  second: readonly Got<readonly Mod[]>[],
): Got<readonly Mod[]>[] {
  const more = then(second, (one) => {
    const and = skipPhrase(grammar, one.at, 'and', 'but', 'and also');
    if (and === undefined) return [];
    return map(
      [...grammar.mod(and), ...grammar.possession(and)],
      (third) => [...one.value, ...third],
      0.05,
    );
  });
  return [...second, ...more];
}

/** Compares a column that is named, or does so one way or another. */
export function isCompared(mod: Mod): boolean {
  if (mod.type === 'any') return mod.of.flat().every(isCompared);
  return mod.type === 'compare' && mod.measure?.type === 'field';
}

/** `a hobby other than chess` is another hobby, and not no chess. */
function asAnother(mods: readonly Mod[]): readonly Mod[] {
  return negate(mods).map((mod) => (mod.type === 'value' ? { ...mod, another: true } : mod));
}
