/** argv to exit code: finds the command, runs it, and is the only place where an error becomes a code. */
import yargs, { type Argv } from 'yargs';
import { openApp } from './app.js';
import type { Command } from './commands/command.js';
import { commands } from './commands/registry.js';
import { type SharedFlags, sharedFlags, shortFlags } from './commands/shared.js';
import {
  EXIT,
  type ExitCode,
  InterruptedError,
  nearest,
  PgaskError,
  UsageError,
} from './errors.js';
import { flagNames, parseFlags, yargsOptions } from './flags.js';
import { type Io, openIo, paint, printable, type Streams } from './io.js';

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
}

/** Never rejects. */
export async function main(process: Process): Promise<ExitCode> {
  const io = openIo(process);
  let flags: Partial<SharedFlags> = talkFlags(process.argv);
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

type Line =
  | { readonly type: 'text'; readonly text: string; readonly exit: ExitCode }
  | {
      readonly type: 'command';
      readonly command: Command;
      readonly input: Record<string, unknown>;
      readonly flags: SharedFlags;
    };

const DEFAULT_COMMAND = 'ask';

/** @throws {UsageError} */
async function readLine(argv: readonly string[], version: string): Promise<Line> {
  let line: Line | undefined;
  let failure: string | undefined;
  const parser = commandLine(version, (command, given) => {
    const words = given['--'];
    const rest = Array.isArray(words) && words.length > 0 ? addRest(command, given, words) : given;
    line = {
      type: 'command',
      command,
      input: parseFlags(command.input, rest),
      flags: parseFlags(sharedFlags, given),
    };
  }).fail((message, error) => {
    if (error instanceof PgaskError) throw error;
    failure = message || error?.message;
  });
  let output = '';
  await parser.parseAsync([...argv], {}, (_error: unknown, _argv: unknown, text: string) => {
    output = plainHelp(text);
  });
  if (failure !== undefined) throw usageError(failure, argv);
  if (output !== '') return { type: 'text', text: output, exit: EXIT.done };
  if (line === undefined) throw new UsageError('the command line was not understood');
  checkNearCommand(argv);
  if (line.type === 'command' && line.command.name === DEFAULT_COMMAND && isEmpty(line.input)) {
    const help = plainHelp(await commandLine(version, () => undefined).getHelp());
    return { type: 'text', text: help, exit: EXIT.unstarted };
  }
  return line;
}

/** yargs writes the type behind every option, and a mark behind the default command; neither helps. */
function plainHelp(text: string): string {
  return text.replace(/ *\[(string|boolean|default)\]$/gm, '');
}

function isEmpty(input: Record<string, unknown>): boolean {
  const request = input['request'];
  return typeof request !== 'string' || request.trim() === '';
}

/** Words after `--` belong to the command's last list of words. */
function addRest(
  command: Command,
  given: Record<string, unknown>,
  words: readonly unknown[],
): Record<string, unknown> {
  const name = /(\w+)\.\.\]?>?$/.exec(command.words)?.[1] ?? /(\w+)[\]>]$/.exec(command.words)?.[1];
  if (name === undefined) return given;
  const before = given[name];
  const list = Array.isArray(before) ? [...(before as unknown[]), ...words] : words;
  return { ...given, [name]: command.words.includes('..') ? list : words.join(' ') };
}

function commandLine(
  version: string,
  chosen: (command: Command, given: Record<string, unknown>) => void,
): Argv {
  let parser = yargs()
    .scriptName('pgask')
    .usage('$0 "REQUEST"\n\nAsk a PostgreSQL database in plain words; rows come out.')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'boolean-negation': false,
      'duplicate-arguments-array': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
    })
    .options(yargsOptions(sharedFlags, shortFlags))
    .strictOptions()
    .exitProcess(false)
    .detectLocale(false)
    .wrap(96)
    .help('help')
    .alias('h', 'help')
    .version(version)
    .alias('V', 'version')
    .epilogue('Exit codes and configuration: see the README.');
  for (const command of commands) {
    const names = command.name === DEFAULT_COMMAND ? [command.name, '$0'] : [command.name];
    parser = parser.command(
      names.map((name) => `${name} ${command.words}`.trim()),
      command.summary,
      (own) => describeCommand(own, command),
      (given) => chosen(command, given),
    );
  }
  return parser;
}

function describeCommand(parser: Argv, command: Command): Argv {
  const options = yargsOptions(command.input, command.short);
  const words = [...command.words.matchAll(/[[<](\w+)/g)].map((match) => match[1]!);
  let own = parser;
  for (const [name, { description, ...option }] of Object.entries(options)) {
    own = words.includes(name)
      ? own.positional(name, { type: 'string', description: description ?? '' })
      : own.option(name, { ...option, description: description ?? '' });
  }
  for (const example of command.examples) own = own.example(example, '');
  return own;
}

/** yargs' sentences become ours, with the nearest right word. */
function usageError(message: string, argv: readonly string[]): UsageError {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1];
  if (unknown === undefined) {
    return new UsageError(
      message.replace(/\.$/, '').replace(/^[A-Z]/, (c) => c.toLowerCase()),
      {
        hint: 'see pgask --help',
      },
    );
  }
  const command = commands.find(({ name }) => argv.includes(name));
  const known = flagNames([sharedFlags, ...(command === undefined ? [] : [command.input])]);
  const name = unknown.split(', ')[0]!;
  const dashes = name.length === 1 ? '-' : '--';
  const near = nearest(name, [...known, 'help', 'version']);
  return new UsageError(`unknown flag ${dashes}${name}`, {
    hint: near === undefined ? 'see pgask --help' : `did you mean --${near}?`,
  });
}

/** `pgask shema` is no request: a single bare word that is nearly a command is a typing mistake. */
function checkNearCommand(argv: readonly string[]): void {
  const words = argv.filter((word) => !word.startsWith('-'));
  const [word] = words;
  const names = commands.map(({ name }) => name);
  if (words.length !== 1 || argv[0] !== word || word === undefined || /\s/.test(word)) return;
  if (names.includes(word)) return;
  const near = nearest(word, names);
  if (near === undefined) return;
  throw new UsageError(`unknown command ${word}`, {
    hint: `did you mean pgask ${near}? To ask for it: pgask ask ${word}`,
  });
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
    io.talk.line(
      JSON.stringify({
        error: { code, exit, message, hint, sqlstate, sql, position, choices, limit },
      }),
    );
    return exit;
  }
  const color = flags.color === 'always' || (flags.color !== 'never' && io.talk.terminal);
  io.talk.line(`${await paint('pgask:', color)} ${printable(message)}`);
  if (known?.sql !== undefined && known.position !== undefined) {
    io.talk.line(printable(pointAt(known.sql, known.position)));
  }
  for (const choice of known?.choices ?? []) io.talk.line(`  - ${printable(choice)}`);
  if (hint !== undefined) io.talk.line(`hint: ${printable(hint)}`);
  return exit;
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
