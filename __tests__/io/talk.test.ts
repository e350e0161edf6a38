import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openTalker } from '../../lib/io/talk.js';

/** A terminal, and a spinner that writes down on it what it is told. */
function terminal({ isTTY = true } = {}) {
  let shown = '';
  const stderr = Object.assign(new PassThrough(), { isTTY });
  stderr.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const say = (word: string) => () => void stderr.write(word);
  const talker = openTalker(stderr, (text) =>
    Promise.resolve({ start: say(`<${text}>`), stop: say('<end>'), clear: say('<clear>') }),
  );
  return { talker, shown: () => shown };
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('talk on a terminal', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('has a sign of life after a second, which takes itself away', async () => {
    const { talker, shown } = terminal();
    const done = talker.spin('working');
    await pass(990);
    expect(shown()).toBe('');
    await pass(20);
    expect(shown()).toBe('<working>');
    done();
    done();
    expect(shown()).toBe('<working><end>');
  });

  test('has none for what is quick, nor where nobody looks', async () => {
    const quick = terminal();
    quick.talker.spin('working')();
    const piped = terminal({ isTTY: false });
    piped.talker.spin('working');
    await pass(5000);
    expect(quick.shown() + piped.shown()).toBe('');
  });

  test('has one at a time: the later takes over, and the end of the earlier does not end it', async () => {
    const { talker, shown } = terminal();
    const first = talker.spin('first');
    await pass(1010);
    const second = talker.spin('second');
    first();
    await pass(1010);
    second();
    expect(shown()).toBe('<first><end><second><end>');
  });

  test('takes the sign off its line for what is said, and ends it for the result', async () => {
    const { talker, shown } = terminal();
    talker.spin('working');
    await pass(1010);
    talker.write('a line\n');
    talker.still();
    talker.write('another\n');
    expect(shown()).toBe('<working><clear>a line\n<end>another\n');
  });

  test('waits while a pager has the terminal', async () => {
    const { talker, shown } = terminal();
    talker.spin('working');
    await pass(1010);
    talker.onTaken(true);
    talker.write('one\n');
    talker.spin('more');
    await pass(5000);
    talker.write('two\n');
    expect(shown()).toBe('<working><end>');
    talker.onTaken(false);
    expect(shown()).toBe('<working><end>one\ntwo\n');
  });

  test('waits for no pager where stderr leads elsewhere', () => {
    const { talker, shown } = terminal({ isTTY: false });
    talker.onTaken(true);
    talker.write('one\n');
    expect(shown()).toBe('one\n');
  });
});
