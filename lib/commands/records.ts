/** What pgask itself knows, written as rows in the format that was asked for. */
import type { App } from '../app.js';
import { distinctKeys } from '../databases/columns.js';
import type { Cell, ResultColumn } from '../databases/database.js';
import { EXIT, type ExitCode } from '../errors.js';
import { layOut } from '../rows.js';
import { formatOptions } from './result.js';

/** Text, or digits that stand to the right and are numbers in JSON. */
export interface RecordColumn {
  readonly name: string;
  readonly type: keyof typeof OIDS;
}

const OIDS = { text: 25, int8: 20, numeric: 1700 } as const;

/** Every value is text, where its column says nothing else; null is NULL. */
export async function writeRecords(
  app: App,
  names: readonly (string | RecordColumn)[],
  rows: readonly (readonly Cell[])[],
): Promise<ExitCode> {
  const given = names.map((name) =>
    typeof name === 'string' ? ({ name, type: 'text' } as const) : name,
  );
  const keys = distinctKeys(given.map(({ name }) => name));
  const columns = given.map(({ name, type }, i): ResultColumn => ({
    name,
    key: keys[i]!,
    oid: OIDS[type],
    type,
  }));
  const { sink, path } = await app.output();
  const format = app.format();
  const writer = format.open(sink, columns, formatOptions(app, path));
  const laidOut = columns.map(({ key, type }) => ({ key, json: type !== 'text' }));
  if (rows.length > 0) await writer.rows(layOut(format.layout, laidOut, rows));
  await writer.end({ rowCount: rows.length, truncated: false });
  return EXIT.done;
}
