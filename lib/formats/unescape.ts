/** Cells of COPY's text layout: what its backslashes stand for. */

const BACKSLASH = 0x5c;

/** After a backslash (PostgreSQL, COPY, "Text Format"); any other character stands for itself. */
const MEANING = new Map([
  [0x62, 0x08], // b
  [0x66, 0x0c], // f
  [0x6e, 0x0a], // n
  [0x72, 0x0d], // r
  [0x74, 0x09], // t
  [0x76, 0x0b], // v
]);

/** Whether the cell is `\N`, which no value is written as. */
export function isNull(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 2 && bytes[start] === BACKSLASH && bytes[start + 1] === 0x4e;
}

/** The cell's own bytes. */
export function unescape(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const cell = bytes.subarray(start, end);
  let escape = cell.indexOf(BACKSLASH);
  if (escape === -1) return cell;
  const plain = new Uint8Array(cell.length);
  let length = 0;
  let from = 0;
  while (escape !== -1 && escape + 1 < cell.length) {
    plain.set(cell.subarray(from, escape), length);
    length += escape - from;
    const letter = cell[escape + 1]!;
    plain[length] = MEANING.get(letter) ?? letter;
    length += 1;
    from = escape + 2;
    escape = cell.indexOf(BACKSLASH, from);
  }
  plain.set(cell.subarray(from), length);
  return plain.subarray(0, length + cell.length - from);
}
