import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection, Driver } from '../../../lib/databases/driver.js';
import { embeddedDriver } from '../../../lib/databases/embedded/embedded.js';
import { SAMPLE_TODAY, SAMPLE_VERSION, sampleSql } from '../../../lib/databases/embedded/sample.js';
import { type Place, bundle, place, template } from './built.js';

describe('the sample shop', () => {
  let here: Place;
  let driver: Driver;
  let connection: Connection;

  beforeAll(async () => {
    here = await place(await bundle('lib/databases/embedded/worker.ts'), await template());
    driver = embeddedDriver(here.options);
    connection = await driver.connect(new AbortController().signal);
  }, 60_000);
  afterAll(async () => {
    await driver.close();
    await here.remove();
  });

  const rows = (sql: string) => connection.query(sql);
  const column = async (sql: string) => (await rows(sql)).map(([first]) => first);
  const value = async (sql: string) => (await column(sql))[0];

  test('is the same whenever and wherever it is made', () => {
    expect(sampleSql()).toEqual(sampleSql());
    // To be changed along with the content: every machine has to come to the same.
    expect(SAMPLE_VERSION).toBe('0f9f9d951d54');
  });

  test.each([
    ['categories', 20, 40],
    ['employees', 15, 40],
    ['customers', 200, 500],
    ['products', 80, 200],
    ['orders', 1200, 2500],
    ['order_items', 3000, 6000],
    ['payments', 1200, 2500],
    ['shipments', 1200, 2500],
    ['returns', 80, 400],
    ['reviews', 300, 1000],
  ])('has a fitting number of %s', async (table, low, high) => {
    const count = Number(await value(`select count(*) from ${table}`));
    expect(count).toBeGreaterThanOrEqual(low);
    expect(count).toBeLessThanOrEqual(high);
  });

  test('says of every table what it holds, and of most columns', async () => {
    const uncommented = await column(
      `select relname from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and obj_description(oid, 'pg_class') is null`,
    );
    expect(uncommented).toEqual([]);
    expect(
      Number(
        await value(
          `select count(*) from pg_description join pg_class c on c.oid = objoid
           where objsubid > 0 and c.relnamespace = 'public'::regnamespace`,
        ),
      ),
    ).toBeGreaterThan(35);
    expect(
      await value(
        `select col_description('orders'::regclass, attnum) from pg_attribute
         where attrelid = 'orders'::regclass and attname = 'total'`,
      ),
    ).toMatch(/revenue.*euros/i);
  });

  test('has keys, enums and indexes as a grown-up schema does', async () => {
    expect(
      await column(
        `select distinct conrelid::regclass::text from pg_constraint where contype = 'f' order by 1`,
      ),
    ).toEqual([
      'categories',
      'customers',
      'employees',
      'order_items',
      'orders',
      'payments',
      'products',
      'returns',
      'reviews',
      'shipments',
    ]);
    expect(await column(`select typname from pg_type where typtype = 'e' order by 1`)).toEqual([
      'customer_segment',
      'order_status',
      'payment_method',
      'payment_status',
      'return_reason',
    ]);
    const unindexed = await column(
      `select conrelid::regclass || '.' || attname
       from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
       where contype = 'f'
         and not exists (select from pg_index where indrelid = conrelid and indkey[0] = conkey[1])`,
    );
    expect(unindexed).toEqual([]);
    expect(
      await column(
        `select distinct data_type from information_schema.columns
         where table_schema = 'public' and data_type in ('real', 'double precision', 'money')`,
      ),
    ).toEqual([]);
  });

  test("an order's total is the sum of its items, to the cent", async () => {
    expect(
      await value(
        `select count(*) from orders o
         where total is distinct from (select sum(amount) from order_items where order_id = o.id)`,
      ),
    ).toBe('0');
    expect(
      await value(
        `select count(*) from order_items
         where amount <> round(quantity * unit_price * (100 - discount_percent) / 100, 2)`,
      ),
    ).toBe('0');
  });

  test('tells one story: orders, payments, parcels, returns and points agree', async () => {
    const contradictions = await rows(`
      select 'paid, but nothing came' from orders o
      where paid_at is not null and status <> 'cancelled'
        and total is distinct from (select sum(amount) from payments where order_id = o.id and status = 'settled')
      union all
      select 'unpaid, but sent' from orders where paid_at is null and status not in ('pending', 'cancelled')
      union all
      select 'sent, but no parcel' from orders o
      where (status in ('shipped', 'delivered')) <> exists (select from shipments where order_id = o.id)
      union all
      select 'delivered, but under way' from orders o join shipments s on s.order_id = o.id
      where (status = 'delivered') <> (delivered_on is not null)
      union all
      select 'more sent back than bought' from returns r join order_items i using (order_id, line)
      where r.quantity > i.quantity
      union all
      select 'reviewed, but never bought' from reviews r
      where not exists (
        select from orders o join order_items i on i.order_id = o.id
        where o.customer_id = r.customer_id and i.product_id = r.product_id and o.ordered_at < r.created_at)
      union all
      select 'ordered before signing up' from orders o join customers c on c.id = customer_id
      where ordered_at < created_at
      union all
      select 'sold when it was not on sale' from order_items i
      join orders o on o.id = order_id join products p on p.id = product_id
      where ordered_at::date not between added_on and coalesce(discontinued_on, ordered_at::date)
      union all
      select 'points' from customers c
      where "Loyalty Points" <> floor(coalesce((
        select sum(total) from orders where customer_id = c.id and paid_at is not null and status <> 'cancelled'), 0) / 10)
    `);
    expect(countEach(contradictions)).toEqual({});
  });

  test('covers three years, up to the day that it calls today', async () => {
    expect(await rows('select min(ordered_at)::date, max(ordered_at)::date from orders')).toEqual([
      ['2023-07-01', SAMPLE_TODAY],
    ]);
    expect(await value(`select count(distinct date_trunc('month', ordered_at)) from orders`)).toBe(
      '36',
    );
    const later = await rows(
      `select greatest(max(o.ordered_at), (select max(created_at) from reviews), (select max(shipped_at) from shipments))::date,
              greatest((select max(delivered_on) from shipments), (select max(returned_on) from returns))
       from orders o`,
    );
    expect(later[0]!.every((date) => date! <= SAMPLE_TODAY)).toBe(true);
  });

  test('has what real data has: gaps, odd names, people and things that do not fit', async () => {
    for (const gap of [
      'customers where phone is null',
      'customers where company is null',
      'customers c where not exists (select from orders where customer_id = c.id)',
      'customers where "Loyalty Points" = 0',
      'products where cost is null',
      'products where weight_kg is null',
      'products where stock = 0',
      'products p where not exists (select from order_items where product_id = p.id)',
      "products where name like '%''%'",
      `products where name like '%"%'`,
      'categories c where parent_id is not null and not exists (select from products where category_id = c.id)',
      'orders where paid_at is null',
      'shipments where tracking_number is null',
      'shipments where delivered_on is null',
      'returns where refund is null',
      'reviews where body is null',
      'reviews where strpos(body, chr(10)) > 0',
      'employees where left_on is not null',
      'employees where manager_id is null',
    ]) {
      expect([gap, Number(await value(`select count(*) from ${gap}`)) > 0]).toEqual([gap, true]);
    }
    expect(
      await column(
        `select name from customers where name in ('Siobhán O''Brien', 'Zoë Peeters', 'Jonas Null') order by id`,
      ),
    ).toEqual(["Siobhán O'Brien", 'Zoë Peeters', 'Jonas Null']);
    expect(
      await rows('select name, count(*) from customers group by 1 having count(*) > 1'),
    ).toEqual([['María García', '2']]);
  });

  test.each([
    [
      'customers by revenue',
      'select sum(total) from orders group by customer_id order by 1 desc limit 8',
    ],
    [
      'countries by revenue',
      'select sum(total) from orders o join customers c on c.id = customer_id group by country order by 1 desc',
    ],
    [
      'products by quantity',
      'select sum(quantity) from order_items group by product_id order by 1 desc limit 5',
    ],
    [
      'products by sales',
      'select sum(amount) from order_items group by product_id order by 1 desc limit 8',
    ],
    [
      'best sellers in Spain',
      "select sum(quantity) from order_items join orders o on o.id = order_id join customers c on c.id = customer_id where country = 'Spain' group by product_id order by 1 desc limit 4",
    ],
    [
      'categories by rating',
      'select avg(rating) from reviews join products p on p.id = product_id group by category_id order by 1 desc limit 5',
    ],
  ])('has no ties at the top: %s', async (_question, sql) => {
    const top = await column(sql);
    expect(top.length).toBeGreaterThan(3);
    expect(new Set(top).size).toBe(top.length);
  });

  test('has seasons and growth, and some cancelled orders last month', async () => {
    const [december, august] = await column(
      `select count(*) from orders where extract(month from ordered_at) in (8, 12)
       group by extract(month from ordered_at) order by 1 desc`,
    );
    expect(Number(december)).toBeGreaterThan(2 * Number(august));
    const years = await column(
      `select sum(total) from orders where ordered_at >= '2024-01-01' and ordered_at < '2026-01-01'
       group by extract(year from ordered_at) order by extract(year from ordered_at)`,
    );
    expect(Number(years[1])).toBeGreaterThan(Number(years[0]));
    expect(
      Number(
        await value(
          `select count(*) from orders where status = 'cancelled' and ordered_at >= '2026-05-01' and ordered_at < '2026-06-01'`,
        ),
      ),
    ).toBeGreaterThan(1);
  });

  test('goes on counting behind its own rows', async () => {
    const last = Number(await value('select max(id) from customers'));
    await rows('begin');
    const next = await value(
      `insert into customers (name, email, city, country, created_at) values ('x', 'x', 'x', 'x', now()) returning id`,
    );
    await rows('rollback');
    expect(Number(next)).toBe(last + 1);
  });

  test('has been counted, so that estimates are there from the start', async () => {
    expect(
      await column(
        `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples <= 0`,
      ),
    ).toEqual([]);
  });
});

function countEach(found: readonly (readonly (string | null)[])[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [what] of found) counts[what ?? ''] = (counts[what ?? ''] ?? 0) + 1;
  return counts;
}
