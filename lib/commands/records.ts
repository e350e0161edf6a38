/** What pgask itself knows, written as rows in the format that was asked for. */
import type { App } from '../app.js';
import type { Cell, ResultColumn } from '../databases/database.js';
import { EXIT, type ExitCode } from '../errors.js';

/** Every value is text; null is NULL. */
export async function writeRecords(
  app: App,
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<ExitCode> {
  const columns = names.map((name): ResultColumn => ({
    name,
    oid: 25,
    type: 'text',
    shape: { kind: 'text' },
  }));
  const { sink } = await app.output();
  const writer = app.format().open(sink, columns, {
    width: app.io.out.width,
    color: false,
    warn: (message) => app.warn(message),
  });
  if (rows.length > 0) await writer.rows(rows);
  await writer.end({ rowCount: rows.length, truncated: false });
  return EXIT.done;
}
