/** Fields of COPY's text format as strings. */
import type { Row } from '../databases/database.js';
import type { RowChunk } from '../rows.js';

const LETTERS: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Rows of one result, whatever chunks they come in. */
export function fieldReader(columns: number): (chunk: RowChunk) => Row[] {
  let torn: Uint8Array[] = [];
  return ({ bytes, ends }) => {
    let from = 0;
    const rows = ends.map((end) => {
      const row = Buffer.concat([...torn, bytes.subarray(from, end - 1)]).toString('utf8');
      torn = [];
      from = end;
      return columns === 0 ? [] : row.split('\t').map(unescaped);
    });
    if (from < bytes.length) torn.push(bytes.subarray(from));
    return rows;
  };
}

function unescaped(field: string): string | null {
  if (field === '\\N') return null;
  if (!field.includes('\\')) return field;
  return field.replace(/\\(.)/gs, (_, letter: string) => LETTERS[letter] ?? letter);
}
