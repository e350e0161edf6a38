/** What pgask itself knows, written as rows in the format that was asked for. */
import type { App } from '../app.js';
import { distinctKeys } from '../databases/columns.js';
import type { Cell, ResultColumn, RowChunk, RowLayout } from '../databases/database.js';
import { EXIT, type ExitCode } from '../errors.js';
import { openByteWriter, rowWriter } from '../rows.js';
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
  if (rows.length > 0) await writer.rows(laidOut(format.layout, columns, rows));
  await writer.end({ rowCount: rows.length, truncated: false });
  return EXIT.done;
}

function laidOut(
  layout: RowLayout,
  columns: readonly ResultColumn[],
  rows: readonly (readonly Cell[])[],
): RowChunk {
  const out = openByteWriter();
  const write = rowWriter(
    layout,
    columns.map(({ key }) => ({ key, json: false })),
  );
  const ends = rows.map((row) => {
    write(
      out,
      row.map((cell) => (cell === null ? null : Buffer.from(cell))),
    );
    return out.length;
  });
  return { bytes: out.take(), ends };
}
