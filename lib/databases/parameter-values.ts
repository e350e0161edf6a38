/** Values of connection parameters that are a number or one of a few words. */
import { ConfigError, didYouMean } from '../errors.js';

/** @throws {ConfigError} */
export function wholeNumber(name: string, text: string): number {
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text);
  throw new ConfigError(`invalid ${name}: ${text}`, { hint: 'it is a whole number' });
}

/** The first of the known ones where nothing is given. @throws {ConfigError} */
export function choice<Known extends string>(
  name: string,
  text: string | undefined,
  known: readonly Known[],
): Known {
  if (text === undefined) return known[0]!;
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw new ConfigError(`invalid ${name}: ${text}`, { hint: didYouMean(text, known) });
}
