import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  availableServers,
  skippedServers,
  testDatabase,
  type TestDatabase,
} from '../support/server.js';
import { expected, FORMATS, same } from './expected.js';
import { openPrinter, PATHS, type Printer } from './printer.js';
import { ARRAYS, literal, SAMPLES, WITHOUT_VALUES } from './samples.js';
import { openSession, type Session } from './session.js';

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

describe.each(availableServers())('values of every built-in type on $name', (available) => {
  let database: TestDatabase;
  let session: Session;
  let printer: Printer;

  beforeAll(async () => {
    const server = await available.start();
    database = await testDatabase({ server });
    session = await openSession(database.url, { options: '-c timezone=Africa/Monrovia' });
    printer = openPrinter(database.url, { PGOPTIONS: '-c timezone=Africa/Monrovia' });
  });
  afterAll(async () => {
    await printer.close();
    await session.close();
    await database.drop();
  });

  const scalars = Object.entries(SAMPLES).map(([type, texts]) => ({
    type,
    columns: texts.map((text) => `${literal(text)}::${type}`),
  }));
  const arrays = Object.entries(ARRAYS).map(([type, texts]) => ({
    type,
    columns: texts.map((text) => `${literal(text)}::${type}`),
  }));
  const lists = scalars.map(({ type, columns }) => ({
    type: `a list of ${type}`,
    columns: [`array[${columns.join(', ')}, null]`, `array[[${columns[0]!}], [null::${type}]]`],
  }));
  const rows = scalars.map(({ type, columns }) => ({
    type: `a row of ${type}`,
    columns: [`row(${columns.join(', ')}, null)`, `array[row(1, ${columns[0]!}), null]`],
  }));

  test.each(FORMATS.flatMap((format) => PATHS.map((way) => ({ format, ...way }))))(
    '$format by $path: the bytes of PostgreSQL',
    async ({ format, limits }) => {
      for (const values of portions([...scalars, ...arrays, ...lists, ...rows], 25)) {
        const named = values.flatMap(({ type, columns }) =>
          columns.map((value, n) => `${value} as "${type.replaceAll('"', '')} ${n}"`),
        );
        const sql = `select ${named.join(', ')}`;
        const wanted = await expected(session, sql, format);
        const { given, wanted: there } = same(await printer.print(sql, format, { limits }), wanted);
        expect(given).toBe(there);
      }
    },
    120_000,
  );

  test('leave out no type that the catalog knows', async () => {
    const { rows } = await session.run(`select format_type(oid, null) from pg_type
      where typnamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        and typtype in ('b', 'd', 'e', 'r', 'm') and typcategory <> 'A' and oid < 16384 order by 1`);
    const samples = Object.keys(SAMPLES).map((type) => `${literal(type)}::regtype`);
    const known = await session.run(
      `select format_type(t, null) from unnest(array[${samples.join()}]) t`,
    );
    const covered = new Set(known.rows.map(([name]) => String(name)));
    const missing = rows.map(([name]) => String(name)).filter((name) => !covered.has(name));
    expect(missing.filter((name) => WITHOUT_VALUES[name] === undefined)).toEqual([]);
  });
});

function portions<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, n) => items.slice(n * size, (n + 1) * size));
}
