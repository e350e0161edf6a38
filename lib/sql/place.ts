/** Where in a statement a position is: its line, its column, and the line itself for people to look at. */

export interface Place {
  /** From 1. `\n`, `\r\n` and a lone `\r` end a line, as psql counts. */
  readonly line: number;
  /** In characters (code points) from 1; a tab is one, and so is a wide character. */
  readonly column: number;
  /** The line without its end. */
  readonly text: string;
}

/** @param position in characters from 1, as the server and the guard count; beyond the text it is the text's end */
export function placeOf(sql: string, position: number): Place {
  const offset = unitsBefore(sql, position);
  let line = 1;
  let start = 0;
  for (const end of sql.matchAll(/\r\n|\n|\r/g)) {
    const next = end.index + end[0].length;
    if (next > offset) return { line, ...inLine(sql.slice(start, end.index), offset - start) };
    line += 1;
    start = next;
  }
  return { line, ...inLine(sql.slice(start), offset - start) };
}

/** A position on the line's end itself counts as just behind its last character. */
function inLine(text: string, units: number): { column: number; text: string } {
  return { column: [...text.slice(0, units)].length + 1, text };
}

/** UTF-16 units of the characters before a position. */
function unitsBefore(sql: string, position: number): number {
  let units = 0;
  let characters = 1;
  for (const character of sql) {
    if (characters >= position) break;
    units += character.length;
    characters += 1;
  }
  return units;
}
