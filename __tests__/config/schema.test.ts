import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { configJsonSchema, LEAVES, settingsSchema } from '../../lib/config/schema.js';
import { SSL_MODES } from '../../lib/databases/connection.js';
import { workspace } from './workspace.js';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}

const schema = configJsonSchema() as Schema;
const at = (path: readonly string[]) =>
  path.reduce<Schema | undefined>((inner, key) => inner?.properties?.[key], schema);

/** Keys and types, as an editor underlines them. */
function complaints(value: unknown, { type, properties, additionalProperties }: Schema): string[] {
  if (type === 'object' && typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const own = properties?.[key] ?? additionalProperties;
      if (own === undefined || typeof own === 'boolean') return [`unknown ${key}`];
      return complaints(inner, own);
    });
  }
  const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
  return fits || type === undefined ? [] : [`${JSON.stringify(value)} is no ${type}`];
}

describe('the JSON Schema for editors', () => {
  test.each(LEAVES.map(({ key, path }) => [key, path] as const))('describes %s', (_key, path) => {
    expect(at(path)?.description).toMatch(/\w/);
  });

  test('says every default', () => {
    const defaults = settingsSchema.parse({});
    for (const { path } of LEAVES) {
      const value = path.reduce<unknown>(
        (v, key) => (v as Record<string, unknown>)?.[key],
        defaults,
      );
      expect(at(path)?.default).toEqual(value);
    }
  });

  test('lists the choices and describes every key of a database', () => {
    expect(at(['model', 'provider'])?.enum).toEqual(['openai', 'offline', 'scripted']);
    const entry = at(['databases'])?.additionalProperties as Schema;
    expect(entry.properties?.['access']?.enum).toEqual(['read', 'write', 'ddl', 'admin']);
    for (const inner of Object.values(entry.properties ?? {}))
      expect(inner.description).toMatch(/\w/);
  });

  test('requires nothing and allows nothing unknown', () => {
    expect(schema.required).toBeUndefined();
    expect(schema.additionalProperties).toBe(false);
    expect(at(['limits'])?.additionalProperties).toBe(false);
    expect(complaints({ formt: 1, limits: { maxSteps: 'x' } }, schema)).toEqual([
      'unknown formt',
      '"x" is no integer',
    ]);
  });
});

describe('the project’s own configuration', () => {
  const text = readFileSync(join(process.cwd(), 'agent.config.json'), 'utf8');

  test('fits the schema', () => {
    expect(complaints(JSON.parse(text), schema)).toEqual([]);
  });

  test('works on the sample and leaves the model to the user', () => {
    const space = workspace({ 'repository/agent.config.json': text });
    expect(space.load().database()).toMatchObject({ name: 'sample', today: '2026-06-30' });
    expect(space.load().model.provider).toBe('offline');
    expect(space.load({ environment: { OPENAI_API_KEY: 'k' } }).model.provider).toBe('openai');
  });
});

test('sslmode is what the connection understands', () => {
  const databases = (sslmode: string) =>
    settingsSchema.safeParse({ databases: { a: { host: 'h', sslmode } } });
  for (const mode of SSL_MODES) expect(databases(mode).success).toBe(true);
  expect(databases('always').success).toBe(false);
});
