/** A line that a person types and nobody sees: a password, at a terminal. */
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { EXIT, InterruptedError } from '../errors.js';

export type Keyboard = Readable & { setRawMode?(raw: boolean): unknown };

/**
 * The terminal shows nothing of what is typed, and edits nothing either: that is done here.
 *
 * @throws {InterruptedError} Ctrl-C, which is no signal meanwhile; or the signal's reason
 */
export async function hiddenLine(
  question: string,
  { stdin, stderr }: { readonly stdin: Keyboard; readonly stderr: Writable },
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  // What was typed before the question is shown all the same: the terminal has done that already.
  stdin.setRawMode?.(true);
  stderr.write(question);
  let settle: () => void = () => undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      const decoder = new StringDecoder('utf8');
      let typed = '';
      const take = (chunk: Buffer) => {
        const characters = [...decoder.write(chunk)];
        for (const [at, character] of characters.entries()) {
          if (character === '\u0003') return reject(new InterruptedError(EXIT.sigint));
          if (/[\r\n]/.test(character) || (character === '\u0004' && typed === '')) {
            const rest = characters.slice(at + 1).join('');
            if (rest !== '') stdin.unshift(Buffer.from(rest));
            return resolve(typed);
          }
          typed = edited(typed, character);
        }
      };
      const end = () => resolve(typed);
      const abort = () => reject(signal.reason as Error);
      settle = () => {
        stdin.off('data', take);
        stdin.off('end', end);
        signal.removeEventListener('abort', abort);
        stdin.pause();
      };
      stdin.on('data', take);
      stdin.once('end', end);
      signal.addEventListener('abort', abort);
    });
  } finally {
    settle();
    stdin.setRawMode?.(false);
    stderr.write('\n');
  }
}

/** Backspace takes a character, Ctrl-U the line; other controls are no part of a password. */
function edited(typed: string, character: string): string {
  if (character === '\u007f' || character === '\b') return [...typed].slice(0, -1).join('');
  if (character === '\u0015') return '';
  return character < ' ' ? typed : typed + character;
}
