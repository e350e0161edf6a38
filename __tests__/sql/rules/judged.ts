/** What one rule says of a statement's text. */
import { expect } from '@jest/globals';
import { parseSql } from '../../../lib/sql/parse.js';
import type { Finding, Rule } from '../../../lib/sql/rules/rule.js';

export async function judged(rule: Rule, sql: string): Promise<Finding | undefined> {
  const [statement] = await parseSql(sql);
  return rule.check(statement!, { timeoutMs: 0 });
}

/** The part of the text that a finding is about. */
export function rangeOf({ location, end }: Finding, sql: string): string {
  return Buffer.from(sql, 'utf8').subarray(location, end).toString('utf8');
}

/** Every finding says why, what to do, and what it would take. */
export const FINDING = {
  reason: expect.stringMatching(/\w/),
  hint: expect.stringMatching(/\w/),
};
