/** `pgask "REQUEST"`: one request in plain words, one result. */
import { z } from 'zod/v3';
import { defineCommand } from './command.js';
import { checkEnvelope, withOutput } from './result.js';

export const ask = defineCommand({
  name: 'ask',
  summary: 'Answer a request in plain words (the default command)',
  words: '[request..]',
  input: z
    .object({
      request: z.string().optional().describe('what you want to know, or - for stdin'),
      showReading: z
        .boolean()
        .default(false)
        .describe('tell on stderr how each word was read: as what, and why'),
    })
    .strict(),
  examples: [
    'pgask "top 5 customers by revenue"',
    'pgask "only the ones from Spain" --format csv -o spain.csv',
    'pgask "orders per month in 2025" --format json | jq ".[0]"',
  ],
  async run({ request: typed = '', showReading }, app) {
    checkEnvelope(app);
    const request = (typed === '-' ? await app.io.readInput() : typed).trim();
    return await withOutput(app, async () => {
      // Loop, prompt and sessions are not for every command to load.
      const { answerRequest } = await import('./answer-request.js');
      return await answerRequest(app, request, { showReading });
    });
  },
});
