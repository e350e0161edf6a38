import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { introspect } from '../../lib/catalog/introspect.js';
import { readCatalog, renderCatalog } from '../../lib/catalog/ddl.js';
import type { Database } from '../../lib/databases/database.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { jsonSchema } from '../../lib/schema.js';
import { findValues } from '../../lib/tools/find-values.js';
import { getSchema } from '../../lib/tools/get-schema.js';
import type { Tool, ToolContext } from '../../lib/tools/tool.js';
import { wrapUntrusted } from '../../lib/agent/untrusted.js';
import { z as z4 } from 'zod';
import { availableServers } from '../support/server.js';
import { type DriverFixture, serverFixture } from '../support/server-driver.js';

let fixture: DriverFixture;
let database: Database;
let context: ToolContext;

beforeAll(async () => {
  fixture = await serverFixture(availableServers()[0]!);
  await fixture.execute([
    "create type mood as enum ('good', 'bad')",
    'create domain email as text',
    `create table people (id int primary key, "Full Name" text not null, country varchar(40), mood mood, mails email[], nick text unique)`,
    "comment on table people is 'who we know'; comment on column people.country is 'where they live'",
    'create table notes (person int references people, at timestamptz, body text, primary key (person, at))',
    'create schema extra; create view extra.names as select "Full Name" from people',
    'create table extra."Odd; drop table people" ("a""b" text)',
    'create table parts (id int, at date) partition by range (at); create table parts_1 partition of parts for values from (minvalue) to (maxvalue)',
    "insert into people values (1, 'Zoë O''Brien', 'Spain', 'good', null, 'zo'), (2, 'Bob', 'spain', 'bad', null, '100%'), (3, 'Ann', null, null, null, null)",
    "insert into notes values (1, now(), 'a long note about Spain and olives')",
    'analyze',
  ]);
  database = guardDatabase(fixture.driver, { name: 'test', lockTimeoutMs: 1000 });
  const { signal } = new AbortController();
  context = {
    database,
    catalog: () => introspect(database, { signal, timeoutMs: 5000 }),
    signal,
    timeoutMs: 5000,
    previewRows: 20,
    queries: new Map(),
    deliver: () => Promise.reject(new Error('not here')),
  };
}, 60_000);
afterAll(async () => {
  await database.close();
  await fixture.close();
});

const call = (tool: Tool, input: Record<string, unknown>) => tool.run(input, context);

describe('get_schema', () => {
  test('shows tables, views, keys, comments, enums and estimates, and leaves partitions out', async () => {
    const { values: text = '' } = await call(getSchema, {});
    expect(text).toContain(
      [
        'create table people ( -- ~3 rows; who we know',
        '  id integer primary key,',
        '  "Full Name" text not null,',
        '  country character varying(40), -- where they live',
        '  mood mood,',
        '  mails email[],',
        '  nick text unique',
        ');',
      ].join('\n'),
    );
    expect(text).toContain("create type mood as enum ('good', 'bad');");
    expect(text).toContain('foreign key (person) references people (id)');
    expect(text).toContain('create view extra.names (');
    expect(text).toContain('create partitioned table parts (');
    expect(text).not.toContain('parts_1');
    expect(text).toContain('create table extra."Odd; drop table people" (');
    expect(renderCatalog(readCatalog(text))).toBe(text);
  });

  test.each([
    ['people', ['people']],
    ['NOTES', ['notes']],
    ['extra.*', ['Odd; drop table people', 'names']],
    ['p*', ['parts', 'people']],
    ['people, notes', ['notes', 'people']],
    ['what notes are there', ['notes']],
  ])('finds what %s means', async (pattern, expected) => {
    const { details } = await call(getSchema, { pattern });
    const { relations } = details as { relations: { name: string }[] };
    expect(relations.map(({ name }) => name).sort()).toEqual(expected.sort());
  });

  test('names the nearest table where nothing matches', async () => {
    await expect(call(getSchema, { pattern: 'peeple' })).rejects.toMatchObject({
      message: 'no table or view matches peeple',
      hint: 'did you mean people?',
    });
  });
});

describe('find_values', () => {
  const find = async (...words: string[]) =>
    (await call(findValues, { words })).details as Record<string, string>[];

  test('finds values exactly, whatever the case, as a beginning and as a part', async () => {
    const found = await find('Spain', "o'brien", 'Zoë');
    expect(found).toContainEqual({
      word: 'Spain',
      relation: 'public.people',
      column: 'country',
      value: 'Spain',
      match: 'exact',
    });
    expect(found).toContainEqual(
      expect.objectContaining({ word: 'Spain', value: 'spain', match: 'case' }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ word: "o'brien", column: 'Full Name', match: 'contains' }),
    );
    expect(found[0]).toMatchObject({ match: 'exact' });
  });

  test('takes words as they are, whatever is in them', async () => {
    expect(await find('100%')).toEqual([
      expect.objectContaining({ value: '100%', match: 'exact' }),
    ]);
    expect(await find('%', '_', "'; drop table people; --", '\\', '{"a"}', '')).toEqual([]);
  });

  test('gives what it found apart from its own words, so that it can be marked as data', async () => {
    const { text, values } = await call(findValues, { words: ['Spain'] });
    expect(text).toBe('');
    expect(values?.split('\n').map((line) => JSON.parse(line) as unknown)).toHaveLength(3);
    expect(await call(findValues, { words: ['nowhere'] })).toMatchObject({
      text: 'no column holds any of these words',
    });
  });

  test('two wrappings never have the same marker', () => {
    expect(wrapUntrusted('x')).not.toBe(wrapUntrusted('x'));
  });
});

describe('a JSON Schema', () => {
  test('of every tool has its properties, with descriptions', async () => {
    const { tools } = await import('../../lib/tools/tools.js');
    for (const tool of tools) {
      const schema = jsonSchema(tool.input) as {
        properties: Record<string, { description?: string }>;
      };
      expect(Object.keys(schema.properties)).toEqual(Object.keys(tool.input.shape as object));
      for (const property of Object.values(schema.properties)) {
        expect(property.description).toEqual(expect.any(String));
      }
    }
  });

  test('is never an empty one made of a newer zod schema', () => {
    expect(() => jsonSchema(z4.object({ a: z4.string() }) as never)).toThrow(TypeError);
  });
});
