import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, displayLine, displayText } from '../../lib/formats/display.js';

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

describe('bytes as text', () => {
  test.each([
    ['UTF-8', 'é日🙂', Buffer.from('é日🙂')],
    ['Latin-1', 'M\\xFCller', Buffer.from('Müller', 'latin1')],
    ['a character that is cut off', 'a\\xE6\\x97', Buffer.from([0x61, 0xe6, 0x97])],
    ['bytes that only go on', '\\x80\\xBFa', Buffer.from([0x80, 0xbf, 0x61])],
    ['an overlong slash', '\\xC0\\xAF', Buffer.from([0xc0, 0xaf])],
    ['a surrogate', '\\xED\\xA0\\x80', Buffer.from([0xed, 0xa0, 0x80])],
    ['beyond Unicode', '\\xF4\\x90\\x80\\x80', Buffer.from([0xf4, 0x90, 0x80, 0x80])],
    ['both', 'é\\xE9é', Buffer.from([0xc3, 0xa9, 0xe9, 0xc3, 0xa9])],
  ])('%s', (_, text, bytes) => {
    expect(decode(bytes)).toBe(text);
  });

  test('of any UTF-8 is that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decode(Buffer.from(text))).toBe(text.toWellFormed());
      }),
    );
  });
});

describe('a line', () => {
  test('is the same in pieces', () => {
    const unit = fc.constantFrom('\t', 'a', 'e\u0301', '日', '🙂', '\x01', '\u202e');
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (left, right) => {
        const first = displayLine(left);
        const second = displayLine(`x${right}`, first.end);
        const whole = displayLine(`${left}x${right}`);
        expect(first.text + second.text).toBe(whole.text);
        expect(second.end).toBe(whole.end);
      }),
    );
  });
});
