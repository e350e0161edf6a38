import { describe, expect, test } from '@jest/globals';
import { decode, displayText } from '../../lib/formats/display.js';

describe('values for human eyes', () => {
  test.each([
    ['NULL', null, ''],
    ['plain text', 'a "b" \\ c', 'a "b" \\ c'],
    ['line breaks', 'a\nb\n', 'a\nb\n'],
    ['a carriage return', 'a\r\nb', 'a\\r\nb'],
    ['a terminal sequence', '\x1b[31mred\x1b]0;title\x07', '\\x1B[31mred\\x1B]0;title\\x07'],
    ['C1 controls', 'a\u009b31m\u0085', 'a\\u009B31m\\u0085'],
    ['delete', '\x7f', '\\x7F'],
    ['what turns the text around', 'abc\u202edcba\u2066\u200f', 'abc\\u202Edcba\\u2066\\u200F'],
    ['line separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    [
      'tabs, up to the next stop',
      'a\tb\t\tc\n\t日本\tx',
      'a       b               c\n        日本    x',
    ],
    ['letters of any script', 'ñ日本語עברית👩‍🚀', 'ñ日本語עברית👩‍🚀'],
  ])('%s: shown so that nothing can hide', (_, cell, shown) => {
    expect(displayText(cell)).toBe(shown);
  });
});
