/** The text of a change: its statements one by one, each with what of a grant it takes and why. Pure. */
import { type Effect, EFFECTS } from '../errors.js';
import { classify } from './classify.js';
import { objectsOf } from './objects.js';
import { type ParsedStatement, parseSql } from './parse.js';
import { changeRules } from './rules/change-registry.js';
import type { Finding } from './rules/rule.js';

export interface ChangeStatement {
  /** Byte for byte as it was given, without the semicolon. */
  readonly sql: string;
  /** Of that text alone: its places count from its own beginning. */
  readonly parsed: ParsedStatement;
  /** As PostgreSQL's documentation names it. */
  readonly command: string;
  readonly effect: Effect;
  /** Why it takes more than its command does. */
  readonly raised: RaisedBy | undefined;
  /** What it is about, as its text names it. */
  readonly objects: readonly string[];
  /** What no grant allows. */
  readonly refused: RaisedBy | undefined;
}

export interface RaisedBy extends Finding {
  readonly rule: string;
}

/**
 * Reads what {@link judgeInput} has let pass.
 *
 * @throws {SqlSyntaxError}
 */
export async function readChange(text: string): Promise<ChangeStatement[]> {
  const bytes = Buffer.from(text, 'utf8');
  const statements: ChangeStatement[] = [];
  for (const { location, length } of await parseSql(text)) {
    const end = length === 0 ? bytes.length : location + length;
    const sql = bytes.subarray(location, end).toString('utf8').trim();
    const [parsed] = await parseSql(sql);
    if (parsed !== undefined) statements.push({ sql, ...judgeChange(parsed) });
  }
  return statements;
}

/** What a statement takes by its text: the most that its command or any rule says. */
export function judgeChange(parsed: ParsedStatement): Omit<ChangeStatement, 'sql'> {
  const { name, effect } = classify(parsed);
  const found = changeRules.flatMap((rule): RaisedBy[] => {
    const finding = rule.check(parsed, { timeoutMs: 0 });
    return finding === undefined ? [] : [{ ...finding, rule: rule.code }];
  });
  const refused = found.find((finding) => finding.effect === 'read');
  const raised = found
    .filter((finding) => finding.effect !== 'read' && rank(finding.effect) >= rank(effect))
    .reduce<RaisedBy | undefined>(
      (worst, one) => (worst === undefined || rank(one.effect) > rank(worst.effect) ? one : worst),
      undefined,
    );
  return {
    parsed,
    command: name,
    // What no grant allows takes none.
    effect: refused === undefined ? (raised?.effect ?? effect) : effect,
    raised,
    refused,
    objects: objectsOf(parsed),
  };
}

export function rank(effect: Effect): number {
  return EFFECTS.indexOf(effect);
}
