import { describe, expect, test } from '@jest/globals';
import { wrapUntrusted } from '../../lib/agent/untrusted.js';
import { renderCatalogBlock, renderToday } from '../../lib/catalog/brief.js';
import { NotUnderstoodError } from '../../lib/errors.js';
import { plan, type PlannerStep } from '../../lib/planner/planner.js';

const DDL = `-- database orchard, server_version_num 150018, search_path (public)
create table trees (
  id integer primary key,
  variety text not null,
  planted_on date
);
create table "picking baskets" (
  id integer primary key,
  tree_id integer not null,
  weight numeric(6,2) not null, -- in kilograms
  foreign key (tree_id) references trees (id)
);
create table archive.growers (
  id integer primary key,
  name text not null,
  village text
);`;

interface Told {
  readonly ddl?: string;
  readonly schema?: string;
  readonly values?: readonly object[];
  readonly canGetSchema?: boolean;
}

function route(request: string, { ddl = DDL, values, ...told }: Told = {}): PlannerStep {
  return plan({
    system: `${renderCatalogBlock(ddl)}\n${renderToday('2025-06-30')}`,
    earlier: [],
    request,
    values:
      values === undefined ? undefined : [values.map((one) => JSON.stringify(one)).join('\n')],
    canFindValues: true,
    canGetSchema: true,
    ...told,
  });
}

describe('what there is', () => {
  test.each([
    'show tables',
    'what tables are there?',
    'Which tables do you have',
    'could you list all the tables in this database',
    'show me the schema, please',
    'describe the database',
    "what's in the database?",
    'what data do we have',
    'what does the database contain',
  ])('%s', (request) => {
    expect(route(request)).toEqual({ type: 'get_schema' });
  });

  test('what the tool says is the answer, without the markers around it', () => {
    const schema = wrapUntrusted('create table trees (\n  id integer\n);');
    expect(route('show tables', { schema })).toEqual({
      type: 'answer',
      text: 'create table trees (\n  id integer\n);',
    });
  });

  test('a tool that failed is no answer', () => {
    const schema = `error:\n${wrapUntrusted('no table or view matches trees')}`;
    expect(() => route('describe trees', { schema })).toThrow(NotUnderstoodError);
  });
});

describe('how a table is made', () => {
  test.each([
    ['describe trees', 'trees'],
    ['describe the trees table', 'trees'],
    ['what columns does the trees table have', 'trees'],
    ['which fields are in trees?', 'trees'],
    ['columns of trees and growers', 'trees archive.growers'],
    ['describe table archive.growers', 'archive.growers'],
    ['show me the structure of picking baskets', 'picking*baskets'],
    ['what does the trees table look like?', 'trees'],
    ['trees schema', 'trees'],
  ])('%s', (request, pattern) => {
    expect(route(request)).toEqual({ type: 'get_schema', pattern });
  });

  test('without the tool it is a request like any other', () => {
    expect(() => route('describe trees', { canGetSchema: false, values: [] })).toThrow(
      /not understood: describe/,
    );
  });
});

describe('where something is kept', () => {
  test.each([
    ['which tables have a weight', '"picking baskets".weight numeric(6,2) -- in kilograms'],
    ['where is the village stored', 'archive.growers.village text'],
    ['what is the data type of planted_on', 'trees.planted_on date'],
    [
      'which columns are called id',
      'trees.id integer\n"picking baskets".id integer\narchive.growers.id integer',
    ],
  ])('%s', (request, text) => {
    expect(route(request)).toEqual({ type: 'answer', text });
  });
});

describe('what holds a text', () => {
  const found = (word: string, match: string, value: string) => ({
    word,
    relation: 'public.trees',
    column: 'variety',
    value,
    match,
  });

  test.each([
    'which column contains Braeburn',
    'which tables and columns hold the value "Braeburn"',
    'where does Braeburn occur?',
    'find the value Braeburn',
    'search the database for Braeburn',
  ])('%s', (request) => {
    expect(route(request)).toMatchObject({
      type: 'find_values',
      words: expect.arrayContaining(['Braeburn']),
    });
    const values = [found('Braeburn', 'exact', 'Braeburn'), found('Braeburn', 'contains', 'x')];
    expect(route(request, { values })).toEqual({
      type: 'answer',
      text: 'trees.variety: Braeburn',
    });
  });

  test('that nothing does is an answer as well', () => {
    expect(route('which columns hold Atlantis', { values: [] })).toEqual({
      type: 'answer',
      text: 'no text column holds "Atlantis"',
    });
  });

  test('where nothing shows that a text is meant, that is not said', () => {
    expect(() => route('which columns contain nulls', { values: [] })).toThrow(/not understood/);
    expect(() => route('which tables have more than 5 rows', { values: [] })).toThrow(
      /not understood/,
    );
  });
});

test('the values of a column are rows', () => {
  expect(route('what are the possible values of village', { values: [] })).toMatchObject({
    type: 'answer',
    sql: 'select distinct village\nfrom archive.growers\norder by village',
  });
});

test('what a schema calls as parts of databases are called are its own', () => {
  const ddl = `-- database farm, server_version_num 150018, search_path (public)
create table fields (
  id integer primary key,
  name text not null
);`;
  expect(route('show all fields', { ddl, values: [] })).toMatchObject({
    sql: expect.stringContaining('from fields'),
  });
  expect(route('which fields are there', { ddl, values: [] })).toMatchObject({
    sql: expect.stringContaining('from fields'),
  });
  expect(route('describe the fields table', { ddl })).toEqual({
    type: 'get_schema',
    pattern: 'fields',
  });
});

test('a request for rows takes no route', () => {
  expect(route('show the trees', { values: [] })).toMatchObject({
    sql: expect.stringContaining('from trees'),
  });
  expect(route('what is the weight of picking baskets', { values: [] })).toMatchObject({
    sql: expect.stringContaining('weight'),
  });
});
