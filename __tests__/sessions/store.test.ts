import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FileError, UsageError } from '../../lib/errors.js';
import { acquireLock } from '../../lib/files.js';
import { renderSession } from '../../lib/sessions/session.js';
import { openStore, type StoreOptions } from '../../lib/sessions/store.js';
import { inScratch } from '../files/program.js';
import { anyTurn } from './any-session.js';
import { DAY, MINUTE, storeOptions } from './options.js';
import { session, turn } from './turns.js';

const asUser = process.getuid?.() === 0 ? test.skip : test;

interface Setup {
  readonly store: ReturnType<typeof openStore>;
  /** The sessions' directory. */
  readonly directory: string;
  readonly here: { readonly directory: string; readonly database: string };
  readonly warnings: string[];
  readonly clock: { now: number };
  readonly files: () => Promise<string[]>;
}

function withStore(work: (setup: Setup) => Promise<void>, changes: Partial<StoreOptions> = {}) {
  return () =>
    inScratch(async (scratch) => {
      const directory = join(scratch, 'state/sessions');
      const clock = { now: Date.parse('2026-06-30T12:00:00Z') };
      const warnings: string[] = [];
      const warn = (message: string) => warnings.push(message);
      const store = openStore(storeOptions(directory, { now: () => clock.now, warn, ...changes }));
      const here = { directory: scratch, database: 'sample' };
      const files = async () => (await readdir(directory)).sort();
      await work({ store, directory, here, warnings, clock, files });
    });
}

describe('a session without a name', () => {
  test(
    'is found again by directory and database, and by no other',
    withStore(async ({ store, here }) => {
      expect(await store.find(here)).toBeUndefined();
      await store.append(here, turn('first'));
      await store.append(here, turn('second'));
      const found = await store.find(here);
      expect(found?.turns.map(({ request }) => request)).toEqual(['first', 'second']);
      expect(found?.sequence).toBe(2);
      expect(await store.find({ ...here, database: 'other' })).toBeUndefined();
      expect(await store.find({ ...here, directory: '/' })).toBeUndefined();
    }),
  );

  test(
    'is the same whatever link leads to the directory',
    withStore(async ({ store, here }) => {
      const link = join(here.directory, 'link');
      await symlink('.', link);
      await store.append({ ...here, directory: link }, turn('x'));
      expect((await store.find(here))?.directory).toBe(here.directory);
    }),
  );

  test(
    'expires when nothing was asked for a while; the next turn starts over and the old is listed',
    withStore(async ({ store, here, clock }) => {
      const first = await store.append(here, turn('first'));
      clock.now += 60 * MINUTE;
      expect(await store.find(here)).toBeDefined();
      clock.now += 1;
      expect(await store.find(here)).toBeUndefined();
      const second = await store.append(here, turn('second'));
      expect(second.turns.map(({ request }) => request)).toEqual(['second']);
      expect((await store.show(first.id)).turns[0]?.request).toBe('first');
      expect((await store.list()).map(({ id, current }) => [id, current])).toEqual([
        [second.id, true],
        [first.id, false],
      ]);
    }),
  );

  test(
    'is started over where that is asked for',
    withStore(async ({ store, here }) => {
      const first = await store.append(here, turn('first'));
      const second = await store.append({ ...here, fresh: true }, turn('second'));
      expect(second.id).not.toBe(first.id);
      expect((await store.find(here))?.id).toBe(second.id);
      expect(await store.show(first.id)).toEqual(first);
    }),
  );
});

describe('a session with a name', () => {
  test(
    'is found from everywhere, and does not expire by idleness',
    withStore(async ({ store, here, clock }) => {
      await store.append({ ...here, name: 'Q3.report' }, turn('x'));
      clock.now += DAY;
      const elsewhere = { name: 'Q3.report', directory: '/', database: 'other' };
      expect((await store.find(elsewhere))?.name).toBe('Q3.report');
      expect(await store.find(here)).toBeUndefined();
      expect(await store.append(elsewhere, turn('y'))).toMatchObject({
        sequence: 2,
        database: 'other',
      });
    }),
  );

  test.each([
    'none',
    'NONE',
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    '-x',
    'a b',
    'a\0',
    'x'.repeat(65),
  ])('can not be called %j', (name) =>
    withStore(async ({ store, here, directory }) => {
      await expect(store.find({ ...here, name })).rejects.toBeInstanceOf(UsageError);
      await expect(store.append({ ...here, name }, turn('x'))).rejects.toBeInstanceOf(UsageError);
      await expect(stat(directory)).rejects.toThrow('ENOENT');
    })(),
  );
});

describe('what is kept', () => {
  test(
    'is for its owner alone',
    withStore(async ({ store, here, directory, files }) => {
      await store.append(here, turn('x'));
      const [name, ...others] = await files();
      expect(others).toEqual([]);
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
      expect((await stat(join(directory, '..'))).mode & 0o777).toBe(0o700);
      expect((await stat(join(directory, name!))).mode & 0o777).toBe(0o600);
    }),
  );

  test(
    'is the last turns, up to their number',
    withStore(
      async ({ store, here }) => {
        for (let i = 1; i <= 5; i++) await store.append(here, turn(`request ${i}`));
        const found = await store.find(here);
        expect(found?.turns.map(({ request }) => request)).toEqual(['request 4', 'request 5']);
        expect(found?.sequence).toBe(5);
      },
      { maxTurns: 2 },
    ),
  );

  test(
    'is the last turns, up to their tokens, and the last one in any case',
    withStore(
      async ({ store, here }) => {
        for (let i = 1; i <= 5; i++) await store.append(here, turn('x'.repeat(1600)));
        expect((await store.find(here))?.turns).toHaveLength(2);
        await store.append(here, turn('y'.repeat(10_000)));
        expect((await store.find(here))?.turns).toHaveLength(1);
      },
      { maxTokens: 1000 },
    ),
  );

  test(
    'is no turn that is too old',
    withStore(async ({ store, here, clock }) => {
      const at = () => new Date(clock.now).toISOString();
      const key = { ...here, name: 'long' };
      await store.append(key, turn('old', { at: at() }));
      clock.now += 20 * DAY;
      await store.append(key, turn('newer', { at: at() }));
      clock.now += 20 * DAY;
      const { turns } = await store.append(key, turn('newest', { at: at() }));
      expect(turns.map(({ request }) => request)).toEqual(['newer', 'newest']);
    }),
  );

  test(
    'is no session that is too old, with a name or without',
    withStore(async ({ store, here, clock }) => {
      await store.append(here, turn('x'));
      await store.append({ ...here, name: 'named' }, turn('x'));
      clock.now += 30 * DAY + 1;
      expect(await store.find({ ...here, name: 'named' })).toBeUndefined();
      const { id } = await store.append({ ...here, database: 'other' }, turn('y'));
      expect((await store.list()).map((entry) => entry.id)).toEqual([id]);
    }),
  );

  test(
    'is so many sessions, the longest unused going first',
    withStore(
      async ({ store, here, clock, files }) => {
        for (const name of ['a', 'b', 'c', 'd']) {
          clock.now += MINUTE;
          await store.append({ ...here, name }, turn('x'));
          if (name === 'c') await store.append({ ...here, name: 'a' }, turn('again'));
        }
        expect((await store.list()).map(({ name }) => name)).toEqual(['d', 'a', 'c']);
        expect(await files()).toEqual(['@a.json', '@c.json', '@d.json']);
      },
      { maxSessions: 3 },
    ),
  );
});

describe('listing, showing and removing', () => {
  test(
    'says what each session was about, the latest first',
    withStore(async ({ store, here, clock }) => {
      expect(await store.list()).toEqual([]);
      const { id } = await store.append(here, turn('unnamed'));
      clock.now += 1000;
      await store.append({ ...here, name: 'named' }, turn('first'));
      await store.append({ ...here, name: 'named' }, turn('second'));
      const list = await store.list();
      expect(list).toMatchObject([
        { name: 'named', turns: 2, request: 'second', current: true },
        { id, name: undefined, turns: 1, request: 'unnamed', current: true },
      ]);
    }),
  );

  test(
    'goes by name or by id',
    withStore(async ({ store, here, files }) => {
      const { id } = await store.append(here, turn('unnamed'));
      await store.append({ ...here, name: 'named' }, turn('named'));
      expect((await store.show('named')).turns[0]?.request).toBe('named');
      expect((await store.show(id)).turns[0]?.request).toBe('unnamed');
      await store.remove('named');
      await store.remove(id);
      expect(await files()).toEqual([]);
    }),
  );

  test(
    'names the nearest where there is none of that name',
    withStore(async ({ store, here }) => {
      await expect(store.show('x')).rejects.toMatchObject({ hint: 'there are none' });
      await store.append({ ...here, name: 'quarterly' }, turn('x'));
      await expect(store.show('quartely')).rejects.toMatchObject({
        message: 'there is no session quartely',
        hint: 'did you mean quarterly?',
      });
      await expect(store.remove('../x')).rejects.toBeInstanceOf(UsageError);
    }),
  );

  test(
    'does not count a session twice that was being archived when its process was killed',
    withStore(async ({ store, here, directory, files }) => {
      const { id } = await store.append(here, turn('x'));
      await copyFile(join(directory, (await files())[0]!), join(directory, `${id}.json`));
      expect(await store.list()).toMatchObject([{ id, current: true }]);
    }),
  );
});

describe('a damaged file', () => {
  test('is set aside as it is, told, and a new session begins, whatever the damage', async () => {
    const damage = fc.oneof(
      fc.record({
        type: fc.constant('flip' as const),
        at: fc.nat(),
        by: fc.integer({ min: 1, max: 255 }),
      }),
      fc.record({ type: fc.constant('cut' as const), at: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(anyTurn, damage, async (said, harm) => {
        await withStore(async ({ store, here, directory, warnings, files }) => {
          await store.append(here, said);
          const [name] = await files();
          const path = join(directory, name!);
          const bytes = await readFile(path);
          const at = harm.at % bytes.length;
          if (harm.type === 'flip') bytes[at]! ^= harm.by;
          const damaged = harm.type === 'cut' ? bytes.subarray(0, at) : bytes;
          await writeFile(path, damaged);

          expect(await store.find(here)).toBeUndefined();
          const [aside, ...others] = await files();
          expect(others).toEqual([]);
          expect(aside).toMatch(/\.json\.corrupt-2026-06-30T12-00-00-000Z$/);
          expect(await readFile(join(directory, aside!))).toEqual(damaged);
          expect(warnings).toHaveLength(1);
          expect(warnings[0]).toContain(aside);
          expect((await store.append(here, said)).sequence).toBe(1);
          expect(await store.find(here)).toMatchObject({ turns: [said] });
        })();
      }),
      { numRuns: 40 },
    );
  });

  test(
    'is found by an append and by a list as well, and an earlier one is not overwritten',
    withStore(async ({ store, here, directory, warnings, files }) => {
      const key = { ...here, name: 'n' };
      await store.append(key, turn('x'));
      await writeFile(join(directory, '@n.json'), 'first');
      await store.append(key, turn('y'));
      await writeFile(join(directory, '@n.json'), 'second');
      expect(await store.list()).toEqual([]);
      const kept = await Promise.all(
        (await files()).map((name) => readFile(join(directory, name), 'utf8')),
      );
      expect(kept).toEqual(['first', 'second']);
      expect(warnings).toHaveLength(2);
    }),
  );
});

test(
  'a file that a newer version wrote is refused and left as it is',
  withStore(async ({ store, here, directory, warnings, files }) => {
    await mkdir(directory, { recursive: true });
    const path = join(directory, '@n.json');
    const newer = '{"version": 2, "mood": "good"}';
    await writeFile(path, newer);
    const key = { ...here, name: 'n' };
    await expect(store.find(key)).rejects.toThrow(`${path} was written by a newer pgask`);
    await expect(store.append(key, turn('x'))).rejects.toBeInstanceOf(FileError);
    await expect(store.append({ ...key, fresh: true }, turn('x'))).rejects.toBeInstanceOf(
      FileError,
    );
    expect(warnings).toEqual([]);
    expect(await store.list()).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toBe(newer);
    expect(await files()).toEqual(['@n.json']);
  }),
);

describe('where nothing can be written', () => {
  test(
    'a file in the place of the directory is an error that says so',
    withStore(async ({ store, here, directory }) => {
      await mkdir(join(directory, '..'), { recursive: true });
      await writeFile(directory, '');
      await expect(store.find(here)).rejects.toThrow('a part of the path is not a directory');
      await expect(store.append(here, turn('x'))).rejects.toThrow('something else has that name');
      await expect(store.list()).rejects.toBeInstanceOf(FileError);
    }),
  );

  asUser(
    'a directory that is write-protected is one too',
    withStore(async ({ store, here, directory }) => {
      await store.append(here, turn('x'));
      await chmod(directory, 0o500);
      await expect(store.append(here, turn('y'))).rejects.toThrow('permission denied');
      expect((await store.find(here))?.sequence).toBe(1);
      await chmod(directory, 0o700);
    }),
  );

  test('a wait for another process ends with the signal', async () => {
    const abort = new AbortController();
    await withStore(
      async ({ store, here, directory }) => {
        const key = { ...here, name: 'n' };
        await store.append(key, turn('x'));
        const lock = await acquireLock(join(directory, '@n.json.lock'), { timeoutMs: 0 });
        setTimeout(() => abort.abort(new Error('interrupted')), 30);
        await expect(store.append(key, turn('y'))).rejects.toThrow('interrupted');
        await lock.release();
      },
      { signal: abort.signal },
    )();
  });
});

test(
  'a session of somebody else that was put in its place is taken for what it is',
  withStore(async ({ store, here, directory }) => {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, '@copy.json'), renderSession(session([turn('x')])));
    const grown = await store.append({ ...here, name: 'copy' }, turn('y'));
    expect(grown).toMatchObject({ name: 'copy', sequence: 2, directory: here.directory });
  }),
);
