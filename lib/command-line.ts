/** The command line, read by yargs: which command, its words and flags, and what is wrong with them. */
import yargs, { type Argv } from 'yargs';
import type { Command } from './commands/command.js';
import { commands } from './commands/registry.js';
import { type SharedFlags, sharedFlags, shortFlags } from './commands/shared.js';
import { EXIT, type ExitCode, nearest, PgaskError, UsageError } from './errors.js';
import { flagNames, listNames, parseFlags, switches, yargsOptions } from './flags.js';

export type Line =
  | { readonly type: 'text'; readonly text: string; readonly exit: ExitCode }
  | {
      readonly type: 'command';
      readonly command: Command;
      readonly input: Record<string, unknown>;
      readonly flags: SharedFlags;
    };

const DEFAULT_COMMAND = 'ask';

/** @throws {UsageError} */
export async function readLine(argv: readonly string[], version: string): Promise<Line> {
  let line: Line | undefined;
  let failure: string | undefined;
  const parser = commandLine(version, (command, given) => {
    const words = given['--'];
    const last = lastOfEach(command, given);
    const rest = Array.isArray(words) && words.length > 0 ? addRest(command, last, words) : last;
    line = {
      type: 'command',
      command,
      input: parseFlags(command.input, rest),
      flags: parseFlags(sharedFlags, last),
    };
  }).fail((message, error) => {
    if (error instanceof PgaskError) throw error;
    failure = message || error?.message;
  });
  let output = '';
  await parser.parseAsync(moveDash(argv), {}, (_error: unknown, _argv: unknown, text: string) => {
    output = plainHelp(text);
  });
  if (failure !== undefined) throw usageError(failure, argv);
  if (output !== '') return { type: 'text', text: output, exit: EXIT.done };
  if (line === undefined) throw new UsageError('the command line was not understood');
  if (line.type === 'command' && line.command.name === DEFAULT_COMMAND) {
    checkNearCommand(line.input['request'], argv);
  }
  if (line.type === 'command' && line.command.name === DEFAULT_COMMAND && isEmpty(line.input)) {
    const help = plainHelp(await commandLine(version, () => undefined).getHelp());
    return { type: 'text', text: help, exit: EXIT.unstarted };
  }
  return line;
}

/** yargs writes the type behind every option, and a mark behind the default command; neither helps. */
function plainHelp(text: string): string {
  // The mark may have got a line of its own.
  const unmarked = text.replace(/\n? +\[default\](?=\n)/g, '');
  return unmarked.replace(/ *\[(string|boolean|default|array|default: \[\])\]/g, '');
}

function isEmpty(input: Record<string, unknown>): boolean {
  const request = input['request'];
  return typeof request !== 'string' || request.trim() === '';
}

/** A flag that is given twice means what it was given last, where it is no list; words are all meant. */
function lastOfEach(command: Command, given: Record<string, unknown>): Record<string, unknown> {
  const all = [...wordNames(command), ...listNames(command.input)];
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      Array.isArray(value) && !all.includes(name) ? (value.at(-1) as unknown) : value,
    ]),
  );
}

function wordNames({ words }: Command): string[] {
  return [...words.matchAll(/[[<](\w+)/g)].map((match) => match[1]!);
}

/**
 * yargs loses a lone `-` among the words, and takes SQL that begins with a comment for a flag, but not behind `--`. What
 * is a flag's value stays.
 */
function moveDash(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const plain = [
    ...switches(sharedFlags, shortFlags),
    ...commands.flatMap(({ input, short = {} }) => switches(input, short)),
  ];
  const moved = argv.findIndex((word, i) => {
    const before = argv[i - 1] ?? '';
    if (word !== '-' && !COMMENTED.test(word)) return false;
    return i < end && (!before.startsWith('-') || plain.includes(before));
  });
  if (moved === -1) return [...argv];
  const kept = argv.slice(0, end).filter((_, i) => i !== moved);
  return [...kept, '--', argv[moved]!, ...argv.slice(end + 1)];
}

/** No flag has white space behind its dashes, or a line break in its name. */
const COMMENTED = /^--(\s|[^=\n]*\n)/;

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
  const words = wordNames(command);
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
function checkNearCommand(request: unknown, argv: readonly string[]): void {
  if (typeof request !== 'string' || /\s/.test(request) || argv.includes(DEFAULT_COMMAND)) return;
  const near = nearest(
    request,
    commands.map(({ name }) => name),
  );
  if (near === undefined) return;
  throw new UsageError(`unknown command ${request}`, {
    hint: `did you mean pgask ${near}? To ask for it: pgask ask ${request}`,
  });
}
