import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FORMATS } from './expected.js';
import { type Ground, openGround } from './ground.js';
import { PATHS } from './printer.js';
import { chosenServers } from './servers.js';

/** Identifiers that mean something to SQL, to an object, to a format or to a reader's eye. */
const NAMES = [
  '?column?',
  '__proto__',
  'constructor',
  'toString',
  'length',
  '1',
  '0',
  '-1',
  ' ',
  ' lead and trail ',
  'a "quoted" name',
  `it's`,
  '"',
  '""',
  'new\nline',
  '\r',
  'tab\there',
  'comma,semicolon;',
  'back\\slash',
  '\\.',
  '\\N',
  'null',
  'NULL',
  '$1',
  '$$',
  '{}',
  '\u0001\u001b[31m',
  'é',
  'e\u0301',
  '名前',
  '\u{1f469}\u200d\u{1f680}',
  '\u202eright',
  'x'.repeat(63),
  'é'.repeat(31),
  'select',
  'A',
  'a',
  'ctid',
  'oid',
  'tableoid',
  'xmin',
];

/** What a statement around the person's might be called: a column of that name must not be taken for it. */
const ALIASES = [
  ...['t', 'r', 'q', 's', 'x', 'v', 'c', 'row', 'rows', 'result', 'results', 'record', 'source'],
  ...[
    'data',
    'inner',
    'outer',
    'query',
    'statement',
    'sub',
    'subquery',
    'pgask',
    'pgask_row',
    '_',
    'alias',
  ],
  ...['row_to_json', 'json', 'value', 'the row', 'the_row', 'whole', 'line', 'item', 'e', 'f'],
];

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

describe.each(chosenServers())('columns on $name', (available) => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await openGround({ server: await available.start() });
  });
  afterAll(() => ground.close());

  const print = async (sql: string, format: string, limits = {}) =>
    (await ground.printer.print(sql, format, { limits })).toString();

  test('keep names of every kind', async () => {
    const columns = NAMES.map((name, n) => `${n} as ${quoted(name)}`);
    await ground.compare(`select ${columns.join(', ')}`);
    for (const name of NAMES)
      await ground.compare(`select '' as ${quoted(name)}`, ['csv', 'jsonl']);
  });

  test('keep the names that a statement around theirs might use', async () => {
    const columns = ALIASES.map((name, n) => `${n} as ${quoted(name)}`);
    await ground.compare(`select ${columns.join(', ')}`);
    for (const name of ALIASES) {
      await ground.compare(`select 1 as ${quoted(name)}`, ['json']);
      await ground.compare(`select row(1, 'x') as ${quoted(name)}`, ['json']);
    }
  });

  test('keep their order in JSON, digits too', async () => {
    const sql = 'select 1 as z, 2 as "10", 3 as "2", 4 as a';
    expect(await print(sql, 'jsonl')).toBe('{"z":1,"10":2,"2":3,"a":4}\n');
  });

  test('without a name have the one that the server gives', async () => {
    await ground.compare(`select 1, now() is null as "?column?2", current_user = 'x' as b`);
    await ground.compare(`select count(*), 'x'::text || 'y' as s from pg_class`);
  });

  describe.each(PATHS)('by $path', ({ limits }) => {
    test.each([
      ['a, a', ['a', 'a'], ['a', 'a_2']],
      ['three of one name', ['a', 'a', 'a'], ['a', 'a_2', 'a_3']],
      ['a, a, a_2', ['a', 'a', 'a_2'], ['a', 'a_3', 'a_2']],
      ['a_2, a, a', ['a_2', 'a', 'a'], ['a_2', 'a', 'a_3']],
      ['a, a, a_2, a_2', ['a', 'a', 'a_2', 'a_2'], ['a', 'a_3', 'a_2', 'a_2_2']],
      ['__proto__ twice', ['__proto__', '__proto__'], ['__proto__', '__proto___2']],
      ['1 twice', ['1', '1'], ['1', '1_2']],
      ['without names', ['?column?', '?column?'], ['?column?', '?column?_2']],
      ['cases differ', ['a', 'A'], ['a', 'A']],
    ])('columns of one name differ in JSON, in CSV they do not: %s', async (_, names, keys) => {
      const sql = `select ${names.map((name, n) => `${n} as ${quoted(name)}`).join(', ')}`;
      const object = `{${keys.map((key, n) => `${JSON.stringify(key)}:${n}`).join(',')}}`;
      ground.printer.warnings();
      expect(await print(sql, 'jsonl', limits)).toBe(`${object}\n`);
      const renamed = names.filter((name, n) => name !== keys[n]);
      expect(ground.printer.warnings()).toHaveLength(renamed.length === 0 ? 0 : 1);
      await ground.compare(sql, ['csv', 'tsv'].filter(isKnown));
      expect(ground.printer.warnings()).toEqual([]);
    });

    test('long names of one kind stay different: a key is no longer than a name can be', async () => {
      const name = 'é'.repeat(31);
      const sql = `select 1 as ${quoted(name)}, 2 as ${quoted(name)}, 3 as ${quoted(name)}`;
      const shorter = 'é'.repeat(30);
      expect(await print(sql, 'jsonl', limits)).toBe(
        `{"${name}":1,"${shorter}_2":2,"${shorter}_3":3}\n`,
      );
    });

    test('a thousand columns of one name are numbered', async () => {
      const columns = Array.from({ length: 1000 }, (_, n) => `${n} as a`);
      const row = await print(`select ${columns.join(', ')}`, 'jsonl', limits);
      const names = Object.keys(JSON.parse(row) as object);
      expect(names).toEqual(['a', ...columns.slice(1).map((_, n) => `a_${n + 2}`)]);
    });

    test.each([1, 1600, 1664])('%i columns of every format', async (count) => {
      const columns = Array.from({ length: count }, (_, n) => `${n} as c${n}`);
      await ground.compare(`select ${columns.join(', ')}`);
    });
  });

  test('1,600 columns of a table, with NULLs, over several rows', async () => {
    const columns = Array.from({ length: 1600 }, (_, n) => `c${n} bool`);
    await ground.session.run(`create table wide (${columns.join(', ')});
      insert into wide default values; insert into wide (c0, c1599) values (true, false)`);
    await ground.compare('table wide');
    await ground.compare('select * from wide where false');
  });

  test('one too many is told in the words of the server', async () => {
    const columns = Array.from({ length: 1665 }, (_, n) => `${n} as c${n}`);
    for (const format of FORMATS) {
      const failure = print(`select ${columns.join(', ')}`, format);
      await expect(failure).rejects.toThrow('target lists can have at most 1664 entries');
    }
  });

  test('none at all', async () => {
    await ground.compare('select');
    await ground.compare('select from generate_series(1, 3)');
    await ground.compare('select where false');
    await ground.compare('select from generate_series(1, 300000)', ['csv']);
  });

  test('without rows', async () => {
    await ground.compare('select 1 as a, 2 as b where false');
    await ground.compare('select * from pg_class where false');
    await ground.compare('select 1 as "\\." where false');
    expect(await print('select 1 as a where false', 'json')).toBe('[]\n');
    expect(await print('select 1 as a where false', 'jsonl')).toBe('');
  });

  test('a column alone whose value COPY would take for its end', async () => {
    await ground.compare(
      `select * from unnest(array['\\.', '\\..', '', null, 'x', ',', '"']) "\\."`,
    );
    await ground.compare(`select '\\.' as a, '\\.' as b`);
    await ground.compare(`select null as a from generate_series(1, 3)`);
    await ground.compare(`select '' as a from generate_series(1, 3)`);
  });
});

function isKnown(format: string): format is (typeof FORMATS)[number] {
  return (FORMATS as readonly string[]).includes(format);
}
