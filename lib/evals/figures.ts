/** What the results come to: the figures that are always told together, for all questions and for parts of them. */
import type { CaseResult, Result } from './measure.js';

/** Names of shares, as `--threshold` takes them. */
export const METRICS = [
  'accuracy',
  'answered',
  'right-when-answered',
  'refused',
  'turn-accuracy',
  'follow-up-accuracy',
  'conversation-accuracy',
] as const;
export type Metric = (typeof METRICS)[number];

export interface Share {
  readonly metric: Metric;
  readonly count: number;
  /** Of so many. */
  readonly n: number;
}

export interface Figures {
  /** `all`, `without weak`, `difficulty hard`, `tag typo`, `feature join`. */
  readonly part: string;
  /** Those of which there is something to say. */
  readonly shares: readonly Share[];
}

export interface Report {
  /** The first is of all. */
  readonly parts: readonly Figures[];
  /** Milliseconds of a question; undefined where none was asked. */
  readonly times: { readonly median: number; readonly p95: number; readonly n: number } | undefined;
  /** Questions whose own statement fails, or whose database can't be opened: in none of the shares. */
  readonly broken: number;
  /** Questions that led neither to an answer nor to a refusal: they count as not answered. */
  readonly errors: number;
  readonly questions: number;
}

export function reportOf(cases: readonly CaseResult[]): Report {
  const all = cases.flatMap(({ results }) => results);
  const known = all.filter(({ outcome }) => outcome !== 'broken');
  const weak = known.some(({ question }) => question.weak);
  const part = (name: string, own: (result: Result) => boolean) => ({
    part: name,
    shares: sharesOf(known.filter(own)),
  });
  const by = (kind: string, of: (result: Result) => readonly string[]) =>
    valuesOf(known, of).map((value) =>
      part(`${kind} ${value}`, (result) => of(result).includes(value)),
    );
  const parts = [
    { part: 'all', shares: [...sharesOf(known), ...conversationsOf(cases)] },
    ...(weak ? [part('without weak', ({ question }) => !question.weak)] : []),
    ...by('difficulty', ({ question }) =>
      question.difficulty === undefined ? [] : [question.difficulty],
    ),
    ...by('tag', ({ question }) => question.tags),
    ...by('feature', ({ question }) => question.features),
  ];
  return {
    parts,
    times: timesOf(known),
    broken: all.length - known.length,
    errors: known.filter(({ outcome }) => outcome === 'error').length,
    questions: all.length,
  };
}

/** What is known to be harder comes later; everything else by the alphabet. */
const LADDER = ['easy', 'simple', 'medium', 'moderate', 'hard', 'challenging', 'extra'];

function valuesOf(
  results: readonly Result[],
  of: (result: Result) => readonly string[],
): readonly string[] {
  return [...new Set(results.flatMap(of))].sort(
    (a, b) => LADDER.indexOf(a) - LADDER.indexOf(b) || (a < b ? -1 : 1),
  );
}

function sharesOf(results: readonly Result[]): Share[] {
  const answerable = results.filter(({ question }) => question.gold !== undefined);
  const unanswerable = results.filter(({ question }) => question.gold === undefined);
  const answered = answerable.filter(({ sql }) => sql !== null);
  const right = answered.filter(isRight);
  return shares([
    ['accuracy', right.length, answerable.length],
    ['answered', answered.length, answerable.length],
    ['right-when-answered', right.length, answered.length, answerable.length],
    ['refused', unanswerable.filter(isRight).length, unanswerable.length],
  ]);
}

/** Refusing what nothing answers is right. */
function isRight({ outcome, question }: Result): boolean {
  return outcome === (question.gold === undefined ? 'refused' : 'right');
}

function conversationsOf(cases: readonly CaseResult[]): Share[] {
  const conversations = cases
    .filter((one) => one.case.isConversation)
    .map(({ results }) => results);
  const known = ({ outcome }: Result) => outcome !== 'broken';
  const turns = conversations.flat().filter(known);
  const followUps = conversations.flatMap((results) => results.slice(1)).filter(known);
  const whole = conversations.filter((results) => results.every(known));
  return shares([
    ['turn-accuracy', turns.filter(isRight).length, turns.length],
    ['follow-up-accuracy', followUps.filter(isRight).length, followUps.length],
    ['conversation-accuracy', whole.filter((one) => one.every(isRight)).length, whole.length],
  ]);
}

/** @param all with how many there would be something to say; `n` of them by default */
function shares(
  lines: readonly (readonly [metric: Metric, count: number, n: number, all?: number])[],
): Share[] {
  return lines.flatMap(([metric, count, n, all = n]) => (all === 0 ? [] : [{ metric, count, n }]));
}

function timesOf(results: readonly Result[]): Report['times'] {
  const times = results.flatMap(({ ms }) => (ms === undefined ? [] : [ms])).sort((a, b) => a - b);
  if (times.length === 0) return undefined;
  // The nearest rank: the least time within which so many of them were.
  const rank = (share: number) => times[Math.ceil(share * times.length) - 1]!;
  return { median: rank(0.5), p95: rank(0.95), n: times.length };
}
