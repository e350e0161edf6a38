import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { placeOf } from '../../lib/sql/place.js';

/** Line ends, tabs, wide, combining and astral characters, so that each unit that could be counted is another one. */
const character = fc.constantFrom(...['a', ' ', '\t', '日', 'é', 'e\u0301', '👩‍👩‍👧', '\u200d', '𝒳']);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const line = fc.array(character, { maxLength: 8 }).map((characters) => characters.join(''));

describe('the place of a position', () => {
  test.each([
    ['the first character', 'select 1', 1, [1, 1, 'select 1']],
    ['a character after a tab, which is one', 'a\tb', 3, [1, 3, 'a\tb']],
    ['a character after a wide one, which is one', '日本x', 3, [1, 3, '日本x']],
    ['a character after one of two UTF-16 units', '😀x', 2, [1, 2, '😀x']],
    ['a combining mark, which is one by itself', 'e\u0301x', 3, [1, 3, 'e\u0301x']],
    ['a line after \\n', 'a\nbc\nd', 4, [2, 2, 'bc']],
    ['a line after \\r\\n, which is one end', 'a\r\nbc', 5, [2, 2, 'bc']],
    ['a line after a lone \\r, as psql counts', 'a\rbc', 4, [2, 2, 'bc']],
    ['a line after an empty one', 'a\n\nb', 4, [3, 1, 'b']],
    ['a line end, which is behind its line', 'ab\ncd', 3, [1, 3, 'ab']],
    ['the end of a text', 'ab\ncd', 6, [2, 3, 'cd']],
    ['the end of a text that ends its line', 'ab\n', 4, [2, 1, '']],
    ['what is beyond the text', 'ab', 99, [1, 3, 'ab']],
    ['what is before the text', 'ab', 0, [1, 1, 'ab']],
    ['an empty text', '', 1, [1, 1, '']],
  ] as const)('is found for %s', (_what, sql, position, [number, column, text]) => {
    expect(placeOf(sql, position)).toEqual({ line: number, column, text });
  });

  test('is the line and the column that a character was put at, whatever is around it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, lineEnd)),
        line,
        line,
        fc.tuple(lineEnd, line),
        (above, left, right, [end, below]) => {
          const before = above.map(([text, lineEnd]) => text + lineEnd).join('') + left;
          const sql = `${before}#${right}${end}${below}`;
          const place = placeOf(sql, [...before].length + 1);
          expect(place.text).toBe(`${left}#${right}`);
          expect(place.column).toBe([...left].length + 1);
          expect(place.line).toBe(linesIn(above));
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Ends of lines above, counted by hand: an empty line between \r and \n makes one end of the two. */
function linesIn(above: readonly (readonly [text: string, end: string])[]): number {
  return above.reduce((lines, [text, end], i) => {
    const joined = end === '\n' && text === '' && above[i - 1]?.[1] === '\r';
    return joined ? lines : lines + 1;
  }, 1);
}
