/** Runs the corpus of honest reads in one place as one role, and says where the guard is not as if it were not there. */
import { guardDatabase } from '../../lib/databases/guarded.js';
import { difference, honestReads, type Need, type Outcome, readGuarded } from './honest.js';
import { askPlainly } from './plain.js';
import type { Place, Role, Shop } from './shop.js';

export interface Disagreement {
  readonly id: string;
  readonly sql: string;
  readonly role: Role;
  readonly server: string;
  /** The rule that refused; `result` where something else came out, `corpus` where the statement is no honest one. */
  readonly rule: string;
  readonly reason: string;
}

/** A trap that was sprung leaves this lock in its session: no rollback takes it back. */
const SPRUNG = 'select objid from pg_locks where classid = 7001 and pid = pg_backend_pid()';

/** @param every one of so many statements is asked; all of them by default */
export async function disagreements(
  shop: Shop,
  { name, version, embedded }: Place,
  role: Role,
  every = 1,
): Promise<Disagreement[]> {
  const missing: Need[] = [
    ...(embedded ? (['server'] as const) : []),
    ...(role === 'postgres' ? [] : (['superuser', 'pg_monitor'] as const)),
  ];
  const reads = honestReads(version).filter(
    ({ needs = [] }, i) => i % every === 0 && !needs.some((need) => missing.includes(need)),
  );
  const plain = await askPlainly(shop, role, [...reads.map(({ sql }) => sql), SPRUNG]);
  const database = guardDatabase(shop.driver(role), { name: 'shop', lockTimeoutMs: 2000 });
  const found: Disagreement[] = [];
  const about = { role, server: name };
  try {
    for (const [i, { id, sql, ...read }] of reads.entries()) {
      const guarded = await readGuarded(database, sql);
      const dishonest = failure(role, plain[i]!);
      const reason = dishonest ?? difference({ id, sql, ...read }, plain[i]!, guarded);
      if (reason === undefined) continue;
      const refused = 'rule' in guarded ? guarded.rule : 'result';
      found.push({ id, sql, ...about, rule: dishonest ? 'corpus' : refused, reason });
    }
  } finally {
    await database.close();
  }
  const sprung = plain.at(-1)!;
  if (!('rows' in sprung) || sprung.rows.length > 0) {
    const reason = `traps were sprung without the guard: ${JSON.stringify(sprung)}`;
    found.push({ id: 'all', sql: SPRUNG, ...about, rule: 'corpus', reason });
  }
  return found;
}

/** A statement that the server refuses says nothing about the guard; other roles may lack a right. */
function failure(role: Role, plain: Outcome): string | undefined {
  if (!('sqlstate' in plain)) return undefined;
  if (role !== 'postgres' && plain.sqlstate === '42501') return undefined;
  return `the plain session failed: ${plain.sqlstate}`;
}
