import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { displayText } from '../../lib/formats/display.js';
import { simpleWidth, visibleWidth } from '../../lib/formats/measure.js';
import { displayWidth } from '../../lib/formats/width.js';

describe('the width of text on a terminal', () => {
  test.each([
    ['nothing', '', 0],
    ['ASCII', 'plain text ~', 12],
    ['other letters', 'žluťoučký кот', 13],
    ['a letter and a mark of its own', 'e\u0301', 1],
    ['several marks', 'a\u0300\u0301\u20dd', 1],
    ['Chinese', '汉字', 4],
    ['Japanese, full and half', 'カナｶﾅ', 6],
    ['Hangul', '한국', 4],
    ['Hangul from its parts', '\u1112\u1161\u11ab', 2],
    ['full-width letters', 'ＡＢ', 4],
    ['letters beyond the basic plane', '𠀀𝒜', 3],
    ['Thai', 'ที่', 1],
    ['zero-width characters', 'a\u200bb\u2060c\ufeff', 3],
    ['a soft hyphen, which shows', 'a\u00adb', 3],
    ['an emoji', '🙂', 2],
    ['a sign that is text by itself', '©☺', 2],
    ['the same with emoji presentation', '©️☺️', 4],
    ['a keycap', '1️⃣#️⃣', 4],
    ['a digit', '1', 1],
    ['a flag', '🇩🇪🇫🇷', 4],
    ['a flag of tags', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', 2],
    ['a skin tone', '👍🏽', 2],
    ['a family', '👨‍👩‍👧‍👦', 2],
    ['a profession', '👩🏽‍🚀', 2],
    ['a heart on fire', '❤️‍🔥', 2],
    ['a joiner between letters', 'क्‍ष', 2],
    ['emoji among text', 'a🙂b👨‍👩‍👧c', 7],
    ['half of a flag', '🇩', 1],
    ['a sign that is an emoji but asked to be text', '❤︎', 1],
    ['vowel signs that take space', 'का', 2],
    ['signs that take none', 'कि', 2],
    ['Tamil', 'நி', 2],
    ['Hangul parts, one after the other', '\u1100\u1161\u1100\u1161', 4],
    ['a letter inside of a circle', 'a\u20dd', 1],
    ['a sign that stands before digits, and is seen', '\u0600١', 2],
    ['box drawing and blocks', '─│█', 3],
  ])('%s', (_, text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('the width of bytes', () => {
  const unit = fc.oneof(
    fc.constantFrom('a', 'é', '日', '🙂', '🇩', '🇪', 'e\u0301', '\u200d', '\ufe0f', '🏽', '\u1161'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  const text = fc
    .array(unit)
    .map((parts) => displayText(parts.join('').toWellFormed().replaceAll('\n', '')));

  test('is that of the text', () => {
    fc.assert(
      fc.property(text, (shown) => {
        const bytes = Buffer.from(`<${shown}>`);
        expect(visibleWidth(bytes, 1, bytes.length - 1)).toBe(displayWidth(shown));
      }),
      { numRuns: 2000 },
    );
  });

  test('is known at a glance only where the text needs no second look', () => {
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        const raw = parts
          .join('')
          .toWellFormed()
          .replace(/[\x00-\x1f\x7f]/g, '');
        const bytes = Buffer.from(raw);
        const width = simpleWidth(bytes, 0, bytes.length);
        if (width === -1) return;
        expect(displayText(raw)).toBe(raw);
        expect(width).toBe(displayWidth(raw));
      }),
      { numRuns: 2000 },
    );
  });

  test('is not known of what is not UTF-8', () => {
    for (const bytes of [
      [0x80],
      [0xc3],
      [0xc0, 0xaf],
      [0xbf, 0xbf],
      [0xed, 0xa0, 0x80],
      [0xf9, 0x80, 0x80, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe6, 0x97, 0x61],
    ]) {
      expect(simpleWidth(Uint8Array.from(bytes), 0, bytes.length)).toBe(-1);
    }
  });
});
