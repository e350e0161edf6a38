import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRoundedByDouble, quoteNumbers } from '../../lib/formats/json-numbers.js';

/** Rows as they come from the database, cut into chunks at the given places. */
function chunksOf(rows: readonly string[], cuts: readonly number[]) {
  const bytes = Buffer.from(rows.map((row) => `${row}\n`).join(''));
  const ends: number[] = [];
  for (const row of rows) ends.push((ends.at(-1) ?? 0) + Buffer.byteLength(row) + 1);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  return places.slice(1).map((to, i) => {
    const from = places[i]!;
    return {
      bytes: new Uint8Array(bytes.subarray(from, to)),
      ends: ends.filter((end) => end > from && end <= to).map((end) => end - from),
    };
  });
}

/** The rows that come out, by their ends. */
function quoted(rows: readonly string[], cuts: readonly number[] = []): string[] {
  const quote = quoteNumbers();
  let all = Buffer.alloc(0);
  const ends: number[] = [];
  for (const chunk of chunksOf(rows, cuts)) {
    const out = quote(chunk);
    ends.push(...out.ends.map((end) => end + all.length));
    all = Buffer.concat([all, out.bytes]);
  }
  expect(ends.at(-1) ?? 0).toBe(all.length);
  return ends.map((end, i) => all.subarray(ends[i - 1] ?? 0, end - 1).toString());
}

/** The value of a number as a whole number and a power of ten, without any double. */
function exact(text: string): { digits: bigint; power: bigint } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), power: BigInt(exponent) - BigInt(fraction.length) };
}

function isEqual(a: string, b: string): boolean {
  const [one, other] = [exact(a), exact(b)];
  if (one.digits === 0n || other.digits === 0n) return one.digits === other.digits;
  const low = one.power < other.power ? one.power : other.power;
  return one.digits * 10n ** (one.power - low) === other.digits * 10n ** (other.power - low);
}

describe('--json-numbers string', () => {
  test.each([
    '9007199254740993',
    '-9007199254740993',
    '9223372036854775807',
    '-9223372036854775808',
    '12345678901234567890.12',
    '0.1234567890123456789',
    '1e400',
    '-1E+400',
    '1e-400',
    '0.30000000000000000001',
    '1152921504606846976',
    `1${'0'.repeat(400)}`,
    '123456789012345678e2',
  ])('quotes %s', (number) => {
    expect(quoted([`{"a":${number}}`])).toEqual([`{"a":"${number}"}`]);
  });

  test.each([
    '0',
    '-0',
    '0.0',
    '1.10',
    '0.1',
    '1e5',
    '1E-5',
    '9007199254740992',
    '-9007199254740991',
    '1.7976931348623157e308',
    '5e-324',
    '100000000000000000000000',
    '0.10000000000000000000000000',
    '0e999',
    '123456789012345',
  ])('leaves %s', (number) => {
    expect(quoted([`{"a":${number}}`])).toEqual([`{"a":${number}}`]);
  });

  test('finds them at any depth, and not in strings or names', () => {
    const row =
      '{"9007199254740993":"9007199254740993","b":[1, -9007199254740993 ,[{"c" : 9007199254740993}]],"d":"\\"9007199254740993\\\\","e":9007199254740993,"f":true,"g":null,"ü":"\\u0022 9007199254740993"}';
    expect(quoted([row])).toEqual([
      row
        .replace('-9007199254740993', '"$&"')
        .replace('"c" : 9007199254740993', '"c" : "9007199254740993"')
        .replace('"e":9007199254740993', '"e":"9007199254740993"'),
    ]);
  });

  test('takes a whole row that is one number, and rows without any', () => {
    expect(quoted(['{}', '9007199254740993', '[]'])).toEqual(['{}', '"9007199254740993"', '[]']);
  });

  test('says what a double rounds as arithmetic without doubles does', () => {
    const number = fc.oneof(
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((d) => JSON.stringify(d)),
      fc
        .tuple(
          fc.constantFrom('', '-'),
          fc.bigInt({ min: 0n, max: 10n ** 24n }).map(String),
          fc.stringMatching(/^(\.\d{1,24})?$/),
          fc.stringMatching(/^([eE][+-]?\d{1,3})?$/),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(number, (text) => {
        const back = String(Number(text));
        const same = Number.isFinite(Number(text)) && isEqual(text, back);
        expect(isRoundedByDouble(text)).toBe(!same);
      }),
      { numRuns: 3000 },
    );
  });

  test('gives the same rows wherever chunks are torn, and any value back', () => {
    const jsonRow = fc
      .array(
        fc.tuple(
          fc.string(),
          fc.oneof(
            fc.jsonValue().map((value) => JSON.stringify(value)),
            fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
            fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text.toWellFormed())),
          ),
        ),
      )
      .map((members) => `{${members.map(([k, v]) => `${JSON.stringify(k)}:${v}`).join(',')}}`);
    fc.assert(
      fc.property(fc.array(jsonRow), fc.array(fc.nat()), (rows, cuts) => {
        const out = quoted(rows, cuts);
        expect(out).toEqual(quoted(rows));
        expect(out.map(unquoted)).toEqual(rows);
        for (const row of out) JSON.parse(row);
      }),
      { numRuns: 200 },
    );
  });
});

/** Takes the quotes away from what a double would round, which no other string of these rows is. */
function unquoted(row: string): string {
  return row.replace(/"(?:[^"\\]|\\.)*"/g, (string, at: number) => {
    const text = string.slice(1, -1);
    const isName = row[at + string.length] === ':';
    const isNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
    return isNumber && !isName && isRoundedByDouble(text) ? text : string;
  });
}
