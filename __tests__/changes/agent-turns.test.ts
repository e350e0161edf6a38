/** Turns in which a model has changed something: what the next one knows of it, and what a person at a terminal is asked. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { noTerminal } from '../support/program.js';
import {
  calls,
  dml,
  openForSuite,
  rows,
  UNTOUCHED,
  words,
  WRITE,
  type World,
} from './model-changing.js';

let world: World;
openForSuite((made) => {
  world = made;
});

const DEARER = 'update fruit set price = price + 1 where id <= 2';
const lines = (file: string) =>
  readFileSync(join(world.on.env['XDG_STATE_HOME']!, 'pgask', file), 'utf8')
    .trim()
    .split('\n');

describe('a turn that has changed something', () => {
  test('is known to the next one, which is told that it is done', async () => {
    world.chat.reply(calls(dml(DEARER)), calls(words('Both are dearer.')));
    await world.inSession('shop', 'make apples and pears dearer', ...WRITE);
    world.chat.reply(calls(rows('select 1 as a')));
    await world.inSession('shop', 'show them');
    const messages = world.chat.requests.at(-1)!.body.messages!.slice(1);
    expect(messages.map(({ role }) => role)).toEqual([
      ...['user', 'assistant', 'tool', 'assistant', 'user'],
    ]);
    expect(JSON.stringify(messages[1])).toContain(DEARER);
    expect(messages[2]!['content']).toMatch(/^applied as change [0-9a-f]{8}: UPDATE 2$/);
    expect(messages[3]!['content']).toBe('Both are dearer.');
  });

  test('says so where the run fails afterwards, with the exit code of the failure', async () => {
    world.chat.reply(calls(dml(DEARER)), { status: 400, body: { error: { message: 'no more' } } });
    const { code, stdout, stderr } = await world.inSession('failed', 'dearer', ...WRITE);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^applied change [0-9a-f]{8}: UPDATE 2\n/m);
    expect(await world.fruit()).toEqual(['1:2', '2:3', '3:3']);
    world.chat.reply(calls(words('It is done already.')));
    await world.inSession('failed', 'dearer', ...WRITE);
    expect(world.told()[0]).toMatch(/^applied as change/);
  });

  test('says so where it is interrupted afterwards', async () => {
    world.chat.reply(calls(dml(DEARER)), { text: 'well', headersAfterMs: 60_000 });
    const asked = world.chat.requests.length;
    const { child, finished } = world.begin(...WRITE);
    while (world.chat.requests.length < asked + 2)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    const { code, stdout, stderr } = await finished;
    expect({ code, stdout }).toEqual({ code: 143, stdout: '' });
    expect(stderr).toMatch(/^applied change [0-9a-f]{8}: UPDATE 2$/m);
  });

  test('stands in the journal as one by hand', async () => {
    world.chat.reply(calls(dml(DEARER)), { text: 'ok' });
    await world.ask(...WRITE);
    const [begun, ended] = lines('journal.jsonl')
      .slice(-2)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(begun).toMatchObject({ state: 'committing', statements: [DEARER], counts: [2] });
    expect(ended).toMatchObject({ state: 'applied', id: begun!['id'] });
  });
});

const terminal = noTerminal();
describe('a person at a terminal', () => {
  const there = terminal === undefined ? test : test.skip;

  there('is asked once for each change, and sees the exact statement', async () => {
    world.chat.reply(calls(dml(DEARER)), calls(words('done')));
    const { code, stdout } = await world.askThere(
      [{ to: /apply this\?/, type: 'y\n' }],
      ...['--allow', 'write'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain(DEARER);
    expect(stdout).toMatch(/UPDATE 2\r?\n/);
    expect(await world.fruit()).toEqual(['1:2', '2:3', '3:3']);
  });

  there('who says no has ended the run: nothing else is proposed, asked or done', async () => {
    const asked = world.chat.requests.length;
    world.chat.reply(
      calls(
        dml(DEARER),
        dml('delete from fruit where id = 1'),
        rows('select 1 as a', 'All is done.'),
      ),
    );
    const { code, stdout } = await world.askThere(
      [
        { to: /apply this\?/, type: 'n\n' },
        { to: /apply this\?/, type: 'y\n' },
      ],
      ...['--allow', 'write'],
    );
    expect(code).toBe(3);
    expect(stdout.match(/apply this\?/g)).toHaveLength(1);
    expect(stdout).not.toMatch(/delete from fruit|All is done/);
    expect(world.chat.requests.length).toBe(asked + 1);
    expect(await world.fruit()).toEqual(UNTOUCHED);
  });

  there(
    'may edit it: what the model is told, and may not repeat, is what was made of it',
    async () => {
      world.chat.reply(
        calls(dml('update fruit set price = 1 where id = 2')),
        calls(dml('update fruit set price = 9 where id = 2')),
        calls(words('done')),
      );
      const { code, stdout } = await world.askThere(
        [
          { to: /apply this\?/, type: 'e\n' },
          { to: /apply this\?/, type: 'y\n' },
        ],
        ...['--allow', 'write'],
      );
      expect(code).toBe(0);
      expect(stdout.match(/apply this\?/g)).toHaveLength(2);
      expect(await world.fruit()).toEqual(['1:1', '2:9', '3:3']);
      const [first, second] = world.told();
      expect(first).toMatch(/^applied .*\nthe person has edited it to: update fruit set price = 9/);
      expect(second).toMatch(/^applied already/);
    },
  );

  there('may think for longer than the run may take', async () => {
    world.chat.reply(calls(dml(DEARER)), calls(words('done')));
    const config = join(world.on.home, 'slow.json');
    writeFileSync(config, JSON.stringify({ limits: { runTimeoutMs: 2000, toolTimeoutMs: 500 } }));
    const { code, stdout } = await world.askThere(
      [{ to: /apply this\?/, type: 'y\n', afterMs: 2500 }],
      ...['--allow', 'write', '--config', config],
    );
    expect(stdout).toMatch(/UPDATE 2/);
    expect(code).toBe(0);
  });
});
