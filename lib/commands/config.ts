/** `pgask config`: every setting that is in force, and where it came from. */
import { z } from 'zod/v3';
import { describeConfig } from '../config/load.js';
import { defineCommand } from './command.js';
import { writeRecords } from './records.js';
import { withOutput } from './result.js';

export const config = defineCommand({
  name: 'config',
  summary: 'Show every setting and where it came from, secrets masked',
  words: '',
  input: z.object({}).strict(),
  examples: ['pgask config', 'pgask config --format json'],
  run: (_input, app) =>
    withOutput(app, () =>
      writeRecords(
        app,
        ['key', 'value', 'source'],
        describeConfig(app.config()).map(({ key, value, source }) => [key, value, source]),
      ),
    ),
});
