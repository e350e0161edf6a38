import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { noTerminal, run, runInTerminal } from './program.js';

describe('running the program', () => {
  test('nothing of our own environment reaches it', async () => {
    process.env['PGHOST'] = '/nowhere';
    process.env['PGASK_FORMAT'] = 'no such format';
    try {
      const { code, stderr } = await run(['config']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('format') });
    } finally {
      delete process.env['PGHOST'];
      delete process.env['PGASK_FORMAT'];
    }
  });

  test('a pipe that stays open does not make it wait', async () => {
    const { code, signal } = await run(['config'], { stdin: { type: 'open' }, timeoutMs: 5000 });
    expect({ code, signal }).toEqual({ code: 0, signal: null });
  });

  test('one that never ends is killed when its time is up', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const url = `postgres://x@127.0.0.1:${port}/x?connect_timeout=60`;
    const { code, signal } = await run(['sql', '-d', url, 'select 1'], { timeoutMs: 600 });
    mute.close();
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
  });

  const reason = noTerminal();
  const inTerminal = reason === undefined ? test : test.skip;
  inTerminal(`a terminal is one to it${reason === undefined ? '' : ` (${reason})`}`, async () => {
    const { code, stdout } = await runInTerminal(['sql', '--no-such-flag']);
    expect(code).toBe(2);
    // Red, as only a terminal gets it, and with the line ends of one.
    expect(stdout).toContain('\u001b[31mpgask:\u001b[39m unknown flag --no-such-flag\r\n');
  });
});
