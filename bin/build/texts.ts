/** What the build writes of the program's own words: help by command, the version, the configuration's JSON Schema. */
import { Writable } from 'node:stream';
import { commands } from '../../lib/commands/registry.js';
import { configJsonSchema } from '../../lib/config/schema.js';
import { main } from '../../lib/main.js';
import manifest from '../../package.json' with { type: 'json' };

export interface HelpTexts {
  readonly help: string;
  readonly version: string;
  readonly commands: Readonly<Record<string, string>>;
}

export { configJsonSchema };

/** As the program itself says them. */
export async function helpTexts(): Promise<HelpTexts> {
  const texts: Record<string, string> = {};
  for (const { name } of commands) texts[name] = await output(name, '--help');
  return { help: await output('--help'), version: await output('--version'), commands: texts };
}

async function output(...argv: string[]): Promise<string> {
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const exit = await main({
    argv,
    stdin: process.stdin,
    stdout,
    // One of its own for each run, as each listens to it.
    stderr: new Writable({ write: (chunk, _, done) => void process.stderr.write(chunk, done) }),
    environment: {},
    cwd: process.cwd(),
    version: manifest.version,
    programDirectory: process.cwd(),
    signal: new AbortController().signal,
  });
  if (exit !== 0) throw new Error(`pgask ${argv.join(' ')} ended with ${exit}`);
  return Buffer.concat(chunks).toString();
}
