/** A preview as a person reads it on stderr: what would be changed, where else, under which locks. */
import type { App } from '../app.js';
import type { Plan, Preview } from '../changes/changes.js';

/** Characters of one value that a sample shows. */
const MAX_VALUE = 40;

export interface PreviewLine {
  readonly text: string;
  /** Of a statement: nothing is left out of it but known secrets. */
  readonly isSql: boolean;
}

/** Stands before the lines of a statement, so that none of them looks like one of ours. */
const LEAD = '  | ';

/** The statement as it is, in whole. */
export function sqlLines(sql: string): PreviewLine[] {
  return sql.split('\n').map((line) => ({ text: `${LEAD}${line}`, isSql: true }));
}

/** A plan that is to be decided on. */
export function planPreview(plan: Plan): PreviewLine[] {
  const ours = (text: string) => ({ text, isSql: false });
  return [
    ours(`plan ${plan.id}, made ${plan.createdAt}, void after ${plan.expiresAt}`),
    ours(`database ${plan.database} (${plan.datname}), role ${plan.role}, effect ${plan.effect}`),
    ...plan.statements.flatMap((sql, i) => {
      const count = plan.counts[i] ?? null;
      const rows = count === null ? 'rows not known' : `${count} ${count === 1 ? 'row' : 'rows'}`;
      return [ours(''), ...sqlLines(sql), ours(`  ${rows}`)];
    }),
    ours(''),
  ];
}

/** @param how `always`: to be decided on; `said`: not under --quiet; `detail`: under --verbose alone */
export function tellLines(
  { io, flags }: App,
  lines: readonly PreviewLine[],
  how: 'always' | 'said' | 'detail',
): void {
  if (how === 'detail' && !flags.verbose) return;
  if (how !== 'always' && flags.quiet) return;
  for (const { text, isSql } of lines) {
    if (isSql) io.talk.statement(text);
    else io.talk.line(text);
  }
}

export function previewLines(
  seen: Preview,
  {
    database,
    values,
  }: { readonly database: string; /** Whether rows are shown. */ readonly values: boolean },
): PreviewLine[] {
  const lines: PreviewLine[] = [];
  const say = (...told: string[]) => lines.push(...told.map((text) => ({ text, isSql: false })));
  say(`database ${database}, role ${seen.place.role}, effect ${seen.effect}`);
  for (const { sql, command, rowCount, sample } of seen.statements) {
    say('');
    lines.push(...sqlLines(sql));
    say(`  ${countOf(seen.kind, command, rowCount)}`);
    if (values && sample !== undefined) say(...sampleLines(sample, rowCount ?? 0));
  }
  say('');
  for (const { table, inserted, updated, deleted } of seen.elsewhere ?? []) {
    const counts = [
      [inserted, 'inserted'],
      [updated, 'updated'],
      [deleted, 'deleted'],
    ] as const;
    const told = counts.flatMap(([count, what]) => (count > 0 ? `${count} ${what}` : []));
    say(`also in ${table}: ${told.join(', ')} (cascades and triggers)`);
  }
  if (seen.kind === 'executed' && seen.elsewhere === undefined)
    say('rows in other tables were not counted: track_counts is off on this server');
  if (seen.sequences.length > 0)
    say(`sequences moved on, which no rollback takes back: ${seen.sequences.join(', ')}`);
  if (seen.locks.length > 0) {
    const held = seen.locks.map(({ relation, mode }) => `${mode} on ${relation}`);
    say(`locks, for at least ${seen.durationMs ?? 0} ms: ${held.join(', ')}`);
  }
  if (seen.against !== undefined) say(`it can't be undone: ${seen.against}`);
  say(...seen.notes);
  for (const why of seen.why) {
    say(
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
        if (was !== is) return `${column}: ${difference(was, is)}`;
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

/** Where long values differ late, from a little before that on. */
function difference(was: string | null, is: string | null): string {
  const [before, after] = [[...(was ?? '')], [...(is ?? '')]];
  const differs = before.findIndex((character, i) => character !== after[i]);
  const same = differs === -1 ? before.length : differs;
  const from = same < MAX_VALUE / 2 ? 0 : same - MAX_VALUE / 4;
  return `${value(was, from)} → ${value(is, from)}`;
}

/** Quoted unless it is a plain word or number, so that a value looks like nothing else. */
function value(text: string | null, from = 0): string {
  if (text === null) return 'NULL';
  const all = [...text];
  const part = all
    .slice(from, from + MAX_VALUE)
    .join('')
    .replace(/\s/g, ' ');
  const quoted = /^(?!null$)[\w.+:-]+$/i.test(text) ? part : `'${part.replaceAll("'", "''")}'`;
  const [before, after] = [from > 0 ? '…' : '', from + MAX_VALUE < all.length ? '…' : ''];
  return `${before}${quoted}${after}`;
}
