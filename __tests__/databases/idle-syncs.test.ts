import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { idleSyncFilter } from '../../lib/databases/idle-syncs.js';

const STARTUP = Buffer.from('\0\0\0\x08\0\x03\0\0', 'latin1');

function message(type: string, payload: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 'latin1');
  header.writeUInt32BE(payload.length + 4, 1);
  return Buffer.concat([header, payload]);
}

/** What is written of the chunks, each of whole messages. */
function written(chunks: readonly (readonly Buffer[])[]): string {
  const filter = idleSyncFilter();
  expect(filter(STARTUP)).toBe(STARTUP);
  return Buffer.concat(chunks.map((chunk) => filter(Buffer.concat(chunk)))).toString('hex');
}

describe('a Sync', () => {
  test.each([
    ['PES', 'PES'],
    ['PESS', 'PES'],
    ['PES S', 'PES'],
    ['PE S S PES', 'PES PES'],
    ['S SPDHS SS S', 'SPDHS'],
    ['PS PS', 'PS PS'],
  ])('that nothing was sent before is left out: of %s there is %s', (sent, kept) => {
    const chunks = (text: string) =>
      text.split(' ').map((part) => [...part].map((t) => message(t)));
    expect(written(chunks(sent))).toBe(Buffer.concat(chunks(kept).flat()).toString('hex'));
  });

  test('is found by the messages, not by what they hold', () => {
    const sync = message('S');
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.constantFrom('P', 'B', 'E', 'S', 'S', 'Q'),
            payload: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constant(sync)),
            cut: fc.boolean(),
          }),
          { maxLength: 30 },
        ),
        (sent) => {
          const chunks: Buffer[][] = [[]];
          for (const { type, payload, cut } of sent) {
            chunks.at(-1)!.push(type === 'S' ? sync : message(type, payload));
            if (cut) chunks.push([]);
          }
          const all = chunks.flat();
          const kept = all.filter((one, i) => one !== sync || all[i - 1] !== sync);
          expect(written(chunks)).toBe(Buffer.concat(kept).toString('hex'));
        },
      ),
    );
  });
});
