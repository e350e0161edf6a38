import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeConfig } from '../../lib/config/describe.js';
import { LEAVES } from '../../lib/config/schema.js';
import { PROJECT, workspace } from './workspace.js';

test('every setting is described, set or not', () => {
  const keys = describeConfig(workspace().load()).map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(LEAVES.map(({ key }) => key)));
  expect(new Set(keys).size).toBe(keys.length);
});

test('databases are described with the lines of what is written and the defaults of what is not', () => {
  const text = `{
  "databases": {
    "my.shop": {
      "host": "h",
      "password": "hunter2",
      "limits": {
        "maxRows": 5
      }
    }
  }
}`;
  const rows = describeConfig(workspace({ 'repository/folder/agent.config.json': text }).load());
  expect(rows.filter(({ key }) => key.startsWith('database'))).toEqual([
    { key: 'database', value: 'my.shop', source: 'default: the only configured database' },
    { key: 'databases.my.shop.host', value: 'h', source: 'agent.config.json:4' },
    { key: 'databases.my.shop.password', value: '********', source: 'agent.config.json:5' },
    { key: 'databases.my.shop.access', value: 'read', source: 'default' },
    { key: 'databases.my.shop.limits.maxRows', value: '5', source: 'agent.config.json:7' },
    { key: 'databases.sample.embedded', value: 'true', source: 'default' },
    { key: 'databases.sample.access', value: 'admin', source: 'default' },
  ]);
});

test('a mistyped PGASK_DB and a missing password do not keep it from being described', () => {
  const databases = { a: { host: 'h', passwordEnv: 'GONE' } };
  const config = workspace({ [PROJECT]: { databases } }).load({
    environment: { PGASK_DB: 'me:hunter2@h' },
  });
  expect(describeConfig(config)[0]).toEqual({
    key: 'database',
    value: 'me:********@h',
    source: 'environment PGASK_DB',
  });
});

test('a session is described where one is named', () => {
  const rows = describeConfig(workspace().load({ flags: { session: 'work' } }));
  expect(rows.at(-1)).toEqual({ key: 'session', value: 'work', source: 'flag --session' });
});

test('no secret is ever described, wherever it stands', () => {
  const secret = fc
    .string({ unit: fc.constantFrom(...'ab1@:/?#&=%\'"\\ ;+-é'), maxLength: 6 })
    .map((text) => `QZX${text}QZX`);
  const places: ((s: string) => { content?: object; environment?: Record<string, string> })[] = [
    (s) => ({ content: { model: { apiKey: s } } }),
    (s) => ({ content: { model: { baseURL: `https://${encodeURIComponent(s)}@h/v1` } } }),
    (s) => ({ content: { model: { baseURL: `https://h/v1?key=${encodeURIComponent(s)}` } } }),
    (s) => ({ content: { databases: { a: { host: 'h', password: s } } } }),
    (s) => ({
      content: { databases: { a: { url: `postgres://u:${encodeURIComponent(s)}@h/d` } } },
    }),
    (s) => ({ content: { databases: { a: { url: `postgres://u:${s}@h/d` } } } }),
    (s) => ({
      content: { databases: { a: { url: `host=h password='${s.replace(/['\\]/g, '\\$&')}'` } } },
    }),
    (s) => ({ environment: { OPENAI_API_KEY: s } }),
    (s) => ({ environment: { PGASK_API_KEY: s } }),
    (s) => ({ environment: { PGHOST: 'h', PGPASSWORD: s } }),
    (s) => ({ environment: { PGASK_DB: `postgres://u:${encodeURIComponent(s)}@h/d` } }),
    (s) => ({ environment: { PGASK_BASE_URL: `https://${encodeURIComponent(s)}@h/v1` } }),
  ];
  const space = workspace();
  fc.assert(
    fc.property(fc.constantFrom(...places), secret, (place, text) => {
      const { content = {}, environment = {} } = place(text);
      space.write(PROJECT, content);
      const config = space.load({ environment });
      const shown = JSON.stringify([
        describeConfig(config),
        config.warnings,
        config.databases.map(({ description }) => description),
        config.database().name,
      ]);
      // The value itself, not an accident: it is masked where it was given.
      expect(shown).not.toMatch(/QZX/);
    }),
    { numRuns: 300 },
  );
});
