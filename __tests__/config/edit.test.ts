import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withEntry, withKey, withoutKey } from '../../lib/config/edit.js';

const object = fc.dictionary(fc.string(), fc.jsonValue());
const indent = fc.constantFrom(undefined, 2, '\t');
const without = (from: object, key: string) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));
const parsed = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('setting a key', () => {
  test.each([
    ['{}', '{\n  "k": "v"\n}'],
    ['{}\n', '{\n  "k": "v"\n}\n'],
    ['{ "a": 1 }', '{ "k": "v", "a": 1 }'],
    ['{\n\t"a": 1\n}', '{\n\t"k": "v",\n\t"a": 1\n}'],
    ['{"a": {"k": 1}, "k" : "old" }', '{"a": {"k": 1}, "k" : "v" }'],
  ])('%j', (text, expected) => {
    expect(withKey(text, 'k', 'v')).toBe(expected);
  });

  test('leaves every other key as it was', () => {
    fc.assert(
      fc.property(object, fc.string(), indent, (old, value, space) => {
        const text = JSON.stringify(old, null, space);
        expect(JSON.parse(withKey(text, 'k', value))).toEqual({ ...parsed(text), k: value });
      }),
    );
  });
});

describe('adding an entry', () => {
  test.each([
    ['{}\n', '{\n  "s": {\n    "k": { "a": "b" }\n  }\n}\n'],
    ['{"x":1}', '{"x":1, "s": {\n  "k": { "a": "b" }\n}}'],
    ['{\n\t"x": 1,\n\t"s": {}\n}\n', '{\n\t"x": 1,\n\t"s": {\n\t\t"k": { "a": "b" }\n\t}\n}\n'],
    [
      '{\r\n  "s": {\r\n    "old": { }\r\n  },\r\n  "x": 1\r\n}',
      '{\r\n  "s": {\r\n    "old": { },\r\n    "k": { "a": "b" }\r\n  },\r\n  "x": 1\r\n}',
    ],
    ['{ "s": { "old": 1 } }', '{ "s": { "old": 1, "k": { "a": "b" } } }'],
  ])('%j', (text, expected) => {
    expect(withEntry(text, 's', 'k', { a: 'b' })).toBe(expected);
  });

  test('leaves every other key as it was, whatever the entry says', () => {
    const section = fc.option(object, { nil: undefined });
    const entry = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.string(),
    );
    fc.assert(
      fc.property(object, section, entry, indent, (old, inner, added, space) => {
        const others = without(old, 's');
        const whole = inner === undefined ? others : { ...others, s: without(inner, 'k') };
        const text = JSON.stringify(whole, null, space);
        const before = parsed(text);
        expect(parsed(withEntry(text, 's', 'k', added))).toEqual({
          ...before,
          s: { ...(before['s'] as object | undefined), k: added },
        });
      }),
    );
  });
});

describe('removing a key', () => {
  test.each([
    ['{ "s": { "k": 1 } }', '{ "s": {} }'],
    ['{ "s": { "k": 1, "x": 2 } }', '{ "s": { "x": 2 } }'],
    ['{ "s": { "x": 2, "k": 1 } }', '{ "s": { "x": 2 } }'],
    [
      '{\n  "s": {\n    "a": 1,\n    "k": {},\n    "b": 2\n  }\n}',
      '{\n  "s": {\n    "a": 1,\n    "b": 2\n  }\n}',
    ],
    ['{ "s": {} }', '{ "s": {} }'],
    ['{ "k": 1 }', '{ "k": 1 }'],
  ])('%j', (text, expected) => {
    expect(withoutKey(text, ['s', 'k'])).toBe(expected);
  });

  test('undoes adding one', () => {
    fc.assert(
      fc.property(object, indent, (inner, space) => {
        const text = JSON.stringify({ a: 1, s: without(inner, 'k'), z: 2 }, null, space);
        const added = withEntry(text, 's', 'k', { a: 'b' });
        expect(parsed(withoutKey(added, ['s', 'k']))).toEqual(parsed(text));
      }),
    );
  });
});
