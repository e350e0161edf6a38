import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseSql } from '../../lib/sql/parse.js';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../lib/sql/quote.js';

/** What the server can store: no NUL, no lone surrogate. */
const text = fc.string({ unit: 'binary' }).filter((s) => !s.includes('\0') && s.isWellFormed());

async function target(sql: string): Promise<Record<string, unknown>> {
  const [statement] = await parseSql(sql);
  const [first] = statement!.fields['targetList'] as { ResTarget: Record<string, unknown> }[];
  return first!.ResTarget;
}

describe('quoting', () => {
  test('any identifier reads back as itself', async () => {
    await fc.assert(
      fc.asyncProperty(
        text.filter((s) => s !== '' && Buffer.byteLength(s) < 64),
        async (name) => {
          const column = await target(`select ${quoteIdentifier(name)} from t`);
          const { ColumnRef: ref } = column['val'] as {
            ColumnRef: { fields: [{ String: { sval: string } }] };
          };
          expect(ref.fields[0].String.sval).toBe(name);
        },
      ),
    );
  });

  test('any literal reads back as itself', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const column = await target(`select ${quoteLiteral(value)}`);
        const { A_Const: constant } = column['val'] as {
          A_Const: { sval: { sval?: string } };
        };
        expect(constant.sval.sval ?? '').toBe(value);
      }),
    );
  });

  test('plain names stay plain, keywords and others are quoted', () => {
    expect(quoteIdentifier('orders')).toBe('orders');
    expect(quoteIdentifier('order')).toBe('"order"');
    expect(quoteIdentifier('Orders')).toBe('"Orders"');
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
    expect(quoteQualified('public', 'a', ['public'])).toBe('a');
    expect(quoteQualified('other', 'a b', ['public'])).toBe('other."a b"');
  });
});
