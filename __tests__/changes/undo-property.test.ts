/** Whatever a change of rows was, undoing it leaves every table byte for byte as it was. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DRIVERS, type Ground, openGround } from './undoing.js';

const TYPES = {
  int8: ['0', '-9223372036854775808', '7'],
  numeric: ['1.10', 'NaN', '0.000'],
  float8: ['5e-324', '-0', 'Infinity'],
  text: ['', "it's \\ \n ø", 'NULL'],
  bytea: ['\\x00ff', '\\x'],
  jsonb: ['{"a": [1.50, null]}', 'null'],
  'text[]': ['{}', '{"a,b",NULL,""}'],
  timestamptz: ['infinity', '2024-02-29 12:00:00.000001+00'],
} as const;
type Type = keyof typeof TYPES;
const NAMES = Object.keys(TYPES) as Type[];

const value = (type: Type) =>
  fc
    .constantFrom(null, ...TYPES[type])
    .map((one) => (one === null ? 'null' : `'${one.replaceAll("'", "''")}'::${type}`));
const id = fc.integer({ min: 1, max: 6 });

const change = (types: readonly Type[]) => {
  const place = fc.nat({ max: types.length - 1 });
  const set = place.chain((i) => value(types[i]!).map((text) => `c${i} = ${text}`));
  const where = fc.oneof(
    id.map((n) => `id = ${n}`),
    id.map((n) => `id >= ${n}`),
  );
  return fc.oneof(
    fc.tuple(set, where).map(([sets, rows]) => `update made set ${sets} where ${rows}`),
    where.map((rows) => `delete from made where ${rows}`),
    where.map((rows) => `update made set id = id + 100 where ${rows}`),
    fc
      .tuple(id, value(types[0]!))
      .map(([n, text]) => `insert into made (id, c0) values (${n} + 10, ${text})`),
  );
};

const round = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }).chain((types) =>
  fc.record({
    types: fc.constant(types),
    rows: fc.array(fc.tuple(...types.map(value)), { minLength: 1, maxLength: 6 }),
    onDelete: fc.constantFrom('cascade', 'set null'),
    sql: change(types),
  }),
);

// The other servers are looked at where there is more time.
describe.each(DRIVERS.slice(0, 1))('undo on $name', ({ open }) => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(open);
  }, 60_000);
  afterAll(() => ground.close());

  test('of any rows of any table', async () => {
    let altered = 0;
    await fc.assert(
      fc.asyncProperty(round, async ({ types, rows, onDelete, sql }) => {
        await ground.execute(
          'drop table if exists made, hanging',
          `create table made (id int primary key, ${types.map((type, i) => `c${i} ${type}`).join(', ')})`,
          `create table hanging (id int primary key, made int references made on delete ${onDelete} on update cascade)`,
          `insert into made values ${rows.map((row, i) => `(${i + 1}, ${row.join(', ')})`).join(', ')}`,
          'insert into hanging select id + 50, id from made',
        );
        const before = await ground.contents('made', 'hanging');
        const applied = await ground.run(sql);
        // What left everything as it was has nothing to put back.
        if ((await ground.contents('made', 'hanging')) === before) return;
        altered += 1;
        expect(applied).toMatchObject({ undo: true, against: undefined });
        await ground.undo(applied.id);
        expect(await ground.contents('made', 'hanging')).toBe(before);
      }),
      { numRuns: 25 },
    );
    expect(altered).toBeGreaterThan(5);
  });
});
