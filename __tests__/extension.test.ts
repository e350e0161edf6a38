import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { machine } from './support/program.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'pgask-extension-'));
const program = join(copy, 'program', 'pgask.cjs');

const TOOL = `/** \`count_letters\`, which is \`pgask letters\`. */
import { z } from 'zod/v3';
import { defineTool } from './tool.js';

export const countLetters = defineTool({
  name: 'count_letters',
  summary: 'Count the letters of a word.',
  input: z
    .object({
      word: z.string().min(1).describe('the word'),
      times: z.number().int().min(1).default(1).describe('how often it is counted'),
    })
    .strict(),
  command: { name: 'letters', positional: 'word', examples: ['pgask letters abc'] },
  run: ({ word, times }) => Promise.resolve({ text: String(word.length * times) }),
});
`;

const FORMAT = `/** Values with a bar between them. */
import type { Format } from './format.js';

export const bars: Format = {
  name: 'bars',
  summary: 'values with a bar between them',
  layout: 'text',
  words: 'none',
  open: (sink) => ({
    rows: ({ bytes }) => sink.write(Buffer.from(bytes).toString().replaceAll('\\t', '|')),
    end: () => Promise.resolve(),
  }),
};
`;

/** What it takes: one new file, one line. */
function add(folder: string, file: string, text: string, line: string): number {
  writeFileSync(join(copy, 'lib', folder, file), text);
  const registry = join(copy, 'lib', folder, 'registry.ts');
  const before = readFileSync(registry, 'utf8');
  const after = before + line;
  writeFileSync(registry, after);
  return after.split('\n').length - before.split('\n').length;
}

let lines: number[];

beforeAll(async () => {
  for (const name of ['lib', 'bin', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  lines = [
    add('tools', 'count-letters.ts', TOOL, "export { countLetters } from './count-letters.js';\n"),
    add('formats', 'bars.ts', FORMAT, "export { bars } from './bars.js';\n"),
  ];
  await build({
    entryPoints: [join(copy, 'bin/pgask.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['@electric-sql/pglite'],
    define: { 'import.meta.url': 'url' },
    banner: { js: "const url = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'error',
  });
  // The embedded database's own files, which nothing here changes.
  for (const name of ['sample', 'embedded-worker.mjs', 'libpg-query.wasm']) {
    symlinkSync(join(root, 'dist', name), join(copy, 'program', name));
  }
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true }));

function run(...args: string[]) {
  const on = machine();
  try {
    return spawnSync(process.execPath, [program, ...args], { env: on.env, encoding: 'utf8' });
  } finally {
    on.remove();
  }
}

describe('a new tool and a new format', () => {
  test('take one file and one line each', () => {
    expect(lines).toEqual([1, 1]);
    const changed = spawnSync('diff', ['-rq', join(root, 'lib'), join(copy, 'lib')], {
      encoding: 'utf8',
    }).stdout;
    expect(changed.trim().split('\n')).toHaveLength(4);
  });

  test('fit the types', () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    writeFileSync(
      join(copy, 'tsconfig.check.json'),
      JSON.stringify({ extends: './tsconfig.json', include: ['lib'] }),
    );
    execFileSync(process.execPath, [tsc, '-p', join(copy, 'tsconfig.check.json')], { cwd: copy });
  }, 60_000);

  test('make the tool a subcommand with help, validation and defaults', () => {
    expect(run('letters', 'abc')).toMatchObject({ stdout: '3\n', stderr: '', status: 0 });
    expect(run('letters', 'abc', '--times', '2').stdout).toBe('6\n');
    expect(run('letters', 'abc', '--times', 'x')).toMatchObject({ stdout: '', status: 2 });
    expect(run('letters', '--help').stdout).toMatch(
      /--times +how often it is counted \(default 1\)/,
    );
    expect(run('--help').stdout).toMatch(
      /pgask letters \[word\.\.\] +Count the letters of a word\./,
    );
  });

  test('make the format one that help, errors and output know', () => {
    expect(run('sql', 'values (1, 2), (3, null)', '-F', 'bars')).toMatchObject({
      stdout: '1|2\n3|\\N\n',
      stderr: '',
      status: 0,
    });
    expect(run('--help').stdout).toMatch(/--format +bars, csv, json/);
    expect(run('sql', 'select 1', '-F', 'brs').stderr).toMatch(/did you mean bars\?/);
  });
});
