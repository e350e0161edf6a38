/** The flags that every command shares, each declared once. */
import { z } from 'zod/v3';
import { formatNames } from '../formats/formats.js';
import { duration, type ShortFlags, wholeNumber } from '../flags.js';

export const sharedFlags = z
  .object({
    db: z.string().min(1).optional().describe('database: a configured name or a connection string'),
    format: z
      .string()
      .min(1)
      .optional()
      .describe(`${formatNames.join(', ')}; default table`),
    output: z
      .string()
      .min(1)
      .optional()
      .describe('write the result to a file, whole or not at all'),
    session: z.string().min(1).optional().describe('session to continue; none leaves no trace'),
    new: z.boolean().default(false).describe('start a new session'),
    model: z.string().min(1).optional().describe('model to ask; offline is the built-in planner'),
    limit: wholeNumber(0).optional().describe('print the first N rows'),
    maxRows: wholeNumber(1).optional().describe('stop with exit 6 after N rows'),
    maxBytes: wholeNumber(1).optional().describe('stop with exit 6 after N bytes'),
    maxSteps: wholeNumber(1).optional().describe('model calls at most'),
    maxTokens: wholeNumber(1).optional().describe('tokens at most'),
    maxCost: z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'expected an amount such as 0.50')
      .transform(Number)
      .optional()
      .describe('US dollars at most, where the model has prices'),
    allow: z
      .enum(['write', 'ddl', 'admin'])
      .optional()
      .describe(
        "grant for this run, up to the database's access; admin also reads catalogs that hold secrets",
      ),
    yes: z.boolean().default(false).describe('approve a change that --allow grants, unasked'),
    confirm: z
      .string()
      .min(1)
      .optional()
      .describe('with --yes: the name of what an admin change is about'),
    plan: z.boolean().default(false).describe('write a change down as a plan instead of making it'),
    timeout: duration().optional().describe('time that a statement may run: 30s, 500ms, 5min'),
    showSql: z.boolean().default(false).describe('print the statement on stderr'),
    sqlOnly: z.boolean().default(false).describe('print the statement instead of running it'),
    envelope: z
      .boolean()
      .default(false)
      .describe('one JSON object with answer, sql, rows and usage'),
    jsonNumbers: z
      .enum(['exact', 'string'])
      .default('exact')
      .describe('string quotes numbers in JSON that a double would round'),
    failEmpty: z.boolean().default(false).describe('exit 1 when there are no rows'),
    errors: z.enum(['text', 'json']).default('text').describe('how errors are told on stderr'),
    color: z
      .enum(['auto', 'always', 'never'])
      .default('auto')
      .describe('colour; auto is at a terminal'),
    pager: z
      .enum(['auto', 'always', 'never'])
      .default('auto')
      .describe('page results at a terminal; auto is what its screen has no room for'),
    quiet: z.boolean().default(false).describe('nothing but errors on stderr'),
    verbose: z.boolean().default(false).describe('steps, calls and usage on stderr'),
    noInput: z.boolean().default(false).describe('ask nothing, not even at a terminal'),
    debug: z.boolean().default(false).describe('stack traces'),
    config: z.string().min(1).optional().describe('configuration file instead of the one found'),
  })
  .strict();

export type SharedFlags = z.output<typeof sharedFlags>;

export const shortFlags: ShortFlags = {
  d: 'db',
  F: 'format',
  o: 'output',
  s: 'session',
  m: 'model',
  q: 'quiet',
  v: 'verbose',
  y: 'yes',
};
