/** What each format has to print of a query, in the words of the server that runs it. */
import type { Session } from './session.js';

export const FORMATS = ['csv', 'tsv', 'json', 'jsonl'] as const;
export type FormatName = (typeof FORMATS)[number];

/** @param sql a query that COPY can wrap, without a semicolon; its columns have different names where `format` is JSON */
export function expected(session: Session, sql: string, format: FormatName): Promise<Buffer> {
  switch (format) {
    case 'csv':
      return session.copyOut(`copy (${sql}\n) to stdout (format csv, header)`);
    case 'tsv':
      return session.copyOut(`copy (${sql}\n) to stdout (format text, header)`);
    case 'json':
    case 'jsonl':
      return rowsToJson(session, sql).then((rows) => inJson(rows, format));
  }
}

/** What row_to_json says of each row, under extra_float_digits of 1 or more and all other settings of the session. */
export async function rowsToJson(session: Session, sql: string): Promise<Buffer[]> {
  const digits = `select pg_catalog.set_config('extra_float_digits',
    greatest(1, pg_catalog.current_setting('extra_float_digits')::pg_catalog.int4)::pg_catalog.text, true)`;
  // A name that no column has: a column of the alias's name would be taken for the row.
  const alias = '"the whole row"';
  try {
    const { rows } = await session.run(
      `begin; ${digits}; select pg_catalog.row_to_json(${alias}) from (${sql}\n) ${alias}`,
    );
    return rows.map(([row]) => row!);
  } finally {
    await session.run('rollback');
  }
}

/** JSON lines have one row a line: of a json value's own white space, line ends are blanks there. */
export function inJson(rows: readonly Buffer[], format: 'json' | 'jsonl'): Buffer {
  const texts = rows.map((row) => row.toString('latin1'));
  const text =
    format === 'json'
      ? `[${texts.join(',\n')}]\n`
      : texts.map((row) => `${row.replace(/[\r\n]/g, ' ')}\n`).join('');
  return Buffer.from(text, 'latin1');
}

/** Fails with what is around the first difference: two long lines of many columns tell nobody anything. */
export function same(given: Uint8Array, wanted: Uint8Array): { given: string; wanted: string } {
  if (Buffer.compare(given, wanted) === 0) return { given: 'same', wanted: 'same' };
  let at = 0;
  while (at < given.length && given[at] === wanted[at]) at += 1;
  // In hexadecimal too: as text, any two bytes that are no UTF-8 look the same.
  const around = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes.subarray(Math.max(0, at - 60), at + 60)).toString('utf8');
    const there = Buffer.from(bytes.subarray(at, at + 8)).toString('hex');
    return `byte ${at} (${there}): ${text}`;
  };
  return { given: around(given), wanted: around(wanted) };
}
