/** How measured rows become lines: what the layouts of psql have in common. */
import { visibleWidth } from './measure.js';
import type { Pen } from './pen.js';
import type { Window } from './window.js';

const LINE_FEED = 0x0a;

export interface Layout {
  /** Writes what stands before the first row. */
  open(pen: Pen): void;
  rows(window: Window, pen: Pen): Promise<void>;
}

/** Goes through the lines of a cell; what a layout needs of them is where they are, how wide, and whether more follow. */
export class CellLines {
  readonly #window: Window;
  #next = 0;
  #end = 0;
  start = 0;
  end = 0;
  width = 0;
  /** Another line follows this one. */
  more = false;

  constructor(window: Window, cell: number) {
    this.#window = window;
    this.#next = window.starts[cell]!;
    this.#end = window.ends[cell]!;
  }

  /** Steps to the next line; false where there is none: a cell has one at least. */
  step(): boolean {
    if (this.#next > this.#end) return false;
    const { bytes } = this.#window;
    this.start = this.#next;
    let feed = this.start;
    while (feed < this.#end && bytes[feed] !== LINE_FEED) feed++;
    this.more = feed < this.#end;
    this.end = feed;
    this.width = visibleWidth(bytes, this.start, this.end);
    this.#next = this.end + 1;
    return true;
  }
}
