import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageSlicer } from '../../../lib/databases/embedded/duplex.js';

function message(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(type.length + 4);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, type.length);
  return Buffer.concat([head, body]);
}

const startup = message('', Buffer.from('user\0postgres\0\0'));

describe('slicing the frontend protocol', () => {
  test('gives whole messages in their order, wherever the writes are cut', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
    const cuts = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(bodies, cuts, (parts, places) => {
        const messages = parts.map((body) => message('P', body));
        const all = Buffer.concat([startup, ...messages]);
        const edges = [
          0,
          ...places.filter((at) => at < all.length).sort((a, b) => a - b),
          all.length,
        ];
        const slice = messageSlicer();
        const given: Uint8Array[] = [];
        for (const [i, from] of edges.slice(0, -1).entries()) {
          given.push(...slice(all.subarray(from, edges[i + 1])));
        }
        expect(Buffer.from(given[0]!)).toEqual(startup);
        expect(Buffer.concat(given)).toEqual(all);
        // Each piece must be whole messages: a fresh slicer that has started holds nothing of it back.
        for (const piece of given.slice(1)) {
          const again = messageSlicer();
          again(startup);
          expect(Buffer.concat(again(piece))).toEqual(Buffer.from(piece));
        }
      }),
    );
  });

  test('gives the startup message alone', () => {
    const query = message('Q', Buffer.from('select 1\0'));
    expect(messageSlicer()(Buffer.concat([startup, query])).map((each) => each.length)).toEqual([
      startup.length,
      query.length,
    ]);
  });

  test('leaves Terminate out', () => {
    const slice = messageSlicer();
    slice(startup);
    expect(slice(message('X', Buffer.alloc(0)))).toEqual([]);
    const sync = message('S', Buffer.alloc(0));
    const both = slice(Buffer.concat([sync, message('X', Buffer.alloc(0))]));
    expect(both.map((each) => Buffer.from(each))).toEqual([sync]);
  });

  test('gives memory of its own, which can be handed to another thread', () => {
    const slice = messageSlicer();
    const [first] = slice(startup);
    expect(first!.byteOffset).toBe(0);
    expect(first!.buffer.byteLength).toBe(startup.length);
  });
});
