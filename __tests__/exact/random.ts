/** Results that nobody thought of: random columns of random types with random values, under random settings. */
import fc from 'fast-check';
import { literal, SAMPLES } from './samples.js';

export interface RandomResult {
  /** Of the session, as PGOPTIONS has them. */
  readonly settings: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Texts as long as this make a run slow, and are elsewhere. */
const LONGEST = 2000;

const TYPES = Object.entries(SAMPLES)
  .map(([type, texts]) => ({ type, texts: texts.filter((text) => text.length < LONGEST) }))
  // What one session prints another may not read: names of roles, and of what is in a catalog.
  .filter(({ type }) => !type.startsWith('reg') && type !== 'aclitem');

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'"\\,;{}()[]= \t\r\n.NULaé\u{1f469}') }),
  fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', '').toWellFormed()),
);

const digits = (count: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: count });

/** More than the samples, where a type has more than a few of a kind. */
const MORE: Readonly<Record<string, fc.Arbitrary<string>>> = {
  text,
  varchar: text,
  bpchar: text,
  int8: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  int4: fc.integer().map(String),
  float8: fc.double().map(String),
  float4: fc.float().map(String),
  numeric: fc
    .tuple(fc.constantFrom('', '-'), digits(60), digits(60))
    .map(([sign, whole, part]) => `${sign}${whole.join('')}.${part.join('')}`),
  bytea: fc.uint8Array().map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`),
  date: fc.integer({ min: -1_000_000, max: 100_000_000 }).map((day) => `J${day + 2_451_545}`),
  json: fc.json().map((json) => json.replaceAll('\\u0000', 'x')),
  jsonb: fc.json({ stringUnit: 'grapheme' }).map((json) => json.replaceAll('\\u0000', 'x')),
  uuid: fc.uuid(),
};

function valueOf(type: string, texts: readonly string[]): fc.Arbitrary<string | null> {
  const usual = fc.constantFrom(...texts);
  const more = MORE[type];
  return fc.option(more === undefined ? usual : fc.oneof(usual, more), { freq: 6 });
}

function listOf(value: fc.Arbitrary<string | null>): fc.Arbitrary<string | null> {
  const quoted = (item: string | null) =>
    item === null ? 'NULL' : `"${item.replaceAll(/["\\]/g, '\\$&')}"`;
  return fc.option(
    fc.array(value, { maxLength: 4 }).map((items) => `{${items.map(quoted).join(',')}}`),
    { freq: 6 },
  );
}

const column = fc.tuple(fc.constantFrom(...TYPES), fc.boolean()).map(([{ type, texts }, single]) =>
  // The array of box has another delimiter, and that of a vector is read in another way.
  single || type === 'box' || type.endsWith('vector')
    ? { type, value: valueOf(type, texts) }
    : { type: `${type}[]`, value: listOf(valueOf(type, texts)) },
);

/** @param settings each a list of values of one setting */
export function randomResult(
  settings: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<RandomResult> {
  const options = Object.entries(settings).map(([name, values]) =>
    fc.constantFrom(...values).map((value) => `-c ${name}=${value}`),
  );
  return fc.array(column, { minLength: 1, maxLength: 8 }).chain((columns) =>
    fc.record({
      settings: fc.tuple(...options).map((chosen) => chosen.join(' ')),
      columns: fc.constant(columns.map(({ type }, n) => ({ name: `c ${n}`, type }))),
      rows: fc.array(fc.tuple(...columns.map(({ value }) => value)), { maxLength: 20 }),
    }),
  );
}

/** A query that gives these rows in their order. */
export function queryOf({ columns, rows }: RandomResult): string {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const nothing = columns.map(({ type }) => `null::${type}`).join(', ');
  const lines = rows.map(
    (row, n) =>
      `(${[n, ...row.map((value, i) => `${value === null ? 'null' : literal(value)}::${columns[i]!.type}`)].join(', ')})`,
  );
  const values = lines.length === 0 ? `(0, ${nothing})` : lines.join(',\n');
  const where = lines.length === 0 ? 'where false' : '';
  return `select ${names} from (values ${values}) v(n, ${names}) ${where} order by n`;
}
