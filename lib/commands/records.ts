/** What pgask itself knows, written as rows in the format that was asked for. */
import type { App } from '../app.js';
import { distinctKeys } from '../databases/columns.js';
import type { Cell, ResultColumn } from '../databases/database.js';
import { EXIT, type ExitCode } from '../errors.js';
import { layOut } from '../rows.js';
import { formatOptions } from './result.js';

/** Every value is text; null is NULL. */
export async function writeRecords(
  app: App,
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<ExitCode> {
  const keys = distinctKeys(names);
  const columns = names.map((name, i): ResultColumn => ({
    name,
    key: keys[i]!,
    oid: 25,
    type: 'text',
  }));
  const { sink, path } = await app.output();
  const format = app.format();
  const writer = format.open(sink, columns, formatOptions(app, path));
  if (rows.length > 0) await writer.rows(layOut(format.layout, keys, rows));
  await writer.end({ rowCount: rows.length, truncated: false });
  return EXIT.done;
}
