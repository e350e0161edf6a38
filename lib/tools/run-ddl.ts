/** `run_ddl`: the model proposes a change of the schema, or what else a grant allows. By hand it is `pgask sql --allow ddl`. */
import { z } from 'zod/v3';
import { ToolInputError } from '../errors.js';
import { isDml, isReadByText, statementsIn } from './change-statements.js';
import { toldOf } from './change-told.js';
import { cannotChange, defineTool } from './tool.js';

export const runDdl = defineTool({
  name: 'run_ddl',
  summary:
    'Change the schema or the server: CREATE, ALTER, DROP, TRUNCATE, GRANT, VACUUM, calls of functions that act. ' +
    'Previewed, approved and applied as run_dml.',
  input: z
    .object({ sql: z.string().min(1).describe('the statements, separated by semicolons') })
    .strict(),
  streams: true,
  alters: true,
  async run({ sql }, { change, database, signal, timeoutMs, previewRows }) {
    const statements = await statementsIn(sql);
    if (statements.some(isDml)) {
      throw new ToolInputError('INSERT, UPDATE, DELETE and MERGE are not for run_ddl', {
        hint: 'call run_dml with them',
      });
    }
    for (const statement of statements.filter(isReadByText)) {
      // What a function does is not in the text that calls it.
      const { verdict } = await database.check({ sql: statement.sql }, { signal, timeoutMs });
      if (verdict === 'refuse') continue;
      throw new ToolInputError(`${statement.command} changes nothing`, {
        hint: 'query_database and answer read',
      });
    }
    if (change === undefined) throw cannotChange('ddl');
    return toldOf(await change(sql), previewRows);
  },
});
