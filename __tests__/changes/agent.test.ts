/** A change that a model proposes: previewed, approved and applied as one by hand, and told for what it was. */
import { describe, expect, test } from '@jest/globals';
import {
  calls,
  ddl,
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

describe('a change that a model proposes', () => {
  test('is applied once, told in a line, and its closing words go to stderr', async () => {
    world.chat.reply(calls(dml(DEARER)), calls(words('Both are dearer now.')));
    const { code, stdout, stderr } = await world.ask(...WRITE);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'UPDATE 2\n' });
    expect(stderr).toMatch(/^Both are dearer now\.\n/);
    expect(await world.fruit()).toEqual(['1:2', '2:3', '3:3']);
    expect(world.told()).toEqual([
      expect.stringMatching(/^applied as change [0-9a-f]{8}: UPDATE 2$/),
    ]);
  });

  test('is an object for programs, by itself and in the envelope', async () => {
    world.chat.reply(calls(dml(DEARER)), { text: 'done' });
    const { code, stdout } = await world.ask(...WRITE, '-F', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      change: expect.objectContaining({
        applied: true,
        rowCount: 2,
        statements: [expect.objectContaining({ sql: DEARER, rowCount: 2 })],
      }),
    });
    world.chat.reply(calls(dml(DEARER)), { text: 'done' });
    const envelope = await world.ask(...WRITE, '--envelope');
    expect(JSON.parse(envelope.stdout)).toMatchObject({
      ...{ answer: 'done', sql: DEARER, rows: null, steps: 2 },
      change: { applied: true, rowCount: 2 },
    });
  });

  test('leaves stdout to the rows of a turn that has some', async () => {
    world.chat.reply(calls(dml(DEARER)), calls(rows('select id, price from fruit order by id')));
    const { code, stdout, stderr } = await world.ask(...WRITE, '-F', 'csv');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'id,price\n1,2\n2,3\n3,3\n' });
    expect(stderr).toMatch(/^applied change [0-9a-f]{8}: UPDATE 2\n$/);
    world.chat.reply(calls(dml(DEARER), rows('table fruit', 'all of it')));
    const envelope = await world.ask(...WRITE, '--envelope');
    expect(JSON.parse(envelope.stdout)).toMatchObject({
      change: { applied: true, rowCount: 2 },
      rowCount: 3,
    });
  });

  test('may be several statements in one transaction, and several changes in one turn', async () => {
    const both = 'delete from crates where id = 3; delete from fruit where id = 2';
    world.chat.reply(calls(dml(both)), calls(dml(DEARER)), calls(words('done')));
    const { code, stdout } = await world.ask(...WRITE, '-F', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      changes: [
        { rowCount: 2, statements: [{ rowCount: 1 }, { rowCount: 1 }] },
        { rowCount: 1, statements: [{ sql: DEARER }] },
      ],
    });
    expect(await world.fruit()).toEqual(['1:2', '3:3']);
    world.chat.reply(
      calls(dml('delete from crates where id = 1; delete from nowhere where id = 1')),
      calls(words('I can not.')),
    );
    expect(await world.ask(...WRITE)).toMatchObject({ code: 0, stdout: 'I can not.\n' });
    const [left] = await world.sql`select count(*)::int as n from crates`;
    expect(left?.['n']).toBe(2);
  });

  test('names what cascades did, as data', async () => {
    world.chat.reply(calls(dml('delete from fruit where id = 1')), calls(words('gone')));
    expect((await world.ask(...WRITE)).stdout).toBe('DELETE 1\n');
    expect(world.told()[0]).toMatch(
      /^applied as change \w+: DELETE 1\nwhat cascades and triggers did:\n<(data-[0-9a-f]+)> .*\n\{"table":"public\.crates",.*"deleted":2\}\n<\/\1>$/,
    );
  });

  test('can be DDL, after which the schema is read anew', async () => {
    world.chat.reply(
      calls(ddl('alter table fruit add column colour text')),
      calls({ name: 'get_schema', input: { pattern: 'fruit' } }),
      calls(words('There is a colour.')),
    );
    const { code, stdout } = await world.ask('--allow', 'ddl', '--yes');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ALTER TABLE\n' });
    expect(world.told()[1]).toMatch(/colour text/);
  });

  test('is shown to no model in rows', async () => {
    world.chat.reply(calls(dml("update fruit set name = name || '!'  where id < 9")), {
      text: 'done',
    });
    await world.ask(...WRITE);
    const sent = JSON.stringify(world.chat.requests.slice(-2).map(({ body }) => body.messages));
    expect(sent).not.toMatch(/apple|pear|quince/);
  });

  test('is written down and not carried out with --plan', async () => {
    world.chat.reply(calls(dml(DEARER)), calls(words('Done!')));
    const { code, stdout } = await world.ask('--allow', 'write', '--plan', '-F', 'json');
    expect(code).toBe(0);
    const { plan } = JSON.parse(stdout) as { plan: { id: string; statements: string[] } };
    expect(plan.statements).toEqual([DEARER]);
    expect(await world.fruit()).toEqual(UNTOUCHED);
    expect(world.told()[0]).toMatch(
      new RegExp(`^written down as plan ${plan.id}, .*nothing is changed yet: UPDATE 2$`),
    );
  });

  test('is printed and not carried out with --sql-only', async () => {
    world.chat.reply(calls(dml(DEARER)));
    const { code, stdout, stderr } = await world.ask(...WRITE, '--sql-only');
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${DEARER};\n`, stderr: '' });
    expect(await world.fruit()).toEqual(UNTOUCHED);
    world.chat.reply(calls(dml(DEARER)));
    expect((await world.ask('--sql-only')).code).toBe(3);
  });

  test('that the server refuses can be mended while nothing was approved', async () => {
    world.chat.reply(
      calls(dml('update fruit set prise = 1 where id = 1')),
      calls(dml('update fruit set price = 9 where id = 1')),
      calls(words('mended')),
    );
    const { code, stdout } = await world.ask(...WRITE);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'UPDATE 1\n' });
    expect(await world.fruit()).toEqual(['1:9', '2:2', '3:3']);
  });

  test('goes to the tool that it is for', async () => {
    world.chat.reply(
      calls(ddl(DEARER), dml('create table t (a int)')),
      calls(ddl('select 1'), dml('select 1')),
      calls(words('never mind')),
    );
    const { code } = await world.ask('--allow', 'ddl', '--yes');
    expect(code).toBe(0);
    const told = world.told();
    expect(told[0]).toMatch(/call run_dml/);
    expect(told[1]).toMatch(/^note: not carried out/);
    expect(told[2]).toMatch(/SELECT changes nothing/);
    expect(await world.fruit()).toEqual(UNTOUCHED);
  });
});
