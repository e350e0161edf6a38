/** The formats: a line each. */
export { csv } from './csv.js';
export { json } from './json.js';
export { jsonl } from './jsonl.js';
export { table } from './table.js';
export { tsv } from './tsv.js';
