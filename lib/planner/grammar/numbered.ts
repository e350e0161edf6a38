/** How many of a thing are something: `how many sprinters are there among the riders`, `how many of the riders are sprinters`. */
import type { Mod, Noun } from '../phrase.js';
import { followed } from './attach.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, then } from './rule.js';

const ARE = ['are there', 'were there', 'are', 'were', 'do we have', 'there are', 'can be found'];
const AMONG = ['among', 'amongst', 'out of'];
const OF = ['the', 'our', 'all our', 'all the', 'all', 'these', 'those', 'its', 'their'].map(
  (the) => `of ${the}`,
);

/** Behind `how many`: the thing that is counted, and what is said of the whole. */
export function numberedOf(
  grammar: Grammar,
  at: number,
): Got<{ readonly noun: Noun; readonly mods: readonly Mod[] }>[] {
  return [...valuesAmong(grammar, at), ...partOf(grammar, at)];
}

/** `lawyers are there among the candidates`: candidates, who are that. */
function valuesAmong(grammar: Grammar, at: number) {
  const kinds = grammar.complement(at).filter(({ value }) => value.every(isKind));
  return then(kinds, ({ value: kind, at: end }) => {
    const are = skipPhrase(grammar, end, ...ARE) ?? end;
    const among = skipPhrase(grammar, are, ...AMONG);
    if (among === undefined) return [];
    return then(grammar.noun(skipDeterminers(grammar, among)), ({ value: noun, at: next }) =>
      noun.table === undefined
        ? []
        : map(grammar.tail(next), (mods) => ({
            noun: { ...noun, mods: [...kind, ...noun.mods] },
            mods,
          })),
    );
  });
}

function isKind(mod: Mod): boolean {
  return mod.type === 'value' || mod.type === 'flag';
}

/** `of the candidates are lawyers`. */
function partOf(grammar: Grammar, at: number) {
  const of = skipPhrase(grammar, at, ...OF);
  if (of === undefined) return [];
  return then(grammar.noun(skipDeterminers(grammar, of)), ({ value: noun, at: end }) =>
    noun.table === undefined ? [] : map(said(grammar, end), (mods) => ({ noun, mods })),
  );
}

function said(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return then(grammar.predicate(at), ({ value, at: end }) => followed(grammar, value, end));
}

/** `among the candidates, how many are lawyers`. */
export function amongHowMany(
  grammar: Grammar,
  at: number,
): Got<{ readonly noun: Noun; readonly mods: readonly Mod[] }>[] {
  const about = skipPhrase(grammar, at, ...AMONG, 'of', 'from');
  if (about === undefined || grammar.lattice.isEach(about)) return [];
  return then(grammar.noun(skipDeterminers(grammar, about)), ({ value: noun, at: end }) => {
    const many = skipPhrase(grammar, end, ', how many of them', ', how many', 'how many');
    if (many === undefined || noun.table === undefined) return [];
    return map(said(grammar, many), (mods) => ({ noun, mods }));
  });
}

/** `some clinics have no vets`: those are told, where a further sentence asks for something of them. */
export function someOf(
  grammar: Grammar,
  at: number,
): Got<{ readonly noun: Noun; readonly mods: readonly Mod[] }>[] {
  const { lattice } = grammar;
  const some = skipPhrase(grammar, at, 'some of the', 'some of our', 'some');
  if (some === undefined) return [];
  return then(grammar.noun(some), ({ value: noun, at: end }) =>
    noun.table === undefined
      ? []
      : then(said(grammar, end), ({ value: mods, at: next }) => {
          const mark = skipPhrase(grammar, next, ':', ';', ',') ?? next;
          return lattice.opens(mark) || mark > next ? [got({ noun, mods }, next)] : [];
        }),
  );
}
