import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { displayText } from '../../lib/formats/display.js';
import { printable, printableJson } from '../../lib/io.js';

/** Unicode's own properties, asked one by one, beside which the program's list must have no gap. */
const DANGEROUS =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u00ad\u034f\u180e\u200b-\u200f\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

describe('text for a terminal', () => {
  test.each([
    ['\x1b[2J', '\\x1b[2J'],
    ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['\x9b2J\x90q\x9c', '\\x9b2J\\x90q\\x9c'],
    ['a\rb\bc\x7f', 'a\\x0db\\x08c\\x7f'],
    ['\u202eabc\u202c\u2066x\u2069\u061c\u200f', '\\u202eabc\\u202c\\u2066x\\u2069\\u061c\\u200f'],
    [
      'a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg',
      'a\\u200bb\\u200cc\\u200dd\\u2060e\\ufefff\\xadg',
    ],
    ['a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['\u{e0001}\u{e0041}\u{e007f}', '\\u{e0001}\\u{e0041}\\u{e007f}'],
    ['\u3164\u115f\u{e0100}', '\\u3164\\u115f\\u{e0100}'],
    ['x\ufe0f\ufe0f\ufe00', 'x\\ufe0f\\ufe0f\\ufe00'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test.each([
    ['lines\nand\ttabs'],
    ['Zoë, Ελλάδα, 日本語, مرحبا'],
    [
      '❤\ufe0f 👩\u200d🚀 👨\u200d👩\u200d👧 👍🏽 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} 🇩🇪',
    ],
    ['می\u200cخواهم'],
    ['क्\u200dष'],
    ['葛\u{e0100}'],
  ])('leaves alone what is written so: %s', (text) => {
    expect(printable(text)).toBe(text);
    expect(displayText(text.replace('\t', ' '))).toBe(text.replace('\t', ' '));
  });

  test('is safe whatever comes', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'\x1b\x9b\u200b\u200d\u202e\u2066\u{e0041}\ufe0f🏴👩a '),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        const text = parts.join('');
        for (const shown of [printable(text), displayText(text)]) {
          // A joiner between two emoji is the one that may stay.
          const bare = shown
            .replace(/[\n\t]/g, '')
            .replace(
              /(?<=\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)\u200d(?=\p{Extended_Pictographic})/gu,
              '',
            );
          expect(bare).not.toMatch(DANGEROUS);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('of JSON means what it meant, and is plain', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sent = `${text.toWellFormed()}\u202e\u{e0041}\x7f\x9b`;
        const json = printableJson(JSON.stringify({ sent }));
        expect(json).not.toMatch(DANGEROUS);
        expect(JSON.parse(json)).toEqual({ sent });
      }),
    );
  });
});
