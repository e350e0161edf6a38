/** Numbers in digits and words. */
import type { Token } from './tokens.js';

const UNITS = new Map(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen`
    .split(/\s+/)
    .map((word, value) => [word, value] as const),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, i) => [word, (i + 2) * 10] as const),
);
const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);
const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, bn: 1e9 };

export interface NumberAt {
  /** Decimal digits as SQL takes them: exact, never through a double where it was typed in digits. */
  readonly digits: string;
  /** The token after the number. */
  readonly end: number;
}

/** The number that starts at a token, or undefined. */
export function numberAt(tokens: readonly Token[], at: number): NumberAt | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'number') return scaled(token, tokens, at + 1);
  if (token.kind !== 'word') return undefined;
  return inWords(tokens, at);
}

function scaled(token: Token, tokens: readonly Token[], next: number): NumberAt {
  const suffix = /[a-z]+$/.exec(token.word)?.[0];
  const factor =
    suffix === undefined ? SCALES.get(tokens[next]?.word ?? '') : (SUFFIXES[suffix] ?? 1);
  if (factor === undefined || factor === 1) return { digits: token.text, end: next };
  const digits = String(Math.round(Number(token.text) * factor * 1e6) / 1e6);
  return { digits, end: suffix === undefined ? next + 1 : next };
}

function inWords(tokens: readonly Token[], at: number): NumberAt | undefined {
  let total = 0;
  let part = 0;
  let i = at;
  for (; i < tokens.length; i++) {
    const word = tokens[i]!.word;
    const small = UNITS.get(word) ?? TENS.get(word);
    const scale = SCALES.get(word);
    if (small !== undefined) part += small;
    else if (scale === 100 && i > at) part = Math.max(part, 1) * 100;
    else if (scale !== undefined && i > at) {
      total += Math.max(part, 1) * scale;
      part = 0;
    } else break;
  }
  if (i === at) return word(tokens, at);
  return { digits: String(total + part), end: i };
}

const DENIALS = new Set(['not', 'no', 'never', 'without', 'neither', 'nor']);
const NEAR = 5;

/** `never placed a single order`: there "a single" says no more than "any". */
export function isDenied(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - NEAR), at).some(({ word }) => DENIALS.has(word));
}

/** `a dozen`, `a hundred`, `a single`. */
function word(tokens: readonly Token[], at: number): NumberAt | undefined {
  if (tokens[at]!.word !== 'a') return undefined;
  const next = tokens[at + 1]?.word ?? '';
  if (next === 'single' && !isDenied(tokens, at)) return { digits: '1', end: at + 2 };
  if (next === 'dozen') return { digits: '12', end: at + 2 };
  const scale = SCALES.get(next);
  return scale === undefined ? undefined : { digits: String(scale), end: at + 2 };
}
