/** What is wrong with the configuration: every mistake at once, each with its place. */
import type { ZodError, ZodIssue } from 'zod/v3';
import { ConfigError, nearest } from '../errors.js';
import type { Path } from './locate.js';
import { maskConnection } from './mask.js';
import { keysAt, LEAVES } from './schema.js';

export interface Problem {
  /** `agent.config.json:12`, `environment PGASK_MAX_STEPS` */
  readonly where: string;
  /** `limits.maxSteps`; none where the place says it. */
  readonly key?: string;
  readonly message: string;
}

/** @throws {ConfigError} where there are any */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ where, key, message }) =>
    [where, ...(key === undefined || key === '' ? [] : [key]), message].join(': '),
  );
  throw new ConfigError([...new Set(lines)].join('\n'), {
    hint: 'correct what is named; the README has a table of all settings',
  });
}

/** A path below the checked value, and what is wrong there. */
export interface Mistake {
  readonly path: Path;
  readonly message: string;
}

export function mistakesOf(error: ZodError, checked: unknown): Mistake[] {
  const seen = new Set<string>();
  return error.issues
    .flatMap((issue) => mistakesOfIssue(issue, checked))
    .filter(({ path }) => {
      // One word about one value: it is no whole number, and so it is not in range either.
      const key = path.join('\0');
      return !seen.has(key) && seen.add(key);
    });
}

function mistakesOfIssue(issue: ZodIssue, checked: unknown): Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, path) }));
  }
  const value = valueAt(checked, path);
  if (value === undefined) return [{ path, message: 'is missing' }];
  if (issue.code === 'invalid_enum_value') {
    const options = issue.options.map(String);
    const near = typeof value === 'string' ? nearest(value, options) : undefined;
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    return [{ path, message: `expected one of ${options.join(', ')}${got(path, value)}${hint}` }];
  }
  // The name of a database is the key itself, and what stands there is not what is wrong.
  const aboutKey = issue.code === 'invalid_string' && typeof value !== 'string';
  const plain = issue.code === 'custom' || aboutKey;
  return [{ path, message: plain ? issue.message : issue.message + got(path, value) }];
}

/** The setting may exist in another section; otherwise the nearest key of this one is meant. */
function unknownKey(key: string, path: Path): string {
  const siblings = keysAt(path);
  const elsewhere = LEAVES.find((leaf) => leaf.path.at(-1) === key)?.key;
  const near = elsewhere ?? nearest(key, siblings);
  return near === undefined
    ? `unknown key; known are ${siblings.join(', ')}`
    : `unknown key; did you mean ${near}?`;
}

/** What was found instead, unless it may be a secret. */
function got(path: Path, value: unknown): string {
  const key = path.at(-1);
  if (key === 'apiKey' || key === 'password' || key === 'url' || key === 'baseURL') return '';
  if (value === null) return ', got null';
  if (typeof value === 'object') return Array.isArray(value) ? ', got a list' : ', got an object';
  const text = JSON.stringify(typeof value === 'string' ? maskConnection(value) : value);
  return `, got ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}

function valueAt(value: unknown, path: Path): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = (inner as Record<string | number, unknown>)[key];
  }
  return inner;
}
