/** Sessions of somebody else, which must not notice that hostile statements are sent: one idle, one working, one that listens. */
import postgres from 'postgres';
import type { State } from './state.js';

export interface Victim {
  state(): Promise<State>;
  close(): Promise<void>;
}

/** The channels that hostile statements notify. */
const CHANNELS = ['hostile', 'traps'] as const;
const MARKER = 'marker of the observer';

/** @param url of the superuser, in the database that the statements are sent to */
export async function startVictim(url: string): Promise<Victim> {
  const session = (more: Record<string, unknown> = {}) =>
    postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined, ...more });
  const idle = session();
  const working = session();
  const listening = session();
  const heard: string[] = [];
  let markers = 0;
  for (const channel of CHANNELS) {
    await listening.listen(channel, (payload) => {
      if (payload === MARKER) markers += 1;
      else heard.push(`${channel}: ${payload}`);
    });
  }
  await idle.unsafe("set work_mem = '7MB'");
  await idle.unsafe('prepare mine as select 1');
  await idle.unsafe('create temp table mine as select 1 as a');
  await idle.unsafe('declare mine cursor with hold for select 1');
  await idle.unsafe('select pg_advisory_lock(7003)');
  const work = { outcome: 'running' };
  const [worker] = await working.unsafe('select pg_backend_pid() as pid');
  // Holds a row: who waits for it, or takes it away, is seen.
  await working.unsafe('begin');
  await working.unsafe('select * from traps.bait where id = 3 for update');
  void working.unsafe('select pg_sleep(3600)').then(
    () => (work.outcome = 'done'),
    (error: unknown) => (work.outcome = String(error)),
  );

  /** Everything that was sent before the marker has arrived when it has. */
  async function catchUp() {
    const wanted = markers + 1;
    await idle.unsafe(`select pg_notify('${CHANNELS[0]}', '${MARKER}')`);
    for (let waited = 0; markers < wanted && waited < 2000; waited += 5) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  return {
    async state() {
      await catchUp();
      const [own] = await idle.unsafe(`
        select concat_ws(' ', 'pid', pg_backend_pid(), 'work_mem', current_setting('work_mem'),
          'prepared', (select count(*) from pg_prepared_statements where name = 'mine'),
          'cursors', (select count(*) from pg_cursors where name = 'mine'),
          'temporary table', to_regclass('pg_temp.mine') is not null) as state`);
      return new Map([
        ["the victim's session", String(own?.['state'])],
        ["the victim's running statement", work.outcome],
        ["the victim's notifications", heard.join(', ') || 'none'],
      ]);
    },
    async close() {
      await idle.unsafe(`select pg_terminate_backend(${worker?.['pid']})`).catch(() => undefined);
      await Promise.all([idle, working, listening].map((sql) => sql.end({ timeout: 1 })));
    },
  };
}
