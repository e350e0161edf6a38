/** The embedded driver on a fresh directory, for the contract suite. */
import { embeddedDriver } from '../../../lib/databases/embedded/embedded.js';
import type { DriverFixture } from '../../support/server-driver.js';
import { bundle, place, template } from './built.js';

export async function embeddedFixture(): Promise<DriverFixture> {
  const workerFile = await bundle('lib/databases/embedded/worker.ts');
  const { options, remove } = await place(workerFile, await template());
  const driver = embeddedDriver(options);
  return {
    driver,
    async execute(statements) {
      const connection = await driver.connect(new AbortController().signal);
      for (const statement of statements) await connection.query(statement);
      await connection.close();
    },
    async close() {
      await driver.close();
      await remove();
    },
  };
}
