/** What was answered, for others to score: a line `{"id", "sql"}` for each question. */
import type { CaseResult } from './measure.js';

export function predictionLines(cases: readonly CaseResult[]): string {
  return cases
    .flatMap(({ results }) => results)
    .map(({ question: { id }, sql }) => `${JSON.stringify({ id, sql })}\n`)
    .join('');
}
