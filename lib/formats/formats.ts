/** What the registry holds, and how a name finds it. */
import { didYouMean, UsageError } from '../errors.js';
import type { Format } from './format.js';
import * as registry from './registry.js';

export const formats: readonly Format[] = Object.values(registry);

export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** @throws {UsageError} with the nearest name */
export function findFormat(name: string): Format {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`unknown format: ${name}`, {
    hint: didYouMean(name, formatNames),
    choices: formatNames,
  });
}
