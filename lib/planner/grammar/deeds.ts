/** Verbs that no mere link can stand for: who won, who published. */
import { tradeOf, WINNING } from '../lexicon/verbs.js';
import { AUXILIARIES } from '../lexicon/words.js';
import { root, verbBases } from '../text/inflection.js';
import type { Grammar } from './grammar.js';

/** Whether the request speaks of such a deed where nothing is called after it: no reading could tell. */
export function losesDeed({ lattice }: Grammar): boolean {
  const won = lattice.tokens.some(
    ({ word }, at) => [word, ...verbBases(word)].includes('win') && !lattice.isNamed(at),
  );
  if (won && !lattice.knowsAny(WINNING)) return true;
  if (lattice.word(0) !== 'who') return false;
  const trade = tradeOf(lattice.word(AUXILIARIES.has(lattice.word(1)) ? 2 : 1));
  return trade !== undefined && !lattice.knowsAny([trade]);
}

/** `mentors that mentor more than two pupils`: they are called after it, so the verb says no more than that they have them. */
export function doesOwnDeed({ lattice }: Grammar, at: number): boolean {
  const word = lattice.word(at);
  return [1, 2, 3].some((back) => {
    const doer = lattice.word(at - back);
    return doer !== word && /(?:er|or|ar|ist|ent)s?$/.test(doer) && root(doer) === root(word);
  });
}
