/**
 * Rows that cascades, triggers and functions change: a cursor that is opened before the change sees a table as it was
 * then, and, read afterwards, which of its rows this transaction has replaced or removed (their xmax). What is new there
 * has this transaction's xmin.
 *
 * PostgreSQL manual, "DECLARE": all cursors are insensitive; "System Columns": xmin and xmax.
 */
import type { ChangeTransaction } from '../databases/writable.js';
import { type Image, readArray, valueOf } from './capture.js';
import type { Touched } from './footprint.js';
import type { TableImages } from './images.js';
import { quoteIdentifier } from '../sql/quote.js';
import { factsOf, type TableFacts } from './target.js';

/** Bytes of a table that is read as a whole to find the rows. */
const MAX_BYTES = 256 * 1024 * 1024;

export interface Watch {
  /** Images of the tables' changed rows, or why they are not known, as a clause. */
  read(touched: readonly Touched[], maxRows: number): Promise<readonly TableImages[] | string>;
}

/** Why a table's rows can't be followed, as a clause. */
export function unwatchable(facts: TableFacts | undefined, table: string): string | undefined {
  if (facts === undefined || !['r', 'p'].includes(facts.kind))
    return `${table} is no ordinary table`;
  if (facts.obstacle !== undefined && !facts.obstacle.endsWith('inherit from it'))
    return facts.obstacle;
  if (facts.key.length === 0) return `${table}, where rows are changed too, has no primary key`;
  return facts.bytes > MAX_BYTES
    ? `${table} is too large to look for the rows that a cascade or trigger changes`
    : undefined;
}

/** @param tables qualified, as SQL; they must be watchable */
export async function openWatch(
  inside: ChangeTransaction,
  tables: readonly string[],
): Promise<Watch> {
  if (tables.length === 0) {
    return {
      read: ([first]) => Promise.resolve(first === undefined ? [] : unseen(first.table)),
    };
  }
  const [own] = await inside.ask(
    'select pg_catalog.pg_current_xact_id()::pg_catalog.xid::pg_catalog.text',
  );
  const xid = `'${own?.[0] ?? '0'}'::pg_catalog.xid`;
  // Numbers after ours are those of its subtransactions, and of others that run beside it.
  const ours = (column: string) => `(${column} = ${xid} or pg_catalog.age(${column}) < 0)`;
  const watched = new Map<string, { readonly facts: TableFacts; readonly cursor: string }>();
  for (const table of tables) {
    const facts = await factsOf(table, inside);
    if (facts === undefined || unwatchable(facts, table) !== undefined) continue;
    const cursor = `pgask_watch_${watched.size}`;
    await inside.ask(
      `declare ${cursor} no scroll cursor for select ${imageOf(facts)} from ${only(facts)}${table} t where ${ours('t.xmax')}`,
    );
    watched.set(table, { facts, cursor });
  }

  async function readTable(
    { table, inserted, deleted }: Touched,
    maxRows: number,
  ): Promise<TableImages | string> {
    const found = watched.get(table);
    if (found === undefined) return unseen(table);
    const { facts, cursor } = found;
    const many = `more rows of ${table} were changed than are kept for undo`;
    const images = (rows: readonly (readonly (string | null)[])[]) =>
      new Map(
        rows.map(([image]) => readArray(image!)).map((image) => [keyOf(facts, image), image]),
      );
    const before = images(await inside.ask(`fetch forward ${maxRows + 1} from ${cursor}`));
    const after = images(
      await inside.ask(
        `select ${imageOf(facts)} from ${only(facts)}${table} t where ${ours('t.xmin')} limit ${maxRows + 1}`,
      ),
    );
    if (before.size > maxRows || after.size > maxRows) return many;
    const gone = await absent(
      inside,
      facts,
      [...before].filter(([key]) => !after.has(key)),
    );
    const rows = [
      ...[...before].flatMap(([key, image]) => {
        const now = after.get(key);
        if (now === undefined && !gone.has(key)) return []; // It was locked, and no more.
        return [{ before: [...image], after: now && [...now] }];
      }),
      ...[...after].flatMap(([key, image]) => (before.has(key) ? [] : [{ after: [...image] }])),
    ];
    const count = (wanted: (row: { before?: unknown; after?: unknown }) => boolean) =>
      rows.filter(wanted).length;
    const net = count((row) => row.before === undefined) - count((row) => row.after === undefined);
    if (net !== inserted - deleted || rows.length === 0)
      return `not every row of ${table} that a cascade or trigger changed was found`;
    const columns = facts.columns.map((column) => ({ ...column }));
    return { name: table, only: facts.kind === 'r', columns, key: [...facts.key], rows };
  }

  return {
    async read(touched, maxRows) {
      const all: TableImages[] = [];
      for (const one of touched) {
        const images = await readTable(one, maxRows);
        if (typeof images === 'string') return images;
        all.push(images);
      }
      return all;
    },
  };
}

function unseen(table: string): string {
  return `rows of ${table} were changed, which the preview did not see`;
}

/** Of what inherits from it there are images of its own; partitions are the table itself. */
function only({ kind }: TableFacts): string {
  return kind === 'r' ? 'only ' : '';
}

function imageOf({ columns }: TableFacts): string {
  return `array[${columns.map(({ name }) => valueOf(`t.${quoteIdentifier(name)}`)).join(', ')}]`;
}

export function keyOf({ columns, key }: Pick<TableFacts, 'columns' | 'key'>, row: Image): string {
  return JSON.stringify(
    key.map((name) => row[columns.findIndex((column) => column.name === name)] ?? null),
  );
}

/** Of keys those that no row has any more. */
async function absent(
  inside: ChangeTransaction,
  facts: TableFacts,
  rows: readonly (readonly [string, Image])[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const { name, columns, key } = facts;
  const places = key.map((one) => columns.findIndex((column) => column.name === one));
  const lists = places.map((place) =>
    JSON.stringify(rows.map(([, image]) => image[place] ?? null)),
  );
  const same = places.map(
    (place, i) => `t.${quoteIdentifier(key[i]!)} = v.k${i}::${columns[place]!.type}`,
  );
  const sources = places.map(
    (_, i) => `pg_catalog.json_array_elements_text($${i + 1}::pg_catalog.json)`,
  );
  const found = await inside.ask(
    `select v.n from rows from (${sources.join(', ')}) with ordinality as v (${places.map((_, i) => `k${i}`).join(', ')}, n)
    where not exists (select from ${only(facts)}${name} t where ${same.join(' and ')})`,
    lists,
  );
  return new Set(found.map(([n]) => rows[Number(n) - 1]![0]));
}
