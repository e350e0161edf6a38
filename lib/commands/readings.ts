/** `--show-reading`: how each word of a request was read, as lines on stderr. */
import type { App } from '../app.js';
import type { WordReading } from '../models/model.js';

export interface Readings {
  readonly last: readonly WordReading[] | undefined;
  readonly listen: (reading: readonly WordReading[]) => void;
}

/** The last reading is kept, for the envelope. */
export function tellReadings(app: App): Readings {
  let last: readonly WordReading[] | undefined;
  return {
    get last() {
      return last;
    },
    listen(reading) {
      last = reading;
      for (const one of reading) app.io.talk.line(lineOf(one), 'read: ');
    },
  };
}

function lineOf({ words, as, reason, score }: WordReading): string {
  if (as === null) return `${words}: ${reason}`;
  return `${words} → ${as} (${reason}, ${score.toFixed(2)})`;
}
