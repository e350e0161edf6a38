/** A result's columns, as they are shown and as keys of an object. */
import type { ResultColumn } from './database.js';
import type { Connection, WireColumn } from './driver.js';
import { typeNames } from './types.js';

export async function resolveColumns(
  columns: readonly WireColumn[],
  connection: Connection,
): Promise<ResultColumn[]> {
  const typeOf = await typeNames(
    columns.map(({ oid }) => oid),
    (sql) => connection.query(sql),
  );
  const keys = distinctKeys(columns.map(({ name }) => name));
  return columns.map(({ name, bytes, oid }, i) => {
    const column = { name, key: keys[i]!, oid, type: typeOf(oid) };
    return bytes === undefined ? column : { ...column, bytes };
  });
}

/** NAMEDATALEN less its end: what is longer the server would cut, and have two of one name again. */
const MAX_NAME_BYTES = 63;

/** The second `a` becomes `a_2`, or the next number that no column has. */
export function distinctKeys(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let key = name;
    for (let n = 2; seen.has(name) && taken.has(key); n++) key = suffixed(name, `_${n}`);
    seen.add(name);
    taken.add(key);
    return key;
  });
}

function suffixed(name: string, suffix: string): string {
  const characters = [...name];
  while (Buffer.byteLength(characters.join('') + suffix) > MAX_NAME_BYTES) characters.pop();
  return characters.join('') + suffix;
}
