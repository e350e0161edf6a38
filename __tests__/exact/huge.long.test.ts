import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatNames } from '../../lib/formats/formats.js';
import { machine, type Machine, programFile } from '../support/program.js';
import { serverUrl } from '../support/server.js';

const CELL = 300_000_000;
const WIDE = Array.from({ length: 1600 }, (_, n) => `repeat('x', 100000) as c${n}`);
const HEADER = WIDE.map((_, n) => `c${n}`);

/** By the built program: what is too large for something is one clear line, and never a crash. */
describe('values of hundreds of megabytes', () => {
  let on: Machine;
  let url: string;

  beforeAll(async () => {
    on = machine();
    url = await serverUrl();
  });
  afterAll(() => on.remove());

  interface Printed {
    readonly code: number | null;
    readonly signal: string | null;
    readonly bytes: number;
    readonly digest: string;
    readonly stderr: string;
    /** What the process had in memory at most, where the system tells. */
    readonly peakMb: number | undefined;
  }

  async function print(sql: string, ...more: readonly string[]): Promise<Printed> {
    const args = [programFile, 'sql', '-', '--timeout', '10min', ...more];
    const child = spawn(process.execPath, args, { env: on.env, cwd: on.home });
    child.stdin.end(sql);
    const hash = createHash('sha256');
    let bytes = 0;
    let stderr = '';
    let peakMb: number | undefined;
    const look = setInterval(() => (peakMb = peakOf(child.pid) ?? peakMb), 100);
    child.stdout.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.once('close', (...end) => resolve(end)),
    );
    clearInterval(look);
    return { code, signal, bytes, digest: hash.digest('hex'), stderr, peakMb };
  }

  const digestOf = (...pieces: readonly (readonly [text: string, times: number])[]) => {
    const hash = createHash('sha256');
    for (const [text, times] of pieces) {
      const block = text.repeat(Math.min(times, 100_000));
      let left = times;
      for (; left >= 100_000; left -= 100_000) hash.update(block);
      hash.update(text.repeat(left));
    }
    return hash.digest('hex');
  };

  const FRAMES = {
    csv: ['x\n', '\n'],
    tsv: ['x\n', '\n'],
    json: ['[{"x":"', '"}]\n'],
    jsonl: ['{"x":"', '"}\n'],
  } as const;

  test.each(Object.entries(FRAMES))(
    'a cell of 300 MB passes in flat memory: %s',
    async (format, [before, after]) => {
      const printed = await print(`select repeat('x', ${CELL}) as x`, '-d', url, '-F', format);
      expect(printed).toMatchObject({ code: 0, signal: null, stderr: '' });
      expect(printed.digest).toBe(digestOf([before, 1], ['x', CELL], [after, 1]));
      expect(printed.peakMb ?? 0).toBeLessThan(200);
    },
    300_000,
  );

  test.each(Object.entries(FRAMES))(
    'a cell of 300 MB passes where rows are counted, or it is one line of error: %s',
    async (format, [before, after]) => {
      for (const limit of [
        ['--limit', '1'],
        ['--max-rows', '1'],
        ['--max-bytes', '999999999'],
      ]) {
        const sql = `select repeat('x', ${CELL}) as x`;
        const printed = await print(sql, '-d', url, '-F', format, ...limit);
        expectClear(printed);
        if (printed.code !== 0) continue;
        expect(printed.digest).toBe(digestOf([before, 1], ['x', CELL], [after, 1]));
      }
      const cut = await print(
        `select repeat('x', ${CELL}) as x`,
        ...['-d', url, '-F', format, '--max-bytes', '1000000'],
      );
      expect(cut).toMatchObject({ code: 6, signal: null });
      expect(cut.bytes).toBeLessThan(10);
    },
    600_000,
  );

  test.each(formatNames.filter((name) => !(name in FRAMES)))(
    'a cell of 300 MB passes or is one line of error: %s',
    async (format) => {
      const sql = `select repeat('x', ${CELL}) as x, 1 as n`;
      expectClear(await print(sql, '-d', url, '-F', format));
    },
    300_000,
  );

  test('a row of 1,600 cells of 100 KB', async () => {
    const sql = `select ${WIDE.join(', ')}`;
    const row: (readonly [string, number])[] = HEADER.flatMap(
      (_, n) =>
        [
          [n === 0 ? '' : ',', 1],
          ['x', 100_000],
        ] as const,
    );
    const csv = await print(sql, '-d', url, '-F', 'csv');
    expect(csv).toMatchObject({ code: 0, stderr: '' });
    expect(csv.digest).toBe(digestOf([`${HEADER.join(',')}\n`, 1], ...row, ['\n', 1]));
    for (const format of formatNames) expectClear(await print(sql, '-d', url, '-F', format));
  }, 600_000);

  test('a cell of 1 GB is an error in the words of the server', async () => {
    for (const format of formatNames) {
      const printed = await print(`select repeat('x', 1 << 30) as x`, '-d', url, '-F', format);
      expect(printed).toMatchObject({ code: 1, signal: null, bytes: 0 });
      expect(printed.stderr).toContain('requested length too large');
    }
    const two = `select repeat('x', 600000000) as x, repeat('y', 600000000) as y`;
    const row = await print(two, '-d', url, '-F', 'csv');
    expect(row).toMatchObject({ code: 1, signal: null });
    expect(row.stderr).toMatch(/^pgask: .*enlarge string buffer.*\n$/);
  }, 600_000);

  test('the embedded database: a cell of 300 MB passes or is one line of error', async () => {
    for (const [format, [before, after]] of Object.entries(FRAMES)) {
      const printed = await print(`select repeat('x', ${CELL}) as x`, '-F', format);
      expectClear(printed);
      if (printed.code !== 0) continue;
      expect(printed.digest).toBe(digestOf([before, 1], ['x', CELL], [after, 1]));
    }
  }, 600_000);

  function expectClear({ code, signal, stderr }: Printed): void {
    expect({ signal, stderr }).toMatchObject({ signal: null });
    expect([0, 1, 6]).toContain(code);
    expect(stderr).not.toContain('internal error');
    if (code === 0) expect(stderr).toBe('');
    else expect(stderr).toMatch(/^pgask: .+\n(hint: .+\n)?$/);
  }
});

/** VmHWM, where the system has it. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // A process that has ended, and whose end nobody has asked for yet, has none.
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
