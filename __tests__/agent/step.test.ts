/** The calls of one step: which run at once, which one after the other, and which not at all. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod/v3';
import { watchRepeats } from '../../lib/agent/repeats.js';
import { takeStep } from '../../lib/agent/step.js';
import { type Effect, RefusedError, StatementError } from '../../lib/errors.js';
import { BrokenInput, type Reply } from '../../lib/models/model.js';
import { defineTool, type Tool } from '../../lib/tools/tool.js';

const input = z.object({ n: z.string(), ms: z.number().optional() }).strict();

/** Tools that write down when they begin and end; an `n` of `bad`, `no` or `denied` fails. */
function open(grant: Effect = 'write') {
  const log: string[] = [];
  const tool = (name: string, more: Partial<Tool>) =>
    defineTool({
      ...{ name, summary: name, input, ...more },
      async run({ n, ms = 5 }) {
        log.push(`${n} begins`);
        await delay(ms);
        if (n === 'bad') throw new StatementError('no such column');
        if (n === 'no') throw new RefusedError('refused', { rule: 'approval', effect: 'write' });
        log.push(`${n} ends`);
        return name === 'done'
          ? { text: '', answer: { type: 'words', text: n } }
          : { text: `${n} is done` };
      },
    });
  const tools = [
    tool('look', {}),
    tool('change', { streams: true, alters: true }),
    tool('done', { ends: true }),
  ];
  const repeats = watchRepeats();
  const take = (calls: readonly [string, unknown][], stop: Reply['stop'] = 'calls') =>
    takeStep(
      { calls: calls.map(([name, given], i) => ({ id: String(i), name, input: given })), stop },
      {
        ...{ tools, context: { grant } as never, toolTimeoutMs: 1000 },
        ...{ signal: new AbortController().signal, listen: () => undefined },
      },
      repeats,
      undefined,
    );
  return { log, take };
}

describe('a step', () => {
  test('reads at once, then changes one at a time, then answers, and tells all in the order of the calls', async () => {
    const { log, take } = open();
    const outcomes = await take([
      ['done', { n: 'answer' }],
      ['change', { n: 'one', ms: 20 }],
      ['look', { n: 'a', ms: 20 }],
      ['change', { n: 'two' }],
      ['look', { n: 'b' }],
    ]);
    expect(log).toEqual([
      ...['a begins', 'b begins', 'b ends', 'a ends'],
      ...['one begins', 'one ends', 'two begins', 'two ends', 'answer begins', 'answer ends'],
    ]);
    expect(outcomes.map(({ call }) => call.id)).toEqual(['0', '1', '2', '3', '4']);
  });

  test('begins nothing more after a change that ends the run', async () => {
    const { log, take } = open();
    const step = take([
      ['change', { n: 'no' }],
      ['change', { n: 'two' }],
      ['done', { n: 'answer' }],
    ]);
    await expect(step).rejects.toMatchObject({ exit: 3 });
    expect(log).toEqual(['no begins']);
  });

  test('begins no change where a read of the same step ends the run', async () => {
    const { log, take } = open('read');
    const step = take([
      ['change', { n: 'one' }],
      ['look', { n: 'no' }],
    ]);
    await expect(step).rejects.toMatchObject({ exit: 3 });
    expect(log).toEqual(['no begins']);
  });

  test('holds back what stands behind a change that was not made', async () => {
    const { log, take } = open();
    const outcomes = await take([
      ['change', { n: 'one' }],
      ['change', { n: 'bad' }],
      ['change', { n: 'three' }],
      ['done', { n: 'answer' }],
    ]);
    expect(log).toEqual(['one begins', 'one ends', 'bad begins']);
    expect(outcomes.map(({ done }) => done)).toEqual([true, true, false, false]);
    expect(outcomes[3]!.outcome?.text).toMatch(/^note: not carried out/);
  });

  test.each([
    ['was cut off', { n: 'two' }, 'length'],
    ['has a broken call', new BrokenInput('{"n": "tw'), 'calls'],
  ] as const)(
    'changes nothing where the reply %s, and reads all the same',
    async (_, last, stop) => {
      const { log, take } = open();
      const outcomes = await take(
        [
          ['change', { n: 'one' }],
          ['look', { n: 'a' }],
          ['change', last],
        ],
        stop,
      );
      expect(log).toEqual(['a begins', 'a ends']);
      expect(outcomes.map(({ done }) => done)).toEqual([false, true, false]);
    },
  );

  test('lets the same change reach its tool again, which knows it, and the same read not', async () => {
    const { log, take } = open();
    await take([
      ['look', { n: 'a' }],
      ['look', { n: 'a' }],
      ['change', { n: 'one' }],
      ['change', { n: 'one' }],
    ]);
    expect(log.filter((line) => line === 'a begins')).toHaveLength(1);
    expect(log.filter((line) => line === 'one begins')).toHaveLength(2);
  });

  test('takes a refused change for mendable within the grant, and where it was sent to a tool that reads', async () => {
    const within = await open('write').take([['look', { n: 'no' }]]);
    expect(within[0]!.error).toBeInstanceOf(RefusedError);
    await expect(open('write').take([['change', { n: 'no' }]])).rejects.toThrow('refused');
    await expect(open('read').take([['look', { n: 'no' }]])).rejects.toThrow('refused');
  });
});
