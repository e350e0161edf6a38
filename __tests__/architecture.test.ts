import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARROWS, HOMES, tableLines, violations } from './support/architecture/rules.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Files under version control, or about to be: made ones are left out. */
function filesUnder(folder: string): string[] {
  const made = ['node_modules', 'dist', '.git', 'coverage', 'bench-results.json'];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (made.includes(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const program = ['bin/pgask.ts', ...filesUnder('lib')].filter((file) => file.endsWith('.ts'));

describe('the house', () => {
  test('every file keeps to the arrows, the packages to their homes, the process to its files', () => {
    expect(program.length).toBeGreaterThan(30);
    expect(program.flatMap((file) => violations(file, read(file)))).toEqual([]);
  });

  test('ARCHITECTURE.md states the same table', () => {
    const blocks = read('ARCHITECTURE.md').match(/^```.*?^```/gms) ?? [];
    const stated = blocks.map(tableLines).find((lines) => lines[0]?.startsWith('every folder'));
    expect(stated).toEqual(tableLines(ARROWS));
  });

  test('every package that the program needs has a home, and every home a package', () => {
    const { dependencies } = JSON.parse(read('package.json')) as {
      dependencies: Record<string, string>;
    };
    const homes = Object.keys(HOMES).map((name) => name.replace('/v3', ''));
    expect(homes.sort()).toEqual(Object.keys(dependencies).sort());
  });

  test('no name says nothing', () => {
    const tests = filesUnder('__tests__').filter((file) => file.endsWith('.ts'));
    const bad = tests.flatMap((file) => violations(file, ''));
    expect(bad).toEqual([]);
  });

  test('no file knows the machine that it was written on', () => {
    const places = [root, homedir()].filter((place) => place !== '/' && existsSync(place));
    const patterns = places.map(
      (place) => `(?<![\\w.-])${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}/`,
    );
    const known = new RegExp(patterns.join('|'));
    const files = filesUnder('.').filter((file) => known.test(read(file)));
    expect(files.map((file) => relative('.', file))).toEqual([]);
  });

  test('the lock file names no registry', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
    expect(existsSync(join(root, '.npmrc'))).toBe(false);
  });
});

describe('the checker', () => {
  const broken: [what: string, file: string, text: string, complaint: RegExp][] = [
    ['an arrow that is not there', 'lib/tools/x.ts', "import '../agent/loop.js'", /no arrow/],
    [
      'a driver in a command',
      'lib/commands/x.ts',
      "import { openWire } from '../databases/wire.js'",
      /no arrow leads from commands to databases\/wire/,
    ],
    [
      'a dynamic import',
      'lib/planner/x.ts',
      "const f = () => import('../models/openai.js')",
      /no arrow/,
    ],
    [
      'a computed import',
      'lib/planner/x.ts',
      'export const f = (name: string) => import(name)',
      /\(computed\)/,
    ],
    ['an import type', 'lib/sql/x.ts', "type A = import('../app.js').App", /no arrow/],
    [
      'a value where types are allowed',
      'lib/formats/x.ts',
      "import { a, type B } from '../databases/database.js'",
      /no arrow/,
    ],
    ['an export from elsewhere', 'lib/config/x.ts', "export * from '../sql/quote.js'", /no arrow/],
    ['a leaf that is none', 'lib/io.ts', "import './app.js'", /no arrow leads from io to app/],
    [
      "the inside of another's leaf",
      'lib/app.ts',
      "import './files/lock.js'",
      /no arrow leads from app/,
    ],
    ['a folder without a line', 'lib/things/x.ts', "import '../sql/parse.js'", /no arrow/],
    ['a way out of lib', 'lib/sql/x.ts', "import '../../bin/pgask.js'", /outside lib/],
    ['a package away from home', 'lib/app.ts', "import postgres from 'postgres'", /whose home is/],
    ['a package without a home', 'lib/io.ts', "import x from 'left-pad'", /has no home/],
    ["zod's newer self", 'lib/tools/x.ts', "import { z } from 'zod'", /has no home/],
    ['require', 'lib/sql/x.ts', "const x = require('chalk')", /whose home is/],
    ['console', 'lib/app.ts', 'console.log(1)', /:1 touches console/],
    [
      'process.env',
      'lib/app.ts',
      'const a = 1;\nconst b = process.env.X;',
      /:2 touches process.env/,
    ],
    ['process.env in brackets', 'lib/app.ts', "f(process['env'])", /touches process.env/],
    ['the process taken apart', 'lib/app.ts', 'const { env } = process', /touches process/],
    ['the process passed on', 'lib/app.ts', 'f({ process })', /touches process/],
    ['globalThis', 'lib/app.ts', 'globalThis.process.exit(1)', /touches globalThis/],
    ['stdout', 'lib/formats/x.ts', 'process.stdout.write("x")', /touches process.stdout/],
    ['node:process', 'lib/app.ts', "import { env } from 'node:process'", /node:process/],
    ['a name that says nothing', 'lib/sql/utils.ts', '', /is named utils/],
    ['words that say nothing at the end', 'lib/sql/string-helpers.ts', '', /is named helpers/],
    ['an index', 'lib/tools/index.ts', '', /is named index/],
    ['a folder of helpers', '__tests__/helpers/x.ts', '', /is named helpers/],
  ];
  test.each(broken)('finds %s', (_what, file, text, complaint) => {
    expect(violations(file, text)).toEqual([expect.stringMatching(complaint)]);
  });

  const sound: [what: string, file: string, text: string][] = [
    ['a port', 'lib/agent/x.ts', "import type { Model } from '../models/model.js'"],
    ['its own folder', 'lib/databases/embedded/x.ts', "import { a } from '../wire.js'"],
    ['a leaf', 'lib/sql/rules/x.ts', "import { EXIT } from '../../errors.js'"],
    [
      'types where they are allowed',
      'lib/formats/x.ts',
      "import { type A } from '../databases/database.js'",
    ],
    ['a package at home', 'lib/databases/wire.ts', "import postgres from 'postgres'"],
    ['Node itself', 'lib/sql/x.ts', "import { join } from 'node:path'"],
    ['io', 'lib/io.ts', 'process.stdout.write("x")'],
    ['a parameter named process', 'lib/main.ts', 'export const main = (process: P) => process.env'],
    [
      'a property of that name',
      'lib/main.ts',
      'a.process.env; b.console; const c = { process: 1 }',
    ],
    ["a leaf's own folder", 'lib/files.ts', "import { lock } from './files/lock.js'"],
    ['a name that only begins so', 'lib/sql/rules/no-data-modification.ts', ''],
    ['what is harmless', 'lib/files.ts', 'export const own = [process.pid, process.platform]'],
  ];
  test.each(sound)('lets %s pass', (_what, file, text) => {
    expect(violations(file, text)).toEqual([]);
  });
});
