/** Statements that give many rows, and the two ways in which rows come: by COPY, or by a cursor. */

/** Rows in the select list are made as they are wanted; in FROM the server would keep all of them first. */
export function manyRows(rows: number): string {
  return `select g, 'row number ' || g as name, g * 1.5 as amount from (select generate_series(1, ${rows}) as g) s`;
}

export const ENDLESS = manyRows(1_000_000_000);

/** Fails after about 5 MB. */
export const BREAKS = `select g, repeat('x', 100) as filler, 1 / (50000 - g) as quotient from (select generate_series(1, 100000) as g) s`;

/** A limit that no result here reaches makes the program ask for rows by a cursor. */
export const WAYS = [
  { way: 'COPY', flags: [] },
  { way: 'a cursor', flags: ['--limit', '2000000000'] },
] as const;
