import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { NotUnderstoodError, PgaskError, RefusedError } from '../../lib/errors.js';
import type { Message } from '../../lib/models/model.js';
import { type Asking, openDomain, remembered } from './asking.js';
import { changes } from './changes/cases.js';
import { store } from './changes/store.js';
import { airline } from './domains/airline.js';
import type { Domain } from './domains/domain.js';
import { helpdesk } from './domains/helpdesk.js';
import { library } from './domains/library.js';
import { school } from './domains/school.js';

const domains = {
  store,
  library,
  helpdesk,
  school,
  airline,
};
type Name = keyof typeof domains;

describe.each(Object.entries(domains) as [Name, Domain][])('%s', (name, domain) => {
  const { cases, refusals, questions, talks } = changes[name];
  let asking: Asking;
  let sql: postgres.Sql;
  let before: Awaited<ReturnType<typeof after>>;
  beforeAll(async () => {
    asking = await openDomain(domain);
    sql = postgres(asking.url, { max: 1, onnotice: () => undefined });
    before = await after('select 1');
  }, 60_000);
  afterAll(async () => {
    await sql.end();
    await asking.close();
  });

  /** Every row of every table after a statement, which is then rolled back. */
  async function after(statement: string): Promise<Readonly<Record<string, string[]>>> {
    const state: Record<string, string[]> = {};
    await sql
      .begin(async (transaction) => {
        // Keys are not checked: which rows are chosen is what is compared.
        await transaction.unsafe(`set local session_replication_role = replica`);
        // A sequence goes on after a rollback.
        await transaction.unsafe(
          `select setval(format('%I.%I', schemaname, sequencename), 1000) from pg_sequences`,
        );
        await transaction.unsafe(statement);
        const tables = await transaction.unsafe<{ name: string }[]>(
          `select format('%I.%I', schemaname, tablename) as name from pg_tables
           where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
        );
        for (const table of tables) {
          const rows = await transaction.unsafe<{ row: string }[]>(
            `select t::text as row from ${table.name} t order by 1`,
          );
          state[table.name] = rows.map(({ row }) => row);
        }
        throw new Rollback();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Rollback)) throw error;
      });
    return state;
  }

  async function check(request: string, gold: string, history: readonly Message[] = []) {
    const proposed = await asking.propose(request, history);
    expect(proposed.type).toBe('run_dml');
    const [mine, wanted] = [await after(proposed.sql), await after(gold)];
    // The statement stands beside the state where it is wrong.
    expect({ sql: proposed.sql, state: mine }).toEqual({ sql: proposed.sql, state: wanted });
    // A statement that changes nothing shows nothing.
    expect(wanted).not.toEqual(before);
    expect(proposed.text).toMatch(/^(?:deletes|sets|adds) /);
  }

  test.each(cases)('%s', async (request, gold) => {
    await check(request, gold);
  });

  test.each(refusals)('is refused: %s', async (request, says) => {
    const refusal = await asking.propose(request).then(
      ({ sql }) => expect(sql).toBe('a refusal'),
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(PgaskError);
    const { message, hint, choices, exit } = refusal as NotUnderstoodError | RefusedError;
    expect([message, hint, ...(choices ?? [])].join('\n')).toMatch(says);
    expect(exit).toBe(refusal instanceof RefusedError ? 3 : 7);
  });

  if (questions.length > 0) {
    test.each(questions)('stays a question: %s', async (request) => {
      const proposed = await asking.propose(request);
      expect(proposed).toEqual({ type: 'answer', ...(await asking.ask(request)) });
    });
  }

  if (talks.length > 0) {
    test.each(talks)('after %j: %s', async (asked, request, gold) => {
      let history: readonly Message[] = [];
      for (const question of asked)
        history = [...history, ...remembered(question, await asking.ask(question, history))];
      await check(request, gold, history);
    });
  }
});

class Rollback extends Error {}
