/** argv to exit code: finds the command, runs it, and is the only place where an error becomes a code. */
import { openApp } from './app.js';
import { readLine } from './command-line.js';
import { tellFailure } from './commands/failure.js';
import type { SharedFlags } from './commands/shared.js';
import { EXIT, type ExitCode, InterruptedError, PgaskError } from './errors.js';
import { type Io, openIo, secretsIn, type Streams } from './io.js';

export interface Process extends Streams {
  /** Without node and the program's own name. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly version: string;
  /** Where the built program's own files are. */
  readonly programDirectory: string;
  /** Aborts with an InterruptedError on a signal. */
  readonly signal: AbortSignal;
  /** Is handed what tells of an error that nobody has caught: Node itself would print it as it is, secrets and all. */
  onUncaught?(told: (error: unknown) => Promise<ExitCode>): void;
}

/** Never rejects. */
export async function main(process: Process): Promise<ExitCode> {
  const io = openIo(process);
  for (const word of process.argv) if (/:\/\/|=/.test(word)) io.secrets.add(...secretsInWord(word));
  let flags: Partial<SharedFlags> = talkFlags(process.argv);
  process.onUncaught?.((error) => tell(error, io, flags));
  try {
    const line = await readLine(process.argv, process.version);
    if (line.type === 'text') {
      if (line.exit === EXIT.done) await print(line.text, io);
      else io.talk.line(line.text.trimEnd());
      return line.exit;
    }
    flags = line.flags;
    const { environment, cwd, programDirectory } = process;
    const around = { environment, cwd, programDirectory, signal: io.signal };
    const app = openApp({ io, flags: line.flags, process: around });
    try {
      return await line.command.run(line.input, app);
    } finally {
      await app.close();
    }
  } catch (error) {
    return await tell(error, io, flags);
  }
}

async function print(text: string, { out }: Io): Promise<void> {
  out.open();
  await out.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Known before anything is read, so that no mistake of the command line can tell them. */
function secretsInWord(word: string): string[] {
  const url = word.search(/postgres(ql)?:\/\//i);
  if (url !== -1) return secretsIn(word.slice(url));
  return /\b(host|hostaddr|dbname|service)\s*=/.test(word) ? secretsIn(word) : [];
}

/** The flags that say how to tell an error, before the line could be read. */
function talkFlags(argv: readonly string[]): Partial<SharedFlags> {
  const json = argv.some(
    (word, i) => word === '--errors=json' || (word === '--errors' && argv[i + 1] === 'json'),
  );
  return { debug: argv.includes('--debug'), errors: json ? 'json' : 'text' };
}

/** Tells what went wrong, in the way that was asked for, and gives the exit code. */
async function tell(error: unknown, io: Io, flags: Partial<SharedFlags>): Promise<ExitCode> {
  if (error instanceof InterruptedError) return error.exit;
  const exit = error instanceof PgaskError ? error.exit : EXIT.failed;
  await tellFailure(error, exit, io, flags);
  return exit;
}
