/** Writes `new` to a file as `-o` would; prints `written`, or why not and when. */
import { openAtomic } from '../../lib/files.js';

let when = 'before';
try {
  const file = await openAtomic(process.argv[2]!);
  when = 'after';
  await file.write('new');
  await file.commit();
  process.stdout.write('written');
} catch (error) {
  process.stdout.write(`${when}: ${(error as Error).message}`);
}
