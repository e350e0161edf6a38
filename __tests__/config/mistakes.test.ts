import { describe, expect, test } from '@jest/globals';
import { PROJECT, USER, workspace } from './workspace.js';

const lines = (text: string, options: { environment?: Record<string, string> } = {}) =>
  workspace({ 'repository/folder/agent.config.json': text }).refuse(options).message.split('\n');

describe('mistakes', () => {
  test('are told all at once, each with its line and key', () => {
    const text = `{
  "databases": {
    "shop": { "url": "postgresql://h/shop", "acces": "read" },
    "old": {
      "url": 5,
      "host": "h",
      "access": "reed",
      "limits": { "maxRows": 0 }
    },
    "none": {}
  },
  "database": "shp",
  "modle": {},
  "limits": {
    "maxSteps": "many",
    "previewRows": 21
  },
  "today": "2026-02-30"
}`;
    const environment = { PGASK_MAX_TOKENS: 'lots', PGASK_SESSION_ENABLED: 'perhaps' };
    expect(new Set(lines(text, { environment }))).toEqual(
      new Set([
        'agent.config.json:3: databases.shop.acces: unknown key; did you mean access?',
        'agent.config.json:5: databases.old.url: expected text',
        'agent.config.json:6: databases.old.host: does not go with url: say it in the URL',
        'agent.config.json:7: databases.old.access: expected one of read, write, ddl, admin, got "reed"; did you mean read?',
        'agent.config.json:8: databases.old.limits.maxRows: expected a whole number, 1 or more, got 0',
        'agent.config.json:10: databases.none: does not say where the database is: give url, or host and database, or embedded',
        'agent.config.json:12: database: there is no database shp; did you mean shop?',
        'agent.config.json:13: modle: unknown key; did you mean model?',
        'agent.config.json:15: limits.maxSteps: expected a whole number, 1 or more, got "many"',
        'agent.config.json:16: limits.previewRows: expected a whole number from 0 to 20, got 21',
        'agent.config.json:18: today: expected a date such as 2026-06-30',
        'environment PGASK_MAX_TOKENS: expected a whole number, 1 or more, got "lots"',
        'environment PGASK_SESSION_ENABLED: expected true or false, got "perhaps"',
      ]),
    );
  });

  test('of both files and of .env are told together', () => {
    const space = workspace({
      [PROJECT]: { format: 1 },
      [USER]: { format: 2, session: [] },
      'repository/folder/.env': 'PGASK_MAX_STEPS=0',
    });
    expect(space.refuse().message.split('\n')).toEqual([
      '../agent.config.json:2: format: expected text, got 1',
      '~/.config/pgask/agent.config.json:2: format: expected text, got 2',
      '~/.config/pgask/agent.config.json:3: session: expected an object in braces, got a list',
      '.env PGASK_MAX_STEPS: expected a whole number, 1 or more, got 0',
    ]);
  });

  test('are told even where a stronger layer hides them', () => {
    const space = workspace({ [PROJECT]: { limits: { maxSteps: -1 } } });
    expect(() => space.load({ flags: { maxSteps: 3 } })).toThrow(/limits\.maxSteps/);
  });

  test.each([
    ['{"maxSteps": 3}', 'maxSteps: unknown key; did you mean limits.maxSteps?'],
    ['{"xyzzy": 3}', /^xyzzy: unknown key; known are \$schema, databases, /],
    ['{"database": 1}', 'database: expected text, got 1'],
    ['{"limits": null}', 'limits: expected an object in braces, got null'],
    ['{"model": {"baseURL": "localhost"}}', /^model\.baseURL: expected a URL such as http/],
    ['{"model": {"apiKeyEnv": "sk-123"}}', /^model\.apiKeyEnv: expected the name of an environ/],
    ['{"model": {"pricing": {"inputPerMillion": 1}}}', /outputPerMillion: is missing$/],
    ['{"limits": {"timeoutMs": 3000000000}}', /at most 2147483647, got 3000000000$/],
    ['{"limits": {"maxSteps": 1.5}}', /1 or more, got 1\.5$/],
    [
      '{"databases": {"a b": {"host": "h"}}}',
      'databases.a b: a name has no space, quote, =, /, : or @ in it',
    ],
    ['{"databases": {"__proto__": {"host": "h"}}}', /^databases\.__proto__: a name has no/],
    [
      '{"databases": {"a": {"host": "h", "port": "x"}}}',
      /port: expected a port from 1 to 65535, got "x"$/,
    ],
    ['{"databases": {"a": {"embedded": true, "host": "h"}}}', /host: does not go with embedded/],
    ['{"databases": {"a": {"embedded": false}}}', /embedded: expected true, got false$/],
    ['{"databases": {"a": {"url": "shop"}}}', /url: expected postgresql:\/\/user@host/],
    [
      '{"databases": {"a": {"host": "h", "password": "x", "passwordEnv": "X"}}}',
      /passwordEnv: does not go with password/,
    ],
    ['[]', 'expected an object in braces, got a list'],
    ['"text"', 'expected an object in braces, got "text"'],
  ])('%s', (text, message) => {
    const [first, ...others] = lines(text);
    expect(others).toEqual([]);
    const told = first!.replace(/^agent\.config\.json:1: /, '');
    if (typeof message === 'string') expect(told).toBe(message);
    else expect(told).toMatch(message);
  });

  test('half a pair of prices names the variable that is missing', () => {
    const error = workspace().refuse({ environment: { PGASK_PRICING_INPUT_PER_MILLION: '1' } });
    expect(error.message).toBe('environment PGASK_PRICING_OUTPUT_PER_MILLION: is missing');
  });

  test('never repeat a secret', () => {
    const text = `{
  "model": { "apiKey": 12345678, "baseURL": "ftp://u:hunter2@h" },
  "databases": { "a": { "password": ["hunter2"], "url": "hunter2 postgres://u:hunter2@h" } },
  "database": "postgres://u:hunter2@h/db",
  "format": ["hunter2"]
}`;
    const told = lines(text).join('\n');
    expect(told.split('\n')).toHaveLength(6);
    expect(told).not.toMatch(/hunter2|12345678/);
  });

  test('keys that stand twice are told, at the second place', () => {
    const text = `{
  "databases": {
    "shop": { "host": "one" },
    "a\\u0062c": { "host": "x:{\\"y\\": 1}" },
    "shop": { "host": "two" },
    "abc": { "host": "h" }
  },
  "format": "csv",
  "format": "json"
}`;
    expect(lines(text)).toEqual([
      'agent.config.json:5: databases.shop: stands twice: keep one of the two',
      'agent.config.json:6: databases.abc: stands twice: keep one of the two',
      'agent.config.json:9: format: stands twice: keep one of the two',
    ]);
  });
});

describe('a file that is no JSON', () => {
  test.each([
    ['{\n  "format": "csv"\n  "today": "x"\n}', '2:18: expected a comma or }'],
    ['{\n  "format": "csv",\n}', '2:18: a comma before } is too much'],
    ['{\n  // why\n}', '2:3: JSON has no comments'],
    ["{ 'format': 1 }", '1:3: expected a key in double quotes'],
    ['{ "format" "csv" }', '1:11: expected a colon after the key'],
    ['{ "format": csv }', '1:13: expected a value'],
    [
      '{ "format": "cs\nv" }',
      '1:13: the text is not closed, or has a line break or a wrong escape in it',
    ],
    ['{ "format": "csv"', '1:18: the file ends before its }'],
    ['{ "limits": {\r\n "a": [1 2] } }', '2:9: expected a comma or ]'],
    ['{} {}', '1:4: nothing may follow here'],
    ['', '1:1: the file ends too early'],
    ['{ "a": 01 }', '1:9: expected a comma or }'],
  ])('%j says where', (text, message) => {
    expect(lines(text)).toEqual([`agent.config.json:${message}`]);
  });

  test('does not hide what is wrong elsewhere, nor show its own text', () => {
    const space = workspace({
      [PROJECT]: '{ "model": { "apiKey": sk-hunter2 } }',
      [USER]: { x: 1 },
    });
    const { message } = space.refuse();
    expect(message).toMatch(/agent\.config\.json:1:24: expected a value\n~.*: x: unknown key/);
    expect(message).not.toMatch(/hunter2/);
  });
});
