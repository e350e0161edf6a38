/** argv to exit code: finds the command, runs it, and is the only place where an error becomes a code. */
import { openApp } from './app.js';
import { readLine } from './command-line.js';
import type { SharedFlags } from './commands/shared.js';
import { EXIT, type ExitCode, InterruptedError, PgaskError } from './errors.js';
import { type Io, openIo, paint, secretsIn, type Streams } from './io.js';

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
      if (line.exit !== EXIT.done) io.talk.line(line.text.trimEnd());
      else await io.out.write(line.text.endsWith('\n') ? line.text : `${line.text}\n`);
      return line.exit;
    }
    flags = line.flags;
    const app = openApp({ io, flags: line.flags, process });
    try {
      return await line.command.run(line.input, app);
    } finally {
      await app.close();
    }
  } catch (error) {
    return await tell(error, io, flags);
  }
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
  const known = error instanceof PgaskError ? error : undefined;
  const message = known?.message ?? `internal error: ${String((error as Error).message ?? error)}`;
  const hint =
    known === undefined
      ? 'this is a bug: please report it, with the output of --debug'
      : known.hint;
  const exit = known?.exit ?? EXIT.failed;
  if (flags.debug === true && error instanceof Error) io.talk.line(error.stack ?? '');
  if (flags.errors === 'json') {
    const { code, sqlstate, sql, position, choices, limit } = known ?? { code: 'bug' };
    io.talk.json({
      error: { code, exit, message, hint, sqlstate, sql, position, choices, limit },
    });
    return exit;
  }
  const color = flags.color === 'always' || (flags.color !== 'never' && io.talk.terminal);
  io.talk.line(unlike(message), `${await paint('pgask:', color)} `);
  if (known?.sql !== undefined && known.position !== undefined) {
    io.talk.line(pointAt(known.sql, known.position));
  }
  for (const choice of known?.choices ?? []) io.talk.line(choice, '  - ');
  if (hint !== undefined) io.talk.line(unlike(hint), 'hint: ');
  return exit;
}

/** A server's words may have lines of their own, and none of them is to look like one of ours. */
function unlike(text: string): string {
  return text.replace(/\n(?=\s*(hint|pgask|warning|error):)/gi, '\n  | ');
}

/** Columns of a statement's line that are shown, as psql does. */
const SHOWN_COLUMNS = 70;

/** The line of a statement that a position is in, and a caret below the place. */
function pointAt(sql: string, position: number): string {
  const before = [...sql].slice(0, position - 1).join('');
  const number = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length;
  const line = [...(sql.split('\n')[number - 1] ?? '')];
  const from = Math.max(0, column - SHOWN_COLUMNS / 2);
  const shown = line
    .slice(from, from + SHOWN_COLUMNS)
    .join('')
    .replaceAll('\t', ' ');
  const label = `LINE ${number}: ${from > 0 ? '…' : ''}`;
  return `${label}${shown}\n${' '.repeat([...label].length + column - from)}^`;
}
