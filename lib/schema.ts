/** A zod object becomes a JSON Schema here and nowhere else: for the model's tools and for editors. */
import type { ZodTypeAny } from 'zod/v3';
import { zodToJsonSchema } from 'zod-to-json-schema';

export type JsonSchema = { readonly [key: string]: unknown };

/**
 * JSON Schema (draft 7) of a zod/v3 object.
 *
 * @throws {TypeError} when an object comes out without its properties: zod-to-json-schema 3 answers a zod 4
 * schema with an empty one, and a tool with an empty schema would be called with anything.
 */
export function jsonSchema(schema: ZodTypeAny): JsonSchema {
  const converted = zodToJsonSchema(schema, { $refStrategy: 'none', target: 'jsonSchema7' });
  const result = converted as Record<string, unknown>;
  if (result['type'] !== 'object' || typeof result['properties'] !== 'object') {
    throw new TypeError('only a zod/v3 object schema becomes a JSON Schema');
  }
  delete result['$schema'];
  return result;
}
