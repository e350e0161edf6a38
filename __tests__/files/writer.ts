/** Writes a file of a megabyte and prints what came of it. */
import { writeFileAtomic } from '../../lib/files.js';

try {
  await writeFileAtomic(process.argv[2]!, 'n'.repeat(1 << 20), { mode: 0o600 });
  process.stdout.write('written');
} catch (error) {
  process.stdout.write((error as Error).message);
}
