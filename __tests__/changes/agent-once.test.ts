/** Models that repeat themselves, and replies that break on their way: a change is made once, as a whole, or not at all. */
import { describe, expect, test } from '@jest/globals';
import type { ChatReply } from '../support/chat-server.js';
import {
  calls,
  dml,
  openForSuite,
  play,
  query,
  UNTOUCHED,
  words,
  WRITE,
  type World,
} from './model-changing.js';

let world: World;
openForSuite((made) => {
  world = made;
});

const DELETE = 'delete from fruit where id = 1';

describe('a model that repeats itself', () => {
  const MORE = 'update fruit set price = price + 1 where id = 1';

  test.each([
    ['in one step', [calls(dml(MORE), dml(MORE))]],
    ['in two steps', [calls(dml(MORE)), calls(dml(MORE))]],
    [
      'in other writing',
      [calls(dml(MORE)), calls(dml('UPDATE fruit /*!*/ SET price=price+1 WHERE id=1;'))],
    ],
    ['after something else', [calls(dml(MORE)), calls(query('select 1')), calls(dml(MORE))]],
  ])('changes rows once: %s', async (_name, replies) => {
    const { code, stdout } = await play(world, [...replies, calls(words('done'))], ...WRITE);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'UPDATE 1\n' });
    expect(await world.fruit()).toEqual(['1:2', '2:2', '3:3']);
    expect(world.told().at(-1)).toMatch(
      /^applied already in this run as change [0-9a-f]{8}, and not again: UPDATE 1$/,
    );
  });

  test('is refused a change that holds what is done already, all of it', async () => {
    const { stdout } = await play(
      world,
      [calls(dml(MORE)), calls(dml(`delete from crates where id = 1; ${MORE}`)), { text: 'ok' }],
      ...WRITE,
    );
    expect(stdout).toBe('UPDATE 1\n');
    expect(world.told()[1]).toMatch(/nothing was done: statement 2 \(UPDATE\) is applied already/);
    expect(await world.fruit()).toEqual(['1:2', '2:2', '3:3']);
  });

  test('goes in circles: exit 4, and what was done is told', async () => {
    const { code, stderr } = await play(
      world,
      Array(4).fill(calls(dml(MORE))) as ChatReply[],
      ...WRITE,
    );
    expect(code).toBe(4);
    expect(stderr).toMatch(/^applied change [0-9a-f]{8}: UPDATE 1\n/);
    expect(await world.fruit()).toEqual(['1:2', '2:2', '3:3']);
  });

  test('has no write of its repeated by what tries model calls again', async () => {
    const { stdout, stderr } = await play(
      world,
      [calls(dml(MORE)), { status: 503 }, { ...calls(words('x')), breakAfter: 1 }, { text: 'ok' }],
      ...WRITE,
    );
    expect(stdout).toBe('UPDATE 1\n');
    expect(stderr).toMatch(/trying again/);
    expect(await world.fruit()).toEqual(['1:2', '2:2', '3:3']);
  });

  test('can not repeat what was approved and then failed', async () => {
    // A sequence goes on where a preview is rolled back.
    await world.sql.unsafe(`create sequence if not exists tries; alter sequence tries restart;
      create or replace function once_only() returns trigger language plpgsql as
        $$ begin if nextval('tries') > 1 then raise 'not a second time'; end if; return old; end $$;
      create trigger once_only before delete on fruit for each row execute function once_only()`);
    const { code, stdout, stderr, steps } = await play(
      world,
      [calls(dml(DELETE)), calls(dml(DELETE))],
      ...WRITE,
    );
    expect({ code, stdout, steps }).toEqual({ code: 1, stdout: '', steps: 1 });
    expect(stderr).toMatch(/not a second time/);
    expect(await world.fruit()).toEqual(UNTOUCHED);
  });
});

describe('a reply that did not arrive whole', () => {
  const whole = { name: 'run_dml', arguments: JSON.stringify({ sql: DELETE }) };

  test.each([
    ['was cut off at the output limit', { calls: [whole], finish: 'length' }],
    [
      'holds a call that is no JSON',
      { calls: [whole, { name: 'run_dml', arguments: '{"sql": "delete from crates' }] },
    ],
    ['is no JSON itself', { calls: [{ name: 'run_dml', arguments: `{"sql": "${DELETE}` }] }],
  ])('has no part of it executed where it %s', async (_name, reply) => {
    const { stdout, stderr } = await play(world, [reply, calls(words('I give up.'))], ...WRITE);
    expect({ stdout, stderr }).toEqual({
      stdout: 'I give up.\n',
      stderr: 'nothing was changed\n',
    });
    expect(world.told()[0]).toMatch(/not carried out|not valid JSON/);
    expect(await world.fruit()).toEqual(UNTOUCHED);
  });

  test('because its stream broke is asked for again, and done once', async () => {
    const { stdout } = await play(
      world,
      [{ calls: [whole], breakAfter: 2 }, { calls: [whole] }, { text: 'ok' }],
      ...WRITE,
    );
    expect(stdout).toBe('DELETE 1\n');
    expect(await world.fruit()).toEqual(['2:2', '3:3']);
  });
});
