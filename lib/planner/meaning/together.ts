/** `building, room number, semester and year of courses`: columns that stand together in one table are all of that table. */
import type { FieldMention, Target } from '../phrase.js';
import type { Table } from '../schema/schema.js';
import { nounOfTarget, type Parts } from './parts.js';

/** The same, where the thing itself has none of the columns and one table has all of them. */
export function together(parts: Parts): Parts {
  const { targets, subject } = parts;
  const columns = targets.flatMap((target) => (target.type === 'field' ? [target.field] : []));
  if (columns.length < 2 || columns.length < targets.length) return parts;
  const held = columns.map(holders);
  const whole = [...held[0]!].filter((table) => held.every((tables) => tables.has(table)));
  if (whole.length === 0 || held.every((tables) => tables.size === whole.length)) return parts;
  const nouns = [subject, ...targets.map(nounOfTarget)];
  const own = nouns.flatMap((noun) => noun?.table?.options.map(({ table }) => table) ?? []);
  if (own.some((table) => held.some((tables) => tables.has(table)))) return parts;
  return { ...parts, targets: targets.map((target) => within(target, whole)) };
}

/** The tables that have a column which is called so. */
function holders({ options }: FieldMention): ReadonlySet<Table> {
  const least = Math.min(...options.map(({ cost }) => cost));
  return new Set(options.flatMap(({ field, cost }) => (cost <= least ? [field.table] : [])));
}

function within(target: Target, tables: readonly Table[]): Target {
  if (target.type !== 'field') return target;
  const options = target.field.options.filter(({ field }) => tables.includes(field.table));
  return { ...target, field: { ...target.field, options } };
}
