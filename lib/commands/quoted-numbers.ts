/** `--json-numbers string`, between the database and whatever is made of its rows: guards count what is written. */
import type { Database } from '../databases/database.js';
import { quoteNumbers } from '../formats/json-numbers.js';
import type { RowChunk } from '../rows.js';

/** The same database, with numbers that a double would round as strings in rows of JSON. */
export function withQuotedNumbers(database: Database): Database {
  return {
    ...database,
    stream: (statement, options, consume) =>
      database.stream(statement, options, ({ columns, chunks }) =>
        consume({ columns, chunks: options.layout === 'json' ? quoted(chunks) : chunks }),
      ),
  };
}

async function* quoted(chunks: AsyncIterable<RowChunk>): AsyncGenerator<RowChunk> {
  const quote = quoteNumbers();
  for await (const chunk of chunks) yield quote(chunk);
}
