/** The layers of the configuration, one over the other: which value wins, and what is wrong with it. */
import { environmentName, type Found, readVariables, type Variables } from './environment.js';
import type { ConfigFile } from './file.js';
import { lineOf } from './locate.js';
import { type Mistake, mistakesOf, type Problem } from './problem.js';
import { LEAVES, type ParsedSettings, settingsSchema } from './schema.js';
import { sourceText } from './source.js';

/** Flags that stand above settings, as the command line has read them; times in milliseconds. */
export interface FlagSettings {
  readonly db?: string | undefined;
  readonly format?: string | undefined;
  readonly session?: string | undefined;
  readonly model?: string | undefined;
  readonly maxSteps?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly maxCost?: number | undefined;
  readonly maxRows?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly timeout?: number | undefined;
}

/** The winning value of every single setting, as yet unchecked. */
export function mergeLayers(
  flags: FlagSettings,
  variables: Variables,
  files: readonly ConfigFile[],
): Map<string, Found> {
  const layers = [
    readFlags(flags),
    readVariables(variables),
    ...files.map((file) => readSettings(file)),
  ];
  // The last entry of a key stays, so the strongest layer comes last.
  return new Map(layers.reverse().flatMap((layer) => [...layer]));
}

function readFlags(flags: FlagSettings): Map<string, Found> {
  const settings = {
    database: given(flags.db, '--db'),
    format: given(flags.format, '--format'),
    'model.model': given(flags.model, '--model'),
    'limits.maxSteps': given(flags.maxSteps, '--max-steps'),
    'limits.maxTokens': given(flags.maxTokens, '--max-tokens'),
    'limits.maxCost': given(flags.maxCost, '--max-cost'),
    'limits.maxRows': given(flags.maxRows, '--max-rows'),
    'limits.maxBytes': given(flags.maxBytes, '--max-bytes'),
    'limits.timeoutMs': given(flags.timeout, '--timeout'),
  };
  return new Map(Object.entries(settings).filter((entry): entry is [string, Found] => !!entry[1]));
}

export function given(value: unknown, name: string): Found | undefined {
  return value === undefined ? undefined : { value, source: { type: 'flag', name } };
}

function readSettings(file: ConfigFile): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const { key, path } of LEAVES) {
    const value = path.reduce<unknown>(
      (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
      file.content,
    );
    if (value !== undefined) found.set(key, { value, source: { type: 'file', file, path } });
  }
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A file on its own, so that a mistake is told even where another layer hides it. */
export interface CheckedFile {
  readonly file: ConfigFile;
  /** Undefined where there are problems. */
  readonly settings: ParsedSettings | undefined;
  readonly problems: readonly Problem[];
}

export function checkFile(file: ConfigFile): CheckedFile {
  // What is no JSON has its problems already.
  if (file.content === undefined) return { file, settings: undefined, problems: file.problems };
  const result = settingsSchema.safeParse(file.content);
  if (result.success) return { file, settings: result.data, problems: file.problems };
  const problems = mistakesOf(result.error, file.content)
    .map((mistake) => ({ ...mistake, line: lineOf(file.text, mistake.path) }))
    .sort((a, b) => a.line - b.line)
    .map(({ path, line, message }) => ({
      where: `${file.shown}:${line}`,
      key: path.join('.'),
      message,
    }));
  return { file, settings: undefined, problems: [...file.problems, ...problems] };
}

/** What the layers come to, defaults filled in; meaningless where there are problems. */
export function parseLayers(
  found: ReadonlyMap<string, Found>,
  files: readonly CheckedFile[],
): { settings: ParsedSettings; problems: Problem[] } {
  const problems = files.flatMap((file) => file.problems);
  const raw = nested(found);
  const result = settingsSchema.safeParse(raw);
  if (result.success) return { settings: result.data, problems };
  for (const mistake of mistakesOf(result.error, raw)) {
    const problem = problemOfValue(mistake, found);
    if (problem !== undefined && !problems.some(({ key }) => key === mistake.path.join('.'))) {
      problems.push(problem);
    }
  }
  return { settings: settingsSchema.parse({}), problems };
}

/** A mistake of a flag or a variable; those of files are known by then. */
function problemOfValue(
  { path, message }: Mistake,
  found: ReadonlyMap<string, Found>,
): Problem | undefined {
  const whole = path.join('.');
  // What is wrong may be one of a list.
  const key = [...found.keys()].find((one) => whole.startsWith(`${one}.`)) ?? whole;
  const source = found.get(key)?.source;
  if (source?.type === 'file') return undefined;
  if (source !== undefined) return { where: sourceText(source), message };
  // Half of a pair that belongs together: the other half is what should be set.
  const leaf = LEAVES.find((one) => one.key === key);
  return leaf === undefined
    ? undefined
    : { where: `environment ${environmentName(leaf)}`, message };
}

/** `limits.maxSteps` → `{ limits: { maxSteps } }` */
function nested(found: ReadonlyMap<string, Found>): unknown {
  const raw: Record<string, unknown> = {};
  for (const { key, path } of LEAVES.filter((leaf) => found.has(leaf.key))) {
    let inner = raw;
    for (const name of path.slice(0, -1)) inner = (inner[name] ??= {}) as Record<string, unknown>;
    inner[path.at(-1)!] = found.get(key)!.value;
  }
  return raw;
}
