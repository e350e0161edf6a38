/** `export_data`: the model names a statement and a file, and the program writes the rows. A person has `pgask export`. */
import { z } from 'zod/v3';
import { ToolInputError } from '../errors.js';
import { statementOf } from './statement-of.js';
import { defineTool } from './tool.js';

export const exportData = defineTool({
  name: 'export_data',
  summary:
    'Write the rows of a read-only statement to a new file in the working directory, unseen by you. Only when the request asks ' +
    'for a file; call answer with text alone afterwards.',
  input: z
    .object({
      sql: z.string().min(1).optional().describe('the statement whose rows are written'),
      query: z.string().min(1).optional().describe('the id of an earlier query, instead of sql'),
      file: z
        .string()
        .min(1)
        .describe(
          'relative path of a file that does not exist yet; its suffix is the format (orders.csv, orders.jsonl), and .gz behind it compresses',
        ),
    })
    .strict(),
  streams: true,
  async run({ sql, query, file }, { queries, exportRows, signal }) {
    if (exportRows === undefined) {
      throw new ToolInputError('no file can be written in this run', {
        hint: 'call answer with the statement instead',
      });
    }
    const statement = statementOf({ sql, query }, queries);
    if (statement === undefined) throw new ToolInputError('export_data needs sql or query');
    const { path, rowCount, bytes, ...more } = await exportRows({
      sql: statement,
      file,
      signal,
    });
    return {
      text: `wrote ${path}: ${rowCount} rows, ${bytes} bytes`,
      details: { path, rowCount, bytes, ...more },
    };
  },
});
