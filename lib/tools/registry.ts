/** The tools: a line each. */
import { answer } from './answer.js';
import { findValues } from './find-values.js';
import { getSchema } from './get-schema.js';
import { queryDatabase } from './query-database.js';
import type { Tool } from './tool.js';

export const tools: readonly Tool[] = [getSchema, findValues, queryDatabase, answer];
