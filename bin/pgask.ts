/** The program: the process's own streams, environment and signals go to main, its answer becomes the exit code. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, InterruptedError } from '../lib/errors.js';
import { main } from '../lib/main.js';
import manifest from '../package.json' with { type: 'json' };

/** Time to cancel on the server, roll back and close, after a signal. */
const LAST_RESORT_MS = 5000;

const interrupt = new AbortController();
const SIGNALS = { SIGINT: EXIT.sigint, SIGTERM: EXIT.sigterm, SIGHUP: EXIT.sighup } as const;
for (const [signal, exit] of Object.entries(SIGNALS)) {
  process.once(signal, () => {
    interrupt.abort(new InterruptedError(exit));
    // The handler is gone now: a second signal, ours at the latest, ends what does not end by itself.
    setTimeout(() => process.kill(process.pid, signal), LAST_RESORT_MS).unref();
  });
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
});
