/** A model that changes data: the built program, a real server, and a chat endpoint that says what a test has it say. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import postgres from 'postgres';
import { type ChatReply, type ChatServer, startChatServer } from '../support/chat-server.js';
import {
  type Machine,
  machine,
  run,
  runInTerminal,
  start,
  type Typed,
} from '../support/program.js';
import { testDatabase } from '../support/server.js';

export interface World {
  readonly chat: ChatServer;
  readonly sql: postgres.Sql;
  readonly on: Machine;
  readonly url: string;
  /** Fresh tables, and a working directory of its own. */
  reset(): Promise<void>;
  /** Without a terminal, without a session. */
  ask(...flags: string[]): ReturnType<typeof run>;
  /** At a terminal. */
  askThere(answers: readonly Typed[], ...flags: string[]): ReturnType<typeof runInTerminal>;
  /** As {@link ask}, while it runs. */
  begin(...flags: string[]): ReturnType<typeof start>;
  /** With a session of that name. */
  inSession(name: string, request: string, ...flags: string[]): ReturnType<typeof run>;
  /** `id:price` of every row, in order. */
  fruit(): Promise<string[]>;
  /** What tools told the model, in order, in the last request. */
  told(): string[];
  close(): Promise<void>;
}

const SCHEMA = `drop table if exists crates, fruit, log cascade;
  create table fruit (id int primary key, name text, price numeric not null);
  create table crates (id int primary key, fruit_id int references fruit on delete cascade);
  create table log (at timestamptz default now(), note text);
  insert into fruit values (1, 'apple', 1), (2, 'pear', 2), (3, 'quince', 3);
  insert into crates values (1, 1), (2, 1), (3, 2)`;

async function openWorld(): Promise<World> {
  const database = await testDatabase({ sql: [SCHEMA] });
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  const chat = await startChatServer();
  const on = machine();
  let cwd = '';
  const env = {
    OPENAI_BASE_URL: chat.url,
    OPENAI_API_KEY: 'sk-planted-secret-key',
    PGASK_MODEL: 'test-model',
    // A person at a terminal who edits a change makes 9 of every 1.
    EDITOR: 'sed -i s/1/9/',
  };
  const there = () => ({ on, cwd, env });
  const line = (request: string, session: string, flags: readonly string[]) => [
    ...[request, '--db', database.url, '--session', session],
    ...flags,
  ];
  return {
    ...{ chat, sql, on, url: database.url },
    async reset() {
      cwd = mkdtempSync(join(on.home, 'work-'));
      await sql.unsafe(SCHEMA);
    },
    ask: (...flags) => run(line('change it', 'none', flags), there()),
    askThere: (answers, ...flags) =>
      runInTerminal(line('change it', 'none', flags), { ...there(), answers }),
    begin: (...flags) => start(line('change it', 'none', flags), there()),
    inSession: (name, request, ...flags) => run(line(request, name, flags), there()),
    async fruit() {
      const rows = await sql<{ row: string }[]>`
        select id || ':' || price as row from fruit order by id`;
      return rows.map(({ row }) => row);
    },
    told: () =>
      (chat.requests.at(-1)?.body.messages ?? [])
        .filter(({ role }) => role === 'tool')
        .map(({ content }) => String(content)),
    async close() {
      on.remove();
      await chat.close();
      await sql.end();
      await database.drop();
    },
  };
}

/** A world for all tests of a suite, with fresh tables for each; no reply may be left of the one before. */
export function openForSuite(take: (world: World) => void): void {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    take(world);
  }, 60_000);
  afterAll(() => world.close());
  beforeEach(async () => {
    expect(world.chat.waiting()).toBe(0);
    await world.reset();
  });
}

/** Plays the replies; what is left of them was not asked for. */
export async function play(world: World, replies: readonly ChatReply[], ...flags: string[]) {
  const asked = world.chat.requests.length;
  world.chat.reply(...replies);
  const finished = await world.ask(...flags);
  const steps = world.chat.requests.length - asked;
  // The next test has its own.
  while (world.chat.waiting() > 0) await fetch(`${world.chat.url}/chat`).catch(() => undefined);
  return { ...finished, steps };
}

export const WRITE = ['--allow', 'write', '--yes'];
/** {@link World.fruit} as it is made. */
export const UNTOUCHED = ['1:1', '2:2', '3:3'];
export const query = (sql: string) => ({ name: 'query_database', input: { sql } });
export const dml = (sql: string, more: object = {}) => ({
  name: 'run_dml',
  input: { sql, ...more },
});
export const ddl = (sql: string) => ({ name: 'run_ddl', input: { sql } });
export const rows = (sql: string, text = '') => ({ name: 'answer', input: { sql, text } });
export const words = (text: string) => ({ name: 'answer', input: { text } });
export const calls = (...all: readonly { name: string; input?: unknown }[]): ChatReply => ({
  calls: all,
});
