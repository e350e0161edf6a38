/** A sign of life of an export that takes longer than a second: redrawn at a terminal, now and then a line elsewhere. */
import type { App } from '../app.js';

import { progressLine } from './export-figures.js';
import type { Measure } from './measured.js';

/** Shorter exports are nobody's business. */
const BEGIN_AFTER_MS = 1000;
/** Between two lines where stderr is a file: a log is not to fill up. */
const LINE_EVERY_MS = 10_000;

/** @param so what is written by the time that it is looked at. Gives what ends it; nothing is said after that. */
export function tellProgress(app: App, path: string, so: Measure): () => void {
  if (app.flags.quiet) return () => undefined;
  const began = performance.now();
  const line = () => progressLine(path, so, performance.now() - began);
  let over = false;
  let stop: (() => void) | undefined;
  const begin = async () => {
    if (!app.io.talk.terminal) {
      // A query that thinks has nothing to tell to a log.
      if (so.rows > 0) app.say(line());
      timer = setTimeout(() => void begin(), so.rows > 0 ? LINE_EVERY_MS : BEGIN_AFTER_MS).unref();
      return;
    }
    stop = await app.io.talk.progress(line);
    // It may have ended while the spinner was loaded.
    if (over) stop();
  };
  let timer = setTimeout(() => void begin(), BEGIN_AFTER_MS).unref();
  return () => {
    over = true;
    clearTimeout(timer);
    stop?.();
  };
}
