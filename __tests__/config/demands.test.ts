import { describe, expect, test } from '@jest/globals';
import { LEAVES } from '../../lib/config/schema.js';
import { resolveConnection } from '../../lib/databases/connection.js';
import { environmentName } from '../../lib/config/environment.js';
import { PROJECT, USER, workspace } from './workspace.js';

/** The keys that a project's file would need trust for, beside a configuration of the user's own. */
function demanded(content: object, own: object = {}): string[] {
  const config = workspace({ [PROJECT]: content, [USER]: own }).load({ trusted: false });
  return config.untrusted.flatMap(({ demands }) => demands.map(({ key }) => key));
}

function demandedByDotenv(text: string, own: object = {}, environment = {}): string[] {
  const config = workspace({ 'repository/folder/.env': text, [USER]: own }).load({
    trusted: false,
    environment,
  });
  return config.untrusted.flatMap(({ demands }) => demands.map(({ key }) => key));
}

describe('a project file needs trust', () => {
  const shop = { host: 'h' };
  test.each([
    ['a host', { databases: { shop } }, 'databases.shop.host'],
    ['a URL', { databases: { shop: { url: 'postgres://h/d' } } }, 'databases.shop.url'],
    ['a socket', { databases: { shop: { host: '/tmp' } } }, 'databases.shop.host'],
    ['a service', { databases: { shop: { service: 's' } } }, 'databases.shop.service'],
    ['a password file', { databases: { shop: { passfile: 'p' } } }, 'databases.shop.passfile'],
    ['a name with dots', { databases: { 'a.comment': shop } }, 'databases.a.comment.host'],
    [
      'an access level',
      { databases: { sample: { embedded: true, access: 'write' } } },
      'databases.sample.access',
    ],
    ['a base URL', { model: { baseURL: 'http://h/v1', model: 'm' } }, 'model.baseURL'],
    ['a key', { model: { apiKey: 'k' } }, 'model.apiKey'],
    ['the place of a key', { model: { apiKeyEnv: 'AWS_SECRET' } }, 'model.apiKeyEnv'],
    ['a provider', { model: { provider: 'scripted', model: 'x' } }, 'model.provider'],
    ['a longer time than the default', { limits: { timeoutMs: 30_001 } }, 'limits.timeoutMs'],
    [
      'more rows that --yes approves',
      { changes: { maxAffectedRows: 10_001 } },
      'changes.maxAffectedRows',
    ],
    ['fewer rows kept for undo', { changes: { undoRows: 10 } }, 'changes.undoRows'],
    ['more steps', { limits: { maxSteps: 13 } }, 'limits.maxSteps'],
    ['more tries', { model: { maxRetries: 9 } }, 'model.maxRetries'],
    ['what throws sessions away', { session: { maxSessions: 1 } }, 'session.maxSessions'],
    ['what forgets them sooner', { session: { maxAgeDays: 1 } }, 'session.maxAgeDays'],
  ])('for %s', (_name, content, key) => {
    expect(demanded(content)).toEqual([key]);
  });

  test.each([
    [{ limits: { maxRows: 11 } }, { limits: { maxRows: 10 } }, 'limits.maxRows'],
    [{ limits: { maxCost: 2 } }, { limits: { maxCost: 1 } }, 'limits.maxCost'],
    [{ limits: { previewRows: 1 } }, { limits: { previewRows: 0 } }, 'limits.previewRows'],
    [{ session: { enabled: true } }, { session: { enabled: false } }, 'session.enabled'],
    [
      { databases: { sample: { embedded: true, limits: { maxRows: 11 } } } },
      { limits: { maxRows: 10 } },
      'databases.sample.limits.maxRows',
    ],
    [
      { model: { pricing: { inputPerMillion: 0, outputPerMillion: 9 } } },
      { model: { pricing: { inputPerMillion: 1, outputPerMillion: 9 } }, limits: { maxCost: 1 } },
      'model.pricing.inputPerMillion',
    ],
  ])('for going beyond the user: %j beside %j', (content, own, key) => {
    expect(demanded(content, own)).toEqual([key]);
    expect(demanded(content).filter((one) => one !== 'session.enabled')).toEqual([]);
  });

  test('for one of the user’s servers that is not the usual one, and for the place of one', () => {
    const own = { databases: { prod: { host: 'p' }, dev: { host: 'd' } }, database: 'dev' };
    expect(demanded({ database: 'prod' }, own)).toEqual(['database']);
    expect(demanded({ database: 'dev' }, own)).toEqual([]);
    expect(demanded({ database: 'sample' }, own)).toEqual([]);
    expect(demandedByDotenv('PGASK_DB=prod', own)).toEqual(['PGASK_DB']);
    expect(demandedByDotenv('PGASK_DB=dev', own)).toEqual([]);
    const single = { databases: { prod: { host: 'p' } } };
    expect(demanded({ database: 'prod' }, single)).toEqual([]);
    const inItsPlace = { databases: { prod: { embedded: true, comment: 'x' } } };
    expect(demanded(inItsPlace, own)).toEqual([
      'databases.prod.embedded',
      'databases.prod.comment',
    ]);
  });

  test.each([
    [{ format: 'csv', today: '2026-01-01', $schema: './x' }],
    [{ session: { enabled: false, idleMinutes: 5, maxTurns: 9, maxTokens: 10 } }],
    [{ changes: { maxAffectedRows: 10, sampleRows: 0, undoRows: 1000, planHours: 1 } }],
    [{ limits: { timeoutMs: 30_000, maxSteps: 3, maxRows: 9, previewRows: 0, maxCost: 1 } }],
    [{ databases: { sample: { embedded: true, comment: 'a shop' } }, database: 'sample' }],
    [{ databases: { own: { embedded: true, access: 'read', limits: { maxRows: 5 } } } }],
    [{ model: { model: 'gpt-x', timeoutMs: 1000 } }],
    [{ model: { provider: 'offline' } }],
    [{}],
  ])('not for %j', (content) => {
    expect(demanded(content)).toEqual([]);
  });

  test('for every setting that is not known to be harmless', () => {
    const harmless =
      /^(format|today|database|model\.model|session\..*|limits\.max(Cost|Rows|Bytes))$/;
    const bounded =
      /^(limits\..*|changes\.(max(Affected|Preview)Rows|sampleRows|planHours|lockTimeoutMs)|model\.(timeoutMs|maxRetries))$/;
    const rest = LEAVES.map(({ key }) => key).filter(
      (key) => !harmless.test(key) && !bounded.test(key),
    );
    expect(rest).toEqual([
      'model.provider',
      'model.baseURL',
      'model.apiKeyEnv',
      'model.apiKey',
      'model.contextTokens',
      'model.pricing.inputPerMillion',
      'model.pricing.outputPerMillion',
      'guard.functions',
      'guard.extensions',
      'changes.undoRows',
    ]);
  });

  test('and says what for, without secrets', () => {
    const config = workspace({
      [PROJECT]: {
        databases: {
          a: { url: 'postgres://me:hunter2@h/d?password=hunter2' },
          b: { host: 'h', password: 'hunter2' },
        },
        model: { apiKey: 'hunter2', baseURL: 'https://hunter2@h/v1' },
      },
      'repository/folder/.env':
        'PGPASSWORD=hunter2\nOPENAI_BASE_URL=https://hunter2@x/v1\nPGASK_DB=postgres://u:hunter2@h/d\nPGHOST=evil',
    }).load({ trusted: false });
    const told = JSON.stringify(config.untrusted.map(({ demands }) => demands));
    expect(told).not.toContain('hunter2');
    expect(config.untrusted.flatMap(({ demands }) => demands)).toEqual(
      expect.arrayContaining([
        {
          where: '../agent.config.json:4',
          key: 'databases.a.url',
          value: 'postgres://me:********@h/d?password=********',
        },
        { where: '.env', key: 'PGHOST', value: 'evil' },
        { where: '.env', key: 'PGPASSWORD', value: '********' },
      ]),
    );
    expect(() => config.database()).toThrow(/\.env: PGHOST = evil/);
    try {
      config.database();
    } catch (error) {
      expect(String(error)).not.toContain('hunter2');
    }
  });
});

describe('a .env needs trust', () => {
  test.each([
    ['PGHOST=evil', 'PGHOST'],
    ['PGSERVICEFILE=./x', 'PGSERVICEFILE'],
    ['PGSSLMODE=disable', 'PGSSLMODE'],
    ['PGASK_DB=postgres://evil/d', 'PGASK_DB'],
    ['PGASK_DB=host=evil', 'PGASK_DB'],
    ['PGASK_BASE_URL=http://evil/v1', 'PGASK_BASE_URL'],
    ['OPENAI_BASE_URL=http://evil/v1', 'OPENAI_BASE_URL'],
    ['OPENAI_API_KEY=k', 'OPENAI_API_KEY'],
    ['PGASK_API_KEY=k', 'PGASK_API_KEY'],
    ['PGASK_MAX_STEPS=1000', 'PGASK_MAX_STEPS'],
  ])('for %s', (text, key) => {
    expect(demandedByDotenv(text)).toEqual([key]);
  });

  test('for the variables that the user names as the place of a key or a password', () => {
    const own = {
      model: { apiKeyEnv: 'MY_KEY' },
      databases: { a: { host: 'h', passwordEnv: 'MY_PASSWORD' } },
    };
    expect(demandedByDotenv('MY_KEY=k\nMY_PASSWORD=p\nMY_OTHER=o', own)).toEqual([
      'MY_KEY',
      'MY_PASSWORD',
    ]);
  });

  test.each([
    ['PGASK_FORMAT=csv\nPGASK_MAX_ROWS=5\nPGASK_MAX_STEPS=3\nPGASK_SESSION=x'],
    ['PGASK_DB=sample\nOPENAI_MODEL=m\nPGASK_SESSION_ENABLED=no'],
    [
      'DATABASE_URL=postgres://u:p@h/d\nPGADMIN_DEFAULT_PASSWORD=x\nPORT=80\nPGDATA=/x\nPGAPPNAME=x',
    ],
    ['PGHOST='],
    [''],
  ])('not for %j', (text) => {
    expect(demandedByDotenv(text)).toEqual([]);
  });

  test('for going beyond a file that was named, too', () => {
    const config = workspace({
      'repository/folder/.env': 'PGASK_MAX_STEPS=4',
      'ci.json': { limits: { maxSteps: 3 } },
    }).load({ trusted: false, file: '../../ci.json' });
    expect(config.untrusted.map(({ shown }) => shown)).toEqual(['.env']);
  });

  test('not for what the real environment says anyway', () => {
    expect(demandedByDotenv('PGHOST=evil', {}, { PGHOST: 'mine' })).toEqual([]);
  });

  test('for another configuration file, which needs trust of its own', () => {
    const config = workspace({
      'repository/folder/.env': 'PGASK_CONFIG=other.json',
      'repository/folder/other.json': { databases: { a: { host: 'evil' } } },
    }).load({ trusted: false });
    expect(config.untrusted.map(({ shown }) => shown)).toEqual(['other.json', '.env']);
  });

  test('for every variable by which libpq’s rules find a server, a password or a certificate', () => {
    const asked = new Set<string>();
    const environment = new Proxy<Record<string, string>>(
      {},
      {
        get: (_target, name) => {
          if (typeof name === 'string') asked.add(name);
          return undefined;
        },
      },
    );
    resolveConnection({}, environment, undefined);
    expect(asked.size).toBeGreaterThan(12);
    asked.add('PGSERVICEFILE').add('PGSYSCONFDIR');
    const text = [...asked].map((name) => `${name}=1`).join('\n');
    const missing = [...asked].filter((name) => !demandedByDotenv(text).includes(name));
    const harmless = ['PGAPPNAME', 'PGDATESTYLE', 'PGGEQO', 'PGMINPROTOCOLVERSION', 'PGTZ'];
    expect(missing.sort()).toEqual(harmless);
  });

  test('and knows the variable of every setting', () => {
    const names = LEAVES.filter(({ key }) => key === 'model.baseURL').map(environmentName);
    expect(demandedByDotenv(`${names[0]}=http://evil/v1`)).toEqual(names);
  });
});
