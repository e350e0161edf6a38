/** Units that a request says: `over 50 dollars`, `the lowest fee (in euros)` choose among columns that differ in them. */
import { converted, type Unit, unitsOf } from './lexicon/units.js';
import { MONEY_WORDS } from './lexicon/words.js';
import type { Lattice } from './lattice.js';
import { holdsNumbers, isNumeric } from './schema/roles.js';
import type { Field, Schema } from './schema/schema.js';
import { singular } from './text/inflection.js';
import type { Token } from './text/tokens.js';

export interface SaidUnits {
  readonly units: readonly Unit[];
  /** Those that stand apart from what they are the unit of: a column has to be found that has them. */
  readonly apart: readonly Unit[];
}

export const NO_UNITS: SaidUnits = { units: [], apart: [] };

/** The units that a column's name says it is in: `fee_in_dollars`, `weight_kg`. */
export function unitsOfField(field: Field): readonly Unit[] {
  const { words } = field;
  if (words.length < 2 || !(isNumeric(field) || holdsNumbers(field))) return [];
  const last = unitsOf(words.at(-1)!);
  return last.length > 0 ? last : unitsOf(words[0]!);
}

/** The same with what its comment says, and those of a column that is called by its unit alone: `minutes`. */
function toldIn(field: Field): readonly Unit[] {
  const { words, column } = field;
  const last = words.at(-1) ?? '';
  const named = words.length > 1 ? unitsOfField(field) : last.length > 3 ? unitsOf(last) : [];
  // A count of days is told in days; the least of something is told in no minutes.
  const first = unitsOf(last).length === 0 && words[0] === 'min';
  if (named.length > 0 && !first) return named;
  const said = /(?:\bin |\()([a-z]+)\b/.exec((column.comment ?? '').toLowerCase())?.[1] ?? '';
  return unitsOf(singular(said));
}

/** What a number that is said in a unit is in a column's own; undefined where the column measures something else. */
export function inUnitOf(
  field: Field,
  digits: string,
  said: readonly Unit[],
): { readonly digits: string; readonly known: boolean } | undefined {
  const own = toldIn(field);
  if (own.length > 0) {
    const found = said.flatMap((unit) =>
      own.flatMap((other) => converted(digits, unit, other) ?? []),
    );
    const [first = undefined] = found;
    return first === undefined ? undefined : { digits: first, known: true };
  }
  const isMoney = field.words.some((word) => MONEY_WORDS.includes(word));
  const isTime = field.role === 'time' || field.role === 'year';
  if (isMoney && said.every(({ kind }) => kind !== 'money')) return undefined;
  return isTime && said.every(({ kind }) => kind !== 'time') ? undefined : { digits, known: false };
}

/** False of a column in another unit than the one that is said of its kind. */
export function isInSaid(field: Field, said: readonly Unit[]): boolean {
  const own = unitsOfField(field);
  const ofKind = said.filter(({ kind }) => own.some((unit) => unit.kind === kind));
  return ofKind.length === 0 || ofKind.some((unit) => own.includes(unit));
}

/** The units of a request, and its tokens without those that stand apart. */
export function saidUnits(
  lattice: Lattice,
  schema: Schema,
): { readonly said: SaidUnits; readonly tokens: readonly Token[] } {
  const { tokens } = lattice;
  const there = schema.tables.flatMap(({ fields }) => fields.flatMap(unitsOfField));
  const found = tokens.flatMap((_, at) => unitAt(lattice, at, there));
  const units = [...new Set(found.flatMap((one) => one.units))];
  // Of two that are said it is for the grammar to tell which is said of what.
  const single = found.filter(
    ({ units: [unit] }) => units.filter(({ kind }) => kind === unit?.kind).length === 1,
  );
  const apart = single.filter(
    (one) => one.from !== undefined && one.units.some((unit) => there.includes(unit)),
  );
  const left = new Set(
    apart.flatMap(({ from = 0, end }) => Array.from({ length: end - from }, (_, i) => from + i)),
  );
  return {
    said: { units, apart: apart.flatMap((one) => one.units) },
    tokens: left.size === 0 ? tokens : tokens.filter((_, at) => !left.has(at)),
  };
}

interface UnitAt {
  readonly units: readonly Unit[];
  /** Where the words for it begin, where nothing beside them takes them in. */
  readonly from: number | undefined;
  readonly end: number;
}

function unitAt(lattice: Lattice, at: number, there: readonly Unit[]): UnitAt[] {
  const { kind, start, word } = lattice.tokens[at]!;
  const symbol = kind === 'number' ? lattice.request.slice(start, start + 1) : '';
  const square = SQUARE.has(word) ? squared(lattice.word(at + 1)) : [];
  if (SQUARE.has(lattice.word(at - 1)) && squared(word).length > 0) return [];
  const all = square.length > 0 ? square : unitsOf(kind === 'word' ? singular(word) : symbol);
  // "pounds" are what some column is in, where one is.
  const known = all.filter((unit) => there.includes(unit));
  const units = known.length > 0 ? known : all;
  if (units.length === 0 || units.every((unit) => unit.kind === 'time')) return [];
  const end = square.length > 0 ? at + 2 : at + 1;
  const named = [...lattice.tables(at), ...lattice.fields(at)].some(
    (one) => one.end === end && one.mention.options.some(({ cost }) => cost === 0),
  );
  if (named) return [];
  const us = ['us', 'american'].includes(lattice.word(at - 1)) ? at - 1 : at;
  const in_ = lattice.word(us - 1) === 'in' ? us - 1 : us;
  const counted = kind === 'number' || lattice.tokens[us - 1]?.kind === 'number';
  const alone = in_ < us || lattice.parenthesis(in_) === end;
  return [{ units, from: counted || !alone || isTaken(lattice, at) ? undefined : in_, end }];
}

const SQUARE = new Set(['square', 'sq']);

/** What stands behind `square`, as the unit of an area. */
export function squared(word: string): readonly Unit[] {
  const [length] = unitsOf(singular(word)).filter(({ kind }) => kind === 'length');
  return length === undefined ? [] : unitsOf(`sq${length.name}`);
}

/** Whether the name of a column goes on to the unit: `the fee in dollars`. */
function isTaken(lattice: Lattice, at: number): boolean {
  return [1, 2, 3].some((before) => {
    const first = singular(lattice.word(at - before));
    if (first === 'in') return false;
    return lattice
      .fields(at - before)
      .some(
        ({ mention, end }) =>
          end > at && mention.options.some(({ field: { words } }) => words.includes(first)),
      );
  });
}
