/** What stretches of a request's words may stand for, as far as its names need it. */
import type { Token } from './text/tokens.js';

/** What is said, and the place of the first token behind it. */
export interface Spanned<T> {
  readonly mention: T;
  readonly end: number;
}

/** The rest of the lattice, as far as names need it. */
export interface Words {
  readonly tokens: readonly Token[];
  word(at: number): string;
  text(at: number, end: number): string;
  /** Whether some column holds just these words. */
  isStored(at: number, end: number): boolean;
}

/** How many words a name may have. */
export const LONGEST_NAME = 4;
