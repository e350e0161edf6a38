import { COMPUTING_EXTENSIONS } from '../../lib/config/guard.js';
import { describe, expect, test } from '@jest/globals';
import { describeConfig } from '../../lib/config/load.js';
import { PROJECT, USER, workspace } from './workspace.js';

const shop = (more: object = {}) => ({ databases: { shop: { host: 'h', ...more } } });

describe('what reads may use', () => {
  test('is what only computes, unless a list names more or less', () => {
    const entry = workspace({ [PROJECT]: shop() })
      .load()
      .database();
    expect(entry.guard).toEqual({ functions: [], extensions: COMPUTING_EXTENSIONS });
  });

  test('is the general list, for databases by name and by connection string', () => {
    const guard = { functions: ['public.total', 'app."Net"(int, text)'], extensions: ['pg_trgm'] };
    const config = workspace({ [PROJECT]: { ...shop(), guard } }).load();
    for (const name of ['shop', 'sample', 'postgres://h/x']) {
      expect(config.database(name).guard).toEqual(guard);
    }
  });

  test("is the database's own list instead of the general one, also where that names less", () => {
    const own = { functions: ['public.own'] };
    const general = { functions: ['public.total'], extensions: ['pg_trgm'] };
    const entry = (guard: object) =>
      workspace({ [PROJECT]: { ...shop({ guard }), guard: general } })
        .load()
        .database('shop');
    expect(entry(own).guard).toEqual({ functions: ['public.own'], extensions: ['pg_trgm'] });
    expect(entry({ functions: [], extensions: [] }).guard).toEqual({
      functions: [],
      extensions: [],
    });
    expect(entry({}).guard).toEqual(general);
  });

  test('is what a variable says, split at commas but not inside a signature or quotes', () => {
    const environment = {
      PGASK_GUARD_FUNCTIONS: 'public.a(int, text), app.b,"o,k".c',
      PGASK_GUARD_EXTENSIONS: 'pg_trgm, uuid-ossp,',
    };
    const content = shop({ guard: { functions: ['public.own'] } });
    expect(
      workspace({ [PROJECT]: content })
        .load({ environment })
        .database().guard,
    ).toEqual({
      functions: ['public.a(int, text)', 'app.b', '"o,k".c'],
      extensions: ['pg_trgm', 'uuid-ossp'],
    });
  });

  test.each([
    ['f', 'schema.function'],
    ['public.f; drop', 'schema.function'],
    ['a.b.c', 'schema.function'],
    ['public.f(int', 'schema.function'],
    ['public.f()()', 'schema.function'],
    ['', 'schema.function'],
    ['public.*', 'schema.function'],
  ])('can not be a function called %j', (name, expected) => {
    const { message } = workspace({ [PROJECT]: { guard: { functions: [name] } } }).refuse();
    expect(message).toMatch(/agent\.config\.json:4: guard\.functions\.0: /);
    expect(message).toContain(`expected ${expected}`);
  });

  test.each([
    ['public.f()'],
    ['Public.F$1(integer[], "my type", character varying)'],
    ['"we ird"."q""uote"(text)'],
    ['täglich.größe'],
  ])('can be a function called %j', (name) => {
    const content = { ...shop(), guard: { functions: [name] } };
    expect(
      workspace({ [PROJECT]: content })
        .load()
        .database().guard.functions,
    ).toEqual([name]);
  });

  test('can not be what is no list, or no extension', () => {
    const refused = (guard: object) => workspace({ [PROJECT]: { guard } }).refuse().message;
    expect(refused({ functions: 'public.f' })).toMatch(/guard\.functions: expected a list/);
    expect(refused({ extensions: ['a b'] })).toMatch(/expected the name of an extension/);
    expect(refused({ extensions: [1] })).toMatch(/expected the name of an extension, got 1/);
    expect(refused({ function: [] })).toMatch(/unknown key; did you mean functions\?/);
  });

  test('can not be a variable that names no function', () => {
    const environment = { PGASK_GUARD_FUNCTIONS: 'public.f, g' };
    expect(workspace().refuse({ environment }).message).toBe(
      'environment PGASK_GUARD_FUNCTIONS: expected schema.function or schema.function(argument types), got "g"',
    );
  });

  test('is described with its line', () => {
    const content = {
      ...shop({ guard: { extensions: ['hstore'] } }),
      guard: { functions: ['a.b', 'a.c'] },
    };
    const rows = describeConfig(workspace({ [PROJECT]: content }).load());
    const described = rows.filter(({ key }) => /guard/.test(key));
    expect(described.map(({ key, value }) => [key, value])).toEqual([
      ['databases.shop.guard.extensions', 'hstore'],
      ['guard.functions', 'a.b,a.c'],
      ['guard.extensions', COMPUTING_EXTENSIONS.join(',')],
    ]);
    expect(described[0]!.source).toMatch(/agent\.config\.json:6$/);
  });
});

describe('the bounds of a statement', () => {
  const limitsOf = (content: object, environment = {}) =>
    workspace({ [USER]: content })
      .load({ environment })
      .database('shop').limits;

  test('are ten idle minutes and nothing else, unless somebody sets them', () => {
    expect(limitsOf(shop())).toMatchObject({
      idleTimeoutMs: 600_000,
      maxPlanCost: undefined,
      maxCellBytes: undefined,
    });
  });

  test("are the variable's, then the database's own, then the general ones", () => {
    const limits = { maxPlanCost: 1e6, maxCellBytes: 1000, idleTimeoutMs: 5000 };
    const own = { maxPlanCost: 0.5, maxCellBytes: 10, idleTimeoutMs: 50 };
    expect(limitsOf({ ...shop(), limits })).toMatchObject(limits);
    const content = { ...shop({ limits: own }), limits };
    expect(limitsOf(content)).toMatchObject(own);
    const environment = {
      PGASK_MAX_PLAN_COST: '2.5',
      PGASK_MAX_CELL_BYTES: '7',
      PGASK_IDLE_TIMEOUT_MS: '8',
    };
    expect(limitsOf(content, environment)).toMatchObject({
      maxPlanCost: 2.5,
      maxCellBytes: 7,
      idleTimeoutMs: 8,
    });
  });

  test.each([
    ['maxPlanCost', -1, /expected a planner cost, 0 or more, got -1/],
    ['maxCellBytes', 0, /expected a whole number, 1 or more, got 0/],
    ['idleTimeoutMs', 1.5, /expected a whole number, 1 or more/],
    ['idleTimeoutMs', 2 ** 31, /at most 2147483647/],
  ])('%s can not be %d', (key, value, message) => {
    const { message: told } = workspace({ [PROJECT]: { limits: { [key]: value } } }).refuse();
    expect(told).toMatch(message);
  });
});
