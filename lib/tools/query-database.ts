/** `query_database`: the model looks at data before it answers. A person has `pgask sql` for that. */
import { z } from 'zod/v3';
import type { Row } from '../databases/database.js';
import { renderPreview } from './preview.js';
import { defineTool } from './tool.js';

/** Counting goes no further than this: a look is not the answer. */
const MAX_COUNTED = 1000;

export const queryDatabase = defineTool({
  name: 'query_database',
  summary:
    'Run one read-only SQL statement to look at data or try a query; shows at most a few rows. ' +
    'It is given an id that answer can name.',
  input: z
    .object({
      sql: z.string().min(1).describe('one SELECT, VALUES, TABLE, SHOW or EXPLAIN statement'),
    })
    .strict(),
  async run({ sql }, { database, signal, timeoutMs, previewRows, queries }) {
    const options = { signal, timeoutMs };
    return await database.read({ sql }, options, async ({ columns, batches }) => {
      const shown: Row[] = [];
      let count = 0;
      for await (const batch of batches) {
        count += batch.length;
        shown.push(...batch.slice(0, previewRows - shown.length));
        if (count > MAX_COUNTED) break;
      }
      const id = `q${queries.size + 1}`;
      queries.set(id, { id, sql });
      const total = count > MAX_COUNTED ? `more than ${MAX_COUNTED} rows` : `${count} rows`;
      return {
        text: `${id}: ${total}, ${shown.length} shown`,
        values: renderPreview(columns, shown),
      };
    });
  },
});
