import { describe, expect, test } from '@jest/globals';
import { planOn, sqlOn } from './catalogs.js';

const TRADE = `create table clients (
  id integer primary key,
  name text not null,
  "Credit Limit" numeric
);
create table orders (
  id integer primary key,
  client_id integer not null,
  total numeric not null, -- Revenue in euros
  placed_at timestamp with time zone not null,
  foreign key (client_id) references clients (id)
);
create table goods (
  id integer primary key,
  name text not null,
  kind text not null,
  price numeric
);
create table order_lines (
  order_id integer not null,
  line integer not null,
  good_id integer not null,
  quantity integer not null,
  unit_price numeric not null,
  primary key (order_id, line),
  foreign key (order_id) references orders (id),
  foreign key (good_id) references goods (id)
);`;

/** Columns are called after their tables' first letters, and in part after a table that they refer to. */
const RACING = `create table garage (
  gname text primary key,
  city text,
  cap numeric
);
create table racer (
  rid integer primary key,
  rname text,
  lcard text,
  bldg text
);
create table trial (
  rid integer,
  gname text,
  rpos text,
  foreign key (rid) references racer (rid),
  foreign key (gname) references garage (gname)
);`;

describe('statements', () => {
  test('a ranking shows name and measure, and ends ties by the key', () => {
    expect(sqlOn(TRADE, 'top 5 clients by revenue in 2024')).toBe(
      [
        'select c.name, sum(o.total) as total_revenue',
        'from orders o',
        'join clients c on c.id = o.client_id',
        "where o.placed_at >= date '2024-01-01' and o.placed_at < date '2025-01-01'",
        'group by c.id, c.name',
        'order by total_revenue desc, c.id, c.name',
        'limit 5',
      ].join('\n'),
    );
  });

  test('a sum is taken where no join repeats its rows', () => {
    expect(sqlOn(TRADE, 'revenue by client')).toMatch(/sum\(o\.total\)/);
    // Orders have several goods: only the lines can be told apart by them.
    expect(sqlOn(TRADE, 'revenue by good')).toMatch(/sum\(ol\.quantity \* ol\.unit_price\)/);
  });

  test('a condition on many rows is an EXISTS, so that nothing is counted twice', () => {
    const sql = sqlOn(TRADE, 'how many clients bought a good with a price over 10');
    expect(sql).toMatch(/^select count\(\*\) as clients\nfrom clients c\nwhere exists \(/);
  });

  test('things of another kind are counted once each', () => {
    expect(sqlOn(TRADE, 'number of clients per good')).toMatch(/count\(distinct c\.id\)/);
  });

  test('the most of a column that may be null is not null', () => {
    expect(sqlOn(TRADE, 'the most expensive good')).toMatch(
      /order by price desc nulls last, id\nlimit 1$/,
    );
  });

  test('several that share the first place are all there', () => {
    expect(sqlOn(TRADE, 'which goods are the most expensive')).toMatch(
      /fetch first 1 row with ties$/,
    );
  });

  test('names are quoted only where they have to be', () => {
    expect(sqlOn(TRADE, 'name and credit limit of clients')).toBe(
      'select name, "Credit Limit"\nfrom clients\norder by id',
    );
  });

  test('values are literals whatever they hold', () => {
    const value = "O'Neil \\ Söhne";
    const found = {
      word: value,
      relation: 'public.clients',
      column: 'name',
      value,
      match: 'exact',
    };
    expect(sqlOn(TRADE, `orders of "${value}"`, [found])).toContain(
      "c.name = E'O''Neil \\\\ Söhne'",
    );
  });

  test('the same request gives the same statement', () => {
    const once = planOn(TRADE, 'average order total per client');
    expect(planOn(TRADE, 'average order total per client')).toEqual(once);
  });

  test('the answer says in words what was computed', () => {
    expect(planOn(TRADE, 'goods with a price over 10')).toMatchObject({
      text: 'goods.name, where goods.price is more than 10',
    });
  });
});

describe('honesty', () => {
  const PLACES = `create table depots (
  id integer primary key,
  name text not null
);
create table trips (
  id integer primary key,
  from_depot_id integer not null,
  to_depot_id integer not null,
  price numeric,
  cost numeric,
  foreign key (from_depot_id) references depots (id),
  foreign key (to_depot_id) references depots (id)
);`;
  const oslo = {
    word: 'Oslo',
    relation: 'public.depots',
    column: 'name',
    value: 'Oslo',
    match: 'exact',
  };

  test('two ways that are equally good are not chosen between', () => {
    expect(() => sqlOn(PLACES, 'trips of Oslo', [oslo])).toThrow(/more than one way/);
  });

  test('two columns that are equally good are not chosen between', () => {
    expect(() => sqlOn(PLACES, 'trips over 100')).toThrow(/more than one way/);
  });

  test('a value that stands in two columns is asked about, with both readings', () => {
    const ddl = `create table shops (
  id integer primary key,
  city text,
  owner text
);`;
    const words = ['city', 'owner'].map((column) => ({
      word: 'Sydney',
      relation: 'public.shops',
      column,
      value: 'Sydney',
      match: 'exact',
    }));
    expect(() => sqlOn(ddl, 'shops of Sydney', words)).toThrow(
      expect.objectContaining({
        exit: 7,
        choices: expect.arrayContaining([
          expect.stringContaining('shops.city is "Sydney"'),
          expect.stringContaining('shops.owner is "Sydney"'),
        ]),
      }),
    );
    expect(sqlOn(ddl, 'shops with owner Sydney', words)).toContain("owner = 'Sydney'");
  });

  test('a slip of typing is mended, and the answer tells', () => {
    const step = planOn(TRADE, 'how many cleints are there');
    expect(step).toMatchObject({ sql: 'select count(*) as clients\nfrom clients' });
    expect(step).toMatchObject({ text: expect.stringContaining('"cleints" read as clients') });
  });

  test.each([
    ['how many ordres are theer', 'how many orders are there'],
    ['nmaes of goods with a price lowwer than 5', 'names of goods with a price lower than 5'],
    ['clients with at lest 2 orders', 'clients with at least 2 orders'],
    ['goods in descending oder of price', 'goods in descending order of price'],
    ['goods odrered by price', 'goods ordered by price'],
    ['clients who plcaed orders', 'clients who placed orders'],
    ['the most recetn order', 'the most recent order'],
    ['the most comon kind of goods', 'the most common kind of goods'],
  ])('what was typed is read as what was meant: %s', (typed, meant) => {
    expect(sqlOn(TRADE, typed)).toBe(sqlOn(TRADE, meant));
  });

  test.each(['how many oars are there', 'how many goats are there', 'clients by grade'])(
    'a word of English is no slip of a name: %s',
    (request) => {
      expect(() => sqlOn(TRADE, request)).toThrow(expect.objectContaining({ exit: 7 }));
    },
  );

  test.each([
    [
      'how many different positions are there',
      'select count(distinct rpos) as positions\nfrom trial',
    ],
    ['license cards of racers', 'select lcard\nfrom racer\norder by rid'],
    ['names and buildings of racers', 'select rname, bldg\nfrom racer\norder by rid'],
    ['total capacity of garages', 'select sum(cap) as total_capacity\nfrom garage'],
  ])('a name is read by the first letters that it is made of: %s', (request, sql) => {
    expect(sqlOn(RACING, request)).toBe(sql);
  });

  test.each([
    'racers refused in trials',
    'how many racers were accepted in trials',
    'lucky cats of racers',
  ])('what no name stands for is not passed over: %s', (request) => {
    expect(() => sqlOn(RACING, request)).toThrow(expect.objectContaining({ exit: 7 }));
  });

  test('a word that is only like a name is told, with the name', () => {
    expect(() => sqlOn(TRADE, 'how many Cleints are there')).toThrow(
      expect.objectContaining({ message: 'not understood: Cleints', choices: ['client'] }),
    );
  });

  test('a value that only begins so is offered, not taken', () => {
    const lamp = {
      word: 'lamp',
      relation: 'public.goods',
      column: 'name',
      value: 'Lamp, Brass',
      match: 'prefix',
    };
    expect(() => sqlOn(TRADE, 'orders of lamp', [lamp])).toThrow(
      expect.objectContaining({ choices: expect.arrayContaining(['Lamp, Brass']) }),
    );
  });

  test('a sign belongs to its number', () => {
    expect(sqlOn(TRADE, 'goods with a price over -5')).toContain('price > -5');
  });

  test.each([
    'clients + goods',
    'goods with a price over 10 * 2',
    'orders of the best client',
    'orders sorted by total of clients with no credit limit',
  ])('what can not be said in full is not said in part: %s', (request) => {
    expect(() => sqlOn(TRADE, request)).toThrow(expect.objectContaining({ exit: 7 }));
  });

  test('a superlative inside of a condition is found first', () => {
    expect(sqlOn(TRADE, 'orders of the client with the most orders')).toMatch(
      /where c\.id in \(\s+select c2\.id\s[^]*order by count\(\*\) desc, c2\.id\s+limit 1\s+\)/,
    );
  });

  test('several columns share one aggregate', () => {
    expect(sqlOn(TRADE, 'average quantity and unit price of order lines')).toBe(
      'select avg(quantity) as average_quantity, avg(unit_price) as average_unit_price\nfrom order_lines',
    );
  });

  test('"different" asks for groups', () => {
    expect(sqlOn(TRADE, 'number of goods for different kinds')).toContain('group by kind');
  });

  test('who never had more than a number never had it in any row', () => {
    const sql = sqlOn(TRADE, 'clients who have never had an order with a total over 10');
    expect(sql).toMatch(/where not exists \([^]*o\.total > 10/);
  });

  test.each([
    'delete all clients',
    'please update the price of good 3',
    'drop table goods',
    'insert a client',
  ])('a change is refused as a change: %s', (request) => {
    expect(() => sqlOn(TRADE, request)).toThrow(
      expect.objectContaining({ exit: 3, rule: 'reads-only', effect: 'write' }),
    );
  });
});

describe('cost', () => {
  test('eight hundred tables do not make a request slow', () => {
    const ddl = Array.from(
      { length: 800 },
      (_, i) => `create table kind${i}_entries (
  id integer primary key,
  label${i} text,
  amount${i} numeric,
  noted_at timestamp without time zone not null${i === 0 ? '' : `,\n  kind${i - 1}_id integer not null,\n  foreign key (kind${i - 1}_id) references kind${i - 1}_entries (id)`}
);`,
    ).join('\n');
    const took = (request: string, table: string) => {
      const start = performance.now();
      expect(sqlOn(ddl, request)).toContain(table);
      return performance.now() - start;
    };
    const first = took('how many kind7 entries are there in 2024', 'kind7_entries');
    const second = took('total amount12 of kind12 entries in 2024 per month', 'kind12_entries');
    // What is read of the schema is read once: a request that looks at all of it again would take as long.
    expect(second).toBeLessThan(first);
  });
});
