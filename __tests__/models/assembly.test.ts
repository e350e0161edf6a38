import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assembly, freshId } from '../../lib/models/assembly.js';

const NOBODY = new Set<string>();

test('calls are the same however their pieces are cut and interleaved', () => {
  const calls = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), {
    minLength: 1,
    maxLength: 4,
  });
  const cuts = fc.array(fc.nat(12), { minLength: 1 });
  fc.assert(
    fc.property(calls, cuts, fc.infiniteStream(fc.nat(3)), (inputs, sizes, order) => {
      const reply = assembly();
      const queues = inputs.map((input, index) => {
        const rest = pieces(JSON.stringify(input), sizes);
        const first = {
          index,
          id: `id${String(index)}`,
          function: { name: 'tool', arguments: '' },
        };
        return [first, ...rest.map((text) => ({ index, function: { arguments: text } }))];
      });
      while (queues.some((queue) => queue.length > 0)) {
        const open = queues.filter((queue) => queue.length > 0);
        const call = open[order.next().value! % open.length]!.shift();
        reply.take({ choices: [{ delta: { tool_calls: [call] } }] });
      }
      const ordered = [...reply.reply(NOBODY).calls].sort((a, b) => a.id.localeCompare(b.id));
      expect(ordered.map(({ input }) => input)).toEqual(
        inputs.map((input) => JSON.parse(JSON.stringify(input)) as unknown),
      );
    }),
    { numRuns: 300 },
  );
});

test('nothing that an endpoint may send is taken amiss', () => {
  const odd = fc.oneof(fc.anything(), fc.jsonValue(), chunkOf(fc.anything()));
  fc.assert(
    fc.property(fc.array(odd), (events) => {
      const reply = assembly();
      for (const event of events) expect(typeof reply.take(event)).toBe('string');
      const { text, calls, usage } = reply.reply(NOBODY);
      expect(typeof text).toBe('string');
      expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
      for (const tokens of Object.values(usage)) expect(tokens).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test('a fresh id is none of those in use, and nine letters and digits', () => {
  const used = new Set<string>();
  for (let n = 0; n < 100; n++) {
    const id = freshId(used);
    expect(used.has(id)).toBe(false);
    expect(id).toMatch(/^[a-z0-9]{9}$/);
    used.add(id);
    if (n % 7 === 0) used.delete([...used][0]!);
  }
});

/** A text in pieces of these sizes, which begin again when they are used up; empty ones among them. */
function pieces(text: string, sizes: readonly number[]): string[] {
  const cut: string[] = [];
  for (let at = 0, n = 0; at < text.length; n++) {
    const size = n < 50 ? sizes[n % sizes.length]! : text.length;
    cut.push(text.slice(at, at + size));
    at += size;
  }
  return cut;
}

/** The shape of an event, with anything in its places. */
function chunkOf(any: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const call = fc.record({
    index: any,
    id: any,
    function: fc.record({ name: any, arguments: any }),
  });
  const delta = fc.record({ content: any, tool_calls: fc.oneof(any, fc.array(call)) });
  return fc.record({
    choices: fc.array(fc.record({ index: fc.constant(0), delta, finish_reason: any })),
    usage: any,
  });
}
