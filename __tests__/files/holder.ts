/** Takes a lock, says so, and holds it until it is killed. */
import { acquireLock } from '../../lib/files.js';

await acquireLock(process.argv[2]!, { timeoutMs: 20_000 });
process.stdout.write('held\n');
setInterval(() => undefined, 1000);
