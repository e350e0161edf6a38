/** Which servers a suite runs over: the run's own by default, for time's sake, and every one in the long run. */
import { type AvailableServer, availableServers } from '../support/server.js';

/** Read when a suite is loaded: other-servers.long.test.ts loads them with another choice. */
export const SERVERS = 'EXACT_SERVERS';

export function chosenServers(): readonly AvailableServer[] {
  const [own, ...others] = availableServers();
  if (process.env[SERVERS] === 'others') return others;
  return own === undefined ? [] : [own];
}
