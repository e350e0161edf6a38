/** What a server is doing, seen from a session of its own. */
import postgres from 'postgres';

export interface Activity {
  /** Milliseconds until a statement that holds the marker runs there, or until none does; rejects after `withinMs`. */
  until(marker: string, wanted: 'runs' | 'is gone', withinMs: number): Promise<number>;
  end(): Promise<void>;
}

export function watchActivity(url: string): Activity {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  /** Any session whose last statement it was, whatever it is doing with it: also one that waits to send. */
  const count = async (marker: string) => {
    const [row] = await sql`
      select count(*)::int as n from pg_stat_activity
      where pid <> pg_backend_pid() and query like ${`%${marker}%`} and state <> 'idle'`;
    return (row as { n: number }).n;
  };
  return {
    async until(marker, wanted, withinMs) {
      const start = performance.now();
      for (;;) {
        const n = await count(marker);
        const took = performance.now() - start;
        if (n > 0 === (wanted === 'runs')) return took;
        if (took > withinMs) throw new Error(`${marker}: not "${wanted}" within ${withinMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    end: () => sql.end(),
  };
}
