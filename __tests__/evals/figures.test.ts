import { describe, expect, test } from '@jest/globals';
import type { Case, Question } from '../../lib/evals/case.js';
import { readCase } from '../../lib/evals/case.js';
import { reportOf } from '../../lib/evals/figures.js';
import type { CaseResult, Result } from '../../lib/evals/measure.js';
import { reportLines } from '../../lib/evals/report.js';
import { readThreshold, unreached } from '../../lib/evals/thresholds.js';

let next = 0;

function result(question: Question, outcome: Result['outcome']): Result {
  const sql = outcome === 'right' || outcome === 'wrong' ? 'select 1' : null;
  return { question, sql, outcome, why: undefined, ms: (next += 1) };
}

const of = (one: Case, ...outcomes: Result['outcome'][]): CaseResult => ({
  case: one,
  results: one.questions.map((question, i) => result(question, outcomes[i]!)),
});
const single = (outcome: Result['outcome'], more: object = {}) =>
  of(
    readCase(JSON.stringify({ id: 1, question: 'q', gold_sql: 'select 1', ...more }), ''),
    outcome,
  );
const unanswerable = (outcome: Result['outcome']) => single(outcome, { gold_sql: null });
const talk = (...outcomes: Result['outcome'][]) => {
  const turns = outcomes.map(() => ({ question: 'q', gold_sql: 'select 1' }));
  return of(readCase(JSON.stringify({ id: 1, turns }), ''), ...outcomes);
};

const cases = [
  single('right', { difficulty: 'hard', tags: ['typo'] }),
  single('right', { difficulty: 'easy', features: ['join'], weak: true }),
  single('wrong', { difficulty: 'hard', features: ['join'] }),
  single('refused', { difficulty: 'easy' }),
  single('error'),
  single('broken'),
  unanswerable('refused'),
  unanswerable('wrong'),
  talk('right', 'right'),
  talk('right', 'refused', 'right'),
];
const report = reportOf(cases);
const lines = reportLines(report).map((line) => line.join(' '));

describe('the report', () => {
  test('has every share with how many of how many it is', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        // 2 + 2 + 2 right of 5 + 2 + 3; what is broken is none of them.
        'all accuracy 60.0 % 6 10',
        'all answered 70.0 % 7 10',
        'all right-when-answered 85.7 % 6 7',
        'all refused 50.0 % 1 2',
        'all turn-accuracy 80.0 % 4 5',
        'all follow-up-accuracy 66.7 % 2 3',
        'all conversation-accuracy 50.0 % 1 2',
        'all errors 1 questions 1 13',
        'all broken 1 questions 1 13',
        'without weak accuracy 55.6 % 5 9',
        'difficulty hard accuracy 50.0 % 1 2',
        'tag typo accuracy 100.0 % 1 1',
        'feature join right-when-answered 50.0 % 1 2',
      ]),
    );
  });

  test('has its parts in order, and nothing to say of what there is not', () => {
    const parts = [...new Set(reportLines(report).map(([part]) => part))];
    expect(parts).toEqual([
      ...['all', 'without weak', 'difficulty easy', 'difficulty hard'],
      ...['tag typo', 'feature join'],
    ]);
    expect(lines.filter((line) => line.startsWith('tag typo refused'))).toEqual([]);
  });

  test('has the times by their nearest rank', () => {
    const times = reportOf(Array.from({ length: 20 }, () => single('right'))).times!;
    expect(times.n).toBe(20);
    expect(times.p95 - times.median).toBe(9);
  });
});

describe('thresholds', () => {
  const reach = (...texts: string[]) => unreached(report, texts.map(readThreshold));

  test('are reached by the exact share', () => {
    expect(reach('accuracy=60%', 'accuracy=0.6', 'answered=.7', 'refused=0')).toEqual([]);
    expect(reach('right-when-answered=85.72%')).toEqual([
      'right-when-answered is 85.71 %, and was to be 85.72 %',
    ]);
  });

  test('are not reached where there are no questions', () => {
    expect(unreached(reportOf([single('right')]), [readThreshold('refused=0')])).toEqual([
      'refused has no questions, and was to be 0 %',
    ]);
  });

  test.each(['accuracy', 'accuracy=', 'accuracy=60', 'accuracy=-1', 'accuracy=101%', 'acuracy=1'])(
    '%s is none',
    (text) => {
      expect(() => readThreshold(text)).toThrow(/^threshold /);
    },
  );
});
