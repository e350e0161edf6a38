/** A session: what is remembered of a conversation, as an object and as the text of its file. No rows, ever. */
import { createHash } from 'node:crypto';
import { z } from 'zod/v3';
import { EFFECTS } from '../errors.js';

/** The only version that is written. A change of the shape below is a new one, but for members that may be left out. */
const VERSION = 1;

const count = z.number().int().nonnegative();

const turnSchema = z.object({
  /** When it ended: ISO 8601, UTC. */
  at: z.string().datetime(),
  request: z.string(),
  /** The statement that answered; null for an answer in words. */
  sql: z.string().nullable(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).nullable(),
  /** Null where the statement was not run. */
  rowCount: count.nullable(),
  truncated: z.boolean(),
  answer: z.string(),
  model: z.string(),
  usage: z.object({ inputTokens: count, cachedTokens: count, outputTokens: count }),
  /** Model calls. */
  steps: count,
  exit: count,
  /** What was changed before the answer, or written down as a plan; left out where nothing was. */
  changes: z
    .array(
      z.object({
        /** The change's, or the plan's. */
        id: z.string(),
        state: z.enum(['applied', 'planned']),
        effect: z.enum(EFFECTS),
        /** Rows: null where the command has no number of them, or nobody knew. */
        statements: z.array(
          z.object({ sql: z.string(), command: z.string(), rowCount: count.nullable() }),
        ),
      }),
    )
    .optional(),
});

const sessionSchema = z.object({
  version: z.literal(VERSION),
  id: z.string(),
  /** As the user named it; a session without a name belongs to its directory and database. */
  name: z.string().optional(),
  /** The latest turn's. */
  directory: z.string(),
  database: z.string(),
  createdAt: z.string().datetime(),
  updatedAt: z.string().datetime(),
  /** The number of the last turn, counted from 1 and not reset when older turns are forgotten. */
  sequence: count,
  /** Oldest first. */
  turns: z.array(turnSchema),
});

export type Turn = z.output<typeof turnSchema>;
export type TurnChange = NonNullable<Turn['changes']>[number];
export type Session = z.output<typeof sessionSchema>;

/** A turn with what a session keeps of it, and nothing else. */
export function keepTurn(turn: Turn): Turn {
  return turnSchema.parse(turn);
}

/** The file's text: the session and a checksum over it. */
export function renderSession(session: Session): string {
  const kept = sessionSchema.parse(session);
  return `${JSON.stringify({ ...kept, checksum: checksum(kept) }, null, 2)}\n`;
}

/** The canonical form is JSON without white space, members in the order of the file. */
function checksum(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

export type ReadSession =
  | { readonly type: 'session'; readonly session: Session }
  | { readonly type: 'corrupt'; readonly reason: string }
  /** Written by a later pgask, which knows what it means. */
  | { readonly type: 'newer'; readonly version: number };

/** What a file's bytes say. Anything but the very bytes that {@link renderSession} wrote is corrupt. */
export function readSession(bytes: Uint8Array): ReadSession {
  let text: string;
  let content: Record<string, unknown>;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    content = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { type: 'corrupt', reason: 'it is not JSON' };
  }
  try {
    return readContent(content, text);
  } catch {
    // Nested more deeply than JSON.stringify can follow, say.
    return { type: 'corrupt', reason: 'it is not a session' };
  }
}

function readContent(content: Record<string, unknown>, text: string): ReadSession {
  const { checksum: sum, ...rest } = content;
  const { version } = rest;
  if (typeof version === 'number' && Number.isInteger(version) && version > VERSION) {
    // Our own file with a damaged version is not a newer one.
    const ours = checksum({ ...rest, version: VERSION }) === sum;
    return ours
      ? { type: 'corrupt', reason: 'its version was altered' }
      : { type: 'newer', version };
  }
  if (checksum(rest) !== sum) return { type: 'corrupt', reason: 'its checksum does not match' };
  const parsed = sessionSchema.safeParse(rest);
  if (!parsed.success) return { type: 'corrupt', reason: 'it is not a session' };
  if (renderSession(parsed.data) !== text) return { type: 'corrupt', reason: 'it was altered' };
  return { type: 'session', session: parsed.data };
}
