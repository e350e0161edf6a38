/** Runs once after all suites: waits until the run's servers and their files are gone. */
export default async function teardown() {
  await globalThis[Symbol.for('pgask.suite')]?.end();
}
