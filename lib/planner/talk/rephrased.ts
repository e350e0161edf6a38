/** Follow-ups in words that the grammar of requests has no rule for, said again in those that it has one for. */
import { type Grounds, Lattice } from '../lattice.js';
import { COMPARING, ENDINGS, OPENERS } from '../lexicon/talk.js';
import { DO } from '../lexicon/words.js';
import type { TableMention } from '../phrase.js';
import type { Token } from '../text/tokens.js';
import { written } from './written.js';

type Rephrase = (lattice: Lattice) => readonly Token[] | undefined;

/** The request in other words; none where it is said in plain ones. */
export function rephrased(lattice: Lattice, grounds: Grounds): Lattice[] {
  const { idle, units } = lattice;
  const known = made.get(lattice);
  if (known !== undefined) return known;
  const found = REPHRASES.flatMap((rephrase) => {
    const pieces = rephrase(lattice);
    if (pieces === undefined) return [];
    const { request, tokens } = written(pieces);
    return [new Lattice(request, grounds, tokens, { idle, units })];
  });
  made.set(lattice, found);
  return found;
}

const made = new WeakMap<Lattice, Lattice[]>();

function word(text: string): Token {
  return { kind: 'word', text, word: text, start: 0, end: 0 };
}

const DOWN = new Set(['down', 'downwards', 'downward', 'up', 'upwards', 'upward', 'on']);

/** `from the most expensive down`, `starting with the oldest`, `the biggest on top`: that first. */
const firstOf: Rephrase = ({ tokens }) => {
  const text = tokens.map((token) => token.word).join(' ');
  const from =
    /(?:^| )(?:from|starting with|starting from|beginning with|starting at|with) the /.exec(text);
  const start = from === null ? -1 : wordsIn(text.slice(0, from.index + from[0].length));
  if (start < 0) return undefined;
  const last = tokens.at(-1)!;
  const on = /(?: at the top| on top| first)$/.exec(text);
  const ends = on !== null ? wordsIn(on[0]) : DOWN.has(last.word) ? 1 : 0;
  if (ends === 0 && !/(?:starting|beginning) \w+ the $/.test(from![0])) return undefined;
  const what = tokens.slice(start, tokens.length - ends);
  if (what.length === 0 || what.length > 3) return undefined;
  const before = tokens.slice(0, start - wordsIn(from![0]));
  return [...before, ...what, word('first')];
};

function wordsIn(text: string): number {
  return text.split(' ').filter((one) => one !== '').length;
}

const LONGEST_KEPT = 6;
const OPENS_ONLY = new Set('count show list keep include give want only just'.split(' '));

/** `count online ones only`, `names only`: what is kept is said first. */
const onlyBehind: Rephrase = ({ tokens }) => {
  const [first] = tokens;
  if (tokens.length > 1 && tokens.length <= LONGEST_KEPT && tokens.at(-1)!.word === 'only')
    if (!OPENS_ONLY.has(first!.word)) return [word('only'), ...tokens.slice(0, -1)];
  const verb = ['count', 'show', 'list', 'keep', 'include', 'give', 'want'].includes(
    first?.word ?? '',
  );
  if (!verb || tokens.length < 3 || !['only', 'alone'].includes(tokens.at(-1)!.word))
    return undefined;
  return [first!, word('only'), ...tokens.slice(1, -1)];
};

/** `rating at least 7`, `and rent below 400`: with that rating. */
const withColumn: Rephrase = (lattice) => {
  const { tokens } = lattice;
  if (!tokens.some(({ kind }) => kind === 'number')) return undefined;
  for (const at of openingsOf(lattice)) {
    const end = lattice
      .fields(at)
      .map((one) => one.end)
      .find((next) => COMPARING.has(lattice.word(next)) || lattice.tokens[next]?.kind === 'mark');
    if (end === undefined || lattice.word(at - 1) === 'with') continue;
    const link = ['is', 'are', 'be', 'of'].includes(lattice.word(end)) ? 1 : 0;
    return [
      ...tokens.slice(0, at),
      word('with'),
      ...tokens.slice(at, end),
      ...tokens.slice(end + link),
    ];
  }
  return undefined;
};

const MUST = ['must', 'should', 'have to', 'has to', 'need to', 'needs to', 'ought to'];
const THEY = new Set(['they', 'it', 'those', 'these', 'he', 'she', 'all']);

/** `they must have 10 wins`, `should be from Spain`: only those that do. */
const only: Rephrase = (lattice) => {
  const { tokens } = lattice;
  const start = openingsOf(lattice).find(
    (at) => mustAt(lattice, at + (THEY.has(lattice.word(at)) ? 1 : 0)) !== undefined,
  );
  if (start === undefined) return undefined;
  const end = mustAt(lattice, start + (THEY.has(lattice.word(start)) ? 1 : 0))!;
  const verb = lattice.word(end);
  const rest = verb === 'be' ? [word('are'), ...tokens.slice(end + 1)] : tokens.slice(end);
  if (rest.length < 2) return undefined;
  return [...tokens.slice(0, start), word('only'), word('those'), word('that'), ...rest];
};

function mustAt(lattice: Lattice, at: number): number | undefined {
  const found = MUST.find((phrase) =>
    phrase.split(' ').every((one, i) => lattice.word(at + i) === one),
  );
  return found === undefined ? undefined : at + wordsIn(found);
}

const THEIR = new Set(['its', 'their', 'his', 'her']);

/** `at which station? add its name`: whose column it is, the question before has named. */
const ofAsked: Rephrase = (lattice) => {
  const { tokens } = lattice;
  const opens = tokens.findIndex(({ opens: begins }) => begins === true);
  const asked = tokens.findIndex(({ word: one }) => one === 'which' || one === 'what');
  if (opens < 0 || asked < 0 || asked > opens) return undefined;
  const [table] = lattice.tables(asked + 1);
  const their = tokens.findIndex(({ word: one }, at) => at > opens && THEIR.has(one));
  if (table === undefined || table.end > opens) return undefined;
  const named = tokens.slice(asked + 1, table.end);
  // "put the club's name next to each": the thing is named again.
  const again = their < 0 ? ownersAt(lattice, opens, table.mention) : undefined;
  const start = their < 0 ? again : their + 1;
  const [column] = start === undefined ? [] : lattice.fields(start);
  if (start === undefined || column === undefined) return undefined;
  if (!isEnding(tokens.slice(column.end))) return undefined;
  return [
    ...['with', 'the'].map(word),
    ...tokens.slice(start, column.end),
    ...['of', 'the'].map(word),
    ...named,
  ];
};

/** The place behind `the club's`. */
function ownersAt(lattice: Lattice, from: number, asked: TableMention): number | undefined {
  const wanted = new Set(asked.options.map(({ table }) => table));
  for (let at = from; at < lattice.tokens.length; at++)
    for (const { mention, end } of lattice.tables(at))
      if (lattice.word(end) === "'s" && mention.options.some(({ table }) => wanted.has(table)))
        return end + 1;
  return undefined;
}

function isEnding(tokens: readonly Token[]): boolean {
  const rest = tokens.map((token) => token.word).join(' ');
  return rest === '' || ENDINGS.includes(rest);
}

/** Where what is said may begin, behind what only leads to it. */
function openingsOf(lattice: Lattice): number[] {
  const found = [0];
  let at = 0;
  for (let i = 0; i < 3; i++) {
    const opener = OPENERS.find(({ words }) =>
      words.every((one, j) => lattice.word(at + j) === one),
    );
    if (opener === undefined && lattice.word(at) !== ',') break;
    at += opener?.words.length ?? 1;
    found.push(at);
  }
  // Each sentence begins anew, and so does what stands behind "but".
  lattice.tokens.forEach((token, i) => {
    if (i > 0 && (token.opens === true || lattice.word(i - 1) === 'but')) found.push(i);
  });
  return [...new Set(found)];
}

const OVERALL: readonly (readonly [phrase: string, said: string])[] = [
  ['on average', 'average'],
  ['in total', 'total'],
  ['altogether', 'total'],
];

/** `how many points do they have on average`, `how much did they pay in total`: the average of that column. */
const overall: Rephrase = (lattice) => {
  const { tokens } = lattice;
  const text = tokens.map((token) => token.word).join(' ');
  const found = OVERALL.find(([phrase]) => text.endsWith(` ${phrase}`));
  const start = openingsOf(lattice).find(
    (at) => lattice.word(at) === 'how' && ['many', 'much'].includes(lattice.word(at + 1)),
  );
  if (found === undefined || start === undefined) return undefined;
  const [column] = lattice.fields(start + 2);
  const does = column === undefined ? '' : lattice.word(column.end);
  if (column === undefined || !DO.has(does) || !THEY.has(lattice.word(column.end + 1)))
    return undefined;
  const verb = tokens.slice(column.end + 2, tokens.length - wordsIn(found[0]));
  if (verb.length > 1) return undefined;
  return [word('the'), word(found[1]), ...tokens.slice(start + 2, column.end)];
};

const PREPOSITIONS = new Set('in from at on for to of with'.split(' '));

/** `in which countries`, `and from what city`: that column is to be told as well. */
const inWhich: Rephrase = (lattice) => {
  const { tokens } = lattice;
  const start = openingsOf(lattice).find(
    (at) => PREPOSITIONS.has(lattice.word(at)) && ['which', 'what'].includes(lattice.word(at + 1)),
  );
  if (start === undefined || start > 1) return undefined;
  const whole = lattice.fields(start + 2).some(({ end }) => end === tokens.length);
  return whole ? [word('and'), word('the'), ...tokens.slice(start + 2)] : undefined;
};

const REPHRASES: readonly Rephrase[] = [
  firstOf,
  onlyBehind,
  withColumn,
  only,
  ofAsked,
  overall,
  inWhich,
];
