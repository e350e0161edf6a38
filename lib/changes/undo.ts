/** The statements that put rows back as they were, and the rows that have changed since and are left alone. */
import type { ChangeTransaction } from '../databases/writable.js';
import { RefusedError } from '../errors.js';
import { quoteIdentifier } from '../sql/quote.js';
import type { Image } from './capture.js';
import type { Images, TableImages } from './images.js';

/** The statements of the change in reverse order, each table's rows in one. */
export function undoStatements({ tables }: Images): string[] {
  return [...tables].reverse().flatMap((table) => {
    const of = (wanted: (row: TableImages['rows'][number]) => boolean) => table.rows.filter(wanted);
    const inserted = of(({ before }) => before === undefined);
    const deleted = of(({ after }) => after === undefined);
    // An UPDATE that set what was there already left nothing to put back.
    const updated = of(
      ({ before, after }) =>
        before !== undefined && after !== undefined && before.join('\0') !== after.join('\0'),
    );
    return [
      ...(updated.length > 0 ? [updating(table, updated)] : []),
      ...(inserted.length > 0 ? [deleting(table, inserted)] : []),
      ...(deleted.length > 0 ? [inserting(table, deleted)] : []),
    ];
  });
}

/**
 * Looks at what is there now: a row that is not as the change left it is somebody else's by now.
 *
 * @throws {RefusedError} there are such rows; it says which
 */
export async function checkUnchanged(inside: ChangeTransaction, { tables }: Images): Promise<void> {
  const changed: string[] = [];
  // A row that two statements changed is as the last of them left it.
  const seen = new Set<string>();
  for (const table of [...tables].reverse()) {
    const rows = table.rows.filter((row) => {
      const name = `${table.name} ${JSON.stringify(keyOf(table, row.after ?? row.before!))}`;
      return !seen.has(name) && seen.add(name);
    });
    if (rows.length === 0) continue;
    for (const [key] of await inside.ask(differing(table, rows)))
      changed.push(`${table.name} ${key}`);
  }
  if (changed.length === 0) return;
  const some = changed.slice(0, 10).join(', ');
  const more = changed.length > 10 ? ` and ${changed.length - 10} more` : '';
  throw new RefusedError(`refused: rows have changed since: ${some}${more}`, {
    rule: 'undo-changed',
    effect: 'write',
    hint: 'put back what is left by hand: pgask plans show and pgask journal tell what was done',
  });
}

function updating(table: TableImages, rows: TableImages['rows']): string {
  const altered = writable(table).filter(({ place }) =>
    rows.some(({ before, after }) => before![place] !== after![place]),
  );
  const sets = altered.map(
    ({ name, type, place }) => `${quoteIdentifier(name)} = v.b${place}::${type}`,
  );
  const values = rows.map(({ before, after }) => tuple([...after!, ...before!]));
  const names = [...table.columns.map((_, i) => `a${i}`), ...table.columns.map((_, i) => `b${i}`)];
  return `update ${table.name} as t set ${sets.join(', ')}
from (values ${values.join(', ')}) as v (${names.join(', ')})
where ${asLeft(table)}`;
}

function deleting(table: TableImages, rows: TableImages['rows']): string {
  return `delete from ${table.name} as t using (values ${rows.map(({ after }) => tuple(after!)).join(', ')}) as v (${aliases(table)})
where ${asLeft(table)}`;
}

function inserting(table: TableImages, rows: TableImages['rows']): string {
  const columns = writable(table);
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const overriding = columns.some(({ always }) => always) ? ' overriding system value' : '';
  const values = columns.map(({ type, place }) => `v.a${place}::${type}`);
  return `insert into ${table.name} (${names})${overriding}
select ${values.join(', ')} from (values ${rows.map(({ before }) => tuple(before!)).join(', ')}) as v (${aliases(table)})`;
}

/** Keys of rows that are gone, or have other values; of those that were deleted, of which there is one again. */
function differing(table: TableImages, rows: TableImages['rows']): string {
  const key = table.key.map((name) => `v.a${table.columns.findIndex((one) => one.name === name)}`);
  const expected = rows.map(({ before, after }) =>
    tuple([...(after ?? before!), after === undefined ? 'gone' : 'there']),
  );
  const same = table.columns.map(
    (column, i) => `${written(column.name)} is not distinct from v.a${i}`,
  );
  return `select pg_catalog.concat_ws(', ', ${key.join(', ')})
from (values ${expected.join(', ')}) as v (${aliases(table)}, state)
left join ${table.name} t on ${sameKey(table)}
where (v.state = 'there') <> (t.tableoid is not null and ${same.join(' and ')})
  or (v.state = 'gone' and t.tableoid is not null)`;
}

function asLeft(table: TableImages): string {
  const same = table.columns.map(({ name }, i) => `${written(name)} is not distinct from v.a${i}`);
  return [sameKey(table), ...same].join('\n  and ');
}

/** By the key's own type, so that its index serves. */
function sameKey(table: TableImages): string {
  return table.key
    .map((name) => {
      const place = table.columns.findIndex((column) => column.name === name);
      return `t.${quoteIdentifier(name)} = v.a${place}::${table.columns[place]!.type}`;
    })
    .join(' and ');
}

/** As the images were written. */
function written(column: string): string {
  const name = `t.${quoteIdentifier(column)}`;
  return `case when pg_catalog.num_nulls(${name}) = 0 then pg_catalog.format('%s', ${name}) end`;
}

function writable({ columns }: TableImages) {
  return columns
    .map((column, place) => ({ ...column, place }))
    .filter(({ generated }) => !generated);
}

function aliases({ columns }: TableImages): string {
  return columns.map((_, i) => `a${i}`).join(', ');
}

function keyOf({ columns, key }: TableImages, row: Image): (string | null)[] {
  return key.map((name) => row[columns.findIndex((column) => column.name === name)] ?? null);
}

/** Every value is a text literal with its cast, so that VALUES of NULLs alone is text as well. */
function tuple(values: Image): string {
  return `(${values.map((value) => (value === null ? 'null::text' : `${literal(value)}::text`)).join(', ')})`;
}

/** standard_conforming_strings is on in every transaction of a change. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
