/** Notices a model that goes in circles. */
import { ModelError, type RefusedError } from '../errors.js';
import type { ToolCall } from '../models/model.js';

export interface Repeats {
  /**
   * What to say instead of carrying out the same call again.
   *
   * @throws {ModelError} the time after, or the refusal that the model does not accept
   */
  note(call: ToolCall, refusal: RefusedError | undefined): string | undefined;
}

/** The same call again is answered with a note this often at most; the next one ends the run. */
const MAX_REPEATS = 1;

export function watchRepeats(): Repeats {
  let last: string | undefined;
  let repeated = 0;
  return {
    note(call, refusal) {
      const key = JSON.stringify([call.name, call.input]);
      repeated = key === last ? repeated + 1 : 0;
      last = key;
      if (repeated === 0) return undefined;
      if (repeated > MAX_REPEATS) {
        if (refusal !== undefined) throw refusal;
        throw new ModelError(`the model makes the same call again and again: ${call.name}`, {
          hint: 'rephrase the request, or try another model with --model',
        });
      }
      return 'note: this is the very call that you have just made; its result stands above. Do something else, or answer.';
    },
  };
}
