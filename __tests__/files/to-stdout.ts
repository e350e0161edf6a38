/** Writes a line to /dev/stdout as `-o /dev/stdout` would. */
import { openAtomic } from '../../lib/files.js';

const file = await openAtomic('/dev/stdout');
await file.write('result\n');
await file.commit();
