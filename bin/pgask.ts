/** The program: the process's own streams, environment and signals go to main, its answer becomes the exit code. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, InterruptedError } from '../lib/errors.js';
import { main } from '../lib/main.js';
import manifest from '../package.json' with { type: 'json' };

/** Time to cancel on the server, roll back and close, after a signal. */
const LAST_RESORT_MS = 5000;
/** npm passes on the Ctrl-C that the terminal has sent us as well: what follows so soon is no second one. */
const ONE_SIGNAL_MS = 300;

const SIGNALS = { SIGINT: EXIT.sigint, SIGTERM: EXIT.sigterm, SIGHUP: EXIT.sighup } as const;
type Signal = keyof typeof SIGNALS;
/** For what is in a thread at the end, and will mostly be over in a moment. */
const THREADS_MS = 200;

const interrupt = new AbortController();
let again: Signal | undefined;
let pagerHasAll = false;

for (const signal of Object.keys(SIGNALS) as Signal[]) process.on(signal, onSignal);

/** The first ends the run in order; a second one the process, whatever it is doing. */
function onSignal(signal: Signal): void {
  if (signal === 'SIGINT' && pagerHasAll) return;
  if (interrupt.signal.aborted) {
    again = signal;
    return;
  }
  interrupt.abort(new InterruptedError(SIGNALS[signal]));
  setTimeout(() => {
    for (const one of Object.keys(SIGNALS) as Signal[]) process.removeListener(one, onSignal);
    if (again !== undefined) process.kill(process.pid, again);
  }, ONE_SIGNAL_MS).unref();
  setTimeout(() => process.kill(process.pid, signal), LAST_RESORT_MS).unref();
}

// Read once, here: no library is to find settings behind the configuration's back.
const environment = { ...process.env };
for (const name of Object.keys(process.env)) {
  if (/^(PG|OPENAI_|PGASK_)/.test(name)) Reflect.deleteProperty(process.env, name);
}

void main({
  argv: process.argv.slice(2),
  environment,
  cwd: process.cwd(),
  version: manifest.version,
  programDirectory: dirname(fileURLToPath(import.meta.url)),
  // Making it costs a millisecond, and few runs read it.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
  onPager(waiting) {
    pagerHasAll = waiting;
  },
  onUncaught(told) {
    process.once('uncaughtException', (error) => {
      void told(error).then((exit) => {
        // Nothing may go on in a state that nobody knows; what waits in a pipe is lost, as it is without this.
        // eslint-disable-next-line no-restricted-properties
        process.exit(exit);
      });
    });
  },
}).then((exit) => {
  process.exitCode = exit;
  const signal = (Object.keys(SIGNALS) as Signal[]).find((one) => SIGNALS[one] === exit);
  if (signal !== undefined) leave(signal, performance.now() + THREADS_MS);
  // What waits for a reader that has gone is not waited for.
  // eslint-disable-next-line no-restricted-properties
  else if (exit === EXIT.readerGone) process.exit();
});

/** exit() would wait for a name that is being resolved, or for a pipe that nobody opens: then the signal ends us. */
function leave(signal: Signal, until: number): void {
  const inThreads = process
    .getActiveResourcesInfo()
    .some((name) => /^(FSReq|GetAddrInfo|GetNameInfo)/.test(name));
  // eslint-disable-next-line no-restricted-properties
  if (!inThreads) process.exit();
  if (performance.now() < until) {
    setTimeout(leave, 10, signal, until);
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
