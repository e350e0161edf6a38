/** psql's expanded layout with border 1: a line for each value, for rows wider than the screen. */
import { height, widest, type Block } from './block.js';
import type { Layout } from './table.js';

export function expandedLayout(headers: readonly Block[]): Layout {
  const nameWidth = widest(headers);
  let record = 0;
  return {
    opening: '',
    *rows(window) {
      const valueWidth = widest(window.map((row) => ({ width: widest(row) })));
      for (const row of window) {
        record += 1;
        const fields = row.map((value, i) => fieldLines(headers[i]!, value, nameWidth, valueWidth));
        yield ruler(record, nameWidth, valueWidth) + fields.join('');
      }
    },
  };
}

/** `-[ RECORD 1 ]----`, with a plus above the divider where the words leave room for it. */
function ruler(record: number, nameWidth: number, valueWidth: number): string {
  const words = `-[ RECORD ${record} ]`;
  const line = `${'-'.repeat(nameWidth + 1)}+${'-'.repeat(valueWidth + 1)}`;
  return `${words}${line.slice(words.length)}\n`;
}

function fieldLines(name: Block, value: Block, nameWidth: number, valueWidth: number): string {
  let text = '';
  const count = height([name, value]);
  for (let n = 0; n < count; n++) {
    const left = name.lines[n];
    const right = value.lines[n];
    text += (left?.text ?? '') + ' '.repeat(nameWidth - (left?.width ?? 0));
    text += n + 1 < name.lines.length ? '+|' : ' |';
    if (right !== undefined) {
      const more = n + 1 < value.lines.length;
      text += ` ${right.text}${more ? `${' '.repeat(valueWidth - right.width)}+` : ''}`;
    }
    text += '\n';
  }
  return text;
}
