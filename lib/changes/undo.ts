/** The statements that put rows back as they were, and the rows that have changed since and are left alone. */
import type { ChangeTransaction } from '../databases/writable.js';
import { RefusedError } from '../errors.js';
import { quoteIdentifier } from '../sql/quote.js';
import type { Image } from './capture.js';
import type { TableImages } from './images.js';

/** Orders in which rows are put back: constraints allow one or another. */
const ORDERS = [
  ['insert', 'update', 'delete'],
  ['delete', 'insert', 'update'],
  ['update', 'delete', 'insert'],
  ['delete', 'update', 'insert'],
] as const;

/** Characters of a statement; more rows are put back by several. */
const MAX_CHARACTERS = 200_000;

/**
 * Statements that put rows back, in the orders to be tried.
 *
 * @param tables one for each table ({@link netOf}), those that others refer to first
 */
export function undoOrders(tables: readonly TableImages[]): string[][] {
  const steps = {
    insert: tables.flatMap((table) =>
      inParts(table, ({ after }) => after === undefined, inserting),
    ),
    update: tables.flatMap((table) =>
      inParts(table, (row) => row.before !== undefined && row.after !== undefined, updating),
    ),
    // What refers to others goes first.
    delete: [...tables]
      .reverse()
      .flatMap((table) => inParts(table, ({ before }) => before === undefined, deleting)),
  };
  const orders = ORDERS.map((order) => order.flatMap((step) => steps[step]));
  return [...new Map(orders.map((order) => [order.join('\n;'), order])).values()];
}

function inParts(
  table: TableImages,
  wanted: (row: TableImages['rows'][number]) => boolean,
  write: (table: TableImages, rows: TableImages['rows']) => string,
): string[] {
  const parts: TableImages['rows'][] = [];
  let size = Infinity;
  for (const row of table.rows.filter(wanted)) {
    const length = JSON.stringify(row).length;
    if (size + length > MAX_CHARACTERS) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(row);
    size += length;
  }
  return parts.map((rows) => write(table, rows));
}

/** Those that others refer to by foreign keys first, as far as keys don't go round in circles. */
export async function inOrderOfKeys(
  inside: ChangeTransaction,
  tables: readonly TableImages[],
): Promise<TableImages[]> {
  const pairs = await inside.ask(KEYS, [JSON.stringify(tables.map(({ name }) => name))]);
  const left = [...tables];
  const sorted: TableImages[] = [];
  while (left.length > 0) {
    const waits = ({ name }: TableImages) =>
      pairs.some(
        ([from, to]) => from === name && to !== name && left.some((other) => other.name === to),
      );
    const next = left.findIndex((table) => !waits(table));
    sorted.push(...left.splice(Math.max(0, next), 1));
  }
  return sorted;
}

const KEYS = `with named (name, oid) as (
    select name, pg_catalog.to_regclass(name)::pg_catalog.oid
    from pg_catalog.json_array_elements_text($1::pg_catalog.json) as name)
  select f.name, t.name from pg_catalog.pg_constraint c
  join named f on f.oid = c.conrelid join named t on t.oid = c.confrelid 
  -- What can be put off is.
  where c.contype = 'f' and not c.condeferrable`;

/**
 * Looks at what is there now: a row that is not as the change left it is somebody else's by now.
 *
 * @param tables one for each table ({@link netOf})
 * @throws {RefusedError} there are such rows; it says which
 */
export async function checkUnchanged(
  inside: ChangeTransaction,
  tables: readonly TableImages[],
): Promise<void> {
  const changed = await differences(inside, tables);
  if (changed.length === 0) return;
  throw new RefusedError(`refused: rows have changed since: ${listed(changed)}`, {
    rule: 'undo-changed',
    effect: 'write',
    hint: 'put back what is left by hand: pgask journal tells what was done',
  });
}

/** Rows that are not as they were before the change, once it is undone. */
export async function notRestored(
  inside: ChangeTransaction,
  tables: readonly TableImages[],
): Promise<string[]> {
  const swapped = tables.map((table) => ({
    ...table,
    rows: table.rows.map(({ before, after }) => ({ before: after, after: before })),
  }));
  return await differences(inside, swapped);
}

/** Up to a number of them. */
export function listed(rows: readonly string[]): string {
  const more = rows.length > SHOWN ? ` and ${rows.length - SHOWN} more` : '';
  return `${rows.slice(0, SHOWN).join(', ')}${more}`;
}

const SHOWN = 20;

async function differences(
  inside: ChangeTransaction,
  tables: readonly TableImages[],
): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const keys: string[] = [];
    for (const sql of inParts(table, () => true, differing))
      for (const [key] of await inside.ask(sql)) keys.push(key ?? '');
    // A key that a row has left and another one has taken is looked at as the latter's.
    const taken = new Set(
      table.rows.flatMap(({ after }) => (after ? [keyText(table, after)] : [])),
    );
    const gone = new Set(
      table.rows.flatMap(({ before, after }) =>
        before && after === undefined && taken.has(keyText(table, before))
          ? [keyText(table, before)]
          : [],
      ),
    );
    found.push(...keys.filter((key) => !gone.has(key)).map((key) => `${table.name} ${key}`));
  }
  return found;
}

function keyText({ columns, key }: TableImages, row: Image): string {
  return key
    .map((name) => row[columns.findIndex((column) => column.name === name)] ?? '')
    .join(', ');
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
  return `update ${only(table)}${table.name} as t set ${sets.join(', ')}
from (values ${values.join(', ')}) as v (${names.join(', ')})
where ${asLeft(table)}`;
}

function deleting(table: TableImages, rows: TableImages['rows']): string {
  return `delete from ${only(table)}${table.name} as t using (values ${rows.map(({ after }) => tuple(after!)).join(', ')}) as v (${aliases(table)})
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
left join ${only(table)}${table.name} t on ${sameKey(table)}
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

function only(table: TableImages): string {
  return table.only ? 'only ' : '';
}

function writable({ columns }: TableImages) {
  return columns
    .map((column, place) => ({ ...column, place }))
    .filter(({ generated }) => !generated);
}

function aliases({ columns }: TableImages): string {
  return columns.map((_, i) => `a${i}`).join(', ');
}

/** Every value is a text literal with its cast, so that VALUES of NULLs alone is text as well. */
function tuple(values: Image): string {
  return `(${values.map((value) => (value === null ? 'null::text' : `${literal(value)}::text`)).join(', ')})`;
}

/** standard_conforming_strings is on in every transaction of a change. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
