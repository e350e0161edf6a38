/** A row as one JSON object, byte for byte what `row_to_json` gives: what json and jsonl have in common. */
import type { ResultColumn, Row } from '../databases/database.js';
import { jsonEncoder, jsonString } from './value.js';

/** @param warn told about columns that had to be renamed, since an object's keys differ */
export function rowEncoder(
  columns: readonly ResultColumn[],
  warn: (message: string) => void,
): (row: Row) => string {
  const names = distinctNames(columns.map(({ name }) => name));
  const renamed = columns.flatMap(({ name }, i) => (name === names[i] ? [] : [[name, names[i]]]));
  if (renamed.length > 0) {
    const list = renamed.map(([from, to]) => `${from} is ${to}`).join(', ');
    warn(`columns of one name are numbered in JSON: ${list}`);
  }
  const fields = columns.map(({ shape }, i) => ({
    key: `${i === 0 ? '' : ','}${jsonString(names[i]!)}:`,
    encode: jsonEncoder(shape),
  }));
  return (row) => {
    let json = '{';
    for (const [i, { key, encode }] of fields.entries()) {
      const cell = row[i]!;
      json += key + (cell === null ? 'null' : encode(cell));
    }
    return `${json}}`;
  };
}

/** The second `a` becomes `a_2`, or the next number that no column has. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let n = 2; seen.has(name) && taken.has(distinct); n++) distinct = `${name}_${n}`;
    seen.add(name);
    taken.add(distinct);
    return distinct;
  });
}
