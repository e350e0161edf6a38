import { describe, expect, test } from '@jest/globals';
import { openFlow } from '../../lib/databases/flow.js';

const chunk = (length: number) => ({ bytes: new Uint8Array(length), ends: [length] });

function opened() {
  const log: string[] = [];
  const flow = openFlow({ pause: () => log.push('pause'), resume: () => log.push('resume') });
  return { flow, log };
}

describe('rows between a session and a reader', () => {
  test('come in their order, and then the end', async () => {
    const { flow } = opened();
    const first = flow.next();
    flow.push(chunk(1));
    flow.push(chunk(2));
    flow.end();
    expect((await first)?.bytes).toHaveLength(1);
    expect((await flow.next())?.bytes).toHaveLength(2);
    expect(await flow.next()).toBeUndefined();
  });

  test('a failure is told after the last of them', async () => {
    const { flow } = opened();
    flow.push(chunk(1));
    const reason = new Error('gone');
    flow.end({ reason });
    expect(await flow.next()).toBeDefined();
    await expect(flow.next()).rejects.toBe(reason);
  });

  test('hold the session up while the reader is behind, and until it has caught up', async () => {
    const { flow, log } = opened();
    for (let i = 0; i < 5; i++) flow.push(chunk(300_000));
    expect(log).toEqual(['pause']);
    for (let i = 0; i < 4; i++) await flow.next();
    expect(log).toEqual(['pause']);
    await flow.next();
    expect(log).toEqual(['pause', 'resume']);
  });

  test('are drained when the reader comes back for more than there is, not before', async () => {
    const { flow } = opened();
    flow.push(chunk(1));
    let drained = false;
    const when = flow.drained().then(() => (drained = true));
    await flow.next();
    await Promise.resolve();
    expect(drained).toBe(false);
    void flow.next();
    await when;
    expect(drained).toBe(true);
  });

  test('are dropped when nobody wants them, and hold nobody up', async () => {
    const { flow, log } = opened();
    flow.push(chunk(2_000_000));
    const when = flow.drained();
    flow.discard();
    await when;
    flow.push(chunk(2_000_000));
    expect(log).toEqual(['pause', 'resume']);
    flow.end();
    expect(await flow.next()).toBeUndefined();
  });
});
