import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pointAt } from '../../lib/commands/caret.js';
import { displayWidth } from '../../lib/formats/width.js';
import { placeOf } from '../../lib/sql/place.js';

/** What is shown for a text in which the place is marked by a `§` before it. */
function shown(marked: string): string[] {
  const at = [...marked].indexOf('§');
  return pointAt(placeOf(marked.replace('§', ''), at + 1)).split('\n');
}

describe('the caret', () => {
  test.each([
    ['as psql puts it', 'select §nope', ['LINE 1: select nope', '               ^']],
    ['in a line of its own', 'select\n§nope', ['LINE 2: nope', '        ^']],
    ['in a line of a CRLF text', 'a\r\nb §c\r\nd', ['LINE 2: b c', '          ^']],
    ['behind a tab, which is shown as a space', '\t\t§x', ['LINE 1:   x', '          ^']],
    ['behind wide characters, of two columns each', '日本§x', ['LINE 1: 日本x', '            ^']],
    ['behind an emoji of several characters', '👩‍👩‍👧§x', ['LINE 1: 👩‍👩‍👧x', '          ^']],
    ['behind a combining mark', 'e\u0301§x', ['LINE 1: e\u0301x', '         ^']],
    [
      'at the letter that a combining mark is on',
      'ae§\u0301x',
      ['LINE 1: ae\u0301x', '         ^'],
    ],
    ['behind the end of a line', 'select§', ['LINE 1: select', '              ^']],
    ['on an empty line', 'a\n§\nb', ['LINE 2: ', '        ^']],
    ['with a line number of more digits', `${'\n'.repeat(99)}§x`, ['LINE 100: x', '          ^']],
  ])('is %s', (_where, marked, lines) => {
    expect(shown(marked)).toEqual(lines);
  });

  test('stands below what is made visible: nothing of the text reaches the terminal as it is', () => {
    const [line, caret] = shown("select '\u001b[2J\u202e\u2028' §x");
    expect(line).toBe("LINE 1: select '\\x1B[2J\\u202E\\u2028' x");
    expect(caret).toBe(`${' '.repeat(line!.indexOf(' x') + 1)}^`);
  });

  test('is within 80 columns of a long line, which is clipped around the place', () => {
    const [line, caret] = shown(`${'a, '.repeat(5000)}§nope${', b'.repeat(5000)}`);
    expect(line).toMatch(/^LINE 1: \.\.\.[a, ]+nope[b, ]+\.\.\.$/);
    expect(line!.length).toBeLessThanOrEqual(80);
    expect(line!.slice(caret!.indexOf('^'))).toMatch(/^nope, b/);
  });

  test('uses the room of a short rest for what is before the place, and the other way round', () => {
    expect(shown(`${'a'.repeat(100)}§`)[0]).toBe(`LINE 1: ...${'a'.repeat(60)}`);
    expect(shown(`§${'a'.repeat(100)}`)[0]).toBe(`LINE 1: ${'a'.repeat(60)}...`);
    expect(shown(`${'日'.repeat(100)}§x`)[0]).toBe(`LINE 1: ...${'日'.repeat(29)}x`);
  });

  test('is always below the place, in a line that fits', () => {
    const piece = fc.constantFrom('a', ' ', '\t', '日', 'e\u0301', '👩‍👩‍👧', '🇩🇪', '\u0007', '\u202e');
    const text = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [line, caret] = shown(`${before}§#${after}`);
        expect(caret).toMatch(/^ *\^$/);
        expect(displayWidth(line!.slice(0, line!.indexOf('#')))).toBe(caret!.length - 1);
        expect(displayWidth(line!)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 500 },
    );
  });
});
