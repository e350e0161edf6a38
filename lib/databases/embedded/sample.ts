/** The sample shop: a database that anybody can ask the first question, made up and always the same. */
import { createHash } from 'node:crypto';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.js';
import { makeCustomers, makeRange, makeStaff } from './sample/cast.js';
import { seededRandom } from './sample/random.js';
import type { Row, Value } from './sample/row.js';
import { COMMENTS, INDEXES, TABLES, TYPES } from './sample/schema.js';
import { makeTrade } from './sample/trade.js';

export { SAMPLE_TODAY } from './sample/today.js';

const SEED = 20_230_701;
/** Rows that one INSERT brings. */
const INSERT_ROWS = 250;

/** Statements that make the sample in an empty database, in their order. */
export function sampleSql(): string[] {
  const tables = Object.entries(sampleRows());
  return [
    ...TYPES,
    ...TABLES,
    ...tables.flatMap(([table, rows]) => inserts(table, rows)),
    ...tables.filter(([, rows]) => 'id' in rows[0]!).map(([table, rows]) => nextId(table, rows)),
    ...INDEXES,
    ...Object.entries(COMMENTS).flatMap(([table, comments]) => commentsOn(table, comments)),
  ];
}

/** Changes whenever the content does. */
export const SAMPLE_VERSION: string = /* @__PURE__ */ version();

function version(): string {
  return createHash('sha256').update(sampleSql().join(';\n')).digest('hex').slice(0, 12);
}

/** Rows by table, in an order that foreign keys allow. */
function sampleRows(): Readonly<Record<string, readonly Row[]>> {
  const random = seededRandom(SEED);
  const { categories, products } = makeRange(random);
  const customers = makeCustomers(random);
  const trade = makeTrade(random, { products, customers });
  const points = (id: number) => Math.floor((trade.paidCents.get(id) ?? 0) / 1000);
  return {
    categories,
    employees: makeStaff(),
    customers: customers.map(({ id, row }) => ({ ...row, 'Loyalty Points': points(id) })),
    products: products.map(({ row }) => row),
    orders: trade.orders,
    order_items: trade.items,
    payments: trade.payments,
    shipments: trade.shipments,
    returns: trade.returns,
    reviews: trade.reviews,
  };
}

function inserts(table: string, rows: readonly Row[]): string[] {
  const columns = Object.keys(rows[0]!);
  const into = `insert into ${table} (${columns.map(quoteIdentifier).join(', ')}) values`;
  const statements: string[] = [];
  for (let start = 0; start < rows.length; start += INSERT_ROWS) {
    const lines = rows
      .slice(start, start + INSERT_ROWS)
      .map((row) => `(${columns.map((column) => literal(row[column]!)).join(', ')})`);
    statements.push(`${into}\n${lines.join(',\n')}`);
  }
  return statements;
}

function literal(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? quoteLiteral(value) : String(value);
}

/** The rows came with their ids; the next one that has none goes on behind them. */
function nextId(table: string, rows: readonly Row[]): string {
  return `select setval(pg_get_serial_sequence(${quoteLiteral(table)}, 'id'), ${String(rows.at(-1)!['id'])})`;
}

function commentsOn(table: string, comments: Readonly<Record<string, string>>): string[] {
  return Object.entries(comments).map(([column, text]) =>
    column === ''
      ? `comment on table ${table} is ${quoteLiteral(text)}`
      : `comment on column ${table}.${quoteIdentifier(column)} is ${quoteLiteral(text)}`,
  );
}
