/** Whether a `by` tells who does something (`requested by the members`) or what is grouped by (`requested by member`). */
import { isPast, singular } from '../text/inflection.js';
import type { Grammar } from './grammar.js';

/**
 * @param at the place of `by`
 * @param end the place behind what follows it
 */
export function tellsDoer({ lattice }: Grammar, at: number, end: number): boolean {
  if (lattice.word(at) !== 'by' || !isPast(lattice.word(at - 1))) return false;
  if (lattice.isEach(at + 1)) return false;
  const last = lattice.word(end - 1);
  const more = end < lattice.tokens.length && lattice.word(end) !== ',';
  return more || singular(last) !== last;
}

/** `commented by their reporter` speaks of somebody in particular. */
export function isTheirs(word: string): boolean {
  return ['their', 'its', 'his', 'her'].includes(word);
}
