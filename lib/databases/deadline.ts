/** The client's own clock beside the server's: a statement is cancelled, and where that does not help, cut off. */
import { ConnectionLostError, LimitError, StatementError } from '../errors.js';
import type { Connection } from './driver.js';

/** After the time is up, or the run is aborted, the server has this long to stop by itself. */
const CANCEL_GRACE_MS = 1000;
/** The server's own limit is cheaper, for the session survives it: it goes first. */
const HEAD_START_MS = 250;

/** query_canceled; in_failed_sql_transaction, where what came after the cancelled statement is the first to hear of it. */
const STOPPED: readonly string[] = ['57014', '25P02'];

export interface Deadline {
  stop(): void;
  /** What a failure means, now that it is known who stopped the statement. */
  explain(error: unknown): unknown;
}

export function watchTime(
  connection: Connection,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Deadline {
  let stopped: 'time' | 'abort' | undefined;
  let cut: NodeJS.Timeout | undefined;
  const stop = (why: 'time' | 'abort') => {
    stopped ??= why;
    cut ??= setTimeout(() => void connection.destroy(), CANCEL_GRACE_MS);
    void connection.cancel();
  };
  const started = performance.now();
  const timer = setTimeout(() => stop('time'), timeoutMs + HEAD_START_MS);
  const abort = () => stop('abort');
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return {
    stop() {
      clearTimeout(timer);
      clearTimeout(cut);
      signal.removeEventListener('abort', abort);
    },
    explain(error) {
      const canceled = error instanceof StatementError && STOPPED.includes(error.sqlstate ?? '');
      const ended = canceled || error instanceof ConnectionLostError;
      if (stopped === 'abort' && ended) return signal.reason;
      const timeUp = stopped === 'time' || (canceled && performance.now() - started >= timeoutMs);
      if (!ended || !timeUp) return error;
      return new LimitError(`the statement took longer than ${timeoutMs / 1000} s`, {
        cause: error,
        limit: 'timeout',
        hint: 'ask for less, or give it more time with --timeout',
      });
    },
  };
}
