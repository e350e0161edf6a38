import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UntrustedError } from '../../lib/errors.js';
import { PROJECT, USER, type Workspace, workspace } from './workspace.js';

const SHOP = { databases: { shop: { host: 'theirs' } } };
const trusted = false;
const store = (space: Workspace) => join(space.home, '.local/state/pgask/trusted.json');

async function trustAll(space: Workspace): Promise<void> {
  const config = space.load({ trusted });
  await config.trust(config.untrusted);
}

describe('what is not trusted', () => {
  test('decides nothing: no database and no model', () => {
    const config = workspace({ [PROJECT]: SHOP }).load({ trusted });
    expect(() => config.database()).toThrow(UntrustedError);
    expect(() => config.database('sample')).toThrow(UntrustedError);
    expect(() => config.model).toThrow(UntrustedError);
    expect(() => config.database()).toThrow(
      /agent\.config\.json:4: databases\.shop\.host = theirs/,
    );
  });

  test('is shown all the same', () => {
    const config = workspace({ [PROJECT]: SHOP }).load({ trusted });
    expect(config.databases.find(({ name }) => name === 'shop')?.description).toBe(
      'host=theirs (not trusted)',
    );
  });

  test('is not asked about where it is named: by --config, or by the real environment', () => {
    const space = workspace({ 'repository/folder/ci.json': SHOP });
    expect(space.load({ trusted, file: 'ci.json' }).database().name).toBe('shop');
    const environment = { PGASK_CONFIG: 'ci.json' };
    expect(space.load({ trusted, environment }).database().name).toBe('shop');
  });

  test('is not the user’s own file, also where that is the working directory’s', () => {
    const space = workspace({ [USER]: SHOP });
    expect(space.load({ trusted }).database().name).toBe('shop');
    const folder = join(space.home, '.config/pgask');
    expect(space.load({ trusted, cwd: folder }).database().name).toBe('shop');
    symlinkSync(folder, join(space.root, 'link'));
    expect(space.load({ trusted, cwd: join(space.root, 'link') }).database().name).toBe('shop');
  });
});

describe('trust', () => {
  test('holds until the file changes, and can be taken back', async () => {
    const space = workspace({ [PROJECT]: SHOP });
    await trustAll(space);
    expect(space.load({ trusted }).database().name).toBe('shop');
    space.write(PROJECT, { databases: { shop: { host: 'other' } } });
    expect(() => space.load({ trusted }).database()).toThrow(UntrustedError);
    space.write(PROJECT, SHOP);
    expect(space.load({ trusted }).database().name).toBe('shop');
    const path = join(space.root, PROJECT);
    expect(await space.load({ trusted }).distrust(path)).toBe(true);
    expect(await space.load({ trusted }).distrust(path)).toBe(false);
    expect(() => space.load({ trusted }).database()).toThrow(UntrustedError);
  });

  test('of a file is of its place as well: a copy elsewhere has none', async () => {
    const space = workspace({ [PROJECT]: SHOP });
    await trustAll(space);
    mkdirSync(join(space.root, 'elsewhere'));
    space.write('elsewhere/agent.config.json', SHOP);
    const cwd = join(space.root, 'elsewhere');
    expect(() => space.load({ trusted, cwd }).database()).toThrow(UntrustedError);
  });

  test('is found again by another path to the same folder', async () => {
    const space = workspace({ [PROJECT]: SHOP });
    await trustAll(space);
    symlinkSync(space.repository, join(space.root, 'link'));
    expect(space.load({ trusted, cwd: join(space.root, 'link') }).database().name).toBe('shop');
  });

  test('is not borrowed by a link to a trusted file', async () => {
    const space = workspace({ [PROJECT]: SHOP });
    await trustAll(space);
    const cwd = join(space.root, 'evil');
    mkdirSync(cwd);
    symlinkSync(join(space.root, PROJECT), join(cwd, 'agent.config.json'));
    expect(() => space.load({ trusted, cwd }).database()).toThrow(UntrustedError);
  });

  test('is of what was read, even where the file is another by then', async () => {
    const space = workspace({ [PROJECT]: SHOP });
    const config = space.load({ trusted });
    space.write(PROJECT, { databases: { shop: { host: 'evil' } } });
    await config.trust(config.untrusted);
    expect(config.database().target).toEqual({ kind: 'server', connection: 'host=theirs' });
    expect(() => space.load({ trusted }).database()).toThrow(UntrustedError);
  });

  test('is kept where nobody else can read or write', async () => {
    const space = workspace({ [PROJECT]: SHOP });
    await trustAll(space);
    expect(statSync(store(space)).mode & 0o777).toBe(0o600);
    const { files } = JSON.parse(readFileSync(store(space), 'utf8')) as { files: object };
    expect(files).toEqual({
      [join(space.root, PROJECT)]: execFileSync('sha256sum', [join(space.root, PROJECT)], {
        encoding: 'utf8',
      }).slice(0, 64),
    });
  });

  test.each([
    ['can be written by others', (path: string) => chmodSync(path, 0o622)],
    ['is damaged', (path: string) => writeFileSync(path, '{"files":')],
    ['says something else', (path: string) => writeFileSync(path, '[1]')],
    [
      'is a folder',
      (path: string) => {
        renameSync(path, `${path}.old`);
        mkdirSync(path);
      },
    ],
  ])('is none where its file %s', async (_name, spoil) => {
    const space = workspace({ [PROJECT]: SHOP });
    await trustAll(space);
    spoil(store(space));
    expect(() => space.load({ trusted }).database()).toThrow(UntrustedError);
  });

  test('of two invocations at once is kept of both', async () => {
    const space = workspace({
      [PROJECT]: SHOP,
      'elsewhere/agent.config.json': SHOP,
    });
    const configs = [space.cwd, join(space.root, 'elsewhere')].map((cwd) =>
      space.load({ trusted, cwd }),
    );
    await Promise.all(configs.map((config) => config.trust(config.untrusted)));
    const { files } = JSON.parse(readFileSync(store(space), 'utf8')) as { files: object };
    expect(Object.keys(files)).toHaveLength(2);
  });

  test('needs a place to be kept', async () => {
    const space = workspace({ [PROJECT]: SHOP });
    const config = space.load({ trusted, home: undefined });
    await expect(config.trust(config.untrusted)).rejects.toThrow(/no home directory/);
  });
});

describe('a file that pgask itself writes', () => {
  const two = { databases: { a: { host: 'h' }, b: { host: 'i' } } };

  test('stays trusted where it was', async () => {
    const space = workspace({ [PROJECT]: two });
    await trustAll(space);
    await space.load({ trusted }).useDatabase('b');
    expect(space.load({ trusted }).database().name).toBe('b');
  });

  test('is not trusted by that where it was not', async () => {
    const space = workspace({ [PROJECT]: two });
    await space.load({ trusted }).useDatabase('b');
    expect(() => space.load({ trusted }).database()).toThrow(UntrustedError);
  });
});

describe('a file that can not be read as one', () => {
  test.each(['agent.config.json', '.env'])('%s: a pipe does not make it wait', (name) => {
    const space = workspace();
    execFileSync('mkfifo', [join(space.cwd, name)]);
    expect(space.refuse({ trusted }).message).toMatch(/cannot be read: it is no plain file$/);
  });

  test('a device does not end it', () => {
    const space = workspace();
    symlinkSync('/dev/zero', join(space.cwd, 'agent.config.json'));
    expect(space.refuse({ trusted }).message).toMatch(/cannot be read: it is no plain file$/);
  });

  test('a text without end is not read', () => {
    const space = workspace({ [PROJECT]: `{"format": "${'x'.repeat(2 ** 20)}"}` });
    expect(space.refuse({ trusted }).message).toMatch(/cannot be read: it is larger than 1 MiB$/);
  });
});

describe('the key', () => {
  const KEY = { OPENAI_API_KEY: 'sk-mine' };
  const model = { baseURL: 'https://evil/v1', model: 'm' };

  test.each([
    [{ [PROJECT]: { model } }],
    [{ 'repository/folder/.env': 'OPENAI_BASE_URL=https://evil/v1\nOPENAI_MODEL=m' }],
  ])('of the environment goes to %j only once that is trusted', async (files) => {
    const space = workspace(files);
    const before = space.load({ trusted, environment: KEY });
    expect(before.origins.model.apiKey).toBeUndefined();
    expect(before.origins.model.withheld).toBe('environment OPENAI_API_KEY');
    expect(() => before.model).toThrow(UntrustedError);
    await trustAll(space);
    expect(space.load({ trusted, environment: KEY }).model.apiKey).toBe('sk-mine');
  });

  test('that stands in the same file is that file’s business', () => {
    const space = workspace({ [PROJECT]: { model: { ...model, apiKey: 'theirs' } } });
    expect(space.load({ trusted }).origins.model.apiKey?.value).toBe('theirs');
  });
});
