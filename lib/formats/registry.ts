/** All formats: one line each. */
import { didYouMean, UsageError } from '../errors.js';
import { csv } from './csv.js';
import type { Format } from './format.js';
import { json } from './json.js';
import { jsonl } from './jsonl.js';
import { table } from './table.js';

export const formats: readonly Format[] = [
  // In the order of --help; the first is the default.
  table,
  json,
  jsonl,
  csv,
];

/** @throws {UsageError} with the nearest name */
export function findFormat(name: string): Format {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = formats.map((format) => format.name);
  throw new UsageError(`unknown format: ${name}`, {
    hint: didYouMean(name, names),
    choices: names,
  });
}
