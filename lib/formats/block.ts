/** A column's name as it stands on a screen: its lines and how wide they are. */
import { displayText } from './display.js';
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

export function blockOf(name: string): Block {
  const lines = displayText(name)
    .split('\n')
    .map((text) => ({ text, width: displayWidth(text) }));
  return { lines, width: widest(lines) };
}

export function widest(parts: readonly { readonly width: number }[]): number {
  return parts.reduce((width, part) => Math.max(width, part.width), 0);
}
