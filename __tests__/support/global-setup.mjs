/** Runs once before all suites: makes the run's PostgreSQL servers available, and says which. */
import { startSuite } from './suite.mjs';

export default async function setup() {
  const suite = await startSuite();
  globalThis[Symbol.for('pgask.suite')] = suite;
  // Workers inherit the environment.
  process.env.SUITE_SERVERS = JSON.stringify(suite.greeting);
  const { servers, skipped } = suite.greeting;
  const lines = [`servers: ${servers.map(({ name }) => name).join(', ')}`];
  for (const reason of skipped) lines.push(`skipped: ${reason}`);
  process.stderr.write(`${lines.join('\n')}\n`);
}
