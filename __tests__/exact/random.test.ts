import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { seedFrom } from '../guard/seed.js';
import { testDatabase, type TestDatabase, testServer } from '../support/server.js';
import { type Ground, openSessions } from './ground.js';
import { PATHS } from './printer.js';
import { queryOf, randomResult } from './random.js';

const seed = seedFrom(process.env['EXACT_SEED'], 20_261_121);
const RUNS = Number(process.env['EXACT_RUNS'] ?? 60);

/** Under these what is printed can be read again by any session. */
const READABLE = {
  timezone: ['UTC', 'Africa/Monrovia', 'America/St_Johns'],
  bytea_output: ['hex', 'escape'],
  intervalstyle: ['postgres', 'iso_8601'],
  extra_float_digits: ['1', '3'],
};

const ANY = {
  ...READABLE,
  datestyle: ['ISO', 'German', 'SQL,DMY', 'Postgres,MDY'],
  intervalstyle: ['postgres', 'iso_8601', 'sql_standard', 'postgres_verbose'],
  extra_float_digits: ['-15', '0', '1', '3'],
  xmlbinary: ['hex', 'base64'],
};

describe(`random results (seed ${seed})`, () => {
  let database: TestDatabase;
  const grounds = new Map<string, Ground>();

  beforeAll(async () => {
    database = await testDatabase({ server: await testServer() });
  });
  afterAll(async () => {
    for (const ground of grounds.values()) await ground.close();
    await database.drop();
  });

  /** One pair of sessions is kept; another setting ends it. */
  async function under(settings: string): Promise<Ground> {
    const open = grounds.get(settings);
    if (open !== undefined) return open;
    for (const ground of grounds.values()) await ground.close();
    grounds.clear();
    const ground = await openSessions(database.url, settings);
    grounds.set(settings, ground);
    return ground;
  }

  test('are printed as PostgreSQL prints them, by COPY and by a cursor', async () => {
    await fc.assert(
      fc.asyncProperty(randomResult(ANY), async (result) => {
        const ground = await under(result.settings);
        await ground.compare(queryOf(result));
      }),
      { seed, numRuns: RUNS },
    );
  }, 60_000);

  test('can be read by COPY again: the same table', async () => {
    await fc.assert(
      fc.asyncProperty(randomResult(READABLE), async (result) => {
        const { session, printer } = await under(result.settings);
        const sql = queryOf(result);
        const columns = result.columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
        const names = result.columns.map(({ name }) => `"${name}"`).join(', ');
        const wanted = await session.copyOut(`copy (${sql}) to stdout`);
        for (const { limits } of PATHS) {
          for (const [format, options] of [
            ['csv', 'format csv, header'],
            ['tsv', 'format text, header'],
          ] as const) {
            const printed = await printer.print(sql, format, { limits });
            await session.run(`create temp table again (${columns}, row_number serial)`);
            await session.copyIn(`copy again (${names}) from stdin (${options})`, printed);
            const back = await session.copyOut(
              `copy (select ${names} from again order by row_number) to stdout`,
            );
            await session.run('drop table again');
            expect(back.toString()).toBe(wanted.toString());
          }
        }
      }),
      { seed, numRuns: RUNS / 2 },
    );
  }, 60_000);
});
