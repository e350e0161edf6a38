/** How often something occurs: `the most common colour`, `the most popular course`, `in descending order of the count`. */
import type { Measure, Mod, Noun, TableMention, Target } from '../phrase.js';
import { waysBetween } from '../schema/paths.js';
import type { Field, Table } from '../schema/schema.js';
import { isSeveral } from '../text/inflection.js';
import { Misfit } from './choices.js';
import type { Parts } from './parts.js';

type Related = Extract<Mod, { type: 'related' }>;

interface Counted {
  readonly key: Measure;
  /** What is counted was said of the things asked for, and is no condition any more. */
  readonly instead?: Related | undefined;
  /** The column whose values are ranked, as the request calls it. */
  readonly value?: string | undefined;
}

/** `the most common colour of the cars` is one colour, however many cars there are. */
function isOne({ limit }: { readonly limit?: number | undefined }, value: string | undefined) {
  return limit === undefined && value !== undefined && !isSeveral(value);
}

/** Puts a count in the place of a frequency: of the rows that have the value, or that belong to the thing. */
export function withFrequency(given: Parts): Parts {
  const parts = withEvents(given);
  const { rank, orders } = parts;
  const ordered = orders.some(({ key }) => key.type === 'result' && key.counted === true);
  const ranked = rank?.frequency === true && rank.key === undefined;
  if (!ranked && !(ordered && !parts.targets.some(({ type }) => type === 'measure'))) return parts;
  const targets = parts.targets.map(asColumn);
  const { key, instead, value } = countOf({ ...parts, targets });
  return {
    ...parts,
    targets,
    filters: parts.filters.filter((mod) => mod !== instead),
    ...(instead === undefined ? {} : { counted: [...(parts.counted ?? []), instead] }),
    rank: ranked ? { ...rank, key, ...(isOne(rank, value) ? { limit: 1 } : {}) } : rank,
    orders: orders.map((order) =>
      order.key.type === 'result' && order.key.counted === true ? { ...order, key } : order,
    ),
  };
}

/** A bare column of numbers is asked for as it is: how often it occurs is what is counted. */
function asColumn(target: Target): Target {
  return target.type === 'measure' && target.measure.type === 'field'
    ? { type: 'field', field: target.measure.field, noun: target.measure.noun }
    : target;
}

/** `who ordered most often`: it is the orders of each that are counted. */
function withEvents(parts: Parts): Parts {
  if (parts.rank !== undefined) return parts;
  for (const mod of parts.filters) {
    if (mod.type !== 'related' || mod.not) continue;
    const rank = mod.noun.mods.find((one) => one.type === 'rank');
    // `the most popular course` is another thing's own; the adverb speaks of the event.
    if (rank?.frequency !== true || rank.many) continue;
    const noun: Noun = { ...mod.noun, mods: mod.noun.mods.filter((one) => one !== rank) };
    return {
      ...parts,
      filters: parts.filters.filter((one) => one !== mod),
      counted: [...(parts.counted ?? []), mod],
      rank: { ...rank, key: { type: 'things', noun } },
    };
  }
  return parts;
}

function countOf({ targets, subject, filters }: Parts): Counted {
  const [target] = targets;
  const related = filters.filter(
    (mod): mod is Related => mod.type === 'related' && !mod.not && mod.noun.table !== undefined,
  );
  if (target?.type === 'field') {
    const options = ofSubject(target.field.options, target.noun ?? subject);
    for (const mod of related) {
      const rows = rowsOf(mod, (table) => options.some(({ field }) => isTold(table, field.table)));
      if (rows !== undefined) return { key: things(rows, mod.noun.mods), instead: mod };
    }
    const own = options.filter(({ field }) => !isOneEach(field));
    const noun = target.noun ?? subject;
    const rows = noun?.table?.options.map(({ table }) => table) ?? [];
    // The thing's own rows, under its own name.
    if (noun !== undefined && own.some(({ field }) => rows.includes(field.table)))
      return { key: { type: 'things', noun }, value: target.field.text };
    // "the most common home of gymnasts", where a gymnast's home is that of the person who is one.
    if (
      noun !== undefined &&
      rows.some((row) => options.some(({ field }) => isTold(row, field.table)))
    )
      return { key: { type: 'things', noun }, value: target.field.text };
    if (own.length > 0)
      return {
        value: target.field.text,
        key: things({
          text: target.field.text,
          options: own.map(({ field, cost }) => ({ table: field.table, cost })),
        }),
      };
    return {
      key: things(
        below(
          target.field.text,
          options.map(({ field, cost }) => ({ table: field.table, cost })),
        ),
      ),
    };
  }
  if (target?.type === 'things' && target.noun.table !== undefined) {
    const { text, options } = target.noun.table;
    for (const mod of related) {
      const rows = rowsOf(mod, (table) => options.some((option) => isTold(table, option.table)));
      if (rows !== undefined) return { key: things(rows, mod.noun.mods), instead: mod };
    }
    return { key: things(below(text, options)) };
  }
  throw new Misfit('it is not clear what is counted there', { weight: 3 });
}

function things(table: TableMention, mods: Noun['mods'] = []): Measure {
  return { type: 'things', noun: { table, mods } };
}

/** The tables that a thing spoken of may be, as far as each of their rows has one of what is asked for. */
function rowsOf({ noun }: Related, fits: (table: Table) => boolean): TableMention | undefined {
  const options = noun.table!.options.filter(({ table, via }) => via === undefined && fits(table));
  return options.length === 0 ? undefined : { text: noun.table!.text, options };
}

function isTold(from: Table, to: Table): boolean {
  return waysBetween(from, to).some(({ toOne, steps }) => toOne && steps.length > 0);
}

/** A column whose values tell the rows of its table apart, where other tables refer to these. */
function isOneEach({ table, ...field }: Field): boolean {
  const alone = (columns: readonly string[]) =>
    columns.length === 1 && columns[0] === field.column.name;
  const unique =
    (table.key.length === 1 && table.key[0]!.column === field.column) ||
    table.relation.uniques.some(alone) ||
    (table.naming.length === 1 && table.naming[0]!.column === field.column);
  return unique && table.steps.some(({ toOne }) => !toOne);
}

/** The tables whose rows refer to a thing's. */
function below(text: string, options: readonly { table: Table; cost: number }[]): TableMention {
  const found = options.flatMap(({ table, cost }) =>
    table.steps.filter(({ toOne }) => !toOne).map(({ to }) => ({ table: to, cost })),
  );
  if (found.length === 0)
    throw new Misfit(`there is nothing that tells how often ${text} occurs`, { weight: 3 });
  return { text, options: found };
}

function ofSubject<Option extends { readonly field: Field }>(
  options: readonly Option[],
  noun: Noun | undefined,
): readonly Option[] {
  const tables = noun?.table?.options.map(({ table }) => table) ?? [];
  const own = options.filter(({ field }) => tables.includes(field.table));
  return own.length > 0 ? own : options;
}
