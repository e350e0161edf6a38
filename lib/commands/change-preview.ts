/** A preview as a person reads it on stderr: what would be changed, where else, under which locks. */
import type { Preview } from '../changes/changes.js';

/** Characters of one value that a sample shows. */
const MAX_VALUE = 40;

/** Lines, without a line feed at their ends. */
export function previewLines(
  seen: Preview,
  {
    database,
    values,
  }: { readonly database: string; /** Whether rows are shown. */ readonly values: boolean },
): string[] {
  const lines = [`database ${database}, role ${seen.role}, effect ${seen.effect}`];
  for (const { sql, command, rowCount, sample } of seen.statements) {
    lines.push('', sql);
    lines.push(`  ${countOf(seen.kind, command, rowCount)}`);
    if (values && sample !== undefined) lines.push(...sampleLines(sample, rowCount ?? 0));
  }
  lines.push('');
  for (const { table, inserted, updated, deleted } of seen.elsewhere ?? []) {
    const counts = [
      [inserted, 'inserted'],
      [updated, 'updated'],
      [deleted, 'deleted'],
    ] as const;
    const told = counts.flatMap(([count, what]) => (count > 0 ? `${count} ${what}` : []));
    lines.push(`also in ${table}: ${told.join(', ')} (cascades and triggers)`);
  }
  if (seen.kind === 'executed' && seen.elsewhere === undefined)
    lines.push('rows in other tables were not counted: track_counts is off on this server');
  if (seen.sequences.length > 0)
    lines.push(`sequences moved on, which no rollback takes back: ${seen.sequences.join(', ')}`);
  if (seen.locks.length > 0) {
    const held = seen.locks.map(({ relation, mode }) => `${mode} on ${relation}`);
    lines.push(`locks, for at least ${seen.durationMs ?? 0} ms: ${held.join(', ')}`);
  }
  for (const why of seen.why) {
    lines.push(
      seen.kind === 'estimated'
        ? `an estimate: ${why}`
        : `nothing was executed for this preview: ${why}`,
    );
  }
  return lines;
}

function countOf(kind: Preview['kind'], command: string, rowCount: number | undefined): string {
  if (rowCount === undefined) return kind === 'executed' ? command : `${command}: rows not known`;
  const rows = `${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`;
  return `${command}: ${kind === 'executed' ? '' : 'about '}${rows}`;
}

function sampleLines(
  { columns, rows }: NonNullable<Preview['statements'][number]['sample']>,
  rowCount: number,
): string[] {
  const lines = rows.map(({ before, after }) => {
    if (before === undefined) return `  + ${list(columns, after ?? [])}`;
    if (after === undefined) return `  - ${list(columns, before)}`;
    return `  ~ ${columns
      .flatMap((column, i) => {
        const [was, is] = [before[i] ?? null, after[i] ?? null];
        if (was !== is) return `${column}: ${value(was)} → ${value(is)}`;
        // The first columns tell which row it is.
        return i === 0 ? `${column}: ${value(was)}` : [];
      })
      .join(', ')}`;
  });
  const more = rowCount - rows.length;
  return more > 0 && rows.length > 0 ? [...lines, `  … and ${more} more`] : lines;
}

function list(columns: readonly string[], values: readonly (string | null)[]): string {
  return columns.map((column, i) => `${column}: ${value(values[i] ?? null)}`).join(', ');
}

function value(text: string | null): string {
  if (text === null) return 'NULL';
  const [...characters] = text.replace(/\s+/g, ' ');
  return characters.length > MAX_VALUE
    ? `${characters.slice(0, MAX_VALUE).join('')}…`
    : characters.join('');
}
