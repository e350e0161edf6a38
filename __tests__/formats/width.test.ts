import { describe, expect, test } from '@jest/globals';
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
  ])('%s', (_, text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});
