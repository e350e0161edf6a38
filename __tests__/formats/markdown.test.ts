import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { displayText } from '../../lib/formats/display.js';
import { markdown } from '../../lib/formats/markdown.js';
import { testDatabase, type TestDatabase } from '../support/server.js';
import { columnOf, copied, type Copied, escaped, show } from './shown.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const shown = async (sql: string) => (await show(markdown, await copied(database.url, sql))).text;

const hasRenderer = spawnSync('cmark-gfm', ['--version']).status === 0;
const describeWithRenderer = hasRenderer ? describe : describe.skip;
const skipped = hasRenderer ? '' : ' (skipped: cmark-gfm is not installed)';

/** What a reader sees of each row's cells, by GitHub's own renderer; line breaks are line feeds. */
function rendered(text: string): string[][] {
  const args = ['--extension', 'table', '--extension', 'strikethrough', '--unsafe'];
  const { stdout } = spawnSync('cmark-gfm', args, { input: text, encoding: 'utf8' });
  return [...stdout.matchAll(/<tr>\n(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[hd](?: align="right")?>(.*?)<\/t[hd]>\n/gs)].map(([, cell]) => {
      const bare = cell!.replaceAll('<br>', '\n');
      // Whatever else is a tag would be something that a value has brought about.
      expect(bare).not.toMatch(/<[a-z/]/i);
      const entities = { lt: '<', gt: '>', amp: '&', quot: '"' };
      return bare.replace(/&(\w+);/g, (_, name: keyof typeof entities) => entities[name]);
    }),
  );
}

describe('markdown', () => {
  test('is a table with numbers to the right, and NULL as nothing', async () => {
    const sql = `select 1 as id, 'a name' as name, 2.50 as price, true as ok
      union all select 2, null, null, false order by 1`;
    expect(await shown(sql)).toBe(
      [
        '| id | name | price | ok |',
        '| ---: | --- | ---: | --- |',
        '| 1 | a name | 2.50 | t |',
        '| 2 |  |  | f |',
        '',
      ].join('\n'),
    );
  });

  test('of no rows is its header', async () => {
    expect(await shown('select 1 as a, null as b where false')).toBe('| a | b |\n| ---: | --- |\n');
  });

  test('of no columns is nothing, and says so', async () => {
    const { text, warnings } = await show(markdown, await copied(database.url, 'select'));
    expect(text).toBe('');
    expect(warnings).toEqual(['a table without columns is nothing in Markdown']);
  });

  test.each([
    ['a bar', 'a|b', 'a\\|b'],
    ['a bar behind a backslash', 'a\\|b', 'a\\\\\\|b'],
    ['a backslash at the end', 'a\\', 'a\\\\'],
    ['lines', 'a\nb\n\nc', 'a<br>b<br><br>c'],
    ['HTML', '<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    ['emphasis', '*a* _b_ `c` ~d~', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~'],
    ['names with underscores', 'total_revenue a1_b2', 'total_revenue a1_b2'],
    ['a link', '[x](http://e)', '\\[x\\](http://e)'],
    ['control characters', '\x1b[2J\r', '\\\\x1B\\[2J\\\\r'],
    ['what turns the text around', '\u202ex', '\\\\u202Ex'],
  ])('%s: shows as what it is', async (_, value, written) => {
    const { text } = await show(markdown, {
      columns: [columnOf(value)],
      bytes: Buffer.from(`${escaped(value)}\n`),
    });
    expect(text).toBe(`| ${written} |\n| --- |\n| ${written} |\n`);
  });

  test('writes what has come, and waits for no more', async () => {
    const written: string[] = [];
    const sink = {
      write: (chunk: unknown) =>
        Promise.resolve(void written.push(Buffer.from(chunk as Uint8Array).toString())),
    };
    const writer = markdown.open(sink, [columnOf('a')], {
      ...{ width: undefined, height: undefined, color: false, warn: () => undefined },
    });
    await writer.rows({ bytes: Buffer.from('x\ny\nz'), ends: [2, 4] });
    await writer.rows({ bytes: Buffer.from('z\n'), ends: [2] });
    await writer.rows({ bytes: Buffer.from('w\n'), ends: [2] });
    expect(written).toEqual(['| a |\n| --- |\n| x |\n| y |\n| zz |\n', '| w |\n']);
  });
});

describeWithRenderer(`markdown, by the renderer of GitHub${skipped}`, () => {
  const unit = fc.constantFrom(...'\\|*_`~<>&[]()!#-+:."\' \tab1é日\n\x01');
  // Space around a value, and at the ends of its lines, is nothing in HTML.
  const value = fc
    .string({ unit, maxLength: 12 })
    .map((text) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .join('\n')
        .replace(/ +/g, ' '),
    )
    .filter((text) => !/^\n|\n$/.test(text));

  test('any value shows as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1 }), async (rows) => {
        const result: Copied = {
          columns: [columnOf('a_|*b*'), columnOf('<b>')],
          bytes: Buffer.from(rows.map((row) => `${row.map(escaped).join('\t')}\n`).join('')),
        };
        const { text } = await show(markdown, result);
        const seen = rows.map((row) => row.map((cell) => displayText(cell)));
        expect(rendered(text)).toEqual([['a_|*b*', '<b>'], ...seen]);
      }),
      { numRuns: 100 },
    );
  });
});
