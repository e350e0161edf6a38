import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FileError, UsageError } from '../../lib/errors.js';
import { openStore, type StoreOptions } from '../../lib/sessions/store.js';
import { inScratch } from '../files/program.js';
import { type Machine, machine, run } from '../support/program.js';
import { DAY, MINUTE, storeOptions } from './options.js';
import { turn } from './turns.js';

interface Setup {
  readonly store: ReturnType<typeof openStore>;
  readonly directory: string;
  readonly here: { readonly directory: string; readonly database: string };
  readonly clock: { now: number };
  readonly warnings: string[];
}

function withStore(work: (setup: Setup) => Promise<void>, changes: Partial<StoreOptions> = {}) {
  return () =>
    inScratch(async (scratch) => {
      const directory = join(scratch, 'sessions');
      const clock = { now: Date.parse('2026-06-30T12:00:00Z') };
      const warnings: string[] = [];
      const warn = (message: string) => warnings.push(message);
      const store = openStore(storeOptions(directory, { now: () => clock.now, warn, ...changes }));
      const here = { directory: scratch, database: 'sample' };
      await work({ store, directory, here, clock, warnings });
    });
}

const requests = ({ turns }: { readonly turns: readonly { request: string }[] }) =>
  turns.map(({ request }) => request);

describe('a fork', () => {
  test(
    'has the turns of what it was made of, and each goes its own way',
    withStore(async ({ store, here }) => {
      await store.append(here, turn('first'));
      const source = await store.append(here, turn('second'));
      const fork = await store.fork(here, 'what-if');
      expect(fork).toMatchObject({ name: 'what-if', sequence: 2, turns: source.turns });
      expect(fork.id).not.toBe(source.id);
      await store.append({ ...here, name: 'what-if' }, turn('third of the fork'));
      await store.append(here, turn('third'));
      expect(requests((await store.find({ ...here, name: 'what-if' }))!)).toEqual([
        'first',
        'second',
        'third of the fork',
      ]);
      expect(requests((await store.find(here))!)).toEqual(['first', 'second', 'third']);
    }),
  );

  test(
    'can be made by name and by id, also of a session that has expired',
    withStore(async ({ store, here, clock }) => {
      const { id } = await store.append(here, turn('unnamed'));
      await store.append({ ...here, name: 'named' }, turn('named'));
      clock.now += DAY;
      expect(requests(await store.fork(id, 'a'))).toEqual(['unnamed']);
      expect(requests(await store.fork('named', 'b'))).toEqual(['named']);
      expect((await store.find({ ...here, name: 'a' }))?.updatedAt).toBe(
        '2026-07-01T12:00:00.000Z',
      );
    }),
  );

  test(
    'takes the place of no session, by whatever name',
    withStore(async ({ store, here, directory }) => {
      await store.append({ ...here, name: 'a' }, turn('a'));
      await store.append({ ...here, name: 'b' }, turn('b'));
      const before = await readFile(join(directory, '@b.json'));
      await expect(store.fork('a', 'b')).rejects.toMatchObject({
        message: 'there is a session b already',
        hint: expect.stringContaining('pgask sessions rm b'),
      });
      await expect(store.fork('a', 'a')).rejects.toBeInstanceOf(UsageError);
      for (const name of ['none', '../x', '', 'a b']) {
        await expect(store.fork('a', name)).rejects.toBeInstanceOf(UsageError);
      }
      expect(await readFile(join(directory, '@b.json'))).toEqual(before);
      expect((await readdir(directory)).sort()).toEqual(['@a.json', '@b.json']);
    }),
  );

  test(
    'of what is not there is an error that says what there is',
    withStore(async ({ store, here }) => {
      await expect(store.fork(here, 'x')).rejects.toThrow('there is no session here to fork');
      await store.append({ ...here, name: 'billing' }, turn('x'));
      await expect(store.fork('biling', 'x')).rejects.toMatchObject({
        hint: 'did you mean billing?',
      });
    }),
  );

  test(
    'of one name, asked for by many at once, is made once',
    withStore(async ({ store, here }) => {
      await store.append(here, turn('x'));
      const made = await Promise.allSettled(Array.from({ length: 8 }, () => store.fork(here, 'y')));
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }),
  );

  test(
    'counts among the sessions that are kept',
    withStore(
      async ({ store, here, clock }) => {
        await store.append({ ...here, name: 'a' }, turn('x'));
        for (const name of ['b', 'c', 'd']) {
          clock.now += MINUTE;
          await store.fork('a', name);
          if (name === 'b') await store.append({ ...here, name: 'a' }, turn('y'));
        }
        expect((await store.list()).map(({ name }) => name)).toEqual(['d', 'c']);
      },
      { maxSessions: 2 },
    ),
  );
});

describe('a file of a newer pgask', () => {
  const NEWER = '{"version": 2, "mood": "good"}';

  test(
    'is refused by everything that would continue, replace or remove it, and stays as it is',
    withStore(async ({ store, here, directory, clock }) => {
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, '@n.json'), NEWER);
      const key = { ...here, name: 'n' };
      await store.append({ ...here, name: 'other' }, turn('x'));
      const tries = [
        () => store.find(key),
        () => store.append(key, turn('x')),
        () => store.append({ ...key, fresh: true }, turn('x')),
        () => store.show('n'),
        () => store.remove('n'),
        () => store.fork('n', 'copy'),
        () => store.fork(key, 'copy'),
        () => store.fork('other', 'n'),
      ];
      for (const attempt of tries) {
        await expect(attempt()).rejects.toThrow('was written by a newer pgask (version 2)');
        await expect(attempt()).rejects.toBeInstanceOf(FileError);
      }
      // Whatever there is too much or too old of, it is not it.
      clock.now += 100 * DAY;
      await store.append({ ...here, name: 'much-later' }, turn('x'));
      expect(await readFile(join(directory, '@n.json'), 'utf8')).toBe(NEWER);
      expect((await readdir(directory)).sort()).toEqual(['@much-later.json', '@n.json']);
    }),
  );
});

test(
  'a session of a time to come is neither continued nor kept for ever',
  withStore(async ({ store, here, clock }) => {
    clock.now += 400 * DAY;
    await store.append(here, turn('by a wrong clock'));
    clock.now -= 400 * DAY;
    expect(await store.find(here)).toBeUndefined();
    await store.append({ ...here, database: 'other' }, turn('y'));
    expect((await store.list()).map(({ database }) => database)).toEqual(['other']);
  }),
);

describe('pgask sessions fork', () => {
  let on: Machine;
  beforeAll(async () => {
    on = machine();
    const asked = await run(['top 5 customers by revenue', '-F', 'csv'], { on });
    expect(asked.code).toBe(0);
  }, 60_000);
  afterAll(() => on.remove());
  const pgask = (...args: string[]) => run(args, { on });

  test('copies the session here under a name, and a named one under another', async () => {
    expect(await pgask('sessions', 'fork', 'what-if')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(
        /^forked the session here as what-if, 1 turn\n.*--session what-if/,
      ),
    });
    expect((await pgask('sessions', 'fork', 'what-if', 'spain')).code).toBe(0);
    const followUp = await pgask('only the ones from Spain', '-s', 'spain', '-F', 'csv');
    expect(followUp).toMatchObject({ code: 0, stderr: expect.stringMatching(/1 turn; --new/) });
    const { stdout } = await pgask('sessions', 'list', '-F', 'csv');
    expect(stdout).toMatch(/^spain,sample,.*,2,/m);
    expect(stdout).toMatch(/^what-if,sample,.*,1,/m);
  });

  test.each([
    [[], /needs a session's name/],
    [['no', 'such'], /there is no session no\n/],
    [['what-if', 'spain'], /there is a session spain already/],
    [['a/b'], /"a\/b" is no name for a session/],
    [['none'], /no session can have the name none/],
  ])('refuses %j with exit 2', async (words, message) => {
    const { code, stdout, stderr } = await pgask('sessions', 'fork', ...words);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  test('takes two names where no other word does', async () => {
    for (const action of ['show', 'rm', 'list']) {
      expect(await pgask('sessions', action, 'spain', 'x')).toMatchObject({ code: 2, stdout: '' });
    }
    expect((await pgask('sessions', 'fork', 'a', 'b', 'c')).code).toBe(2);
  });
});
