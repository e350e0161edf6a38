import { describe, expect, test } from '@jest/globals';
import { cellChecker, jsonRowChecker } from '../../lib/databases/cell-size.js';
import { LimitError } from '../../lib/errors.js';

const columns = ['id', 'doc', 'note'].map((name) => ({ name, key: name, oid: 25, type: 'text' }));

describe('the size of a value', () => {
  test('is its bytes, and NULL has none', () => {
    const check = cellChecker(columns, 4)!;
    expect(() => check([Buffer.from('1234'), null, Buffer.from('')])).not.toThrow();
    expect(() => check([null, Buffer.from('éé!'), null])).toThrow(LimitError);
    expect(() => check([null, Buffer.from('éé!'), null])).toThrow(/a value of doc has 5 bytes/);
    expect(cellChecker(columns, undefined)).toBeUndefined();
  });

  test.each([
    ['{"id":1,"doc":"x","note":null}', undefined],
    ['{"id":1,"doc":{"a":[1,{"b":"},:"}]},"note":"12345678"}', 'doc'],
    ['{"id":"\\"\\\\\\"","doc":[[],[]],"note":"123456789"}', 'note'],
    ['{"id":[1,2,3,4,5,6],"doc":1,"note":2}', 'id'],
  ])('is what the member takes in %s', (row, tooLarge) => {
    const check = jsonRowChecker(columns, 10)!;
    const run = () => check(Buffer.from(row));
    if (tooLarge === undefined) expect(run).not.toThrow();
    else expect(run).toThrow(new RegExp(`a value of ${tooLarge} `));
  });
});
