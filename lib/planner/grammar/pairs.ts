/** What is said of two things together, and can't be said of each of them alone. */
import { eventNouns } from '../lexicon/verbs.js';
import { BE } from '../lexicon/words.js';
import { isPast } from '../text/inflection.js';
import { isTheirs } from './doer.js';
import { type Grammar, skipPhrase } from './grammar.js';

/**
 * `a product they never bought`: the product and who did not buy it belong together, which two conditions on the
 * same customer do not say.
 */
export function losesPair(grammar: Grammar): boolean {
  const { lattice } = grammar;
  return lattice.tokens.some(({ word }, at) => {
    // "including branches without books": those are no condition, but further rows.
    if (/^incl(?:uding|ude|udes)?$/.test(word))
      return lattice.tokens.slice(at + 1).some((_, i) => isWithout(grammar, at + 1 + i));
    // "issues commented by their reporter"
    if (isPast(word) && !SORTED.has(word) && lattice.word(at + 1) === 'by' && !isOfEach(grammar))
      return isTheirs(lattice.word(at + 2));
    // "in a town that is not their own home town"
    if (['that', 'which'].includes(word) && BE.has(lattice.word(at + 1)))
      return lattice.word(at + 2) === 'not' && POSSESSIVE.has(lattice.word(at + 3));
    if (!['they', 'he', 'she'].includes(word) || lattice.word(at + 1) === 'have') return false;
    const that = ['that', 'which', 'whom'].includes(lattice.word(at - 1)) ? at - 1 : at;
    const ends = (i: number) =>
      lattice.tables(i).some(({ mention, end }) => end === that && mention.options.length > 0);
    const noun = lattice.tokens.findIndex((_, i) => i < that && ends(i));
    if (noun < 0 || !['a', 'an', 'any', 'the', 'some'].includes(lattice.word(noun - 1)))
      return false;
    const verb = skipAuxiliaries(grammar, at + 1);
    const acts = eventNouns(lattice.word(verb)).length > 0 || verb > at + 1;
    return acts && lattice.tokens.slice(0, noun).some((_, i) => lattice.tables(i).length > 0);
  });
}

/** `For each town, the fees paid by its clubs`: whose they are is what the rest is told for each of. */
function isOfEach({ lattice }: Grammar): boolean {
  return ['for', 'in'].includes(lattice.word(0)) && lattice.isEach(1);
}

const POSSESSIVE = new Set(['their', 'its', 'his', 'her']);
const BEFORE_VERB = new Set('have has had did do does never not also already'.split(' '));
const SORTED = new Set('sorted ordered grouped ranked arranged listed organized split'.split(' '));

function isWithout(grammar: Grammar, at: number): boolean {
  return skipPhrase(grammar, at, 'without', 'with no', 'with zero', 'that have no') !== undefined;
}

function skipAuxiliaries({ lattice }: Grammar, at: number): number {
  let next = at;
  while (BEFORE_VERB.has(lattice.word(next))) next++;
  return next;
}
