/** A zod object is a command line: options, help, defaults and validation all come from it. */
import type { Options, PositionalOptions } from 'yargs';
import { type AnyZodObject, z, type ZodTypeAny } from 'zod/v3';
import { didYouMean, UsageError } from './errors.js';

/** Letters by the flag that they stand for. */
export type ShortFlags = Readonly<Record<string, string>>;

type Kind = 'boolean' | 'string' | 'number' | 'array';

interface Flag {
  readonly key: string;
  /** As it is typed: `max-steps` for `maxSteps`. */
  readonly name: string;
  readonly kind: Kind;
  readonly description: string;
  readonly choices: readonly string[] | undefined;
}

export function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function flagsOf(schema: AnyZodObject): Flag[] {
  return Object.entries(schema.shape as Record<string, ZodTypeAny>).map(([key, type]) => {
    const inner = unwrap(type);
    const choices = inner instanceof z.ZodEnum ? (inner.options as readonly string[]) : undefined;
    const kind = kindOf(inner);
    return { key, name: flagName(key), kind, description: describe(type, choices), choices };
  });
}

function kindOf(type: ZodTypeAny): Kind {
  if (type instanceof z.ZodBoolean) return 'boolean';
  if (type instanceof z.ZodNumber) return 'number';
  return type instanceof z.ZodArray ? 'array' : 'string';
}

function unwrap(type: ZodTypeAny): ZodTypeAny {
  if (type instanceof z.ZodOptional || type instanceof z.ZodDefault) {
    return unwrap((type._def as { innerType: ZodTypeAny }).innerType);
  }
  if (type instanceof z.ZodEffects) return unwrap((type._def as { schema: ZodTypeAny }).schema);
  return type;
}

function describe(type: ZodTypeAny, choices: readonly string[] | undefined): string {
  const text = type.description ?? '';
  const fallback =
    type instanceof z.ZodDefault
      ? (type._def as { defaultValue: () => unknown }).defaultValue()
      : undefined;
  const notes = [
    choices === undefined ? undefined : choices.join('|'),
    fallback === undefined || fallback === false ? undefined : `default ${String(fallback)}`,
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? text : `${text} (${notes.join('; ')})`;
}

/** yargs options by their names. Values stay text: it is zod that reads numbers. */
export function yargsOptions(
  schema: AnyZodObject,
  short: ShortFlags = {},
): Record<string, Options & PositionalOptions> {
  return Object.fromEntries(
    flagsOf(schema).map(({ name, kind, description }) => {
      const letter = Object.entries(short).find(([, flag]) => flag === name)?.[0];
      return [
        name,
        {
          type: kind === 'boolean' ? 'boolean' : 'string',
          ...(kind === 'boolean' ? {} : { requiresArg: true }),
          ...(letter === undefined ? {} : { alias: letter }),
          description,
        },
      ];
    }),
  );
}

/** Names that an unknown flag may have meant. */
export function flagNames(schemas: readonly AnyZodObject[]): string[] {
  return schemas.flatMap((schema) => flagsOf(schema).map(({ name }) => name));
}

/** Flags that may be given more than once, each time with one more value. */
export function listNames(schema: AnyZodObject): string[] {
  return flagsOf(schema).flatMap(({ name, kind }) => (kind === 'array' ? [name] : []));
}

/** As they are typed, with their dashes: the flags that take no value. */
export function switches(schema: AnyZodObject, short: ShortFlags): string[] {
  const names = flagsOf(schema).flatMap(({ name, kind }) => (kind === 'boolean' ? [name] : []));
  const letters = Object.entries(short).flatMap(([letter, flag]) =>
    names.includes(flag) ? [`-${letter}`] : [],
  );
  return [...names.map((name) => `--${name}`), ...letters];
}

/**
 * What yargs found, read by the schema.
 *
 * @throws {UsageError} naming every flag that does not fit
 */
export function parseFlags<Schema extends AnyZodObject>(
  schema: Schema,
  given: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const flags = flagsOf(schema);
  const values = Object.fromEntries(
    flags.flatMap(({ key, name, kind }) => {
      const value = valueOf(kind, given[name]);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const result = schema.safeParse(values);
  if (result.success) return result.data as z.output<Schema>;
  const problems = result.error.issues.map(({ path, message }) => {
    const flag = flags.find(({ key }) => key === path[0]);
    return flag === undefined ? { text: message } : problem(flag, values[flag.key], message);
  });
  throw new UsageError(problems.map(({ text }) => text).join('; '), {
    hint: problems.find((one) => 'hint' in one)?.hint ?? 'see --help',
  });
}

/** Several words are a list, or one text; digits are a number where one is wanted. */
function valueOf(kind: Kind, given: unknown): unknown {
  if (Array.isArray(given)) {
    if (given.length === 0) return undefined;
    return kind === 'array' ? (given as unknown[]) : given.join(' ');
  }
  if (kind === 'array' && given !== undefined) return [given];
  if (kind === 'number' && typeof given === 'string' && given.trim() !== '') {
    const number = Number(given);
    return Number.isNaN(number) ? given : number;
  }
  return given;
}

function problem(
  { name, choices }: Flag,
  value: unknown,
  message: string,
): { text: string; hint?: string } {
  if (value === undefined) return { text: `${name} is missing` };
  const shown = Array.isArray(value) ? value.join(' ') : String(value);
  if (choices === undefined) return { text: `${name} ${shown}: ${message}` };
  return { text: `unknown ${name} ${shown}`, hint: didYouMean(shown, choices) };
}

/** A whole number written in digits; `1e3`, `0x10` and signs are typing mistakes. */
export function wholeNumber(minimum: number): z.ZodType<number, z.ZodTypeDef, string> {
  return z
    .string()
    .refine((text) => /^\d{1,12}$/.test(text) && Number(text) >= minimum, {
      message: `expected a whole number, ${minimum} or more`,
    })
    .transform(Number);
}

/** A time as `500ms`, `30s`, `5min`, `1h`, or a bare number of seconds; in milliseconds. */
export function duration(): z.ZodType<number, z.ZodTypeDef, string> {
  const UNITS: Readonly<Record<string, number>> = {
    ms: 1,
    s: 1000,
    min: 60_000,
    m: 60_000,
    h: 3_600_000,
  };
  const read = (text: string): number | undefined => {
    const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|min|m|h)?$/.exec(text);
    if (match === null) return undefined;
    const ms = Math.round(Number(match[1]) * UNITS[match[2] ?? 's']!);
    return ms > 0 && ms < 2 ** 31 ? ms : undefined;
  };
  return z
    .string()
    .refine((text) => read(text) !== undefined, {
      message: 'expected a time such as 30s, 500ms or 5min',
    })
    .transform((text) => read(text)!);
}
