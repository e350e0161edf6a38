/** Questions whose question word comes last: `Ann Smith has how many orders`, `Ann Smith is a member of which club`. */
import { HAVE, BE } from '../lexicon/words.js';
import type { Ask, Mod, Noun, Target } from '../phrase.js';
import { fieldValue } from './claims.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, then } from './rule.js';
import { subjects } from './subjects.js';

const PREPOSITIONS = ['of', 'in', 'at', 'from', 'for', 'on', 'to', 'by', 'with'];

export function postposed(grammar: Grammar, at: number): Got<Ask>[] {
  return [...howMany(grammar, at), ...which(grammar, at)];
}

/** `Ann Smith has how many orders`. */
function howMany(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  const start = skipDeterminers(grammar, at);
  const named: Got<readonly Mod[]>[] = [...subjects(grammar, start), ...fieldValue(grammar, start)];
  return then(named, ({ value: mods, at: end }) => {
    const verb = HAVE.has(lattice.word(end)) || lattice.isVerb(end) ? end + 1 : undefined;
    const many = verb === undefined ? undefined : skipPhrase(grammar, verb, 'how many');
    if (many === undefined) return [];
    return map(grammar.noun(many), (noun) =>
      asked({
        type: 'measure',
        measure: { type: 'things', noun: { ...noun, mods: [...noun.mods, ...mods] } },
      }),
    );
  });
}

/** `Ann Smith is a customer at which company`, `Ann Smith is from which town`. */
function which(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  return then(grammar.values(skipDeterminers(grammar, at)), ({ value: values, at: end }) => {
    if (!BE.has(lattice.word(end))) return [];
    const named: Mod = { type: 'value', values, not: false };
    const next = skipDeterminers(grammar, end + 1);
    const nouns: Got<Noun>[] = [
      got<Noun>({ table: undefined, mods: [named] }, end + 1),
      ...lattice
        .tables(next)
        .map(({ mention, end: after }) => got<Noun>({ table: mention, mods: [named] }, after)),
    ];
    return then(nouns, ({ value: noun, at: after }) => {
      const preposition = skipPhrase(grammar, after, ...PREPOSITIONS) ?? after;
      const question = skipPhrase(grammar, preposition, 'which', 'what');
      if (question === undefined) return [];
      return lattice
        .fields(question)
        .map(({ mention, end: last }) =>
          got(asked({ type: 'field', field: mention, noun }), last, 0.1),
        );
    });
  });
}

function asked(target: Target): Ask {
  return { targets: [target], mods: [], distinct: false };
}
