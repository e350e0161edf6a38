/** `pgask apply`: carries out a plan, once, if everything is still as it was planned. */
import { z } from 'zod/v3';
import { defineCommand } from './command.js';
import { withOutput } from './result.js';

export const applyCommand = defineCommand({
  name: 'apply',
  summary: 'Carry out a planned change',
  words: '<id>',
  input: z.object({ id: z.string().describe("the plan's id") }).strict(),
  examples: ['pgask apply 3f2a9c01', 'pgask apply 3f2a9c01 --allow write --yes --db production'],
  run: ({ id }, app) =>
    withOutput(app, async () => {
      const { runPlan } = await import('./change.js');
      return await runPlan(app, id);
    }),
});
