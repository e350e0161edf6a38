/** The rows that are exported: eight mixed columns, in a table of a real server. */
import { load } from './bundle.mjs';

/** Of a number `g`. A value in ten or so is NULL, and some text has more bytes than characters. */
export const COLUMNS = [
  'g::bigint * 7919 as id',
  '(g % 1000)::int as part',
  'round(g * 1.37, 2) as amount',
  "'customer number ' || g as name",
  "case when g % 10 = 0 then null when g % 7 = 0 then 'Zoë Müller, Köln' else 'plain note of ' || g % 97 end as note",
  "timestamptz '2020-01-01 00:00:00+00' + g * interval '61.000001 seconds' as made_at",
  'g % 3 = 0 as paid',
  "jsonb_build_object('k', g % 50, 'tags', 'a \"quoted\" word') as more",
].join(', ');

const made = new Map();

/** @returns {Promise<string>} the URL of a database with the table `mixed` */
export async function mixedRows(rows) {
  if (!made.has(rows)) made.set(rows, make(rows));
  return await made.get(rows);
}

async function make(rows) {
  const { testDatabase } = await load('__tests__/support/server.ts');
  const { url } = await testDatabase({
    sql: [
      `create unlogged table mixed as select ${COLUMNS} from generate_series(1, ${rows}) g`,
      'vacuum analyze mixed',
    ],
  });
  return url;
}

/** @returns {Promise<string>} the URL of an empty database of that server */
export async function serverOf() {
  const { testDatabase } = await load('__tests__/support/server.ts');
  return (await testDatabase()).url;
}
