import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keepTurn, readSession, renderSession, type Turn } from '../../lib/sessions/session.js';
import { anySession } from './any-session.js';
import { session, turn } from './turns.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('the file of a session', () => {
  test('gives back whatever was put into it', () => {
    fc.assert(
      fc.property(anySession, (written) => {
        const read = readSession(bytesOf(renderSession(written)));
        expect(read).toEqual({ type: 'session', session: written });
      }),
    );
  });

  test('is told from one in which any single bit was flipped', () => {
    const bytes = bytesOf(renderSession(session([turn('ümlaut')], { name: 'n' })));
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[at]! ^= 1 << bit;
        expect([at, bit, readSession(damaged).type]).toEqual([at, bit, 'corrupt']);
      }
    }
  });

  test('is told from one in which any byte became another', () => {
    const anyDamage = fc.tuple(anySession, fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(anyDamage, ([written, at, change]) => {
        const bytes = bytesOf(renderSession(written));
        bytes[at % bytes.length]! ^= change;
        expect(readSession(bytes).type).toBe('corrupt');
      }),
    );
    // Where JSON does not care: white space, and the digits of the version.
    const bytes = bytesOf(renderSession(session([turn('x')])));
    for (let at = 0; at < bytes.length; at++) {
      for (const other of ' \t\n\r0123456789,"') {
        const damaged = bytes.slice();
        damaged[at] = other.charCodeAt(0);
        if (damaged[at] === bytes[at]) continue;
        expect([at, other, readSession(damaged).type]).toEqual([at, other, 'corrupt']);
      }
    }
  });

  test('says what is wrong with it', () => {
    const text = renderSession(session([turn('x')]));
    const reasonOf = (altered: string) => readSession(bytesOf(altered));
    expect(reasonOf(text.slice(0, -3))).toMatchObject({ reason: 'it is not JSON' });
    expect(reasonOf(text.replace('"x"', '"y"'))).toMatchObject({
      reason: 'its checksum does not match',
    });
    expect(reasonOf(`${text}\n`)).toMatchObject({ reason: 'it was altered' });
  });

  test('is told from one that was cut off anywhere', () => {
    const bytes = bytesOf(renderSession(session([turn('x'), turn('y')])));
    for (let length = 0; length < bytes.length; length++) {
      expect([length, readSession(bytes.slice(0, length)).type]).toEqual([length, 'corrupt']);
    }
  });

  test('never crashes its reader, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json().map(bytesOf), fc.uint8Array()), (bytes) => {
        expect(readSession(bytes).type).toBe('corrupt');
      }),
    );
    expect(readSession(bytesOf(`${'['.repeat(1e5)}${']'.repeat(1e5)}`)).type).toBe('corrupt');
    expect(readSession(bytesOf('{"__proto__": {"version": 2}}')).type).toBe('corrupt');
  });

  test('of a later version is recognised, and one of ours with a damaged version is not', () => {
    expect(readSession(bytesOf('{"version": 2, "something": "else"}'))).toEqual({
      type: 'newer',
      version: 2,
    });
    const ours = renderSession(session([turn('x')])).replace('"version": 1', '"version": 7');
    expect(readSession(bytesOf(ours)).type).toBe('corrupt');
  });
});

test('nothing is kept of a turn but what belongs to it', () => {
  const rows = [['secret']];
  const given: Turn & { rows: string[][] } = { ...turn('x'), rows };
  expect(keepTurn(given)).toEqual(turn('x'));
});
