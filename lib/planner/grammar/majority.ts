/** Clauses that rank by their subject: `that the most members chose`, `most shelves belong to`, `in which most mills were built`. */
import { BE, DO, HAVE } from '../lexicon/words.js';
import type { FieldMention, Mod, Noun } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { verbBases } from '../text/inflection.js';
import { isPlainLink } from '../lexicon/verbs.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got, then } from './rule.js';
import { isUnknownVerb } from './verbs.js';

const MOST = [
  'most number of',
  'most of',
  'most',
  'largest number of',
  'greatest number of',
  'highest number of',
  'maximum number of',
];
const FEWEST = [
  'fewest number of',
  'fewest',
  'least number of',
  'least',
  'smallest number of',
  'lowest number of',
  'minimum number of',
];
const PARTICLES = 'in to for from at on of with by about through into under'.split(' ');

interface Majority {
  readonly noun: Noun;
  readonly descending: boolean;
}

/** `(the) most members`: how many of them there are is what is ranked by. */
function majorities(grammar: Grammar, at: number): Got<Majority>[] {
  const start = skipPhrase(grammar, at, 'the') ?? at;
  const most = skipPhrase(grammar, start, ...MOST);
  const next = most ?? skipPhrase(grammar, start, ...FEWEST);
  if (next === undefined) return [];
  const thing = skipDeterminers(grammar, next);
  // What has a number of its own by that very name is not counted: "in which year most degrees were given".
  const numbered = grammar.lattice
    .fields(thing)
    .some(({ mention }) => mention.options.some(isNumber));
  if (numbered) return [];
  return grammar
    .bareNoun(thing)
    .map((one) => ({ ...one, value: { noun: one.value, descending: most !== undefined } }));
}

function isNumber({ field: { role }, cost }: FieldMention['options'][number]): boolean {
  return role === 'measure' && cost === COST.name;
}

/** With or without the pronoun in front; there has to be a verb behind. */
export function majority(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return then(majorities(grammar, at), ({ value: { noun, descending }, at: end }) =>
    verbEnds(grammar, end).map(({ at: next, cost }) =>
      got<readonly Mod[]>(
        [{ type: 'rank', key: { type: 'things', noun }, descending, many: false }],
        next,
        cost + 0.1,
      ),
    ),
  );
}

/** `in which year were most mills built`: the auxiliary stands first. */
export function majorityAsked(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const word = grammar.lattice.word(at);
  if (!BE.has(word) && !DO.has(word) && !HAVE.has(word)) return [];
  return majority(grammar, at + 1);
}

/** The places behind a verb that says no more than that they belong together. */
function verbEnds(grammar: Grammar, at: number): Got<undefined>[] {
  const { lattice } = grammar;
  const first = lattice.word(at);
  const helped = BE.has(first) || HAVE.has(first) || DO.has(first);
  const auxiliary = helped ? (skipPhrase(grammar, at + 1, 'been') ?? at + 1) : at;
  const ends: Got<undefined>[] = helped ? [got(undefined, auxiliary, 0.05)] : [];
  const word = lattice.word(auxiliary);
  // Several do it: "the most draft copies" has no verb.
  if (word !== '' && !word.endsWith('s')) {
    const known = isPlainLink(word) || (verbBases(word).length > 0 && lattice.isVerb(auxiliary));
    if (known) ends.push(got(undefined, auxiliary + 1));
    else if (isUnknownVerb(grammar, auxiliary)) ends.push(got(undefined, auxiliary + 1, 0.4));
  }
  return ends.flatMap((end) => {
    const particle = PARTICLES.includes(lattice.word(end.at)) ? end.at + 1 : undefined;
    return particle === undefined ? [end] : [end, { ...end, at: particle }];
  });
}
