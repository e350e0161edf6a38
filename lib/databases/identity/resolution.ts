/**
 * Which of several functions or operators of one name PostgreSQL calls for given argument types: its own rules
 * (manual, chapters 10.2 and 10.3; func_get_detail and oper in parse_func.c and parse_oper.c).
 */
import { FIRST_USER_OID } from './lookups/ask.js';
import type { TypeFacts } from './lookups/types.js';

/** pg_type.dat */
export const UNKNOWN = 705;
const RECORD = 2249;
const RECORD_ARRAY = 2287;
const ANY = 2276;
const POLYMORPHIC = new Map<number, (type: TypeFacts | undefined) => boolean>([
  [2283, () => true],
  [5077, () => true],
  [2776, (type) => type?.category !== 'A'],
  [5079, (type) => type?.category !== 'A'],
  [2277, (type) => type?.category === 'A'],
  [5078, (type) => type?.category === 'A'],
  [3500, (type) => type?.kind === 'e'],
  [3831, (type) => type?.kind === 'r'],
  [5080, (type) => type?.kind === 'r'],
  [4537, (type) => type?.kind === 'm'],
  [4538, (type) => type?.kind === 'm'],
]);

export interface Candidate {
  readonly oid: number;
  /** As many as there are arguments: defaults are cut off, a VARIADIC parameter is repeated. */
  readonly types: readonly number[];
  /** Place of its schema on the search path: of two with the same types the first counts. */
  readonly place: number;
}

export interface Types {
  of(oid: number): TypeFacts | undefined;
  /** Whether a value of one type becomes the other by itself, by pg_cast. */
  casts(source: number, target: number): boolean;
  /** Whether one row type is that of a child table of the other's. */
  inherits(source: number, target: number): boolean;
}

/**
 * The candidate that is called; undefined where none fits, or where PostgreSQL would find them ambiguous.
 *
 * @param kind operators take a literal of unknown type for one of the other operand's, where that fits exactly
 */
export function resolve(
  argumentTypes: readonly number[],
  all: readonly Candidate[],
  types: Types,
  kind: 'function' | 'operator',
): Candidate | undefined {
  const candidates = withoutHidden(all);
  const exact = candidates.find((candidate) => same(candidate.types, argumentTypes));
  if (exact !== undefined) return exact;
  if (kind === 'operator') {
    const assumed = exactOperator(argumentTypes, candidates, types);
    if (assumed !== undefined) return assumed;
  }
  const fitting = candidates.filter((candidate) => fits(argumentTypes, candidate.types, types));
  if (fitting.length < 2) return fitting[0];
  return select(argumentTypes, fitting, types);
}

function withoutHidden(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter(
    (one) => !candidates.some((other) => other.place < one.place && same(other.types, one.types)),
  );
}

/** binary_oper_exact: `column = 'literal'` takes the literal for the column's type, or its domain's base. */
function exactOperator(
  argumentTypes: readonly number[],
  candidates: readonly Candidate[],
  types: Types,
): Candidate | undefined {
  const [left, right] = argumentTypes;
  if (left === undefined || right === undefined) return undefined;
  if ((left === UNKNOWN) === (right === UNKNOWN)) return undefined;
  const known = left === UNKNOWN ? right : left;
  const attempts = [known, baseOf(known, types)];
  for (const type of attempts) {
    const match = candidates.find((candidate) => same(candidate.types, [type, type]));
    if (match !== undefined) return match;
  }
  return undefined;
}

export function fits(
  argumentTypes: readonly number[],
  parameters: readonly number[],
  types: Types,
): boolean {
  return parameters.every((parameter, i) => coerces(argumentTypes[i]!, parameter, types));
}

/** can_coerce_type, implicitly. */
function coerces(source: number, target: number, types: Types): boolean {
  if (source === target || target === ANY || source === UNKNOWN) return true;
  const base = baseOf(source, types);
  const polymorphic = POLYMORPHIC.get(target);
  if (polymorphic !== undefined) return polymorphic(types.of(base));
  const goal = baseOf(target, types);
  if (base === goal || types.casts(base, goal)) return true;
  const from = types.of(base);
  const to = types.of(goal);
  if (from?.category === 'A' && to?.category === 'A' && from.element !== 0 && to.element !== 0) {
    return coerces(from.element, to.element, types);
  }
  // A row becomes one without a type and the other way round, and one of a child table its parent's.
  if (base === RECORD) return to?.kind === 'c';
  if (goal === RECORD) return from?.kind === 'c';
  if (goal === RECORD_ARRAY) return from?.category === 'A' && types.of(from.element)?.kind === 'c';
  return types.inherits(base, goal);
}

/** func_select_candidate. */
function select(
  argumentTypes: readonly number[],
  fitting: readonly Candidate[],
  types: Types,
): Candidate | undefined {
  const inputs = argumentTypes.map((type) => (type === UNKNOWN ? UNKNOWN : baseOf(type, types)));
  let left = best(fitting, ({ types: parameters }) =>
    count(inputs, (input, i) => input !== UNKNOWN && parameters[i] === input),
  );
  if (left.length === 1) return left[0];
  const categories = inputs.map((input) => types.of(input)?.category);
  left = best(left, ({ types: parameters }) =>
    count(inputs, (input, i) => {
      if (input === UNKNOWN) return false;
      if (parameters[i] === input) return true;
      const parameter = types.of(parameters[i]!);
      return parameter?.preferred === true && parameter.category === categories[i];
    }),
  );
  if (left.length === 1) return left[0];
  if (!inputs.includes(UNKNOWN)) return undefined;
  const narrowed = byCategory(inputs, left, types);
  if (narrowed.length === 1) return narrowed[0];
  return bySameType(inputs, narrowed, types);
}

/** What an unknown literal is taken for: strings first, then the one category that all agree on. */
function byCategory(inputs: readonly number[], candidates: readonly Candidate[], types: Types) {
  const wanted = new Map<number, { category: string; preferred: boolean }>();
  for (const [i, input] of inputs.entries()) {
    if (input !== UNKNOWN) continue;
    const slots = candidates.map((candidate) => types.of(candidate.types[i]!));
    const seen = new Set(slots.map((slot) => slot?.category));
    const category = seen.has('S') ? 'S' : seen.size === 1 ? [...seen][0] : undefined;
    if (category === undefined) return candidates;
    const preferred = slots.some((slot) => slot?.category === category && slot.preferred);
    wanted.set(i, { category, preferred });
  }
  const kept = candidates.filter((candidate) =>
    [...wanted].every(([i, { category, preferred }]) => {
      const type = types.of(candidate.types[i]!);
      return type?.category === category && (!preferred || type.preferred);
    }),
  );
  return kept.length > 0 ? kept : candidates;
}

/** The last gasp: if all known arguments are of one type, the literals are taken for it too. */
function bySameType(
  inputs: readonly number[],
  candidates: readonly Candidate[],
  types: Types,
): Candidate | undefined {
  const known = [...new Set(inputs.filter((input) => input !== UNKNOWN))];
  if (known.length !== 1) return undefined;
  const assumed = inputs.map(() => known[0]!);
  const left = candidates.filter((candidate) => fits(assumed, candidate.types, types));
  return left.length === 1 ? left[0] : undefined;
}

function best(
  candidates: readonly Candidate[],
  score: (candidate: Candidate) => number,
): Candidate[] {
  const scores = candidates.map(score);
  const highest = Math.max(...scores);
  return candidates.filter((_, i) => scores[i] === highest);
}

function count<T>(items: readonly T[], holds: (item: T, i: number) => boolean): number {
  return items.filter(holds).length;
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((type, i) => type === b[i]);
}

export function baseOf(oid: number, types: Types): number {
  let type = types.of(oid);
  while (type?.kind === 'd') type = types.of(type.base);
  return type?.oid ?? oid;
}

/** Whether a pair of OIDs is among these. */
export function pairTable(pairs: readonly (readonly [number, number])[]): Types['casts'] {
  const known = new Set(pairs.map(([source, target]) => `${source} ${target}`));
  return (source, target) => known.has(`${source} ${target}`);
}

/** Whether an OID is a user's type: PostgreSQL's own need no look at what they are made of. */
export function isUserType(oid: number): boolean {
  return oid >= FIRST_USER_OID;
}
