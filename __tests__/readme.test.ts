import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { environmentName } from '../lib/config/environment.js';
import { configJsonSchema } from '../lib/config/schema.js';
import { commands } from '../lib/commands/registry.js';
import { EXIT } from '../lib/errors.js';
import { type Machine, machine, run } from './support/program.js';

/** `UPDATE_README=1 npm run jest -- readme` writes what the program says into README.md. */
const UPDATE = process.env['UPDATE_README'] === '1';

const path = fileURLToPath(new URL('../README.md', import.meta.url));
let readme = readFileSync(path, 'utf8');
let on: Machine;

beforeAll(() => {
  on = machine();
});
afterAll(() => {
  on.remove();
  if (UPDATE) writeFileSync(path, readme);
});

/** What stands between two marks, or is put there. */
async function checked(block: string, begin: string, end: string, actual: string): Promise<void> {
  if (UPDATE) {
    readme = readme.replace(`${begin}${block}${end}`, () => `${begin}${actual}${end}`);
  } else {
    expect(block).toBe(actual);
  }
  await Promise.resolve();
}

/** Words of a command line as a POSIX shell splits them: quotes group, nothing else is special here. */
function shellWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
}

interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described | boolean;
  readonly default?: unknown;
  readonly description?: string;
}

/** A row for each setting, in the order of the schema. */
function settings(path: string, { properties = {} }: Described): string[] {
  return Object.entries(properties).flatMap(([name, one]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const { additionalProperties: entry } = one;
    if (one.properties !== undefined) return settings(key, one);
    if (typeof entry === 'object') return settings(`${key}.NAME`, entry);
    const value = one.default === undefined ? '' : `\`${String(one.default)}\``;
    return [`| \`${key}\` | ${value} | ${one.description ?? ''} |`];
  });
}

describe('the README', () => {
  const consoles = [...readme.matchAll(/```console\n\$ (pgask [^\n]*)\n([\s\S]*?)```/g)];

  test('shows what the program really prints', async () => {
    expect(consoles.length).toBeGreaterThanOrEqual(5);
    for (const [, command, shown] of consoles) {
      const { stdout, stderr } = await run(shellWords(command!).slice(1), { on });
      const told = stderr.replace(/^OPENAI_API_KEY is not set.*\n/, '');
      await checked(shown!, `$ ${command!}\n`, '```', `${told}${stdout}`.replace(/\n\n+/g, '\n'));
    }
  }, 60_000);

  test('has the usage that --help has', async () => {
    const { stdout } = await run(['--help'], { on });
    const usage = stdout.replace(/\n*Examples:[\s\S]*/, '\n');
    const shown = /```usage\n([\s\S]*?)```/.exec(readme)![1]!;
    await checked(shown, '```usage\n', '```', usage);
  });

  test('names every command', () => {
    for (const { name } of commands)
      expect(readme).toMatch(new RegExp(`pgask ${name}|\`${name}\``));
  });

  test('has a row for every exit code', () => {
    const table = /## Exit codes\n\n([\s\S]*?)\n\n/.exec(readme)![1]!;
    const rows = table.split('\n').slice(2);
    const codes = rows.flatMap((row) => row.split('|')[1]!.trim().split(' · ').map(Number));
    expect(codes.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  test('has a row for every setting, with its default and its variable', async () => {
    const rows = settings('', configJsonSchema());
    const table = ['| key | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
    const shown = /<!-- settings -->([\s\S]*?)<!-- \/settings -->/.exec(readme)![1]!;
    await checked(shown, '<!-- settings -->', '<!-- /settings -->', `\n${table}\n`);
    expect(environmentName({ key: 'limits.maxSteps', path: ['limits', 'maxSteps'] })).toBe(
      'PGASK_MAX_STEPS',
    );
  });
});
