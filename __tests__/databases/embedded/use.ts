/** A program that uses the embedded database, to be run as a process of its own: OPTIONS as JSON, then what to do. */
import { type EmbeddedOptions, embeddedDriver } from '../../../lib/databases/embedded/embedded.js';

const [json = '', task, count = '1'] = process.argv.slice(2);
const driver = embeddedDriver({
  ...(JSON.parse(json) as EmbeddedOptions),
  onWait: (message) => process.stdout.write(`wait: ${message}\n`),
});
const connection = await driver.connect(new AbortController().signal);
process.stdout.write('connected\n');
if (task !== 'query') {
  await connection.query(
    'create table if not exists written (id int generated always as identity, pid int)',
  );
}

switch (task) {
  case 'insert':
    for (let i = 0; i < Number(count); i++) {
      const rows = await connection.query('insert into written (pid) values ($1) returning id', [
        String(process.pid),
      ]);
      process.stdout.write(`row: ${rows[0]?.[0]}\n`);
    }
    break;
  case 'open transaction':
    await connection.query('begin');
    await connection.query("insert into written (pid) values ('-1')");
    process.stdout.write('written\n');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    break;
  default:
    await connection.query('select 1');
}
await connection.close();
await driver.close();
process.stdout.write('closed\n');
