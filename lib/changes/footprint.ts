/** What a transaction has touched so far, by the server's own statistics and locks. */
import type { ChangeTransaction } from '../databases/writable.js';

export interface Touched {
  /** Qualified, as SQL. */
  readonly table: string;
  readonly system: boolean;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

export interface Held {
  readonly relation: string;
  /** As pg_locks names it: `RowExclusiveLock`. */
  readonly mode: string;
}

export interface Footprint {
  /** Undefined where the server does not count (track_counts is off). */
  readonly touched: readonly Touched[] | undefined;
  readonly locks: readonly Held[];
  /** Sequences that were moved on: no rollback takes that back. */
  readonly sequences: readonly string[];
}

/** A session counts on over its transactions, so the difference is what one of them did. */
export async function openFootprint(
  inside: ChangeTransaction,
): Promise<{ sofar(): Promise<Footprint> }> {
  const before = new Map((await inside.ask(COUNTS)).map((row) => [row[0], row]));
  return {
    async sofar() {
      const [counts, locks] = [await inside.ask(COUNTS), await inside.ask(LOCKS)];
      const [row] = await inside.ask(COUNTING);
      const touched = counts.flatMap((now): Touched[] => {
        const earlier = before.get(now[0]!);
        const since = (i: number) => Number(now[i] ?? 0) - Number(earlier?.[i] ?? 0);
        const [inserted, updated, deleted] = [since(3), since(4), since(5)];
        if (inserted === 0 && updated === 0 && deleted === 0) return [];
        return [{ table: now[1]!, system: now[2] === 't', inserted, updated, deleted }];
      });
      const held = locks.map(([relation, mode, kind]) => ({
        relation: relation!,
        mode: mode!,
        isSequence: kind === 'S',
      }));
      return {
        touched: row?.[0] === 'on' ? touched : undefined,
        locks: held.flatMap(({ relation, mode, isSequence }) =>
          isSequence ? [] : [{ relation, mode }],
        ),
        // nextval holds its lock to the end of the transaction (sequence.c, init_sequence); reading takes a weaker one.
        sequences: held.flatMap(({ relation, mode, isSequence }) =>
          isSequence && mode === 'RowExclusiveLock' ? [relation] : [],
        ),
      };
    },
  };
}

const COUNTING = `select pg_catalog.current_setting('track_counts')`;

/** Rows of a partition are those of its partitioned table. */
const COUNTS = `select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname),
  n.nspname in ('pg_catalog', 'information_schema', 'pg_toast'),
  pg_catalog.sum(s.n_tup_ins), pg_catalog.sum(s.n_tup_upd), pg_catalog.sum(s.n_tup_del)
  from pg_catalog.pg_stat_xact_all_tables s
  join pg_catalog.pg_class c on c.oid = coalesce(pg_catalog.pg_partition_root(s.relid)::pg_catalog.oid, s.relid)
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0 and s.schemaname <> 'pg_toast' group by 1, 2, 3 order by 2`;

/** The strongest lock on each relation that is no catalog; reading's own is not worth a line. */
const LOCKS = `select distinct on (1) pg_catalog.format('%I.%I', n.nspname, c.relname), l.mode, c.relkind
  from pg_catalog.pg_locks l
  join pg_catalog.pg_class c on c.oid = l.relation
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where l.pid = pg_catalog.pg_backend_pid() and l.granted and l.locktype = 'relation'
    and n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema') and c.relkind not in ('i', 'I')
    and l.mode <> 'AccessShareLock'
  order by 1, pg_catalog.array_position(array['AccessShareLock', 'RowShareLock', 'RowExclusiveLock',
    'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
    'AccessExclusiveLock'], l.mode) desc`;
