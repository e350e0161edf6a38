/** The port of commands: what a person types. */
import type { AnyZodObject, z } from 'zod/v3';
import type { App } from '../app.js';
import type { ExitCode } from '../errors.js';
import type { ShortFlags } from '../flags.js';

export interface Command<Input extends AnyZodObject = AnyZodObject> {
  readonly name: string;
  /** One sentence for `--help`. */
  readonly summary: string;
  /** The command line's words, as yargs writes them: `[request..]`, `<action> [name]`. */
  readonly words: string;
  /** The words and the command's own flags. */
  readonly input: Input;
  readonly short?: ShortFlags;
  readonly examples: readonly string[];
  /**
   * @throws {PgaskError} ends the run with its exit code
   */
  run(input: z.output<Input>, app: App): Promise<ExitCode>;
}

/** A command whose `run` takes the type of its own `input`. */
export function defineCommand<Input extends AnyZodObject>(command: Command<Input>): Command {
  // main calls `run` with what `input` parsed, so the narrower argument is what it gets.
  return command as unknown as Command;
}
