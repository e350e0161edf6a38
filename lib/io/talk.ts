/** What is said on stderr, beside what else a terminal shows: the result, a spinner, a pager. */
import type { Writable } from 'node:stream';

/** A text, or what gives another one for every picture. */
type Changing = string | (() => string);

export interface Talker {
  write(text: string): void;
  /** A sign of life, once something takes long. Ends when the function is called. */
  spin(text: Changing): () => void;
  /** Ends the sign of life, since the result is about to be shown where it stands. */
  still(): void;
  /** While something else has the terminal, what is said waits. */
  onTaken(taken: boolean): void;
}

export interface Spinner {
  text?: string;
  start(): void;
  stop(): void;
  /** Takes it off its line until it turns again. */
  clear(): void;
}

const PATIENCE_MS = 1000;
/** Between two pictures whose text may differ. */
const REDRAW_MS = 200;

/** @param load is called where there is something to show, as loading takes time */
export function openTalker(
  stderr: Writable & { readonly isTTY?: boolean },
  load: (text: string) => Promise<Spinner>,
): Talker {
  let held: string[] | undefined;
  let spinner: Spinner | undefined;
  let end = () => {};
  const spin = (text: Changing) => {
    end();
    let over = false;
    let redraw: NodeJS.Timeout | undefined;
    const begin = async () => {
      const loaded = await load(typeof text === 'string' ? text : text());
      if (over || held !== undefined) return;
      spinner = loaded;
      spinner.start();
      if (typeof text === 'string') return;
      redraw = setInterval(() => (loaded.text = text()), REDRAW_MS).unref();
    };
    // A sign of life that can't be given is no failure.
    const timer = setTimeout(() => void begin().catch(() => undefined), PATIENCE_MS).unref();
    const stop = () => {
      over = true;
      clearTimeout(timer);
      clearInterval(redraw);
      if (end !== stop) return;
      spinner?.stop();
      spinner = undefined;
    };
    end = stop;
    return stop;
  };
  return {
    write(text) {
      if (held !== undefined) {
        held.push(text);
        return;
      }
      spinner?.clear();
      stderr.write(text);
    },
    spin: (text) => (stderr.isTTY === true ? spin(text) : () => undefined),
    still: () => end(),
    onTaken(taken) {
      if (stderr.isTTY !== true) return;
      const waiting = held ?? [];
      if (taken) end();
      held = taken ? waiting : undefined;
      if (!taken) for (const text of waiting) stderr.write(text);
    },
  };
}
