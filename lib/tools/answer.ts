/** `answer`: the model points at the statement whose rows are the result, or says it in words, and the turn ends. */
import { z } from 'zod/v3';
import { ToolInputError } from '../errors.js';
import { statementOf } from './statement-of.js';
import { defineTool } from './tool.js';

export const answer = defineTool({
  name: 'answer',
  summary:
    'End the turn. Give sql (or the id of an earlier query) whose rows are the result: they are printed to the ' +
    'user directly, so never repeat rows in text. Give text alone only when no rows can answer.',
  input: z
    .object({
      sql: z.string().min(1).optional().describe('the statement whose rows are the answer'),
      query: z.string().min(1).optional().describe('the id of an earlier query, instead of sql'),
      text: z.string().optional().describe('one sentence that says what the rows are'),
    })
    .strict(),
  ends: true,
  async run({ sql, query, text = '' }, { queries, deliver }) {
    const statement = statementOf({ sql, query }, queries);
    if (statement === undefined) {
      if (text.trim() === '') throw new ToolInputError('answer needs sql, query or text');
      return { text, answer: { type: 'words', text } };
    }
    const delivered = await deliver({ sql: statement, text });
    return {
      text: `delivered ${delivered.rowCount} rows`,
      answer: { type: 'rows', text, delivered },
    };
  },
});
