import { expect, test } from '@jest/globals';
import { LimitError } from '../../lib/errors.js';
import { markdown } from '../../lib/formats/markdown.js';
import { table } from '../../lib/formats/table.js';
import { vertical } from '../../lib/formats/vertical.js';
import { columnOf, show } from './shown.js';

const columns = [columnOf('n', 23), columnOf('a')];

test.each([table, vertical, markdown])(
  '$name: a value that is too large only once it is visible is an error as well',
  async (format) => {
    const bytes = Buffer.from(`1\t${'\x01'.repeat(17 * 2 ** 20)}\n`);
    await expect(show(format, { columns, bytes })).rejects.toThrow(LimitError);
  },
  120_000,
);

test.each([
  ['one line', 'x'.repeat(60 * 2 ** 20)],
  ['one line that is not ASCII', '日'.repeat(20 * 2 ** 20)],
  ['lines', 'line é\\n'.repeat(6 * 2 ** 20)],
  ['nothing but line breaks', '\\n'.repeat(20 * 2 ** 20)],
])(
  'a value of sixty megabytes passes: %s',
  async (_, value) => {
    for (const format of [table, vertical, markdown]) {
      const writer = format.open({ write: () => Promise.resolve() }, columns, {
        ...{ width: undefined, height: undefined, color: false, warn: () => undefined },
      });
      const bytes = Buffer.from(`1\t${value}\n`);
      await writer.rows({ bytes, ends: [bytes.length] });
      await writer.end({ rowCount: 1, truncated: false });
    }
  },
  300_000,
);
