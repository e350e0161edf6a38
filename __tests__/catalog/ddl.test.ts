import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readBrief, renderCatalogBlock, renderToday } from '../../lib/catalog/brief.js';
import type { Catalog, Column, Relation } from '../../lib/catalog/catalog.js';
import { RELATION_KINDS } from '../../lib/catalog/catalog.js';
import { readCatalog, renderCatalog } from '../../lib/catalog/ddl.js';
import { linkCatalog } from '../../lib/catalog/link.js';
import { printable } from '../../lib/io.js';

const name = fc.oneof(
  fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 20 })
    .filter((s) => !s.includes('\0') && s.isWellFormed()),
  fc.constantFrom('order', 'primary', 'unique', 'foreign', 'not', 'a -- b', 'x"y', 'table', 'a\nb'),
);
/** As a comment comes back: on one line, its white space folded. */
const comment = fc
  .string({ unit: 'binary', maxLength: 40 })
  .filter((s) => s.isWellFormed())
  .map((s) => s.replace(/\s+/g, ' ').trim())
  .filter((s) => s !== '' && !/^~\d+ rows/.test(s));
const type = fc.constantFrom(
  'integer',
  'numeric(10,2)',
  'timestamp without time zone',
  'character varying(40)',
  'text[]',
  '"Odd, Type"',
  'other."not null"',
);
const enumType = fc.constantFrom('mood', 'shop."Order State"');
const LABELS = { mood: ["it's", 'so\\so', 'ok'], 'shop."Order State"': ['a, b', ')'] } as const;

const column: fc.Arbitrary<Column> = fc
  .record({
    name,
    type: fc.oneof(type, enumType),
    notNull: fc.boolean(),
    comment: fc.option(comment, { nil: undefined }),
    filled: fc.constantFrom(undefined, 'default' as const, 'always' as const),
  })
  .map(({ comment: about, filled, ...rest }) => ({
    ...rest,
    ...(about === undefined ? {} : { comment: about }),
    ...(filled === undefined ? {} : { filled }),
    ...(rest.type in LABELS ? { enumLabels: LABELS[rest.type as keyof typeof LABELS] } : {}),
  }));

const relation: fc.Arbitrary<Relation> = fc
  .record({
    schema: fc.constantFrom('public', 'other', 'Ödd'),
    name,
    kind: fc.constantFrom(...RELATION_KINDS),
    comment: fc.option(comment, { nil: undefined }),
    rowEstimate: fc.option(fc.nat(), { nil: undefined }),
    columns: fc.uniqueArray(column, { minLength: 1, maxLength: 6, selector: (c) => c.name }),
  })
  .chain(({ comment: about, rowEstimate, ...rest }) => {
    const names = rest.columns.map((c) => c.name);
    const some = fc.subarray(names, { minLength: 1 });
    return fc.record({
      ...Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, fc.constant(v)])),
      ...(about === undefined ? {} : { comment: fc.constant(about) }),
      ...(rowEstimate === undefined ? {} : { rowEstimate: fc.constant(rowEstimate) }),
      primaryKey: fc.oneof(fc.constant([]), some),
      uniques: fc.uniqueArray(some, { maxLength: 2, selector: (key) => key.join('\0') }),
      foreignKeys: fc.array(
        fc.record({
          columns: some,
          references: fc.record({
            schema: fc.constantFrom('public', 'other'),
            relation: name,
            columns: some,
          }),
        }),
        { maxLength: 2 },
      ),
    }) as unknown as fc.Arbitrary<Relation>;
  });

const catalog: fc.Arbitrary<Catalog> = fc.record({
  database: name,
  serverVersion: fc.integer({ min: 120_000, max: 190_000 }),
  searchPath: fc.constant(['public']),
  relations: fc.uniqueArray(relation, { maxLength: 4, selector: (r) => `${r.schema}\0${r.name}` }),
});

/** What the text does not carry: the order of single-column keys, and NOT NULL of a primary key. */
function normal(given: Catalog): unknown {
  return {
    ...given,
    relations: given.relations.map((one) => {
      const single = one.primaryKey.length === 1 ? one.primaryKey[0] : undefined;
      // What nobody sees is spelled out in comments, and stays so.
      const seen = <T extends { readonly comment?: string | undefined }>(about: T): T =>
        about.comment === undefined ? about : { ...about, comment: printable(about.comment) };
      return {
        ...seen(one),
        columns: one.columns.map((c) => seen({ ...c, notNull: c.notNull || c.name === single })),
        uniques: one.uniques
          .filter((key) => !(key.length === 1 && key[0] === single))
          .map((key) => JSON.stringify(key))
          .sort(),
      };
    }),
  };
}

describe('the catalog as text', () => {
  test('any catalog reads back as itself', () => {
    fc.assert(
      fc.property(catalog, (given) => {
        expect(normal(readCatalog(renderCatalog(given)))).toEqual(normal(given));
      }),
      { numRuns: 300 },
    );
  });

  test('reads back from inside a prompt, whatever stands in its comments', () => {
    fc.assert(
      fc.property(catalog, (given) => {
        const system = `Be good.\n\n${renderCatalogBlock(renderCatalog(given))}\n${renderToday('2026-06-30')}`;
        const brief = readBrief(system);
        expect(brief.today).toBe('2026-06-30');
        expect(normal(brief.catalog)).toEqual(normal(given));
      }),
    );
  });

  test('looks as a person would write it', () => {
    const text = renderCatalog({
      database: 'shop',
      serverVersion: 180004,
      searchPath: ['public'],
      relations: [
        {
          schema: 'public',
          name: 'orders',
          kind: 'table',
          comment: 'what customers bought',
          rowEstimate: 1200,
          columns: [
            { name: 'id', type: 'integer', notNull: true },
            {
              name: 'status',
              type: 'order_status',
              notNull: true,
              enumLabels: ['paid', 'cancelled'],
            },
            { name: 'total', type: 'numeric(12,2)', notNull: false, comment: 'revenue,\nin euros' },
          ],
          primaryKey: ['id'],
          uniques: [],
          foreignKeys: [
            {
              columns: ['id'],
              references: { schema: 'other', relation: 'Odd', columns: ['a', 'b'] },
            },
          ],
        },
      ],
    });
    expect(text).toBe(
      [
        '-- database shop, server_version_num 180004, search_path (public)',
        "create type order_status as enum ('paid', 'cancelled');",
        'create table orders ( -- ~1200 rows; what customers bought',
        '  id integer primary key,',
        '  status order_status not null,',
        '  total numeric(12,2), -- revenue, in euros',
        '  foreign key (id) references other."Odd" (a, b)',
        ');',
      ].join('\n'),
    );
  });
});

describe('a catalog too large for a prompt', () => {
  const relations = Array.from({ length: 800 }, (_, i): Relation => ({
    schema: 'public',
    name: i === 500 ? 'invoices' : `thing_${i}`,
    kind: 'table',
    columns: Array.from({ length: 10 }, (_c, c) => ({
      name: `column_${c}`,
      type: 'text',
      notNull: false,
    })),
    primaryKey: [],
    uniques: [],
    foreignKeys: [],
  }));
  const large: Catalog = {
    database: 'big',
    serverVersion: 180000,
    searchPath: ['public'],
    relations,
  };

  test('is cut to what the request is about, and says what it leaves out', () => {
    const text = linkCatalog(large, 'how many invoices?', 20_000);
    expect(text.length).toBeLessThan(30_000);
    expect(text).toContain('create table invoices (');
    expect(text).toMatch(/-- also there, get_schema shows them: .*thing_/);
    expect(readCatalog(text).relations.map((one) => one.name)).toContain('invoices');
  });

  test('is whole where there is room', () => {
    expect(readCatalog(linkCatalog(large, 'x', Infinity)).relations).toHaveLength(800);
  });
});
