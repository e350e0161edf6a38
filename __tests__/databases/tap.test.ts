import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageSorter } from '../../lib/databases/tap.js';

/** What each kind of message is for: R rows, D dropped, P passed on. */
const kindOf = (type: number) =>
  type === 0x52 ? 'row' : type === 0x44 ? 'drop' : ('pass' as const);

interface Message {
  readonly type: 'R' | 'D' | 'P';
  readonly body: Buffer;
}

function encoded({ type, body }: Message): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

/** What comes out of a sorter, in order: passed bytes, and rows once they are whole. */
function sorted(chunks: readonly Buffer[]) {
  const out: { readonly passed?: string; readonly row?: string }[] = [];
  let row = '';
  const sort = messageSorter({
    kindOf,
    pass: (bytes) => void out.push(...[...bytes].map((byte) => ({ passed: hex(Buffer.of(byte)) }))),
    rows({ bytes, ends }) {
      let from = 0;
      for (const end of ends) {
        out.push({ row: row + hex(bytes.subarray(from, end)) });
        row = '';
        from = end;
      }
      row += hex(bytes.subarray(from));
    },
  });
  for (const chunk of chunks) sort(Buffer.from(chunk));
  expect(row).toBe('');
  return out;
}

function wanted(messages: readonly Message[]) {
  return messages.flatMap((message) => {
    if (message.type === 'D') return [];
    if (message.type === 'R') return [{ row: hex(message.body) }];
    return [...encoded(message)].map((byte) => ({ passed: hex(Buffer.of(byte)) }));
  });
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...[...places].sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, n) => bytes.subarray(at[n], end));
}

const message = fc.record({
  type: fc.constantFrom('R', 'D', 'P'),
  body: fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
}) as fc.Arbitrary<Message>;

describe('messages of a server, sorted', () => {
  test('come out the same wherever the network cuts them', () => {
    const stream = fc.array(message, { maxLength: 12 });
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(stream, places, (messages, fractions) => {
        const bytes = Buffer.concat(messages.map(encoded));
        const chunks = cut(
          bytes,
          fractions.map((fraction) => Math.round(fraction * bytes.length)),
        );
        expect(sorted(chunks)).toEqual(wanted(messages));
      }),
      { numRuns: 500 },
    );
  });

  test('come out the same a byte at a time', () => {
    const messages: Message[] = ['P', 'R', 'R', 'D', 'P', 'R', 'P', 'D', 'R', 'R'].map(
      (type, n) => ({ type: type as Message['type'], body: Buffer.alloc(n % 4, 65 + n) }),
    );
    const bytes = Buffer.concat(messages.map(encoded));
    expect(sorted([...bytes].map((byte) => Buffer.of(byte)))).toEqual(wanted(messages));
  });
});
