/** Says `ready`, waits for a line, saves once, and says `saved` or why not: what a test does to it happens in between. */
import { once } from 'node:events';
import { editConfigFile } from '../../lib/config/write-file.js';
import { openAtomic } from '../../lib/files.js';
import { openStore } from '../../lib/sessions/store.js';
import { storeOptions } from '../sessions/options.js';
import { turn } from '../sessions/turns.js';

const [what, directory, content] = process.argv.slice(2) as [string, string, string];

async function writeResult(): Promise<void> {
  const file = await openAtomic(`${directory}/file`);
  try {
    // More than is gathered into one write.
    await file.write(content.repeat(300_000));
    await file.write(content.repeat(300_000));
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

const saves: Readonly<Record<string, () => Promise<unknown>>> = {
  output: writeResult,
  session: () =>
    openStore(storeOptions(directory)).append(
      { name: 'file', directory: '/', database: 'sample' },
      turn(content, { at: new Date().toISOString() }),
    ),
  configuration: () =>
    editConfigFile(
      `${directory}/file`,
      () => `{ "today": "${content}" }\n`,
      () => Promise.resolve(),
    ),
};

process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.destroy();
await saves[what]!().then(
  () => process.stdout.write('saved\n'),
  (error: unknown) => {
    process.stdout.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  },
);
