import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../lib/databases/database.js';
import type { Connection } from '../../lib/databases/driver.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { LimitError, RefusedError, StatementError } from '../../lib/errors.js';
import { KNOWN_RULES } from './known-rules.js';
import { type WatchedDriver, watchSessions } from './sessions.js';
import { seedFrom } from './seed.js';
import { type Place, places, type Shop } from './shop.js';
import { randomStatements, sqlsmithInstalled } from './sqlsmith.js';
import { difference, snapshot } from './state.js';

/**
 * Statements on the run's own server, and on each other: half of them among the traps, half without. With
 * SQLSMITH_SEED and SQLSMITH_COUNT in the environment a run is made again, or shorter.
 */
const COUNTS = (process.env['SQLSMITH_COUNT'] ?? '20000,5000').split(',').map(Number);
/** States are compared after so many statements, and after each of them where one differed. */
const BATCH = 500;
const LANES = 2;
/** For running alone: a verdict is waited for. */
const TIMEOUT_MS = 300;
const VERDICT_MS = 20_000;
/** Problems that a failure prints: a statement has a page. */
const SHOWN = 20;
const seed = seedFrom(process.env['SQLSMITH_SEED'], 364_562_898);

const SERVERS = places().filter(({ embedded }) => !embedded);

if (!sqlsmithInstalled()) {
  test.skip('skipped: sqlsmith is not installed (apt-get install sqlsmith)', () => undefined);
} else {
  describe.each(
    SERVERS.flatMap((place, i) => {
      const count = (COUNTS[i] ?? COUNTS.at(-1)!) / 2;
      return [true, false].map((traps) => ({ ...place, traps, count }));
    }),
  )(`random statements (seed ${seed}) on $name, among traps: $traps`, smite);
}

/** What leaves the honest part of the shop alone: most of what names a trap is refused, and shows little. */
const WITHOUT_TRAPS = [
  'drop schema traps, shadow, extensions, public cascade',
  'create schema public',
  'drop function shop.discount, shop.customer_count, shop.full_name',
  'drop cast (text as oid)',
];

interface Target extends Place {
  readonly count: number;
  readonly traps: boolean;
}

function smite({ name, count, traps, open }: Target) {
  let shop: Shop;
  let watched: WatchedDriver;
  let database: Database;
  let observer: Connection;

  beforeAll(async () => {
    shop = await open();
    watched = watchSessions(shop.driver('postgres'));
    database = guardDatabase(watched.driver, { name: 'shop', lockTimeoutMs: 200 });
    observer = await shop.driver('postgres').connect(new AbortController().signal);
    if (!traps) for (const sql of WITHOUT_TRAPS) await observer.query(sql);
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await observer.close();
    await shop.close();
  });

  test('break nothing, change nothing, and are refused by known rules alone', async () => {
    const outcomes = new Map<string, number>();
    const problems: string[] = [];
    let batch: string[] = [];
    const send = async (sql: string) => {
      const outcome = await outcomeOf(database, sql);
      outcomes.set(outcome.kind, (outcomes.get(outcome.kind) ?? 0) + 1);
      if (outcome.problem !== undefined) problems.push(`${outcome.problem} by\n${sql}`);
    };
    const sendAgain = async (sql: string) => void (await outcomeOf(database, sql));
    const state = () => snapshot((sql) => observer.query(sql));
    let before = await state();
    const compare = async () => {
      const now = await state();
      const changes = [...difference(before, now), ...(await watched.drift())];
      before = now;
      return changes;
    };
    const flush = async () => {
      await inLanes(batch, send);
      const changes = await compare();
      if (changes.length > 0)
        problems.push(...changes, ...(await culprits(batch, sendAgain, compare)));
      batch = [];
    };
    let made = 0;
    for await (const sql of randomStatements(shop.url!, { count, seed })) {
      // What is only planned may be anything.
      batch.push(made % 4 === 3 ? `explain ${sql}` : sql);
      made += 1;
      if (batch.length === BATCH) await flush();
    }
    await flush();

    const shares = [...outcomes].sort(([, a], [, b]) => b - a);
    const words = shares.map(([kind, n]) => `${kind} ${((100 * n) / made).toFixed(1)} %`);
    const where = `${name} ${traps ? 'among' : 'without'} traps`;
    process.stderr.write(
      `${made} random statements (seed ${seed}) on ${where}: ${words.join(', ')}\n`,
    );
    expect(problems.slice(0, SHOWN)).toEqual([]);
    expect(made).toBe(count);
    // Where nothing runs, nothing was tried.
    expect(outcomes.get('allowed') ?? 0).toBeGreaterThan(count / 100);
  }, 3_600_000);
}

/** What became of a statement: its verdict must be the same for `check`, and only known things may go wrong. */
async function outcomeOf(
  database: Database,
  sql: string,
): Promise<{ readonly kind: string; readonly problem?: string }> {
  const options = { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };
  try {
    const judgement = await database.check({ sql }, { ...options, timeoutMs: VERDICT_MS });
    if (judgement.verdict === 'refuse' && !KNOWN_RULES.has(judgement.rule)) {
      return { kind: 'odd', problem: `unknown rule ${judgement.rule}: ${judgement.reason}` };
    }
    const ran = await run(database, sql, options);
    const agreed = (judgement.verdict === 'refuse') === ran instanceof RefusedError;
    if (ran instanceof RefusedError) {
      const known = agreed && KNOWN_RULES.has(ran.rule);
      return known
        ? { kind: `refused by ${ran.rule}` }
        : { kind: 'odd', problem: `refused by ${ran.rule} (${ran.message}), not by check` };
    }
    // What is not SQL to the server is a refusal to check, and the server's error to whoever runs it.
    if (ran instanceof StatementError) return { kind: 'an error of the server' };
    // It was being judged, maybe, or it ran.
    if (ran instanceof LimitError) return { kind: 'out of time' };
    if (!agreed) return { kind: 'odd', problem: 'refused by check, and it ran' };
    return { kind: 'allowed' };
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'odd', problem: cause };
  }
}

/** What the guard, the server or the time has against it; undefined where it ran. */
async function run(
  database: Database,
  sql: string,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<RefusedError | StatementError | LimitError | undefined> {
  try {
    await database.read({ sql }, { ...options }, async ({ batches }) => {
      for await (const rows of batches) if (rows.length >= 1000) return;
    });
  } catch (error) {
    const known = [RefusedError, StatementError, LimitError];
    if (!known.some((type) => error instanceof type)) throw error;
    return error as RefusedError | StatementError | LimitError;
  }
  return undefined;
}

async function inLanes(items: readonly string[], work: (item: string) => Promise<void>) {
  const pending = [...items];
  const lane = async () => {
    for (let item = pending.shift(); item !== undefined; item = pending.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Sends a batch again, one at a time, to say which statement changed something. */
async function culprits(
  batch: readonly string[],
  send: (sql: string) => Promise<void>,
  compare: () => Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const sql of batch) {
    await send(sql);
    const changes = await compare();
    if (changes.length > 0) found.push(`${changes.join('; ')} by\n${sql}`);
  }
  return found.length > 0 ? found : ['one of the batch, but none of them again'];
}
