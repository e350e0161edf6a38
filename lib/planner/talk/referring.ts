/** Whether the words of a request speak of what was before it. */
import type { Lattice } from '../lattice.js';
import { BE, COMMANDS, COURTESIES } from '../lexicon/words.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { Ask } from '../phrase.js';
import type { Token } from '../text/tokens.js';
import { isEnd } from '../understand.js';
import { hasAntecedent } from '../antecedent.js';
import { isPronoun } from './referents.js';

/** First words that refer to what was before, whatever follows. */
const REFERRING =
  /^(?:and|but|only|just (?:for|the|those|these|with|in|from|by|their|its)|excluding|except|without|by|per|what about|how about|also|instead|same|the same|or|now only|now just|sort(?:ed)? (?:them|it|those|these|by|in|the|descending|ascending|alphabetically)|order(?:ed)? (?:them|it|those|these|by)|how many (?:are (?:there|they|those)|of (?:them|those|these))$|how many (?:of (?:them|those|these))\b|restrict|narrow|keep only)\b/;

/** The place of the article in `who are the authors`, where nothing else is said of them. */
export function definiteAt(lattice: Lattice): number | undefined {
  const start = lattice.word(0) === 'and' ? 1 : 0;
  const asks = lattice.word(start) === 'who' || lattice.word(start) === 'what';
  const at = start + 2;
  if (!asks || !BE.has(lattice.word(start + 1)) || lattice.word(at) !== 'the') return undefined;
  return lattice.tables(at + 1).some(({ end }) => isEnd(lattice, end)) ? at : undefined;
}

/** `who` asks for people of some kind: which, only what was before can tell. */
export function isNamed(ask: Ask): boolean {
  return ask.targets.some((target) => {
    const text = nounOfTarget(target)?.table?.text;
    return text !== undefined && text !== 'who';
  });
}

/** `show the artist for each`: of what, was said before. */
const FOR_EACH = /\b(?:for|of) each(?: one| of them)?$/;

export function refersPlainly(lattice: Lattice): boolean {
  const words = lattice.tokens.map(({ word }) => word).filter((word) => word !== ',');
  const said = words.join(' ');
  return REFERRING.test(said) || FOR_EACH.test(said) || isPart(lattice) || refers(lattice);
}

/** `for each district`, `with the year`: no request in itself, though what is named could be listed. */
export function isPart(lattice: Lattice): boolean {
  return lattice.word(0) === 'with' || isEachGroup(lattice);
}

/** `which of them are active`: of those that nobody has named. */
export function isPartOfBefore(lattice: Lattice): boolean {
  return lattice.tokens.some(
    (_, at) =>
      lattice.word(at) === 'of' &&
      ['them', 'those', 'these'].includes(lattice.word(at + 1)) &&
      lattice.tables(at + 2).length === 0 &&
      !hasAntecedent(lattice, at + 1),
  );
}

/** `for each district`: what it groups was said before. */
export function isEachGroup(lattice: Lattice): boolean {
  const each = ['for', 'in'].includes(lattice.word(0)) && lattice.isEach(1);
  return each && lattice.tokens.length <= LONGEST_GROUP && !lattice.tokens.some(isMark);
}

const LONGEST_GROUP = 5;

function isMark({ kind }: Token): boolean {
  return kind === 'mark';
}

/** True of a request that says what it is about, in whatever order: it is not understood for another reason. */
export function namesThings(lattice: Lattice): boolean {
  const { tokens } = lattice;
  return (
    tokens.length > 6 &&
    !REFERRING.test(tokens.map(({ word }) => word).join(' ')) &&
    tokens.some((_, at) => lattice.tables(at).some(({ mention }) => mention.text !== 'who'))
  );
}

/** A pronoun with nothing before it in the request that it could stand for. */
export function refers(lattice: Lattice): boolean {
  return lattice.tokens.some(({ word }, at) => {
    if (word === 'instead' || word === 'ones') return true;
    return isPronoun(lattice, at) && !hasAntecedent(lattice, at);
  });
}

/** `the red ones`, `for those from Spain`: said of what was asked for, and no question. */
export function isPhrase(lattice: Lattice): boolean {
  const first = lattice.tokens.find((_, at) => !SMALL.has(lattice.word(at)))?.word ?? '';
  return ['the', 'for', 'of', 'with', 'those', 'these', 'ones'].includes(first);
}

const SMALL = new Set(['and', 'but', 'only', 'just', 'now', 'also', ',']);

const QUESTIONS = new Set(
  'who what which when where how whose why is are was were do does did'.split(' '),
);

/** Whether words say that something is asked for. */
export function asksFor({ tokens }: Lattice): boolean {
  const first = tokens.find(({ word }) => word !== ',' && !COURTESIES.has(word))?.word ?? '';
  return (
    QUESTIONS.has(first) ||
    COMMANDS.has(first) ||
    tokens.some(({ word }) => word === 'show' || word === 'many' || word === 'much')
  );
}

/** `which of those are late`: it asks for things, whatever was told of them. */
export function asksWhich(lattice: Lattice): boolean {
  return asksWho(lattice) || ['which', 'whose'].includes(firstWord(lattice));
}

export function asksWho(lattice: Lattice): boolean {
  return firstWord(lattice) === 'who';
}

function firstWord({ tokens }: Lattice): string {
  return tokens.find(({ word }) => word !== ',' && !SMALL.has(word))?.word ?? '';
}

/** `and how many members are there`: it asks in words of its own. */
export function isQuestion({ tokens }: Lattice): boolean {
  return tokens.some(({ word }) => QUESTIONS.has(word));
}

const OF_BEFORE =
  /^(?:(?:and|but|now|then|please) )*(?:(?:the )?same|sort|order|arrange|rank|group|split|break|filter|limit|narrow) (?:(?:thing|but|again) )*(?:for|with|by|of|it|that|this|them|those|these)\b/;

/** `sort that descending`, `the same for weights`: nothing of it is a request by itself. */
export function isOfBefore({ tokens }: Lattice): boolean {
  return OF_BEFORE.test(tokens.map(({ word }) => word).join(' '));
}
