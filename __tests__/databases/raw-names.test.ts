import { expect, test } from '@jest/globals';
import { rawNames } from '../../lib/databases/raw-names.js';

const message = (type: string, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};

const rowDescription = (...names: readonly Buffer[]) =>
  message(
    'T',
    Buffer.concat([
      Buffer.of(0, names.length),
      ...names.flatMap((name) => [name, Buffer.of(0), Buffer.alloc(18, 0x54)]),
    ]),
  );

const CAFE = Buffer.from('caf\xe9', 'latin1');

test.each([1, 2, 7, 1000])(
  'names that are no UTF-8 are known by what can be read of them, in pieces of %i bytes',
  (size) => {
    const names = rawNames();
    const said = Buffer.concat([
      message('1', Buffer.alloc(0)),
      message('D', Buffer.from('T'.repeat(30))),
      rowDescription(Buffer.from('plain'), Buffer.from('é')),
      message('C', Buffer.from('SELECT 1\0')),
      rowDescription(CAFE, Buffer.from('b')),
      rowDescription(),
      message('Z', Buffer.from('I')),
    ]);
    for (let at = 0; at < said.length; at += size) names.read(said.subarray(at, at + size));
    expect(names.of(['caf\ufffd', 'b'])).toEqual([CAFE, Buffer.from('b')]);
    expect(names.of(['plain', 'é'])).toBeUndefined();
    expect(names.of([])).toBeUndefined();
  },
);
