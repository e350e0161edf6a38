import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CHANGES, FAMILY, SCHEMA } from './undo-cases.js';
import { DRIVERS, type Ground, openGround } from './undoing.js';

// The other servers are looked at by the long suite.
describe.each(DRIVERS.slice(0, 1))('undo on $name', ({ open }) => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(open);
    await ground.execute(...SCHEMA);
  }, 60_000);
  afterAll(() => ground.close());

  test.each(CHANGES)('puts back, byte for byte, %s', async (_what, sql, tables) => {
    const before = await ground.contents(...tables);
    const applied = await ground.run(sql);
    expect(applied).toMatchObject({ undo: true, against: undefined });
    expect(await ground.contents(...tables)).not.toBe(before);
    await ground.undo(applied.id);
    expect(await ground.contents(...tables)).toBe(before);
    await expect(ground.changes.undo(applied.id)).rejects.toMatchObject({ exit: 3, rule: 'undo' });
  });

  test('MERGE is put back where the server tells what it did', async () => {
    const before = await ground.contents('base');
    const applied =
      await ground.run(`merge into base b using (values (1, 70), (300, 3)) v (id, n) on b.id = v.id
      when matched then update set n = v.n when not matched then insert values (v.id, v.n)`);
    expect(applied.undo).toBe(true);
    await ground.undo(applied.id);
    expect(await ground.contents('base')).toBe(before);
  });

  test.each([
    [
      'rows of a table without a primary key',
      'update audited set n = 2 where id = 1',
      /audit.*no primary key/,
    ],
    ['a table that is emptied', 'truncate unique_names', /TRUNCATE/],
    ['what is no change of rows', 'create table other (a int)', /no change of rows/],
  ])('says beforehand that %s can not be', async (_what, sql, why) => {
    const proposal = await ground.changes.propose(sql);
    const seen = await ground.changes.preview(proposal);
    expect(seen.against).toMatch(why);
    const applied = await ground.changes.apply(proposal, seen, 'flag');
    expect(applied).toMatchObject({ undo: false, against: expect.stringMatching(why) });
    await expect(ground.changes.undo(applied.id)).rejects.toMatchObject({ exit: 3, rule: 'undo' });
  });

  test('says which rows triggers keep from being as they were', async () => {
    const applied = await ground.run('update stamped set n = 2 where id = 1');
    const { notes } = await ground.changes.undo(applied.id);
    expect(notes).toEqual([expect.stringMatching(/triggers.*public\.stamped 1/)]);
  });

  test('of a change of no row is not offered', async () => {
    expect(await ground.run('update parents set name = upper(name) where id = -1')).toMatchObject({
      undo: false,
      against: 'it changed no row',
    });
  });

  test('names all rows that have changed since, and touches none', async () => {
    const applied = await ground.run('update parents set name = upper(name) where id > 3');
    await ground.execute(
      `update parents set name = 'since' where id = 5`,
      'delete from parents where id = 6',
      'update children set note = null where id = 1',
    );
    const before = await ground.contents(...FAMILY);
    await expect(ground.changes.undo(applied.id)).rejects.toMatchObject({
      exit: 3,
      rule: 'undo-changed',
      message: 'refused: rows have changed since: public.parents 5, public.parents 6',
    });
    expect(await ground.contents(...FAMILY)).toBe(before);
  });

  test('a row that is put back by hand meanwhile is somebody else’s', async () => {
    const applied = await ground.run('delete from tree where id = 30');
    await ground.execute('insert into tree values (30, 15)');
    await expect(ground.changes.undo(applied.id)).rejects.toMatchObject({
      rule: 'undo-changed',
      message: expect.stringContaining('public.tree 30'),
    });
  });
});
