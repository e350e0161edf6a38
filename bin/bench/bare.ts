/** The least that asks a server something: what the program is measured against. */
import postgres from 'postgres';

const sql = postgres(process.argv[2]!, { max: 1, fetch_types: false, onnotice: () => undefined });
// As pgask asks, by the extended protocol: an option that the types do not know.
const extended = { simple: false } as object;
process.stdout.write(JSON.stringify(await sql.unsafe('select 1', [], extended)));
await sql.end();
