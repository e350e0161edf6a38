/** Appends turns to a session, one after the other; says each one's number when it is kept. */
import { openStore } from '../../lib/sessions/store.js';
import { storeOptions } from './options.js';
import { turn } from './turns.js';

const [directory, name, count] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4])];
const store = openStore(storeOptions(directory, { maxTurns: 10_000, maxTokens: 1e9 }));
for (let i = 0; i < count; i++) {
  const key = { name: 'shared', directory, database: 'sample' };
  await store.append(key, turn(`${name} ${i}`, { at: new Date().toISOString() }));
  process.stdout.write(`${name} ${i}\n`);
}
