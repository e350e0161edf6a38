/** A save at every system call of which the disk fails, is full, or the program is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundle, makeScratch } from '../files/program.js';
import { missing } from './shell.js';

/** What touches files; `read` is also how the program is told to begin. */
const CALLS =
  'openat,pwrite64,fsync,fchmod,fchown,rename,unlink,link,close,readlink,getdents64,mkdir,statx,access,faccessat,faccessat2';

/** What a full disk can refuse. */
const FILLS = /^(openat|pwrite64|fsync|rename|link|mkdir)$/;

const why = missing('strace') ?? (process.platform === 'linux' ? undefined : 'skipped: no strace');
const suite = why === undefined ? describe : describe.skip;

interface Outcome {
  /** What the program said; nothing where it was killed. */
  readonly said: string;
  readonly code: number | null;
  readonly log: string;
}

suite(`a save that goes wrong${why === undefined ? '' : ` (${why})`}`, () => {
  let programs = '';
  let saver = '';
  beforeAll(async () => {
    programs = await makeScratch();
    saver = await bundle('faults/saver.ts', programs);
  });
  afterAll(() => rm(programs, { recursive: true }));

  /** Saves; with faults, an empty list too, with strace attached to the waiting program, so that nothing of its start is met. */
  async function save(
    what: string,
    directory: string,
    content: string,
    faults?: readonly string[],
  ): Promise<Outcome> {
    const child = spawn(process.execPath, [saver, what, directory, content], {
      // One thread for all files: the calls come in the same order each time.
      env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = once(child, 'close') as Promise<[number | null]>;
    await once(child.stdout, 'data');
    const log = join(programs, `log-${child.pid}`);
    const strace = faults && (await attach(child, log, faults));
    child.stdin.write('go\n');
    const [code] = await ended;
    if (strace === undefined) return { said: saidOf(said), code, log: '' };
    await strace.ended;
    const text = await readFile(log, 'utf8');
    await rm(log);
    return { said: saidOf(said), code, log: text };
  }

  describe.each(['output', 'session', 'configuration'])('of %s', (what) => {
    test.each(['error=EIO', 'error=ENOSPC', 'signal=KILL'])(
      'by %s leaves the old file or the new one, and nothing that stays',
      async (fault) => {
        const directory = await makeScratch();
        const file = join(directory, what === 'session' ? '@file.json' : 'file');
        expect((await save(what, directory, 'a')).said).toBe('saved');
        const reference = await readFile(file, 'utf8');
        const { log } = await save(what, directory, 'b', []);
        const calls = callsOf(log).filter(([name]) => fault !== 'error=ENOSPC' || FILLS.test(name));
        expect(calls.length).toBeGreaterThan(5);
        let met = 0;

        for (const [name, n] of calls) {
          // Node aborts where a file that it has read at once does not close: config/file.ts reads so.
          if (what === 'configuration' && name === 'close' && fault !== 'signal=KILL') continue;
          const at = `${what}: ${fault} at ${name} ${n}`;
          await rm(file);
          await writeFile(file, reference, { mode: 0o600 });
          const { said, code, log } = await save(what, directory, 'c', [
            `inject=${name}:${fault}:when=${n}`,
          ]);
          if (/INJECTED|killed by SIGKILL/.test(log)) met += 1;
          const found = await readFile(file, 'utf8');
          const isNew = found !== reference;
          if (isNew) expect({ at, whole: isWhole(what, found) }).toEqual({ at, whole: true });
          if (said === 'saved') expect({ at, isNew, code }).toEqual({ at, isNew: true, code: 0 });
          else if (said === '')
            expect({ at, log }).toEqual({ at, log: expect.stringMatching(/KILL/) });
          else
            expect({ at, code, lines: said.split('\n') }).toEqual({ at, code: 1, lines: [said] });
          // Whatever was left is gone after the next one, which nothing hinders.
          expect({ at, said: (await save(what, directory, 'd')).said }).toEqual({
            at,
            said: 'saved',
          });
          expect({ at, left: await readdir(directory) }).toEqual({
            at,
            left: [what === 'session' ? '@file.json' : 'file'],
          });
        }
        // The count of calls may differ by one where a clock tick falls in between.
        expect(met).toBeGreaterThan(calls.length * 0.7);
        await rm(directory, { recursive: true });
      },
      300_000,
    );
  });
});

const saidOf = (output: string) => output.replace('ready\n', '').trim();

function isWhole(what: string, text: string): boolean {
  if (what === 'output') return text === 'c'.repeat(600_000);
  if (what === 'configuration') return text === '{ "today": "c" }\n';
  const { turns } = JSON.parse(text) as { turns: { request: string }[] };
  return turns.at(-1)?.request === 'c';
}

async function attach(
  child: ChildProcess,
  log: string,
  faults: readonly string[],
): Promise<{ readonly ended: Promise<unknown> }> {
  const expressions = [`trace=${CALLS}`, ...faults].flatMap((one) => ['-e', one]);
  const args = ['-f', '-o', log, ...expressions, '-p', String(child.pid)];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(strace, 'close');
  let told = '';
  for await (const bytes of strace.stderr.iterator({ destroyOnReturn: false })) {
    told += String(bytes);
    if (/attached/.test(told)) break;
  }
  strace.stderr.resume();
  return { ended };
}

/** The calls of the thread that works on files, each with its number among those of its name. */
function callsOf(log: string): [name: string, n: number][] {
  const lines = log.split('\n').map((line) => /^(\d+) +(\w+)\(/.exec(line));
  const thread = lines.find((match) => match?.[2] === 'rename')?.[1];
  const counts = new Map<string, number>();
  return lines.flatMap((match): [string, number][] => {
    if (match === null || match[1] !== thread) return [];
    const name = match[2]!;
    const n = (counts.get(name) ?? 0) + 1;
    counts.set(name, n);
    return [[name, n]];
  });
}
