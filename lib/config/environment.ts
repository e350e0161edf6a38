/** Which environment variable stands for which setting. */
import { z, type ZodTypeAny } from 'zod/v3';
import { nearest } from '../errors.js';
import { type Leaf, LEAVES, unwrap } from './schema.js';
import type { Source } from './source.js';

const PREFIX = 'PGASK_';

/** Variables that are read and are no settings of a file. */
const OTHERS = ['PGASK_CONFIG', 'PGASK_SESSION'] as const;

/** What other programs call these settings; pgask's own name comes before it. */
export const GENERIC: Readonly<Record<string, string>> = {
  'model.model': 'OPENAI_MODEL',
  'model.baseURL': 'OPENAI_BASE_URL',
};

/** The real environment and the `.env` file together; what is set in both is as in the real one, even where empty. */
export interface Variables {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly fromDotenv: ReadonlySet<string>;
  /** The `.env` file itself; undefined where there is none. */
  readonly dotenv?: { readonly path: string; readonly text: string } | undefined;
}

export interface Found {
  readonly value: unknown;
  readonly source: Source;
}

/** A variable that is set to something: an empty one is as good as none. */
export function readVariable({ values, fromDotenv }: Variables, name: string): Found | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined || value === '') return undefined;
  return { value, source: { type: fromDotenv.has(name) ? 'dotenv' : 'environment', name } };
}

/** The settings that variables give, by their keys. Numbers and yes or no are read; what can't be stays text. */
export function readVariables(variables: Variables): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const leaf of LEAVES) {
    const generic = GENERIC[leaf.key];
    const variable =
      readVariable(variables, environmentName(leaf)) ??
      (generic === undefined ? undefined : readVariable(variables, generic));
    if (variable === undefined) continue;
    found.set(leaf.key, { ...variable, value: fromText(String(variable.value), leaf.schema) });
  }
  return found;
}

/**
 * `PGASK_` and the path: `session.maxTurns` is PGASK_SESSION_MAX_TURNS. The sections `limits` and `model` are left
 * out, as they are in flags: PGASK_MAX_STEPS, PGASK_BASE_URL; but `model.timeoutMs` keeps its section, because
 * PGASK_TIMEOUT_MS is the statement's.
 */
export function environmentName({ key, path }: Pick<Leaf, 'key' | 'path'>): string {
  if (key === 'database') return 'PGASK_DB';
  const short = path[0] === 'limits' || (path[0] === 'model' && key !== 'model.timeoutMs');
  return PREFIX + (short ? path.slice(1) : path).map(upperSnake).join('_');
}

/** `baseURL` → `BASE_URL` */
function upperSnake(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
};

function fromText(text: string, schema: ZodTypeAny): unknown {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodNumber) return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (bare instanceof z.ZodArray) return listed(text);
  if (bare instanceof z.ZodBoolean) return BOOLEANS[text.toLowerCase()] ?? text;
  return text;
}

/** Commas separate, but not those inside quotes or between a function's argument types. */
function listed(text: string): string[] {
  const parts = text.match(/(?:"[^"]*"|\([^)]*\)|[^,])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Variables that look like pgask's and are not: mistyped, or another program's. */
export function unknownVariables({
  values,
}: Variables): { name: string; near: string | undefined }[] {
  const known = [...LEAVES.map(environmentName), ...OTHERS];
  return Object.keys(values)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => {
      // The common prefix says nothing of nearness.
      const bare = (one: string) => one.slice(PREFIX.length);
      const near = nearest(bare(name), known.map(bare));
      return { name, near: near === undefined ? undefined : PREFIX + near };
    });
}
