import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Machine, machine, programFile, run } from './support/program.js';

const dist = dirname(programFile);
const root = dirname(dist);
const { help, version, commands } = JSON.parse(readFileSync(join(dist, 'help.json'), 'utf8')) as {
  help: string;
  version: string;
  commands: Record<string, string>;
};

let computer: Machine;
let scratch: string;
beforeAll(() => {
  computer = machine();
  scratch = mkdtempSync(join(tmpdir(), 'pgask-start-'));
});
afterAll(() => {
  computer.remove();
  rmSync(scratch, { recursive: true });
});

/** The program itself, without the launcher's shortcut. */
function live(...argv: string[]): Promise<{ stdout: string; code: number | null }> {
  const script = `process.argv = ['node', 'pgask', ...process.argv.slice(2)]; require(${JSON.stringify(programFile)}).run()`;
  const child = spawn(process.execPath, ['-e', script, '--', 'pgask', ...argv], {
    env: { ...computer.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ stdout, code })));
}

/** Files of the program that a run reads, by their names without the hash. */
function filesRead(argv: readonly string[], entry = programFile): string[] {
  const list = join(scratch, 'files');
  const tracer = join(scratch, 'tracer.cjs');
  writeFileSync(
    tracer,
    `const fs = require('node:fs');
     const { readFileSync, appendFileSync } = fs;
     fs.readFileSync = (file, ...rest) => {
       appendFileSync(${JSON.stringify(list)}, file + '\\n');
       return readFileSync(file, ...rest);
     };`,
  );
  writeFileSync(list, '');
  execFileSync(process.execPath, ['--require', tracer, entry, ...argv], { env: computer.env });
  const files = readFileSync(list, 'utf8').split('\n');
  return files
    .filter((file) => file.startsWith(dist) && !/\.cjs\.\d+$/.test(file))
    .map((file) => basename(file).replace(/-[A-Z0-9]{8}\./, '.'));
}

describe('help and version', () => {
  test('are what the program itself would say', async () => {
    const lines = [['--help'], ['-h'], ['--version'], ['-V']];
    for (const name of Object.keys(commands)) lines.push([name, '--help'], [name, '-h']);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const [baked, real] = await Promise.all([run(line, { on: computer }), live(...line)]);
      expect({ line, code: baked.code, text: baked.stdout }).toEqual({
        line,
        code: real.code,
        text: real.stdout,
      });
      expect(baked.stderr).toBe('');
    }
  });

  test('the version is the one of package.json', async () => {
    const { version: stated } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(version.trim()).toBe(stated);
    expect((await run(['-V'], { on: computer })).stdout).toBe(`${stated}\n`);
  });

  test('every command has a help with an example', () => {
    expect(Object.keys(commands)).toEqual(expect.arrayContaining(['ask', 'sql', 'schema']));
    for (const [name, text] of Object.entries({ pgask: help, ...commands })) {
      expect({ name, text }).toEqual({ name, text: expect.stringContaining('Examples:') });
      expect({ name, text }).toEqual({ name, text: expect.stringContaining('--help') });
    }
  });

  test('load nothing but their text', () => {
    expect(filesRead(['--help'])).toEqual(['pgask.cjs', 'help.json']);
    expect(filesRead(['sql', '--help'])).toEqual(['pgask.cjs', 'help.json']);
    expect(filesRead(['--version'])).toEqual(['pgask.cjs', 'help.json']);
  });

  test('load no driver, no model and no parser where the program makes them', () => {
    const entry = join(scratch, 'entry.cjs');
    writeFileSync(entry, `require(${JSON.stringify(programFile)}).run();`);
    const files = filesRead(['sql', '--help'], entry);
    expect(files).toContain('main.cjs');
    const lazy = /^(openai|offline|scripted|server|embedded|wasm|ora)\b|wasm$/;
    expect(files.filter((file) => lazy.test(file))).toEqual([]);
  });

  test("load nothing of Node's that no run before the first password, process or file needs", () => {
    const tracer = join(scratch, 'modules.cjs');
    writeFileSync(
      tracer,
      `process.on('exit', () => {
         const list = process.moduleLoadList.join();
         const late = ['crypto', 'fs/promises', 'child_process', 'tls'];
         process.stderr.write(late.filter((name) => list.includes('NativeModule ' + name + ',')).join());
       });`,
    );
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', tracer, programFile, 'config', 'path', '--no-such-flag'],
      { env: computer.env, encoding: 'utf8' },
    );
    expect({ status, told: stderr.split('\n').at(-1) }).toEqual({ status: 2, told: '' });
  });

  test('help that nobody reads ends in silence with the code of a gone reader', async () => {
    const child = spawn(process.execPath, [programFile, '--help'], { env: computer.env });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
  });

  const full = existsSync('/dev/full') ? test : test.skip;
  full('help that can not be written is a failure that says why', () => {
    const device = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [programFile, '--help'], {
      env: computer.env,
      stdio: ['ignore', device, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(device);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('ENOSPC') });
  });
});

describe('the launcher', () => {
  test('an older Node is told what is needed', () => {
    const old = join(scratch, 'old.cjs');
    writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });");
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', old, programFile, '--help'],
      { env: computer.env, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'pgask: needs Node 20.19 or newer, and this is 20.18.3\n',
    });
  });

  test.each(['no', 'a foreign', 'a cut-off'])('%s compile cache does no harm', (kind) => {
    const folder = mkdtempSync(join(scratch, 'dist-'));
    const caches: string[] = [];
    for (const name of readdirSync(dist)) {
      if (!/\.(cjs|json|wasm)$|\.cjs\.\d+$/.test(name)) continue;
      copyFileSync(join(dist, name), join(folder, name));
      if (/\.cjs\.\d+$/.test(name)) caches.push(join(folder, name));
    }
    expect(caches.length).toBeGreaterThan(3);
    for (const file of caches) {
      if (kind === 'no') rmSync(file);
      if (kind === 'a foreign') writeFileSync(file, Buffer.alloc(4096, 'pgask'));
      if (kind === 'a cut-off') writeFileSync(file, readFileSync(file).subarray(0, 1000));
    }
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'pgask.cjs'), 'sql', '--no-such-flag'],
      { env: computer.env, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('unknown flag --no-such-flag'),
    });
  });

  test('its caches fit the Node that built it', () => {
    const script = `
      const { Script } = require('node:vm');
      const launcher = require(${JSON.stringify(programFile)});
      process.argv = ['node', 'pgask', 'sql', '--no-such-flag'];
      launcher.run();
      process.on('exit', () => {
        for (const [name, script] of launcher.scripts) console.log(name, script.cachedDataRejected);
      });`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], {
      env: computer.env,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^main\.cjs false$/m);
    expect(stdout).not.toMatch(/true|undefined/);
  });

  test("npx finds it in the project's own folder", () => {
    const stdout = execFileSync('npx', ['--no', '--', 'pgask', '--version'], {
      cwd: root,
      env: { ...computer.env, npm_config_update_notifier: 'false' },
      encoding: 'utf8',
    });
    expect(stdout).toBe(version);
  });
});
