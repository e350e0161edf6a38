/** Cases from lines of JSON, all of them checked before the first is asked. */
import { UsageError } from '../errors.js';
import { type Case, readCase } from './case.js';

/**
 * @param name what the input is called in messages
 * @throws {UsageError} naming the line that is none, or where there is none at all
 */
export function readCases(text: string, name: string): readonly [Case, ...Case[]] {
  const cases = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [readCase(line, `line ${i + 1} of ${name}`)]));
  const [first, ...rest] = cases;
  if (first === undefined) throw new UsageError(`there are no cases in ${name}`);
  return [first, ...rest];
}
