/** `run_dml`: the model proposes rows to be changed; a person, or their flags, decide. By hand it is `pgask sql --allow write`. */
import { z } from 'zod/v3';
import { ToolInputError } from '../errors.js';
import { isDml, isReadByText, statementsIn } from './change-statements.js';
import { toldOf } from './change-told.js';
import { cannotChange, defineTool } from './tool.js';

export const runDml = defineTool({
  name: 'run_dml',
  summary:
    'Change rows: INSERT, UPDATE, DELETE or MERGE. The program previews it, has it approved and applies it once; ' +
    'the result says how many rows. Several statements run in one transaction.',
  input: z
    .object({ sql: z.string().min(1).describe('the statements, separated by semicolons') })
    .strict(),
  streams: true,
  alters: true,
  async run({ sql }, { change, previewRows }) {
    // What no change may hold is refused with its own reason.
    const other = (await statementsIn(sql)).find(
      (statement) => !isDml(statement) && statement.refused === undefined,
    );
    if (other !== undefined) {
      throw new ToolInputError(`${other.command} is no INSERT, UPDATE, DELETE or MERGE`, {
        hint: isReadByText(other)
          ? 'query_database and answer read; run_ddl calls a function that changes something'
          : 'call run_ddl with it',
      });
    }
    if (change === undefined) throw cannotChange('write');
    return toldOf(await change(sql), previewRows);
  },
});
