import { test } from '@jest/globals';
import { availableServers } from '../support/server.js';
import { SERVERS } from './servers.js';

/** What the default run proves on one server, on every other that is here. */
if (availableServers().length < 2) {
  test.skip('skipped: this machine has one version of PostgreSQL', () => undefined);
} else {
  process.env[SERVERS] = 'others';
  await import('./own-types.test.js');
  await import('./columns.test.js');
  await import('./settings.test.js');
  await import('./statements.test.js');
  await import('./encodings.test.js');
}
