import { describe, expect, test } from '@jest/globals';
import { readCases } from '../../lib/evals/cases.js';
import { UsageError } from '../../lib/errors.js';

const read = (...lines: string[]) => readCases(lines.join('\n'), 'cases.jsonl');

describe('a file of cases', () => {
  test('has questions and conversations, and members that nobody knows', () => {
    const [single, talk] = read(
      '{"id": 7, "db": "d", "question": "q", "gold_sql": "select 1", "ordered": true, "split": "x", "weak": true}',
      '',
      '{"id": "c", "db": "d", "difficulty": "hard", "tags": ["t"], "turns": [{"question": "a", "gold_sql": "select 1"}, {"question": "b", "difficulty": "easy"}]}',
    );
    expect(single).toMatchObject({
      ...{ id: 7, db: 'd', isConversation: false },
      questions: [{ id: 7, weak: true, gold: { sql: 'select 1', ordered: true } }],
    });
    expect(talk).toMatchObject({
      isConversation: true,
      questions: [
        { id: 'c/1', request: 'a', difficulty: 'hard', tags: ['t'] },
        { id: 'c/2', request: 'b', difficulty: 'easy', tags: ['t'], gold: undefined },
      ],
    });
  });

  test.each([
    ['{', 'line 2 of cases.jsonl is not JSON'],
    ['[]', 'line 2 of cases.jsonl is no object'],
    ['{"question": "q"}', /^line 2 of cases.jsonl has no id/],
    ['{"id": 1}', 'line 2 of cases.jsonl has no question'],
    ['{"id": 1, "question": " "}', 'line 2 of cases.jsonl has a question that is empty'],
    [
      '{"id": 1, "question": "q", "gold_sql": 5}',
      'line 2 of cases.jsonl has a gold_sql that is number where string is expected',
    ],
    [
      '{"id": 1, "turns": [{"question": "q"}, {}]}',
      'line 2 of cases.jsonl has a turns [2] question that is missing',
    ],
    ['{"id": 1, "question": "q", "turns": [{"question": "q"}]}', /one or the other$/],
  ])('%s is no case', (line, message) => {
    const good = '{"id": 1, "question": "q"}';
    const attempt = () => read(good, line);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message);
  });

  test('has one at least', () => {
    expect(() => read('', ' ')).toThrow('there are no cases in cases.jsonl');
  });
});
