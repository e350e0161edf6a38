import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageSorter } from '../../lib/databases/tap.js';

interface Message {
  readonly type: string;
  readonly body: Uint8Array;
}

const KINDS: Readonly<Record<string, 'row' | 'drop'>> = { D: 'row', d: 'row', c: 'drop' };

function encode({ type, body }: Message): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** What comes out for a stream that is cut at these places. */
function sorted(stream: Buffer, cuts: readonly number[]) {
  const passed: Buffer[] = [];
  const rows: Buffer[] = [];
  let row: Buffer[] = [];
  const take = messageSorter({
    kindOf: (type) => KINDS[String.fromCharCode(type)] ?? 'pass',
    pass: (bytes) => passed.push(Buffer.from(bytes)),
    rows({ bytes, ends }) {
      let from = 0;
      for (const end of ends) {
        rows.push(Buffer.concat([...row, bytes.subarray(from, end)]));
        row = [];
        from = end;
      }
      if (from < bytes.length) row.push(Buffer.from(bytes.subarray(from)));
    },
  });
  let from = 0;
  for (const to of [...new Set(cuts), stream.length].sort((a, b) => a - b)) {
    // Its memory is the sorter's to change.
    take(Buffer.from(stream.subarray(from, to)));
    from = to;
  }
  return { passed: Buffer.concat(passed), rows, row };
}

const body = fc.oneof(
  fc.constant(new Uint8Array()),
  fc.uint8Array({ maxLength: 12 }),
  fc.uint8Array({ minLength: 60, maxLength: 90 }),
);
const messages = fc.array(
  fc.record({ type: fc.constantFrom('D', 'd', 'c', 'C', 'Z', 'N'), body }),
  { maxLength: 12 },
);

function expectWhole(list: readonly Message[], cuts: readonly number[]): void {
  const { passed, rows, row } = sorted(Buffer.concat(list.map(encode)), cuts);
  const ofKind = (kind: string) => list.filter(({ type }) => (KINDS[type] ?? 'pass') === kind);
  expect(passed.equals(Buffer.concat(ofKind('pass').map(encode)))).toBe(true);
  expect(rows.map((each) => each.toString('hex'))).toEqual(
    ofKind('row').map(({ body: bytes }) => Buffer.from(bytes).toString('hex')),
  );
  expect(row).toEqual([]);
}

describe('messages that are sorted', () => {
  test('are the same however the stream is cut', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat(900), { maxLength: 12 }), (list, places) => {
        const length = list.reduce((sum, message) => sum + 5 + message.body.length, 0);
        expectWhole(
          list,
          places.filter((place) => place > 0 && place < length),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('are the same one byte at a time', () => {
    fc.assert(
      fc.property(messages, (list) => {
        const { length } = Buffer.concat(list.map(encode));
        expectWhole(
          list,
          Array.from({ length }, (_, i) => i).filter((i) => i > 0),
        );
      }),
    );
  });
});
