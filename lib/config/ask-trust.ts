/** Asks a person, where there is one, whether what the working directory says may count. */
import type { Io } from '../io.js';
import type { Config } from './load.js';
import { demandLines } from './local.js';

/**
 * Does nothing where everything is trusted. Without a terminal nobody is asked, and the configuration refuses by itself.
 *
 * @throws {InterruptedError} a signal instead of an answer
 */
export async function askForTrust(config: Config, io: Io, signal: AbortSignal): Promise<void> {
  const files = config.untrusted;
  if (files.length === 0 || !io.canAsk()) return;
  const names = files.map(({ path }) => path).join(' and ');
  io.talk.line(`${names} ${files.length === 1 ? 'is' : 'are'} not trusted yet, and would decide`);
  for (const line of demandLines(files)) io.talk.line(line);
  const answer = await io.ask('Trust this, until it changes? [y/N] ', signal);
  if (/^\s*y(es)?\s*$/i.test(answer)) await config.trust(files);
}
