/** Any turn and any session that there could be. */
import fc from 'fast-check';
import type { Session, Turn } from '../../lib/sessions/session.js';
import { session } from './turns.js';

/** Every kind of text, with what has broken parsers before more often than chance would have it. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '\0\u001b[2J\u007f\u0085',
    '\ud800',
    'a\udc00b',
    '\u2028\u2029\ufeff\ufffd',
    '"checksum": "0"\n}\n',
    '\\ud800\\"\r\n',
    'long '.repeat(20_000),
  ),
);

const anyCount = fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER));

const anyTime = fc
  .date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const anyAnswer: fc.Arbitrary<Turn> = fc.record({
  at: anyTime,
  request: anyText,
  sql: fc.option(anyText),
  columns: fc.option(fc.array(fc.record({ name: anyText, type: anyText }), { maxLength: 4 })),
  rowCount: fc.option(anyCount),
  truncated: fc.boolean(),
  answer: anyText,
  model: anyText,
  usage: fc.record({ inputTokens: anyCount, cachedTokens: anyCount, outputTokens: anyCount }),
  steps: anyCount,
  exit: fc.nat({ max: 255 }),
});

const anyChanges: fc.Arbitrary<Turn['changes']> = fc.array(
  fc.record({
    id: fc.stringMatching(/^[0-9a-f]{8}$/),
    state: fc.constantFrom('applied', 'planned'),
    effect: fc.constantFrom('write', 'ddl', 'admin'),
    statements: fc.array(
      fc.record({
        sql: anyText,
        command: fc.constantFrom('UPDATE', 'CREATE TABLE'),
        rowCount: fc.option(anyCount),
      }),
      { maxLength: 40 },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Few turns change anything; the others have no such member. */
export const anyTurn: fc.Arbitrary<Turn> = fc
  .tuple(anyAnswer, fc.option(anyChanges, { nil: undefined, freq: 2 }))
  .map(([turn, changes]) => (changes === undefined ? turn : { ...turn, changes }));

export const anySession: fc.Arbitrary<Session> = fc
  .tuple(fc.array(anyTurn, { maxLength: 4 }), anyText, anyText, fc.option(anyText), fc.nat(999_999))
  .map(([turns, directory, database, name, sequence]) =>
    session(turns, { directory, database, sequence, ...(name === null ? {} : { name }) }),
  );
