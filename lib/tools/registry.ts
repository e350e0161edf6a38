/** The tools: a line each. */
export { answer } from './answer.js';
export { exportData } from './export-rows.js';
export { findValues } from './find-values.js';
export { getSchema } from './get-schema.js';
export { queryDatabase } from './query-database.js';
export { runDdl } from './run-ddl.js';
export { runDml } from './run-dml.js';
