import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStore } from '../../lib/sessions/store.js';
import { bundle, ended, inScratch, makeScratch, start } from '../files/program.js';
import { storeOptions } from './options.js';
import { turn } from './turns.js';

describe('many processes on one session', () => {
  let programs = '';
  let appender = '';
  beforeAll(async () => {
    programs = await makeScratch();
    appender = await bundle('sessions/appender.ts', programs);
  });
  afterAll(() => rm(programs, { recursive: true }));

  const key = (directory: string) => ({ name: 'shared', directory, database: 'sample' });
  const now = () => new Date().toISOString();
  const open = (directory: string, warnings: string[] = []) =>
    openStore(
      storeOptions(directory, {
        maxTurns: 10_000,
        maxTokens: 1e9,
        warn: (message) => warnings.push(message),
      }),
    );

  test('forty turns at once are all kept', async () => {
    await inScratch(async (scratch) => {
      const directory = join(scratch, 'sessions');
      const names = Array.from({ length: 40 }, (_, i) => `process-${i}`);
      const children = names.map((name) => start(appender, [directory, name, '1'], 'ignore'));
      expect(await Promise.all(children.map(ended))).toEqual(names.map(() => 0));
      const found = await open(directory).find(key(directory));
      expect(found?.turns.map(({ request }) => request).sort()).toEqual(
        names.map((name) => `${name} 0`).sort(),
      );
      expect(found?.sequence).toBe(40);
      expect(await readdir(directory)).toEqual(['@shared.json']);
    });
  }, 60_000);

  test('one that is killed at any moment loses no turn that it had kept and blocks nobody', async () => {
    await inScratch(async (scratch) => {
      const directory = join(scratch, 'sessions');
      const warnings: string[] = [];
      const store = open(directory, warnings);
      let promised = 0;
      for (let round = 0; round < 12; round++) {
        const child = start(
          appender,
          [directory, `round-${round}`, '1000'],
          ['ignore', 'pipe', 'inherit'],
        );
        let kept = 0;
        child.stdout!.on('data', (chunk: Buffer) => {
          kept += String(chunk).split('\n').length - 1;
          // Not always between two turns: a little later is in the middle of one.
          if (kept >= 2) setTimeout(() => child.kill('SIGKILL'), (round % 6) * 1.3);
        });
        expect(await ended(child)).toBe('SIGKILL');
        promised += kept;
        const before = performance.now();
        const { turns, sequence } = await store.append(
          key(directory),
          turn('parent', { at: now() }),
        );
        promised += 1;
        expect(performance.now() - before).toBeLessThan(1000);
        // The last turn of a killed process may be there though it could not say so.
        expect(sequence).toBeGreaterThanOrEqual(promised);
        expect(sequence).toBeLessThanOrEqual(promised + 1);
        expect(turns).toHaveLength(sequence);
        promised = sequence;
      }
      expect(warnings).toEqual([]);
      expect(await readdir(directory)).toEqual(['@shared.json']);
    });
  }, 60_000);
});
