/** Tables that stand between two others and hold each pair of their rows once. */
import type { Field, Step } from './schema.js';

/**
 * Whether a row stands but once in each group, though in several groups: a student in each of his clubs.
 * @param field what the rows at the end are grouped by; undefined for the rows themselves
 */
export function isApart(steps: readonly Step[], field?: Field): boolean {
  const tells =
    field === undefined || field.table.naming.includes(field) || field.table.key.includes(field);
  return tells && pairsOnce(steps);
}

/** A way over a table of links alone, where the one row is linked with the other at most once. */
function pairsOnce([down, up, ...more]: readonly Step[]): boolean {
  if (down === undefined || up === undefined || more.length > 0) return false;
  if (down.toOne || down.forward || !up.toOne || !up.forward) return false;
  const { relation, fields } = up.from;
  const ends = new Set([...down.on.map(([, field]) => field), ...up.on.map(([field]) => field)]);
  const names = new Set([...ends].map(({ column }) => column.name));
  const keys = [relation.primaryKey, ...relation.uniques].filter((key) => key.length > 0);
  if (keys.some((key) => key.every((name) => names.has(name)))) return true;
  const others = fields.filter((field) => !ends.has(field));
  // Without a word about it, what happens at a time may happen again; who lives where does so once.
  if (keys.length === 0) return others.every(({ role }) => role !== 'time' && role !== 'year');
  return others.every(({ column }) => relation.primaryKey.includes(column.name));
}
