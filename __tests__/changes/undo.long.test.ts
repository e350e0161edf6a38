import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CHANGES, SCHEMA } from './undo-cases.js';
import { DRIVERS, type Ground, openGround } from './undoing.js';

describe.each(DRIVERS)('undo on $name', ({ open }) => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(open);
    await ground.execute(...SCHEMA);
  }, 60_000);
  afterAll(() => ground.close());

  test.each(CHANGES)(
    'puts back, byte for byte, %s; and does it again',
    async (_what, sql, tables) => {
      const before = await ground.contents(...tables);
      const applied = await ground.run(sql);
      expect(applied).toMatchObject({ undo: true, against: undefined });
      const after = await ground.contents(...tables);
      expect(after).not.toBe(before);
      const undone = await ground.undo(applied.id);
      expect(await ground.contents(...tables)).toBe(before);
      await expect(ground.changes.undo(applied.id)).rejects.toMatchObject({
        exit: 3,
        rule: 'undo',
      });
      expect(undone.undo).toBe(true);
      const redone = await ground.undo(undone.id);
      expect(await ground.contents(...tables)).toBe(after);
      await ground.undo(redone.id);
      expect(await ground.contents(...tables)).toBe(before);
    },
  );
});
