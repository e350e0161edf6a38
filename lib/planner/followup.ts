/** Requests that change the one before: `only the cancelled ones`, `and in 2024?`, `sort by name`. */
import { NotUnderstoodError } from '../errors.js';
import type { Lattice, Grounds } from './lattice.js';
import type { EarlierTurn } from './planner.js';
import type { Understood } from './understand.js';

export function isElliptical(_lattice: Lattice): boolean {
  return false;
}

export function followUp(
  _lattice: Lattice,
  _earlier: readonly EarlierTurn[],
  _talked: boolean,
  _grounds: Grounds,
): Understood {
  throw new NotUnderstoodError('there is nothing to refer to');
}
