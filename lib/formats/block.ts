/** A cell as it stands on a screen: its lines and how wide they are. */
import type { Cell } from '../databases/database.js';
import { displayText } from './value.js';
import { displayWidth } from './width.js';

export interface Line {
  readonly text: string;
  /** In columns of a terminal. */
  readonly width: number;
}

export interface Block {
  /** At least one. */
  readonly lines: readonly Line[];
  /** The widest line's. */
  readonly width: number;
}

export function blockOf(cell: Cell): Block {
  const text = displayText(cell);
  if (!text.includes('\n')) {
    const width = displayWidth(text);
    return { lines: [{ text, width }], width };
  }
  const lines = text.split('\n').map((line) => ({ text: line, width: displayWidth(line) }));
  return { lines, width: widest(lines) };
}

export function widest(parts: readonly { readonly width: number }[]): number {
  return parts.reduce((width, part) => Math.max(width, part.width), 0);
}

/** How many lines the highest takes; one where there are none. */
export function height(blocks: readonly Block[]): number {
  return blocks.reduce((lines, block) => Math.max(lines, block.lines.length), 1);
}
