/** Whatever makes another statement has to make another sentence: only so a wrong reading can be seen. */
import { describe, expect, test } from '@jest/globals';
import { readCatalog } from '../../lib/catalog/ddl.js';
import type { Condition, Expression, Node, Query, Scope } from '../../lib/planner/meaning/query.js';
import { printSentence } from '../../lib/planner/print/sentence.js';
import { printSql } from '../../lib/planner/print/sql.js';
import { buildSchema, type Field, type Step, type Table } from '../../lib/planner/schema/schema.js';

const schema = buildSchema(
  readCatalog(`-- database line, server_version_num 150018, search_path (public)
create table harbors (
  id integer primary key,
  name text not null,
  berths integer not null
);
create table ferries (
  id integer primary key,
  name text not null,
  home_id integer not null,
  winter_id integer not null,
  decks integer not null,
  length text,
  launched date,
  is_fast boolean not null,
  foreign key (home_id) references harbors (id),
  foreign key (winter_id) references harbors (id)
);
create table crossings (
  id integer primary key,
  ferry_id integer not null,
  fare numeric(8,2) not null,
  pier_id integer,
  foreign key (ferry_id) references ferries (id),
  foreign key (pier_id) references harbors (id)
);`),
);

const table = (name: string): Table =>
  schema.tables.find(({ relation }) => relation.name === name)!;
const field = (of: string, name: string): Field =>
  table(of).fields.find(({ column }) => column.name === name)!;
const step = (from: string, to: string, key: string): Step =>
  table(from).steps.find(
    (one) =>
      one.to === table(to) && one.on.some((pair) => pair.some(({ column }) => column.name === key)),
  )!;

const ferries: Node = { table: table('ferries'), optional: false };
const home: Node = joined(ferries, 'harbors', 'home_id');
const winter: Node = joined(ferries, 'harbors', 'winter_id');
const crossings: Node = joined(ferries, 'crossings', 'ferry_id');

function joined(to: Node, name: string, key: string): Node {
  const walked = step(to.table.relation.name, name, key);
  return { table: table(name), join: { to, step: walked }, optional: false };
}

const column = (node: Node, name: string): Expression => ({
  type: 'column',
  node,
  field: field(node.table.relation.name, name),
});
const decks = column(ferries, 'decks');
const named = column(ferries, 'name');
const scope = (nodes: readonly Node[], where: readonly Condition[] = []): Scope => ({
  root: nodes[0]!,
  nodes: [...nodes],
  where: [...where],
});
/** Rows of another table that belong to a ferry. */
const inside = (name: string, key: string, where: readonly Condition[] = []): Scope => {
  const root: Node = { table: table(name), optional: false };
  return {
    root,
    nodes: [root],
    where: [...where],
    outer: { node: ferries, step: step('ferries', name, key) },
  };
};
const alone = (name: string): Scope => scope([{ table: table(name), optional: false }]);
const few: Condition = { type: 'compare', left: decks, operator: '<', right: { digits: '4' } };

const count: Expression = { type: 'aggregate', fn: 'count', distinct: false, name: 'ferries' };

function subquery(within: Scope, name: string): Expression {
  const of = column(within.root, name);
  const value: Expression = { type: 'aggregate', fn: 'avg', of, distinct: false, name };
  return { type: 'subquery', scope: within, value };
}

/** Every kind of expression: a new one does not compile until it is here. */
const EXPRESSIONS: Record<Expression['type'], readonly Expression[]> = {
  column: [decks, named, column(home, 'name'), column(winter, 'name')],
  bucket: (['year', 'month', 'day'] as const).map((grain) => ({
    type: 'bucket',
    grain,
    of: column(ferries, 'launched'),
    field: field('ferries', 'launched'),
  })),
  aggregate: [
    count,
    { type: 'aggregate', fn: 'count', of: named, distinct: true, name: 'name' },
    ...(['sum', 'avg', 'min', 'max'] as const).map((fn): Expression => ({
      type: 'aggregate',
      fn,
      of: decks,
      distinct: false,
      name: 'decks',
    })),
    { type: 'aggregate', fn: 'sum', of: decks, distinct: true, name: 'decks' },
  ],
  number: [
    { type: 'number', of: column(ferries, 'length') },
    {
      type: 'aggregate',
      fn: 'sum',
      of: { type: 'number', of: column(ferries, 'length') },
      distinct: false,
      name: 'length',
    },
  ],
  product: [
    { type: 'product', factors: [decks, column(home, 'berths')] },
    { type: 'product', factors: [decks, column(winter, 'berths')] },
  ],
  subquery: [
    subquery(inside('crossings', 'ferry_id'), 'fare'),
    subquery(alone('crossings'), 'fare'),
    subquery(inside('harbors', 'home_id'), 'berths'),
    subquery(inside('harbors', 'winter_id'), 'berths'),
  ],
};

const OPERATORS = ['>', '>=', '<', '<=', '=', '<>'] as const;

function withBoth<T extends { readonly not: boolean }>(condition: Omit<T, 'not'>): T[] {
  return [false, true].map((not) => ({ ...condition, not }) as T);
}
type Of<Type extends Condition['type']> = Extract<Condition, { type: Type }>;

/** Every kind of condition, with all that one may be. */
const CONDITIONS: Record<Condition['type'], readonly Condition[]> = {
  compare: [
    ...OPERATORS.map((operator): Condition => ({
      type: 'compare',
      left: decks,
      operator,
      right: { digits: '4' },
    })),
    { type: 'compare', left: decks, operator: '<', right: { digits: '5' } },
    { type: 'compare', left: named, operator: '=', right: { text: 'Ada' } },
    { type: 'compare', left: decks, operator: '<', right: column(home, 'berths') },
    { type: 'compare', left: decks, operator: '<', right: column(winter, 'berths') },
  ],
  between: [
    { type: 'between', left: decks, low: '2', high: '4' },
    { type: 'between', left: decks, low: '2', high: '5' },
  ],
  in: [
    ...withBoth<Of<'in'>>({ type: 'in', left: named, values: ['Ada', 'Bo'] }),
    ...withBoth<Of<'in'>>({ type: 'in', left: column(home, 'name'), values: ['Ada', 'Bo'] }),
    ...withBoth<Of<'in'>>({ type: 'in', left: column(winter, 'name'), values: ['Ada', 'Bo'] }),
  ],
  span: [
    {
      type: 'span',
      left: column(ferries, 'launched'),
      field: field('ferries', 'launched'),
      span: { from: '2024-01-01', to: '2025-01-01', text: 'in 2024' },
    },
    {
      type: 'span',
      left: column(ferries, 'launched'),
      field: field('ferries', 'launched'),
      span: { from: '2024-01-01', to: undefined, text: 'since 2024' },
    },
  ],
  null: withBoth<Of<'null'>>({ type: 'null', left: column(ferries, 'launched') }),
  truth: [true, false].map((value) => ({
    type: 'truth',
    left: column(ferries, 'is_fast'),
    value,
  })),
  like: (['starts', 'ends', 'contains'] as const).flatMap((how) =>
    withBoth<Of<'like'>>({ type: 'like', left: named, how, text: 'da' }),
  ),
  within: ['home_id', 'winter_id'].flatMap((key) => {
    const value = column({ table: table('harbors'), optional: false }, 'name');
    return withBoth<Of<'within'>>({
      type: 'within',
      left: named,
      scope: inside('harbors', key),
      value,
    });
  }),
  exists: [
    ...withBoth<Of<'exists'>>({ type: 'exists', scope: inside('crossings', 'ferry_id') }),
    ...withBoth<Of<'exists'>>({ type: 'exists', scope: inside('harbors', 'home_id') }),
    ...withBoth<Of<'exists'>>({ type: 'exists', scope: inside('harbors', 'winter_id') }),
  ],
  every: [
    {
      type: 'every',
      scope: scope([{ table: table('harbors'), optional: false }]),
      linked: inside('crossings', 'ferry_id'),
    },
    {
      type: 'every',
      scope: scope([{ table: table('crossings'), optional: false }]),
      linked: inside('crossings', 'ferry_id'),
    },
  ],
  among: [
    { type: 'among', left: named, query: plain({ outputs: [{ expression: named, name: 'n' }] }) },
    {
      type: 'among',
      left: named,
      query: plain({ outputs: [{ expression: named, name: 'n' }], limit: 3 }),
    },
  ],
  any: [{ type: 'any', of: [few, { type: 'null', left: decks, not: false }] }],
  all: [{ type: 'all', of: [few, { type: 'null', left: decks, not: false }] }],
  not: [{ type: 'not', of: { type: 'any', of: [few, { type: 'null', left: decks, not: false }] } }],
};

function plain(parts: Partial<Query> = {}): Query {
  return {
    scope: scope([ferries]),
    outputs: [{ expression: named, name: 'name' }],
    distinct: false,
    groupBy: [],
    orderBy: [],
    ties: false,
    rows: ferries.table,
    ...parts,
  };
}

const counted = { expression: count, name: 'ferries' };
const byDecks = { expression: decks, descending: false, tie: false };
const byName = { expression: named, descending: false, tie: false };

/** Every part of a query, with what it may be. */
const PARTS: Record<keyof Query, readonly Query[]> = {
  scope: [
    plain({ scope: scope([ferries], [few]) }),
    plain({ scope: scope([ferries, crossings]) }),
    plain({ scope: scope([ferries, home]) }),
    plain({ scope: scope([ferries, winter]) }),
  ],
  outputs: [
    plain(),
    plain({ outputs: [{ expression: decks, name: 'decks' }] }),
    plain({
      outputs: [
        { expression: named, name: 'name' },
        { expression: decks, name: 'decks' },
      ],
    }),
    plain({
      outputs: ferries.table.fields.map((one) => ({
        expression: { type: 'column', node: ferries, field: one },
        name: one.column.name,
      })),
    }),
  ],
  distinct: [plain({ distinct: true })],
  groupBy: [
    plain({ outputs: [counted] }),
    plain({ outputs: [counted], groupBy: [decks] }),
    plain({ outputs: [counted], groupBy: [named] }),
    plain({ outputs: [counted, { expression: decks, name: 'decks' }], groupBy: [decks, named] }),
  ],
  having: [
    plain({ groupBy: [named], having: [{ ...few, left: count } as Condition] }),
    plain({ groupBy: [named], having: [few] }),
  ],
  orderBy: [
    plain({ orderBy: [byDecks] }),
    plain({ orderBy: [{ ...byDecks, descending: true }] }),
    plain({ orderBy: [byDecks, byName] }),
    plain({ orderBy: [byDecks, { ...byName, descending: true }] }),
    plain({ orderBy: [byName, byDecks] }),
  ],
  limit: [
    plain({ limit: 3 }),
    plain({ orderBy: [byDecks], limit: 1 }),
    plain({ orderBy: [byDecks], limit: 3 }),
    plain({ orderBy: [{ ...byDecks, descending: true }], limit: 3 }),
    plain({ orderBy: [byDecks, byName], limit: 3 }),
  ],
  offset: [
    plain({ limit: 3, offset: 2 }),
    plain({ orderBy: [byDecks], limit: 1, offset: 2 }),
    plain({ orderBy: [byDecks], limit: 3, offset: 2 }),
  ],
  ties: [
    plain({ orderBy: [byDecks], limit: 1, ties: true }),
    plain({ orderBy: [byDecks], limit: 3, ties: true }),
  ],
  per: [
    plain({ orderBy: [byDecks], limit: 1, per: [named] }),
    plain({ orderBy: [byDecks], limit: 2, per: [named] }),
    plain({ orderBy: [{ ...byDecks, descending: true }], limit: 1, per: [named] }),
    plain({ orderBy: [byName], limit: 1, per: [decks] }),
  ],
  over: (['avg', 'max'] as const).map((fn) =>
    plain({
      outputs: [{ expression: decks, name: 'decks' }, counted],
      groupBy: [decks],
      over: { fn, name: fn },
    }),
  ),
  rows: [plain({ outputs: [counted], rows: table('harbors') })],
};

function expectToldApart(queries: readonly Query[]): void {
  const told = queries.map((query) => ({
    sql: printSql(query, schema),
    text: printSentence(query),
  }));
  for (const one of told) {
    const same = told.filter(({ text, sql }) => text === one.text && sql !== one.sql);
    expect({ ...one, same }).toEqual({ ...one, same: [] });
    expect(one.text).not.toMatch(/undefined|\[object|^$/);
  }
}

describe('what differs as a statement differs in words', () => {
  const nodes = [ferries, home, winter];

  test('every kind of expression', () => {
    expectToldApart(
      Object.values(EXPRESSIONS)
        .flat()
        .map((expression) => plain({ scope: scope(nodes), outputs: [{ expression, name: 'x' }] })),
    );
  });

  test('every kind of condition', () => {
    expectToldApart(
      Object.values(CONDITIONS)
        .flat()
        .map((condition) => plain({ scope: scope(nodes, [condition]) })),
    );
  });

  test('every kind of condition of groups', () => {
    expectToldApart(
      Object.values(CONDITIONS)
        .flat()
        .map((condition) => plain({ scope: scope(nodes), groupBy: [named], having: [condition] })),
    );
  });

  test('every part of a query', () => {
    expectToldApart(Object.values(PARTS).flat());
  });

  test('rows that are left out for having nothing of what is shown', () => {
    const root: Node = { table: table('crossings'), optional: false };
    const pier = joined(root, 'harbors', 'pier_id');
    const shown = (node: Node, where: readonly Condition[] = []) =>
      plain({
        scope: scope([root, node], where),
        outputs: [{ expression: column(node, 'name'), name: 'x' }],
      });
    expect(printSentence(shown(pier))).toContain('without rows that have no harbors');
    expect(printSentence(shown({ ...pier, optional: true }))).not.toContain('without');
    const is = (left: Expression): Condition => ({
      ...{ type: 'compare', operator: '=', left, right: { text: 'all harbors' } },
    });
    expect(printSentence(shown(pier, [is(column(pier, 'name'))]))).not.toContain('without');
    expect(printSentence(shown(pier, [is(column(root, 'id'))]))).toContain(
      'without rows that have no harbors',
    );
  });
});
