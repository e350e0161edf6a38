import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { embeddedDriver } from '../../../lib/databases/embedded/embedded.js';
import { type Place, bundle, place, template } from './built.js';

describe('the embedded database among processes', () => {
  let program: string;
  let workerFile: string;
  let templateDir: string;
  let here: Place;
  let children: ChildProcess[];

  beforeAll(async () => {
    program = await bundle('__tests__/databases/embedded/use.ts');
    workerFile = await bundle('lib/databases/embedded/worker.ts');
    templateDir = await template();
  }, 60_000);

  beforeEach(async () => {
    children = [];
    here = await place(workerFile, templateDir);
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await here.remove();
  });

  /** A process that does `task`; `says` resolves with the first line that matches. */
  function start(task: string, ...more: string[]) {
    const child = spawn(process.execPath, [program, JSON.stringify(here.options), task, ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const ended = once(child, 'close').then(
      ([code, signal]) => (code ?? signal) as number | string,
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    return {
      child,
      ended,
      output: () => output,
      async says(pattern: RegExp): Promise<void> {
        for (;;) {
          if (pattern.test(output)) return;
          const over = await Promise.race([ended, new Promise((go) => setTimeout(go, 5))]);
          if (over !== undefined) throw new Error(`ended with ${String(over)}: ${output}`);
        }
      },
    };
  }

  async function query(sql: string) {
    const driver = embeddedDriver(here.options);
    try {
      const connection = await driver.connect(new AbortController().signal);
      return await connection.query(sql);
    } finally {
      await driver.close();
    }
  }
  test('five that come first at once, and write, take turns: one sample, and every row is kept', async () => {
    const writers = Array.from({ length: 5 }, () => start('insert', '20'));
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0, 0]);
    // Without a gap: a sequence skips values only where PostgreSQL was not shut down in order.
    expect(await query('select count(*), count(distinct pid), max(id) from written')).toEqual([
      ['100', '5', '100'],
    ]);
    expect(readdirSync(here.parent)).toEqual(['shop']);
  }, 30_000);

  test('what a process acknowledged survives kill -9, and the next takes its lock over', async () => {
    const writer = start('insert', '1000000');
    await writer.says(/row: 50\n/);
    writer.child.kill('SIGKILL');
    expect(await writer.ended).toBe('SIGKILL');
    expect(existsSync(join(here.parent, 'shop.lock'))).toBe(true);

    const acknowledged = [...writer.output().matchAll(/row: (\d+)\n/g)].map(([, id]) => Number(id));
    const started = performance.now();
    const kept = (await query('select id from written order by id')).map(([id]) => Number(id));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(kept.length - acknowledged.length).toBeLessThanOrEqual(1 + kept.length / 2);
  }, 30_000);

  test('a transaction that was open at kill -9 is rolled back', async () => {
    const writer = start('open transaction');
    await writer.says(/written\n/);
    writer.child.kill('SIGKILL');
    await writer.ended;
    expect(await query('select count(*) from written')).toEqual([['0']]);
  }, 30_000);

  test('a copy of the sample that was killed half way is not taken for a whole one', async () => {
    // Enough files for the copy to take a while.
    const slow = join(here.parent, 'template');
    await cp(templateDir, slow, { recursive: true });
    mkdirSync(join(slow, 'base/more'));
    for (let i = 0; i < 1500; i++) writeFileSync(join(slow, `base/more/${i}`), 'x');
    const stampFile = join(slow, 'pgask-sample.json');
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8')) as {
      files: number;
      directories: string[];
    };
    writeFileSync(
      stampFile,
      JSON.stringify({
        ...stamp,
        files: stamp.files + 1500,
        directories: [...stamp.directories, 'base/more'],
      }),
    );
    here = { ...here, options: { ...here.options, templateDir: slow } };

    const first = start('query');
    const half = join(here.parent, 'shop.new/base/more');
    while (!existsSync(half) || readdirSync(half).length < 100) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    first.child.kill('SIGKILL');
    await first.ended;
    expect(first.output()).not.toContain('connected');
    expect(existsSync(join(here.parent, 'shop'))).toBe(false);

    expect(await query('select count(*) > 1000 from orders')).toEqual([['t']]);
    expect(readdirSync(join(here.parent, 'shop/base/more')).length).toBe(1500);
    expect(readdirSync(here.parent).sort()).toEqual(['shop', 'template']);
  }, 30_000);

  test('an answer ends the process by itself: no thread keeps it alive', async () => {
    const one = start('query');
    await one.says(/closed\n/);
    const started = performance.now();
    expect(await one.ended).toBe(0);
    expect(performance.now() - started).toBeLessThan(1000);
  }, 30_000);
});
