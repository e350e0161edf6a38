import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Forecast, openProxy, type Proxy } from './proxy.js';

const TEXT = 'abcdefghij'.repeat(10);
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server that says TEXT, and a proxy before it. */
async function before(forecast: Forecast): Promise<Proxy> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    socket.write(TEXT);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as { port: number };
  const proxy = await openProxy({ host: '127.0.0.1', port }, forecast);
  closing.push(() => proxy.close());
  return proxy;
}

interface Heard {
  readonly text: string;
  readonly pieces: number;
  readonly end: 'whole' | 'closed' | 'silence' | string;
}

function listen({ port }: Proxy): Promise<Heard> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port });
    const done = (end: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text: Buffer.concat(pieces).toString(), pieces: pieces.length, end });
    };
    const timer = setTimeout(() => done('silence'), 300);
    socket.on('data', (piece) => {
      // Silence is counted from the last word: a hundred pieces take a busy machine longer than that.
      timer.refresh();
      pieces.push(piece);
      if (Buffer.concat(pieces).length === TEXT.length) done('whole');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
    socket.on('end', () => done('closed'));
  });
}

describe('the proxy of the tests', () => {
  test('passes everything', async () => {
    expect(await listen(await before({}))).toMatchObject({ text: TEXT, end: 'whole' });
  });

  test.each([0, 1, 37])('cuts after %i bytes', async (afterBytes) => {
    const heard = await listen(await before({ toClient: { type: 'cut', afterBytes } }));
    expect(heard).toMatchObject({ text: TEXT.slice(0, afterBytes), end: 'closed' });
  });

  test('resets', async () => {
    const toClient = { type: 'cut', afterBytes: 0, how: 'reset' } as const;
    expect((await listen(await before({ toClient }))).end).toBe('ECONNRESET');
  });

  test('dribbles', async () => {
    const heard = await listen(await before({ toClient: { type: 'dribble', ms: 1 } }));
    expect(heard).toMatchObject({ text: TEXT, end: 'whole' });
    expect(heard.pieces).toBeGreaterThan(50);
  });

  test('swallows, and leaves the connection open', async () => {
    const heard = await listen(await before({ toClient: { type: 'swallow', afterBytes: 12 } }));
    expect(heard).toMatchObject({ text: TEXT.slice(0, 12), end: 'silence' });
  });

  test('delays', async () => {
    const started = performance.now();
    const heard = await listen(await before({ toClient: { type: 'delay', ms: 100 } }));
    expect(heard.end).toBe('whole');
    expect(performance.now() - started).toBeGreaterThan(95);
  });

  test('changes while connections are open, and cuts them all at once', async () => {
    const proxy = await before({ toClient: { type: 'swallow', afterBytes: 0 } });
    const heard = listen(proxy);
    while (proxy.connections === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    proxy.cut();
    expect(await heard).toMatchObject({ text: '', end: 'closed' });
    proxy.change({});
    expect((await listen(proxy)).end).toBe('whole');
    expect(proxy.fromServer).toBeGreaterThanOrEqual(TEXT.length);
  });
});
