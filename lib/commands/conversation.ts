/** The session of a request: what was said before, and where this turn is remembered. */
import type { App } from '../app.js';
import { type ExitCode, FileError } from '../errors.js';
import type { Message, Usage } from '../models/model.js';
import { conversation as toMessages } from '../sessions/compact.js';
import type { Turn, TurnChange } from '../sessions/session.js';
import type { Answer, Delivered } from '../tools/tool.js';

export interface RememberedTurn {
  readonly request: string;
  readonly answer: Answer;
  /** What was printed; undefined where the statement was only shown, or there was none. */
  readonly delivered: Delivered | undefined;
  readonly model: string;
  readonly exit: ExitCode;
  readonly steps: number;
  readonly usage: Usage;
  readonly changes?: readonly TurnChange[];
}

export interface Conversation {
  /** Null where nothing is kept. */
  readonly name: string | null;
  readonly history: readonly Message[];
  remember(turn: RememberedTurn): Promise<void>;
}

const NONE = 'none';

/** False where the person, or the configuration, wants no trace left. */
export function remembers(app: App): boolean {
  const { sessionName, settings } = app.config();
  return sessionName !== NONE && settings.session.enabled;
}

export async function openConversation(app: App, database: string): Promise<Conversation> {
  const { session: settings } = app.config().settings;
  const wanted = app.config().sessionName;
  if (!remembers(app)) {
    return { name: null, history: [], remember: () => Promise.resolve() };
  }
  const store = await app.sessions();
  const key = { name: wanted, directory: app.cwd, database };
  const session = app.flags.new ? undefined : await store.find(key);
  if (session !== undefined && session.turns.length > 0) {
    const turns = session.turns.length;
    app.say(
      `continuing the session of ${ago(session.updatedAt)}, ${turns} turn${turns === 1 ? '' : 's'}; --new starts over`,
    );
  }
  return {
    name: session?.name ?? session?.id ?? wanted ?? null,
    history: session === undefined ? [] : toMessages(session, settings),
    async remember(turn) {
      try {
        await store.append({ ...key, fresh: app.flags.new }, turnOf(app, turn));
      } catch (error) {
        // The answer is there and right: that it will not be remembered is no reason to take it back.
        if (!(error instanceof FileError)) throw error;
        app.warn(`this turn is not remembered: ${error.message}`, error.hint);
      }
    },
  };
}

/** A conversation that leaves no trace: what was said in it is known to it, and to nothing else. */
export function openPassingConversation(app: App): Conversation {
  const turns: Turn[] = [];
  const { session: settings } = app.config().settings;
  return {
    name: null,
    get history() {
      return toMessages({ turns, sequence: turns.length }, settings);
    },
    remember(turn) {
      turns.push(turnOf(app, turn));
      return Promise.resolve();
    },
  };
}

/** What is kept of a turn: no secret that is known. */
function turnOf(app: App, { answer, delivered, changes = [], ...turn }: RememberedTurn): Turn {
  const { secrets } = app.io;
  const made = changes.map(({ statements, ...change }) => ({
    ...change,
    statements: statements.map(({ sql, ...more }) => ({ ...more, sql: secrets.inSql(sql) })),
  }));
  return {
    ...turn,
    request: secrets.inText(turn.request),
    at: new Date().toISOString(),
    sql: answer.type === 'rows' ? secrets.inSql(answer.delivered.sql) : null,
    columns: delivered?.columns.map(({ name, type }) => ({ name, type })) ?? null,
    rowCount: delivered?.rowCount ?? null,
    truncated: delivered?.truncated ?? false,
    answer: secrets.inText(answer.text),
    ...(made.length === 0 ? {} : { changes: made }),
  };
}

function ago(at: string): string {
  const minutes = Math.round((Date.now() - Date.parse(at)) / 60_000);
  if (minutes < 1) return 'a moment ago';
  return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
}
