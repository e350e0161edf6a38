/** The sample shop on a real server. */
import { load } from './bundle.mjs';

export const QUESTION = 'top 5 customers by revenue';

let made;

/** @returns {Promise<string>} its URL, the same for every part */
export async function shop() {
  made ??= make();
  return await made;
}

async function make() {
  const { testDatabase } = await load('__tests__/support/server.ts');
  const { sampleSql } = await load('bin/bench/inside.ts');
  const { url } = await testDatabase({ sql: [...sampleSql(), 'analyze'] });
  return url;
}
