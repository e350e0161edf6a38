/** How the rows of a statement that was judged are asked for: by COPY where that serves, by a cursor elsewhere. */
import { StatementError } from '../errors.js';
import { openByteWriter, type RowWriter, rowWriter } from '../rows.js';
import type { ParsedStatement } from '../sql/parse.js';
import { cellChecker, jsonRowChecker } from './cell-size.js';
import {
  asCopy,
  asJson,
  canBeWrapped,
  checkWrapped,
  textOfStatement,
  type Wrapped,
} from './copy.js';
import { cellsOf, textRow, wholeRows } from './data-row.js';
import type { Cell, ResultColumn, Row, RowChunk, RowLayout } from './database.js';
import type { Connection } from './driver.js';

export interface Asked {
  readonly sql: string;
  readonly parsed: ParsedStatement;
  readonly parameters: readonly Cell[];
  readonly columns: readonly ResultColumn[];
  /** Bytes of one value at most. */
  readonly maxCellBytes: number | undefined;
}

/** Rows of a cursor's first batch: few, so that the first are there soon. */
const FIRST_ROWS = 100;

/** Values as strings. */
export async function* rowsOf(
  connection: Connection,
  { sql, parameters, columns, maxCellBytes }: Asked,
): AsyncGenerator<readonly Row[]> {
  const check = cellChecker(columns, maxCellBytes);
  const statement = { sql, parameters, batchRows: FIRST_ROWS };
  for await (const rows of wholeRows(connection.rows(statement))) {
    yield rows.map((row) => {
      const cells = cellsOf(row);
      check?.(cells);
      return textRow(cells);
    });
  }
}

/** Rows in a layout, as bytes. COPY takes no parameters, and does not say how large each value is. */
export async function* chunksOf(
  connection: Connection,
  asked: Asked & { readonly layout: RowLayout; readonly limit: number | undefined },
  copies: boolean,
): AsyncGenerator<RowChunk> {
  const { parsed, parameters, columns, layout, limit, maxCellBytes } = asked;
  const inner: Wrapped = canBeWrapped(parsed)
    ? textOfStatement(asked.sql, parsed)
    : { sql: asked.sql, offset: 0 };
  const json = layout === 'json' && canBeWrapped(parsed);
  const query = json ? asJson(inner, columns) : inner;
  // Held up by a reader, the server waits in the middle; where it can't, it is asked for some rows at a time.
  const atOnce = copies && limit === undefined && maxCellBytes === undefined;
  const isCopied = atOnce && canBeWrapped(parsed) && parameters.length === 0 && !json;
  const batchRows = Math.max(1, Math.min(limit ?? FIRST_ROWS, FIRST_ROWS));
  try {
    if (isCopied) {
      const copy = asCopy(query, layout);
      await checkWrapped(copy, parsed);
      yield* connection.copy(copy.sql);
      return;
    }
    if (json) await checkWrapped(query, parsed);
    if (json && maxCellBytes === undefined) {
      // COPY would escape every backslash, which costs the server a tenth, and us as much to undo.
      const asked = { sql: query.sql, parameters, batchRows: atOnce ? undefined : batchRows };
      yield* connection.lines(asked);
      return;
    }
    const rows = wholeRows(connection.rows({ sql: query.sql, parameters, batchRows }));
    yield* laidOut(rows, json ? jsonWriter(columns, maxCellBytes) : writer(asked));
  } catch (error) {
    throw inTheirText(error, asked.sql, isCopied ? asCopy(query, layout) : query);
  }
}

/** Bytes that are gathered before they go on. */
const CHUNK_BYTES = 64 * 1024;

async function* laidOut(
  batches: AsyncIterable<readonly Uint8Array[]>,
  write: RowWriter,
): AsyncGenerator<RowChunk> {
  const out = openByteWriter(CHUNK_BYTES);
  for await (const rows of batches) {
    let ends: number[] = [];
    for (const row of rows) {
      write(out, cellsOf(row));
      ends.push(out.length);
      if (out.length >= CHUNK_BYTES) {
        yield { bytes: out.take(), ends };
        ends = [];
      }
    }
    if (ends.length > 0) yield { bytes: out.take(), ends };
  }
}

/** OIDs of json and jsonb: what EXPLAIN (FORMAT JSON) gives. */
const JSON_TYPES: readonly number[] = [114, 3802];

function writer({
  layout,
  columns,
  maxCellBytes,
}: Asked & { readonly layout: RowLayout }): RowWriter {
  const check = cellChecker(columns, maxCellBytes);
  const write = rowWriter(
    layout,
    columns.map(({ key, oid }) => ({ key, json: JSON_TYPES.includes(oid) })),
  );
  return (out, cells) => {
    check?.(cells);
    write(out, cells);
  };
}

const LINE_FEED = 0x0a;

/** Of row_to_json's one column. */
function jsonWriter(columns: readonly ResultColumn[], maxCellBytes: number | undefined): RowWriter {
  const check = jsonRowChecker(columns, maxCellBytes);
  return (out, [object]) => {
    check?.(object!);
    out.bytes(object!);
    out.byte(LINE_FEED);
  };
}

/** The server speaks of the text that it was sent: the user wrote another. */
function inTheirText(error: unknown, sql: string, { sql: sent, offset }: Wrapped): unknown {
  if (!(error instanceof StatementError) || sent === sql) return error;
  const { position } = error;
  const inside = position !== undefined && position > offset && position - offset <= sql.length;
  return new StatementError(error.message, {
    cause: error,
    sqlstate: error.sqlstate,
    hint: error.hint,
    sql,
    position: inside ? position - offset : undefined,
  });
}
