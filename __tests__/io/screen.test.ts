import { expect, test } from '@jest/globals';
import { lineCounter } from '../../lib/io/screen.js';

test.each([
  ['nothing', '', 0],
  ['lines', 'a\n\nb\n', 3],
  ['a line that is not over', 'a\nb', 1],
  ['a line as wide as the screen', `${'x'.repeat(10)}\n`, 1],
  ['one that is folded', `${'x'.repeat(11)}\n`, 2],
  ['one that is folded twice, and the next', `${'x'.repeat(21)}\ny\n`, 4],
  ['letters of several bytes', `${'é'.repeat(10)}\n`, 1],
  ['colours', `\x1b[1m${'x'.repeat(10)}\x1b[22m\n`, 1],
  ['an escape that never ends', '\x1b[0;0;0\na\nb\n', 3],
])('the lines of a screen that %s takes', (_, text, lines) => {
  const whole = lineCounter(10);
  whole.add(text);
  expect(whole.count()).toBe(lines);
  const torn = lineCounter(10);
  for (const byte of Buffer.from(text)) torn.add(Uint8Array.of(byte));
  expect(torn.count()).toBe(lines);
});

test('a terminal that does not tell its width folds nothing', () => {
  const counter = lineCounter(undefined);
  counter.add('x'.repeat(1000));
  expect(counter.count()).toBe(0);
});
