/** A tool that is also a subcommand: its flags and help come from the same declaration as the model's schema. */
import type { ExitCode } from '../errors.js';
import type { Tool } from '../tools/tool.js';
import type { Command } from './command.js';
import { withOutput, writeWords } from './result.js';

export function commandOf(tool: Tool): Command | undefined {
  const { command } = tool;
  if (command === undefined) return undefined;
  return {
    name: command.name,
    summary: tool.summary,
    words: command.positional === undefined ? '' : `[${command.positional}..]`,
    input: tool.input,
    examples: command.examples,
    run: (input, app): Promise<ExitCode> =>
      withOutput(app, async () => {
        const open = await app.database();
        const outcome = await tool.run(input, {
          database: open.database,
          catalog: app.catalog,
          signal: app.signal,
          timeoutMs: open.entry.limits.timeoutMs,
          previewRows: app.config().settings.limits.previewRows,
          queries: new Map(),
          deliver: () => Promise.reject(new Error('a subcommand delivers no rows')),
        });
        const { text, values, details } = outcome;
        const words = [text, values].filter((part) => part !== undefined && part !== '').join('\n');
        return await writeWords(app, words, details ?? { answer: words });
      }),
  };
}
