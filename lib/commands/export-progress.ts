/** How far an export is that takes longer than a second: a line for terminals to redraw, and now and then one in a log. */
import type { App } from '../app.js';

import { progressLine } from './export-figures.js';
import type { Measure } from './measured.js';

/** Shorter exports are nobody's business. */
const BEGIN_AFTER_MS = 1000;
/** Between two lines where stderr is a file: a log is not to fill up. */
const LINE_EVERY_MS = 10_000;

export interface Progress {
  /** How far it is at the moment. */
  readonly line: () => string;
  /** Nothing is said after that. */
  readonly end: () => void;
}

/** Tells a log; a terminal is given the line by whoever draws there. */
export function followProgress(app: App, path: string, so: Measure): Progress {
  const began = performance.now();
  const line = () => progressLine(path, so, performance.now() - began);
  if (app.flags.quiet || app.io.talk.terminal) return { line, end: () => undefined };
  const look = () => {
    // A query that thinks has nothing to tell to a log.
    if (so.rows > 0) app.say(line());
    timer = setTimeout(look, so.rows > 0 ? LINE_EVERY_MS : BEGIN_AFTER_MS).unref();
  };
  let timer = setTimeout(look, BEGIN_AFTER_MS).unref();
  return { line, end: () => clearTimeout(timer) };
}
