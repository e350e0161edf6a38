import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineOf, repeatedKeys, syntaxError } from '../../lib/config/locate.js';

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('locating', () => {
  const text = '{\n  "a": {\n    "b": [\n      1,\n      { "c": 2 }\n    ]\n  },\r\n  "d": 3\n}';

  test.each([
    [[], 1],
    [['a'], 2],
    [['a', 'b'], 3],
    [['a', 'b', 0], 4],
    [['a', 'b', 1, 'c'], 5],
    [['d'], 8],
    [['a', 'gone'], 2],
  ])('%j is in line %d', (path, line) => {
    expect(lineOf(text, path)).toBe(line);
  });

  test('takes the last of two equal keys, as JSON.parse does', () => {
    expect(lineOf('{\n"a": 1,\n"a": 2}', ['a'])).toBe(3);
  });

  test('finds every key of whatever JSON.stringify writes on a line of its own', () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 1 });
    fc.assert(
      fc.property(keys, fc.jsonValue(), (names, value) => {
        const json = JSON.stringify(
          Object.fromEntries(names.map((name) => [name, value])),
          null,
          1,
        );
        const line = new Map(names.map((name) => [name, lineOf(json, [name])]));
        const rows = json.split('\n');
        return names.every((name) =>
          rows[line.get(name)! - 1]!.startsWith(` ${JSON.stringify(name)}: `),
        );
      }),
    );
  });

  test('finds no key twice where there is none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => repeatedKeys(JSON.stringify(value)).length === 0),
    );
  });
});

describe('syntax', () => {
  test('is judged as JSON.parse judges it, on JSON with a character changed', () => {
    const change = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.nat(2),
      fc.oneof(
        fc.constantFrom(...'{}[],:"\\/ 0-.eE+tfn\n\t\u0000'),
        fc.string({ minLength: 1, maxLength: 1 }),
      ),
    );
    fc.assert(
      fc.property(change, ([json, place, cut, added]) => {
        const at = place % (json.length + 1);
        const text = json.slice(0, at) + added + json.slice(at + cut);
        return (syntaxError(text) === undefined) === parses(text);
      }),
      { numRuns: 2000 },
    );
  });
});
