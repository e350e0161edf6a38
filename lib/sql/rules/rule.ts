/** The port of rules: a reason why a statement must not run. A rule is one file with its test. */
import type { Effect } from '../../errors.js';
import type { ParsedStatement } from '../parse.js';

export interface Finding {
  /** One clause that ends "refused: …". */
  readonly reason: string;
  /** What would allow it, or what to write instead. */
  readonly hint: string;
  readonly effect: Effect;
  /** True where a model may not have known, and can write another statement. */
  readonly mendable?: boolean | undefined;
  /** Byte offset in the text, where the tree has it. */
  readonly location?: number | undefined;
  /** Byte offset of what comes after it. */
  readonly end?: number | undefined;
}

export interface Rule {
  /** As verdicts and `--errors json` name it: kebab-case. */
  readonly code: string;
  readonly summary: string;
  /** Undefined where the rule has nothing against the statement. Must not throw. */
  check(
    statement: ParsedStatement,
    options: { /** Milliseconds that the statement may run. */ readonly timeoutMs: number },
  ): Finding | undefined;
}
