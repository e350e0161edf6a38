import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeConfig } from '../../lib/config/describe.js';
import { environmentName } from '../../lib/config/environment.js';
import type { Config } from '../../lib/config/load.js';
import { LEAVES } from '../../lib/config/schema.js';
import { PROJECT, USER, workspace } from './workspace.js';

const sourceOf = (config: Config, key: string) =>
  describeConfig(config).find((row) => row.key === key)?.source;
const valueOf = (config: Config, key: string) =>
  describeConfig(config).find((row) => row.key === key)?.value;

/** Two values for every setting, so that one layer can be told from the other. */
const SAMPLES: Record<string, [unknown, unknown]> = {
  database: ['a', 'b'],
  'model.provider': ['openai', 'scripted'],
  'model.model': ['m1', 'm2'],
  'model.baseURL': ['http://localhost:1/v1', 'http://localhost:2/v1'],
  'model.apiKeyEnv': ['KEY_ONE', 'KEY_TWO'],
  'model.apiKey': ['one', 'two'],
  'model.pricing.inputPerMillion': [1, 2],
  'model.pricing.outputPerMillion': [3, 4],
  'limits.maxCost': [0.5, 1.5],
  'limits.previewRows': [3, 4],
  'model.maxRetries': [1, 2],
  'model.contextTokens': [5000, 6000],
  'session.enabled': [false, true],
  'guard.functions': [['a.f'], ['a.f(int, text)', 'b.g']],
  'guard.extensions': [['pg_trgm'], ['hstore', 'uuid-ossp']],
  format: ['csv', 'json'],
  today: ['2026-01-01', '2026-02-02'],
};
const samplesOf = (key: string) => SAMPLES[key] ?? [123, 456];

/** What a file has to say so that this one setting has this value in it. */
function fileWith(path: readonly string[], value: unknown): object {
  const databases = { a: { host: 'a' }, b: { host: 'b' } };
  const pricing = { inputPerMillion: 9, outputPerMillion: 9 };
  const base =
    path[0] === 'database' ? { databases } : path[1] === 'pricing' ? { model: { pricing } } : {};
  const file: Record<string, unknown> = structuredClone(base);
  let inner = file;
  for (const key of path.slice(0, -1)) inner = (inner[key] ??= {}) as Record<string, unknown>;
  inner[path.at(-1)!] = value;
  return file;
}

function inForce(config: Config, path: readonly string[]): unknown {
  return path.reduce<unknown>((v, key) => (v as Record<string, unknown>)[key], config.settings);
}

describe('precedence', () => {
  test.each(LEAVES.map(({ key, path }) => [key, path] as const))(
    '%s: environment, then .env, then the project, then the user',
    (key, path) => {
      const [one, two] = samplesOf(key);
      const name = environmentName({ key, path });
      const space = workspace({ [USER]: fileWith(path, one) });
      expect(inForce(space.load(), path)).toEqual(one);
      space.write(PROJECT, fileWith(path, two));
      expect(inForce(space.load(), path)).toEqual(two);
      space.write('repository/folder/.env', `${name}=${String(one)}\n`);
      expect(inForce(space.load(), path)).toEqual(one);
      const config = space.load({ environment: { [name]: String(two) } });
      expect(inForce(config, path)).toEqual(two);
    },
  );

  test.each([
    ['maxSteps', '--max-steps', 'limits.maxSteps'],
    ['maxTokens', '--max-tokens', 'limits.maxTokens'],
    ['maxCost', '--max-cost', 'limits.maxCost'],
    ['maxRows', '--max-rows', 'limits.maxRows'],
    ['maxBytes', '--max-bytes', 'limits.maxBytes'],
    ['timeout', '--timeout', 'limits.timeoutMs'],
    ['model', '--model', 'model.model'],
    ['format', '--format', 'format'],
    ['db', '--db', 'database'],
  ])('the flag %s beats the environment', (flag, name, key) => {
    const [text] = [flag === 'db' ? 'sample' : ['model', 'format'].includes(flag) ? 'x' : 7];
    const leaf = LEAVES.find((one) => one.key === key)!;
    const space = workspace();
    const config = space.load({
      flags: { [flag]: text },
      environment: { [environmentName(leaf)]: '5', OPENAI_API_KEY: 'k' },
    });
    expect(valueOf(config, key)).toBe(String(text));
    expect(sourceOf(config, key)).toBe(`flag ${name}`);
  });

  test('without anything, everything has its default and says so', () => {
    const config = workspace().load();
    expect(config.settings.limits).toMatchObject({ maxSteps: 12, timeoutMs: 30_000 });
    expect(config.settings.session).toMatchObject({ enabled: true, idleMinutes: 60 });
    expect(sourceOf(config, 'limits.maxSteps')).toBe('default');
    expect(config.warnings).toEqual([]);
  });

  test('files are merged key by key, and databases by name', () => {
    const space = workspace({
      [USER]: {
        databases: { shop: { host: 'mine', password: 'secret' }, own: { host: 'own' } },
        limits: { maxSteps: 3, maxTokens: 4 },
      },
      [PROJECT]: { databases: { shop: { host: 'theirs' } }, limits: { maxSteps: 5 } },
    });
    const config = space.load();
    expect(config.settings.limits).toMatchObject({ maxSteps: 5, maxTokens: 4 });
    expect(config.databases.map(({ name }) => name)).toEqual(['shop', 'own', 'sample']);
    // Never the user's password at the project's host.
    expect(config.database('shop').target).toEqual({ kind: 'server', connection: 'host=theirs' });
  });

  test('every value says which line it comes from', () => {
    const space = workspace({
      [PROJECT]: '{\n  "limits": {\n    "maxSteps": 3\n  },\n\n  "format": "csv"\n}\n',
      [USER]: '{ "session": { "maxTurns": 9 } }',
      'repository/folder/.env': 'PGASK_TODAY=2026-03-04',
    });
    const config = space.load({ environment: { PGASK_MAX_TOKENS: '9' } });
    expect(sourceOf(config, 'limits.maxSteps')).toBe('../agent.config.json:3');
    expect(sourceOf(config, 'format')).toBe('../agent.config.json:6');
    expect(sourceOf(config, 'session.maxTurns')).toBe('~/.config/pgask/agent.config.json:1');
    expect(sourceOf(config, 'today')).toBe('.env PGASK_TODAY');
    expect(sourceOf(config, 'limits.maxTokens')).toBe('environment PGASK_MAX_TOKENS');
  });
});

describe('the project file', () => {
  const format = (name: string) => ({ format: name });

  test('is the nearest one up to the repository root', () => {
    const space = workspace({ [PROJECT]: format('csv'), 'agent.config.json': format('above') });
    expect(space.load().settings.format).toBe('csv');
    space.write('repository/folder/agent.config.json', format('json'));
    expect(space.load().settings.format).toBe('json');
  });

  test('is not looked for above the repository root', () => {
    const space = workspace({ 'agent.config.json': format('above') });
    expect(space.load().settings.format).toBe('table');
  });

  test('is not looked for in parents where there is no repository', () => {
    const space = workspace({ [PROJECT]: format('csv') });
    rmSync(join(space.repository, '.git'), { recursive: true });
    expect(space.load().settings.format).toBe('table');
    expect(space.load({ cwd: space.repository }).settings.format).toBe('csv');
  });

  test('knows a worktree by its .git file', () => {
    const space = workspace({ [PROJECT]: format('csv') });
    rmSync(join(space.repository, '.git'), { recursive: true });
    space.write('repository/.git', 'gitdir: elsewhere\n');
    expect(space.load().settings.format).toBe('csv');
  });

  test('--config takes its place, and PGASK_CONFIG does where the flag does not', () => {
    const space = workspace({ [PROJECT]: format('csv') });
    const one = space.write('one.json', format('one'));
    space.write('repository/folder/two.json', format('two'));
    const environment = { PGASK_CONFIG: 'two.json' };
    expect(space.load({ environment }).settings.format).toBe('two');
    expect(space.load({ environment, file: one }).settings.format).toBe('one');
  });

  test('that --config names has to be there', () => {
    expect(workspace().refuse({ file: 'gone.json' }).message).toBe(
      'gone.json: there is no such configuration file',
    );
  });

  test('may start with a byte order mark and name its $schema', () => {
    const space = workspace({ [PROJECT]: '\uFEFF{"$schema": "./x.json", "format": "csv"}' });
    expect(space.load().settings.format).toBe('csv');
  });

  test('that is a directory is told', () => {
    const space = workspace();
    mkdirSync(join(space.cwd, 'agent.config.json'));
    expect(space.refuse().message).toMatch(
      /agent\.config\.json: cannot be read: it is a directory/,
    );
  });

  test('that can not be read is told', () => {
    const space = workspace();
    // A link to itself can't be read by root either.
    symlinkSync('agent.config.json', join(space.cwd, 'agent.config.json'));
    expect(space.refuse().message).toMatch(/cannot be read: ELOOP/);
  });

  (process.getuid?.() === 0 ? test.skip : test)('that is closed to us is told', () => {
    const space = workspace({ [PROJECT]: {} });
    chmodSync(join(space.root, PROJECT), 0o000);
    expect(space.refuse().message).toMatch(/cannot be read: permission denied/);
  });
});

describe('the user file', () => {
  test('is in XDG_CONFIG_HOME, unless that is relative', () => {
    const space = workspace({
      'xdg/pgask/agent.config.json': { format: 'xdg' },
      [USER]: { format: 'home' },
    });
    const load = (base: string) =>
      space.load({ environment: { XDG_CONFIG_HOME: base } }).settings.format;
    expect(load(join(space.root, 'xdg'))).toBe('xdg');
    expect(load('xdg')).toBe('home');
    expect(load('')).toBe('home');
  });

  test('is none where there is no home', () => {
    const space = workspace({ [USER]: { format: 'home' } });
    expect(space.load({ home: undefined }).settings.format).toBe('table');
  });

  test('is not moved by a .env of the working directory', () => {
    const space = workspace({ 'xdg/pgask/agent.config.json': { format: 'theirs' } });
    space.write('repository/folder/.env', `XDG_CONFIG_HOME=${join(space.root, 'xdg')}`);
    expect(space.load().settings.format).toBe('table');
  });

  test('is read once where it is the working directory’s own', () => {
    const space = workspace({ [USER]: { formt: 1 } });
    const error = space.refuse({ cwd: join(space.home, '.config/pgask') });
    expect(error.message.split('\n')).toHaveLength(1);
  });
});

describe('.env', () => {
  test('gives what the real environment does not, even where that is empty', () => {
    const space = workspace({
      'repository/folder/.env':
        'OPENAI_API_KEY=from-file\nexport PGASK_FORMAT="csv" # why\nPGHOST=h',
    });
    const config = space.load();
    expect(config.model.apiKey).toBe('from-file');
    expect(config.settings.format).toBe('csv');
    expect(config.environment['PGHOST']).toBe('h');
    expect(space.load({ environment: { OPENAI_API_KEY: '' } }).model.provider).toBe('offline');
  });

  test('is read in the working directory only', () => {
    const space = workspace({ 'repository/.env': 'PGASK_FORMAT=csv' });
    expect(space.load().settings.format).toBe('table');
  });

  test('may be a folder of something else', () => {
    const space = workspace();
    mkdirSync(join(space.cwd, '.env'));
    expect(space.load().settings.format).toBe('table');
  });
});

describe('variables', () => {
  test('have one name per setting', () => {
    const names = LEAVES.map(environmentName);
    expect(new Set(names).size).toBe(LEAVES.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'PGASK_DB',
        'PGASK_PROVIDER',
        'PGASK_MODEL',
        'PGASK_BASE_URL',
        'PGASK_API_KEY_ENV',
        'PGASK_MODEL_TIMEOUT_MS',
        'PGASK_TIMEOUT_MS',
        'PGASK_MAX_STEPS',
        'PGASK_SESSION_ENABLED',
        'PGASK_SESSION_MAX_TOKENS',
        'PGASK_FORMAT',
        'PGASK_TODAY',
      ]),
    );
  });

  test('of pgask come before those that other programs read too', () => {
    const environment = {
      OPENAI_API_KEY: 'k',
      OPENAI_MODEL: 'theirs',
      OPENAI_BASE_URL: 'http://theirs/v1',
    };
    const space = workspace({ [PROJECT]: { model: { model: 'file' } } });
    expect(space.load({ environment }).model).toMatchObject({
      model: 'theirs',
      baseURL: 'http://theirs/v1',
    });
    const own = { ...environment, PGASK_MODEL: 'mine', PGASK_BASE_URL: 'http://mine/v1' };
    expect(space.load({ environment: own }).model).toMatchObject({
      model: 'mine',
      baseURL: 'http://mine/v1',
    });
  });

  test.each([
    ['PGASK_MAX_STEP', 'did you mean PGASK_MAX_STEPS?'],
    ['PGASK_XYZZY_PLUGH', 'pgask config shows which there are'],
  ])('%s is no setting: a warning, not an error', (name, hint) => {
    const { warnings } = workspace().load({ environment: { [name]: '1', PGASK_SESSION: 's' } });
    expect(warnings).toEqual([{ message: `environment ${name} is no setting`, hint }]);
  });

  test('say yes and no in words', () => {
    const enabled = (text: string) =>
      workspace().load({ environment: { PGASK_SESSION_ENABLED: text } }).settings.session.enabled;
    expect(['no', 'OFF', '0', 'false'].map(enabled)).toEqual([false, false, false, false]);
    expect(['yes', 'on', '1', 'True'].map(enabled)).toEqual([true, true, true, true]);
  });

  test('name the session, and the flag does before them', () => {
    const environment = { PGASK_SESSION: 'one' };
    expect(workspace().load({ environment }).sessionName).toBe('one');
    expect(workspace().load({ environment, flags: { session: 'none' } }).sessionName).toBe('none');
    expect(workspace().load().sessionName).toBeUndefined();
  });
});

describe('useDatabase', () => {
  test('changes the default of the project file and nothing else there', async () => {
    const text = '{\n\t"databases": { "shop": { "host": "h" } },\n\t"database": "sample"\n}\n';
    const space = workspace({ [PROJECT]: text });
    const path = await space.load().useDatabase('shop');
    expect(readFileSync(path, 'utf8')).toBe(text.replace('"sample"', '"shop"'));
    expect(space.load().database().name).toBe('shop');
  });

  test('makes the user file where there is none', async () => {
    const space = workspace();
    const path = await space.load().useDatabase('sample');
    expect(path).toBe(join(space.root, USER));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ database: 'sample' });
  });

  test('refuses a name that is not there', async () => {
    await expect(workspace().load().useDatabase('sampel')).rejects.toMatchObject({
      message: 'there is no database sampel',
      hint: 'did you mean sample?',
    });
  });
});
