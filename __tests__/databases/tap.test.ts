import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageSorter } from '../../lib/databases/tap.js';

interface Message {
  readonly type: string;
  readonly payload: Uint8Array;
}

const message: fc.Arbitrary<Message> = fc.record({
  type: fc.constantFrom('D', 'd', 'd', 'd', 'Z', 'C', 'N', 'H', 'c'),
  payload: fc.uint8Array({ maxLength: 40 }),
});

/** As a DataRow with one value, which the test's protocol calls `L`. */
const line: fc.Arbitrary<Message> = fc.uint8Array({ maxLength: 40 }).map((value) => ({
  type: 'L',
  payload: Buffer.concat([Buffer.from([0, 1, 0, 0, 0, value.length]), value]),
}));

function encoded({ type, payload }: Message): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 'latin1');
  header.writeUInt32BE(payload.length + 4, 1);
  return Buffer.concat([header, payload]);
}

const KINDS: Readonly<Record<string, 'row' | 'line' | 'drop'>> = {
  ...{ D: 'row', d: 'row', L: 'line', H: 'drop', c: 'drop' },
};
const kindOf = (type: number) => KINDS[String.fromCharCode(type)] ?? 'pass';

/** What comes out, in its order: rows one by one, other messages as bytes. */
function sort(pieces: readonly Buffer[]): { rows: string[]; passed: string; order: string } {
  const rows: string[] = [];
  const passed: Buffer[] = [];
  let order = '';
  let torn: Buffer[] = [];
  const sorter = messageSorter({
    kindOf,
    pass(bytes) {
      passed.push(Buffer.from(bytes));
      order += 'p';
    },
    rows({ bytes, ends }) {
      let from = 0;
      for (const end of ends) {
        rows.push(Buffer.concat([...torn, bytes.subarray(from, end)]).toString('hex'));
        order += 'r';
        torn = [];
        from = end;
      }
      torn.push(Buffer.from(bytes.subarray(from)));
    },
  });
  for (const piece of pieces) sorter(Buffer.from(piece));
  expect(Buffer.concat(torn)).toHaveLength(0);
  return { rows, passed: Buffer.concat(passed).toString('hex'), order };
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

describe('messages of the protocol, sorted', () => {
  test('rows and the rest come out whole, wherever the stream was cut', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
        (messages, sizes) => {
          const { rows, passed } = sort(cut(Buffer.concat(messages.map(encoded)), sizes));
          const kinds = messages.map((one) => ({ one, kind: kindOf(one.type.charCodeAt(0)) }));
          expect(rows).toEqual(
            kinds
              .filter(({ kind }) => kind === 'row')
              .map(({ one }) => Buffer.from(one.payload).toString('hex')),
          );
          expect(passed).toBe(
            Buffer.concat(
              kinds.filter(({ kind }) => kind === 'pass').map(({ one }) => encoded(one)),
            ).toString('hex'),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('values that become lines come out whole as well', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(line, message), { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
        (messages, sizes) => {
          const { rows } = sort(cut(Buffer.concat(messages.map(encoded)), sizes));
          const expected = messages.flatMap(({ type, payload }) => {
            const kind = kindOf(type.charCodeAt(0));
            if (kind === 'line') return [`${Buffer.from(payload.subarray(6)).toString('hex')}0a`];
            return kind === 'row' ? [Buffer.from(payload).toString('hex')] : [];
          });
          expect(rows).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('what came before a message has been handed over when the message is', () => {
    const messages = ['d', 'd', 'C', 'd', 'Z'].map((type) => ({
      type,
      payload: Buffer.from('abc'),
    }));
    const stream = Buffer.concat(messages.map(encoded));
    expect(sort([stream]).order).toBe('rrprp');
    expect(sort(cut(stream, [1])).order.replace(/p+/g, 'p')).toBe('rrprp');
  });
});
