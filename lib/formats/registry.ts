/** The formats: a line each. */
export { csv } from './csv.js';
export { json } from './json.js';
export { jsonl } from './jsonl.js';
export { markdown } from './markdown.js';
export { table } from './table.js';
export { tsv } from './tsv.js';
export { vertical } from './vertical.js';
