/** The only list of settings: types, defaults, checks, environment names and the editors' JSON Schema come from it. */
import { type RefinementCtx, z, type ZodTypeAny } from 'zod/v3';
import { EFFECTS } from '../errors.js';
import { type JsonSchema, jsonSchema } from '../schema.js';
import { guardSettings } from './guard.js';

export const PROVIDERS = ['openai', 'offline', 'scripted'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** What a grant may allow on a database at most. */
export type Access = (typeof EFFECTS)[number];

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** Parts that say where a database is, each with libpq's name for it. */
export const CONNECTION_PARTS = {
  host: 'host',
  port: 'port',
  user: 'user',
  password: 'password',
  database: 'dbname',
  sslmode: 'sslmode',
  sslrootcert: 'sslrootcert',
  sslcert: 'sslcert',
  sslkey: 'sslkey',
  passfile: 'passfile',
  options: 'options',
  service: 'service',
} as const;

/** setTimeout's own bound: anything longer would fire at once. */
const MAX_MS = 2 ** 31 - 1;
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

function whole(minimum: number, maximum = MAX_COUNT) {
  const range =
    maximum === MAX_COUNT || maximum === MAX_MS
      ? `, ${minimum} or more`
      : ` from ${minimum} to ${maximum}`;
  const below = maximum === MAX_MS ? ` and at most ${MAX_MS}` : '';
  const message = `expected a whole number${range}${below}`;
  return z
    .number({ invalid_type_error: message })
    .int(message)
    .min(minimum, message)
    .max(maximum, message);
}

function amount(what: string) {
  const message = `expected ${what}, 0 or more`;
  return z.number({ invalid_type_error: message }).finite(message).min(0, message);
}

const milliseconds = (minimum = 1) => whole(minimum, MAX_MS);
const text = () =>
  z.string({ invalid_type_error: 'expected text' }).min(1, 'expected text, not the empty string');
const yesNo = () => z.boolean({ invalid_type_error: 'expected true or false' });

function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { invalid_type_error: 'expected an object in braces' }).strict();
}

const databaseLimits = section({
  timeoutMs: milliseconds().optional().describe('milliseconds that a statement may run'),
  maxRows: whole(1).optional().describe('rows printed at most'),
  maxBytes: whole(1).optional().describe('bytes printed at most'),
  maxCellBytes: whole(1).optional().describe('bytes of one value at most'),
  maxPlanCost: amount('a planner cost')
    .optional()
    .describe('cost above which a statement is refused'),
  idleTimeoutMs: milliseconds()
    .optional()
    .describe('milliseconds that a transaction may sit idle while its rows are not taken'),
});

const PORT = 'expected a port from 1 to 65535';

const databaseSettings = section({
  url: text()
    .refine((url) => /^postgres(ql)?:\/\/|^\s*\w+\s*=/.test(url), {
      message: 'expected postgresql://user@host:5432/database, or host=… dbname=…',
    })
    .optional()
    .describe('connection URL or key=value string, as libpq reads it; instead of the parts'),
  host: text()
    .optional()
    .describe('host name, address, or directory of a socket; several with commas'),
  port: z
    .union([whole(1, 65535), text().regex(/^\d{1,5}(,\d{1,5})*$/, PORT)], {
      errorMap: () => ({ message: PORT }),
    })
    .optional()
    .describe('port; as text with commas where there are several hosts'),
  user: text().optional().describe('role to connect as'),
  password: text()
    .optional()
    .describe('password; passwordEnv or ~/.pgpass keep it out of this file'),
  passwordEnv: text().optional().describe('environment variable that holds the password'),
  database: text().optional().describe('database on that server'),
  sslmode: z.enum(SSL_MODES).optional().describe('as libpq'),
  sslrootcert: text().optional().describe('file with the certificates of authorities'),
  sslcert: text().optional().describe('file with the client certificate'),
  sslkey: text().optional().describe('file with the key of the client certificate'),
  passfile: text().optional().describe('password file instead of ~/.pgpass'),
  options: text().optional().describe('settings of the session, such as -c search_path=shop'),
  service: text().optional().describe('service in pg_service.conf'),
  embedded: z
    .literal(true, { errorMap: () => ({ message: 'expected true' }) })
    .optional()
    .describe('the embedded PostgreSQL with the sample shop instead of a server'),
  access: z.enum(EFFECTS).default('read').describe('what --allow may grant here at most'),
  requireReadOnlyRole: yesNo()
    .optional()
    .describe('true refuses to read as a role that can do more than that'),
  comment: text().optional().describe('what the database is, for people and the model'),
  limits: databaseLimits.optional().describe('limits here, instead of the general ones'),
  guard: guardSettings('; instead of the general list')
    .optional()
    .describe('what reads may use here'),
});

export type DatabaseInput = z.input<typeof databaseSettings>;
export type DatabaseSettings = z.output<typeof databaseSettings>;

/** Looks at the raw entry, so that these mistakes are told beside those of single keys. */
function checkDatabase(entry: unknown, context: RefinementCtx): void {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return;
  const has = (key: string) => Object.hasOwn(entry, key);
  const issue = (key: string, message: string) =>
    context.addIssue({ code: 'custom', path: [key], message });
  const parts = Object.keys(CONNECTION_PARTS).filter(has);
  if (has('embedded')) {
    for (const key of ['url', ...parts, 'passwordEnv', 'requireReadOnlyRole'].filter(has)) {
      issue(key, 'does not go with embedded, which is no server');
    }
  } else if (has('url')) {
    for (const key of parts) issue(key, 'does not go with url: say it in the URL');
  } else if (parts.length === 0) {
    context.addIssue({
      code: 'custom',
      message: 'does not say where the database is: give url, or host and database, or embedded',
    });
  }
  if (has('password') && has('passwordEnv')) {
    issue('passwordEnv', 'does not go with password: keep one of the two');
  }
}

const database = z.preprocess(
  (entry, context) => {
    checkDatabase(entry, context);
    return entry;
  },
  databaseSettings,
  // A preprocessed schema takes anything by its type; what it means to be given is the object.
) as unknown as z.ZodType<DatabaseSettings, z.ZodTypeDef, DatabaseInput>;

const modelSettings = section({
  provider: z
    .enum(PROVIDERS)
    .optional()
    .describe('what answers; openai where there is a key or a baseURL, offline otherwise'),
  model: text().optional().describe('name of the model, or the file of replies where scripted'),
  baseURL: text()
    .refine((url) => /^https?:\/\/[^/\s]/.test(url) && URL.canParse(url), {
      message: 'expected a URL such as http://localhost:11434/v1',
    })
    .optional()
    .describe('endpoint that speaks chat completions, up to and with /v1'),
  apiKeyEnv: text()
    .regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable')
    .default('OPENAI_API_KEY')
    .describe('environment variable that holds the key'),
  apiKey: text().optional().describe('the key itself; apiKeyEnv keeps it out of this file'),
  timeoutMs: milliseconds().default(60_000).describe('milliseconds for one model call'),
  maxRetries: whole(0, 20).default(3).describe('further tries after a failed call'),
  contextTokens: whole(1000).optional().describe('tokens that fit one call'),
  pricing: section({
    inputPerMillion: amount('US dollars').describe('US dollars for a million tokens in'),
    outputPerMillion: amount('US dollars').describe('US dollars for a million tokens out'),
  })
    .optional()
    .describe('prices, for limits.maxCost'),
});

const limitSettings = section({
  maxSteps: whole(1).default(12).describe('model calls of one run'),
  maxTokens: whole(1).default(200_000).describe('tokens of one run, in and out together'),
  maxCost: amount('US dollars').optional().describe('US dollars of one run; needs model.pricing'),
  timeoutMs: milliseconds().default(30_000).describe('milliseconds that a statement may run'),
  runTimeoutMs: milliseconds().default(120_000).describe('milliseconds from request to answer'),
  toolTimeoutMs: milliseconds().default(60_000).describe('milliseconds for one tool call'),
  lockTimeoutMs: milliseconds(0)
    .default(30_000)
    .describe('milliseconds to wait for another invocation to let go of a file'),
  maxRows: whole(1).optional().describe('rows printed at most; more ends with exit 6'),
  maxBytes: whole(1).optional().describe('bytes printed at most; more ends with exit 6'),
  maxCellBytes: whole(1).optional().describe('bytes of one value at most'),
  maxPlanCost: amount('a planner cost')
    .optional()
    .describe('cost, as EXPLAIN estimates it, above which a statement is refused before it runs'),
  idleTimeoutMs: milliseconds()
    .default(600_000)
    .describe('milliseconds that a transaction may sit idle while its rows are not taken'),
  previewRows: whole(0, 20).default(20).describe('rows that the model may see; 0 shows none'),
});

const changeSettings = section({
  maxAffectedRows: whole(0)
    .default(10_000)
    .describe('rows that --yes may change at most, those of cascades and triggers too'),
  maxPreviewRows: whole(0)
    .default(100_000)
    .describe('rows that the planner may expect of a change that is rehearsed for its preview'),
  sampleRows: whole(0, 1000).default(5).describe('changed rows that a preview shows'),
  undoRows: whole(0, 1_000_000)
    .default(1000)
    .describe('rows of a statement of which the former values are kept for undo'),
  planHours: whole(1, 8760).default(24).describe('hours after which a plan is void'),
  lockTimeoutMs: milliseconds()
    .default(5000)
    .describe("milliseconds that a change waits for another session's lock"),
});

const sessionSettings = section({
  enabled: yesNo().default(true).describe('whether requests are remembered'),
  idleMinutes: whole(1, 525_600).default(60).describe('minutes after which a new session starts'),
  maxTurns: whole(1, 10_000).default(50).describe('turns kept of a session'),
  maxTokens: whole(0).default(8000).describe('tokens of history that go into a prompt'),
  maxSessions: whole(1, 100_000).default(100).describe('sessions kept'),
  maxAgeDays: whole(1, 36_500).default(30).describe('days that a session is kept'),
});

/** A name has to be told from a connection string and from a flag. */
export const databaseName = z
  .string()
  .regex(/^[^\s=/:@"'\\_.-][^\s=/:@"'\\]*$/, 'a name has no space, quote, =, /, : or @ in it');

export const settingsSchema = section({
  $schema: z.string().optional().describe('JSON Schema of this file, for editors'),
  databases: z
    .record(databaseName, database, { invalid_type_error: 'expected an object in braces' })
    .default({})
    .describe('databases by name'),
  database: text().optional().describe('the database that is used where --db names none'),
  model: modelSettings.default({}).describe('what answers requests'),
  limits: limitSettings.default({}).describe('what a run may cost'),
  guard: guardSettings().default({}).describe('what reads may use besides what is harmless'),
  changes: changeSettings.default({}).describe('what changes may do, and what is kept of them'),
  session: sessionSettings.default({}).describe('what is remembered between invocations'),
  format: text()
    .default('table')
    .describe('how rows are written: table, vertical, markdown, csv, tsv, json, jsonl'),
  today: text()
    .refine(isDate, { message: 'expected a date such as 2026-06-30' })
    .optional()
    .describe('the date that requests count from, where it is not the real one'),
});

/** As written in a file: nothing in it is trusted. */
export type Settings = z.input<typeof settingsSchema>;
/** What a {@link Settings} means: checked, with every default filled in. */
export type ParsedSettings = z.output<typeof settingsSchema>;

function isDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const time = Date.parse(`${date}T00:00:00Z`);
  // A 30th of February parses in some engines: it comes back as another day.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

/** JSON Schema (draft 7) of `agent.config.json`. */
export function configJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'pgask configuration',
    ...jsonSchema(settingsSchema),
  };
}

/** A single setting; `databases` is none, since its keys are names. */
export interface Leaf {
  /** `limits.maxSteps` */
  readonly key: string;
  readonly path: readonly string[];
  readonly schema: ZodTypeAny;
}

/** Every single setting in the order of the schema. */
export const LEAVES: readonly Leaf[] = leavesOf(settingsSchema, []);

function leavesOf(schema: ZodTypeAny, path: readonly string[]): Leaf[] {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodRecord) return [];
  if (!(bare instanceof z.ZodObject)) return [{ key: path.join('.'), path, schema }];
  return Object.entries(bare.shape as Record<string, ZodTypeAny>).flatMap(([key, inner]) =>
    key === '$schema' ? [] : leavesOf(inner, [...path, key]),
  );
}

/** The keys that the object at `path` may have; none where there is no object. */
export function keysAt(path: readonly (string | number)[]): string[] {
  let schema = unwrap(settingsSchema);
  for (const key of path) {
    if (schema instanceof z.ZodRecord) schema = unwrap(schema.valueSchema as ZodTypeAny);
    else if (schema instanceof z.ZodObject) {
      const inner = (schema.shape as Record<string, ZodTypeAny>)[key];
      if (inner === undefined) return [];
      schema = unwrap(inner);
    } else return [];
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [];
}

/** The schema under defaults, options and checks. */
export function unwrap(schema: ZodTypeAny): ZodTypeAny {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return unwrap((schema._def as { innerType: ZodTypeAny }).innerType);
  }
  if (schema instanceof z.ZodEffects) return unwrap((schema._def as { schema: ZodTypeAny }).schema);
  return schema;
}
