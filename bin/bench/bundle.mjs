/** A file of TypeScript as a program or as a module: minified, as the thing that is measured is. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = join(root, 'dist/pgask.cjs');

/** Among node_modules, where what stays outside the bundle is found. */
const scratch = join(root, 'node_modules/.cache/pgask/bench');

export function bundle(entry) {
  mkdirSync(scratch, { recursive: true });
  const outfile = join(scratch, `${entry.replace(/\W/g, '-')}.mjs`);
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@electric-sql/pglite', 'libpg-query'],
    banner: {
      js: "import { createRequire as __makeRequire } from 'node:module'; const require = __makeRequire(import.meta.url);",
    },
  });
  return outfile;
}

export async function load(entry) {
  return await import(pathToFileURL(bundle(entry)).href);
}
