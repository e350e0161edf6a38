/** A case: a question, or a conversation of several, with the statement that answers each. One line of JSON. */
import { z } from 'zod/v3';
import { UsageError } from '../errors.js';

export interface Question {
  /** As predictions name it: the case's id, with `/` and the turn's number in a conversation. */
  readonly id: string | number;
  readonly request: string;
  /** Undefined where nothing in the database answers it, so that refusing is right. */
  readonly gold: Gold | undefined;
  readonly difficulty: string | undefined;
  readonly tags: readonly string[];
  readonly features: readonly string[];
  /** Its answer is easy to match by chance: empty, zero or NULL. */
  readonly weak: boolean;
}

export interface Gold {
  readonly sql: string;
  /** The same WITH TIES, where a LIMIT cuts through equal keys. */
  readonly ties: string | undefined;
  /** Whether the statement orders its rows, and whether that order has no ties; undefined where nobody says. */
  readonly ordered: boolean | undefined;
  readonly orderTotal: boolean | undefined;
}

export interface Case {
  readonly id: string | number;
  /** Undefined for the only one there is. */
  readonly db: string | undefined;
  /** One for each turn; of a case that is no conversation, one. */
  readonly questions: readonly [Question, ...Question[]];
  readonly isConversation: boolean;
}

const sql = z.string().refine((text) => text.trim() !== '', { message: 'is empty' });

/** What a question and a turn of a conversation have alike; further members are somebody else's. */
const about = {
  gold_sql: sql.nullish(),
  gold_ties: sql.nullish(),
  ordered: z.boolean().nullish(),
  order_total: z.boolean().nullish(),
  difficulty: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  features: z.array(z.string()).nullish(),
  weak: z.boolean().nullish(),
};
const question = z.string().refine((text) => text.trim() !== '', { message: 'is empty' });
const turn = z.object({ question, ...about });
const line = z.object({
  id: z.union([z.string().min(1, 'is empty'), z.number().int()]),
  db: z.string().min(1, 'is empty').nullish(),
  question: question.nullish(),
  turns: z.array(turn).min(1, 'is empty').nullish(),
  ...about,
});

type About = z.output<z.ZodObject<typeof about>>;

/** @throws {UsageError} one sentence that begins with `where` */
export function readCase(text: string, where: string): Case {
  const { id, db, question: request, turns, ...own } = parse(text, where);
  const place = { id, db: db ?? undefined };
  if (turns !== undefined && turns !== null) {
    if (request !== undefined && request !== null) {
      throw badLine(where, 'has a question and turns, and a case is one or the other');
    }
    const questions = turns.map((one, i) => questionOf(`${id}/${i + 1}`, one.question, one, own));
    const [first, ...rest] = questions;
    return { ...place, questions: [first!, ...rest], isConversation: true };
  }
  if (request === undefined || request === null) throw badLine(where, 'has no question');
  return { ...place, questions: [questionOf(id, request, own, {})], isConversation: false };
}

function parse(text: string, where: string): z.output<typeof line> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw badLine(where, 'is not JSON');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw badLine(where, 'is no object');
  }
  const read = line.safeParse(content);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  const member = path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : part)).join(' ');
  throw badLine(where, WHY[member] ?? `has a ${member} that ${reason(message)}`);
}

const WHY: Readonly<Record<string, string>> = {
  id: 'has no id, or one that is neither a string nor a whole number',
};

/** Our own messages are the end of a sentence; the schema's are `Expected string, received number`. */
function reason(message: string): string {
  const expected = /^Expected (\w+), received (\w+)/.exec(message);
  if (message === 'Required') return 'is missing';
  return expected === null ? message : `is ${expected[2]} where ${expected[1]} is expected`;
}

function badLine(where: string, what: string): UsageError {
  return new UsageError(`${where} ${what}`, {
    hint: 'each line is one object: {"id", "db", "question", "gold_sql"}, or "turns" in place of a question',
  });
}

/** What a turn does not say of itself, its conversation may. */
function questionOf(
  id: string | number,
  request: string,
  own: About,
  shared: Partial<About>,
): Question {
  return {
    id,
    request,
    gold: goldOf(own),
    difficulty: own.difficulty ?? shared.difficulty ?? undefined,
    tags: own.tags ?? shared.tags ?? [],
    features: own.features ?? shared.features ?? [],
    weak: own.weak ?? shared.weak ?? false,
  };
}

function goldOf({ gold_sql, gold_ties, ordered, order_total }: About): Gold | undefined {
  if (gold_sql === undefined || gold_sql === null) return undefined;
  return {
    sql: gold_sql,
    ties: gold_ties ?? undefined,
    ordered: ordered ?? undefined,
    orderTotal: order_total ?? undefined,
  };
}
