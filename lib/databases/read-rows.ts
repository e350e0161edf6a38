/** All rows of a short statement of our own, through the guard like any other. */
import type { Database, ReadOptions, Row, Statement } from './database.js';

export type ShortRead = Pick<ReadOptions, 'signal' | 'timeoutMs'>;

export async function readRows(
  database: Pick<Database, 'read'>,
  statement: Statement,
  options: ShortRead,
): Promise<Row[]> {
  return await database.read(statement, { ...options }, async ({ batches }) => {
    const rows: Row[] = [];
    for await (const batch of batches) rows.push(...batch);
    return rows;
  });
}
