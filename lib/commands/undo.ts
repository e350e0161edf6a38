/** `pgask undo`: puts back the rows of a change, through the same preview and approval. */
import { z } from 'zod/v3';
import { defineCommand } from './command.js';
import { withOutput } from './result.js';

export const undo = defineCommand({
  name: 'undo',
  summary: 'Put back the rows of a change',
  words: '<id>',
  input: z
    .object({ id: z.string().describe("the change's id, as pgask journal shows it") })
    .strict(),
  examples: ['pgask undo 3f2a9c01 --allow write', 'pgask undo 3f2a9c01 --allow write --plan'],
  run: ({ id }, app) =>
    withOutput(app, async () => {
      const { runUndo } = await import('./change.js');
      return await runUndo(app, id);
    }),
});
