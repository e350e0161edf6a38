import { describe, expect, test } from '@jest/globals';
import { describeConfig } from '../../lib/config/describe.js';
import type { Config } from '../../lib/config/load.js';
import { PROJECT, USER, workspace } from './workspace.js';

const KEY = { OPENAI_API_KEY: 'sk-env' };
const row = (config: Config, key: string) => describeConfig(config).find((one) => one.key === key);

describe('the provider', () => {
  test('is offline without a key, and says why', () => {
    const config = workspace().load();
    expect(config.model).toMatchObject({
      provider: 'offline',
      model: 'offline',
      reason: 'OPENAI_API_KEY is not set',
    });
    expect(row(config, 'model.provider')).toEqual({
      key: 'model.provider',
      value: 'offline',
      source: 'default: OPENAI_API_KEY is not set, and there is no model.baseURL',
    });
  });

  test('is openai with a key', () => {
    const config = workspace().load({ environment: KEY });
    expect(config.model).toMatchObject({ provider: 'openai', apiKey: 'sk-env', reason: undefined });
    expect(row(config, 'model.provider')?.source).toBe('default: there is a key');
  });

  test('is openai with a base URL and no key, as local servers like it', () => {
    const model = { baseURL: 'http://localhost:11434/v1', model: 'qwen3' };
    expect(workspace({ [PROJECT]: { model } }).load().model).toMatchObject({
      ...model,
      provider: 'openai',
      apiKey: undefined,
    });
  });

  test('offline by choice gives no reason', () => {
    const environment = { ...KEY, PGASK_PROVIDER: 'offline' };
    expect(workspace().load({ environment }).model.reason).toBeUndefined();
    const byName = workspace().load({ environment: KEY, flags: { model: 'offline' } });
    expect(byName.model).toMatchObject({ provider: 'offline', reason: undefined });
    expect(row(byName, 'model.provider')?.source).toBe('flag --model');
  });

  test('offline in a file gives way to a model that was typed, not to one that other programs read', () => {
    const space = workspace({ [PROJECT]: { model: { provider: 'offline' } } });
    const provider = (environment: object, model?: string) =>
      space.load({ environment: { ...KEY, ...environment }, flags: { model } }).model.provider;
    expect(provider({}, 'gpt-x')).toBe('openai');
    expect(provider({ PGASK_MODEL: 'gpt-x' })).toBe('openai');
    expect(provider({ OPENAI_MODEL: 'gpt-x' })).toBe('offline');
  });

  test('that lacks something is refused when it is used, not before', () => {
    const noKey = workspace().load({ flags: { model: 'gpt-x' } });
    expect(noKey.database().name).toBe('sample');
    expect(() => noKey.model).toThrow('there is no key for the model: OPENAI_API_KEY is not set');
    const noName = workspace({ [PROJECT]: { model: { baseURL: 'http://k@h/v1' } } }).load();
    expect(() => noName.model).toThrow(
      'model.model does not say which model to ask at http://********@h/v1',
    );
    const noFile = workspace({ [PROJECT]: { model: { provider: 'scripted' } } }).load();
    expect(() => noFile.model).toThrow('model.model does not name the file of replies');
  });
});

describe('the key', () => {
  test('is in the variable that apiKeyEnv names', () => {
    const space = workspace({ [PROJECT]: { model: { apiKeyEnv: 'OTHER_KEY' } } });
    const config = space.load({ environment: { ...KEY, OTHER_KEY: 'other' } });
    expect(config.model.apiKey).toBe('other');
    expect(row(config, 'model.apiKey')).toMatchObject({ source: 'environment OTHER_KEY' });
    expect(space.load({ environment: KEY }).model.reason).toBe('OTHER_KEY is not set');
  });

  test('of the environment comes before that of a file, PGASK_API_KEY before both', () => {
    const space = workspace({ [PROJECT]: { model: { apiKey: 'file' } } });
    expect(space.load().model.apiKey).toBe('file');
    expect(space.load({ environment: KEY }).model.apiKey).toBe('sk-env');
    const environment = { ...KEY, PGASK_API_KEY: 'own' };
    expect(space.load({ environment }).model.apiKey).toBe('own');
  });

  test('that stands beside its base URL goes there, and OpenAI’s does not', () => {
    const model = { baseURL: 'https://other/v1', apiKey: 'others', model: 'm' };
    const config = workspace({ [USER]: { model } }).load({ environment: KEY });
    expect(config.model).toMatchObject({ apiKey: 'others', baseURL: 'https://other/v1' });
  });

  test.each([
    [{ [PROJECT]: { model: { baseURL: 'https://evil/v1' } } }],
    [{ 'repository/folder/.env': 'OPENAI_BASE_URL=https://evil/v1' }],
  ])('of the user’s file is not sent where the working directory says: %j', (files) => {
    const space = workspace({ ...files, [USER]: { model: { apiKey: 'mine', model: 'm' } } });
    const config = space.load();
    expect(config.model).toMatchObject({ baseURL: 'https://evil/v1', apiKey: undefined });
    expect(config.warnings).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/is not sent to a model\.baseURL/),
      }),
    ]);
    const own = { PGASK_BASE_URL: 'https://mine/v1' };
    expect(space.load({ environment: own }).model.apiKey).toBe('mine');
  });
});

test('a limit on cost without prices is told', () => {
  const load = (model: object) =>
    workspace({ [PROJECT]: { limits: { maxCost: 1 }, model } }).load({ environment: KEY }).warnings;
  expect(load({})).toEqual([
    expect.objectContaining({ message: 'limits.maxCost has no effect without prices' }),
  ]);
  expect(load({ pricing: { inputPerMillion: 1, outputPerMillion: 2 } })).toEqual([]);
});
