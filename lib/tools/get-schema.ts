/** `get_schema`, which is `pgask schema`: what the database holds, as the model sees it. */
import { z } from 'zod/v3';
import { renderCatalog } from '../catalog/ddl.js';
import type { Catalog, Relation } from '../catalog/catalog.js';
import { didYouMean, ToolInputError } from '../errors.js';
import { defineTool } from './tool.js';

export const getSchema = defineTool({
  name: 'get_schema',
  summary: 'Show tables and views with their columns, keys and comments, all or those that match.',
  input: z
    .object({
      pattern: z
        .string()
        .optional()
        .describe('names to show: a table or schema.table, with * for any characters, or words'),
    })
    .strict(),
  command: {
    name: 'schema',
    positional: 'pattern',
    examples: ['pgask schema', "pgask schema 'order*'", 'pgask schema "customers and payments"'],
  },
  async run({ pattern }, { catalog }) {
    const whole = await catalog();
    const relations = pattern === undefined ? whole.relations : matching(whole, pattern);
    if (relations.length === 0 && pattern !== undefined) {
      throw new ToolInputError(`no table or view matches ${pattern}`, {
        hint: didYouMean(
          pattern,
          whole.relations.map(({ name }) => name),
        ),
      });
    }
    const shown = { ...whole, relations };
    return { text: '', values: renderCatalog(shown, whole), details: shown };
  },
});

/** Every word of the pattern adds the relations that it names, as a whole name, a glob, or a part of a name. */
function matching({ relations }: Catalog, pattern: string): Relation[] {
  const words = pattern.split(/[\s,]+/).filter((word) => word !== '');
  const tests = words.map((word) => {
    const glob = word
      .replaceAll('"', '')
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*');
    const exact = new RegExp(`^${glob}$`, 'iu');
    const qualified = word.includes('.');
    return ({ schema, name }: Relation) =>
      exact.test(name) || (qualified && exact.test(`${schema}.${name}`));
  });
  const named = relations.filter((relation) => tests.some((test) => test(relation)));
  if (named.length > 0) return named;
  // Short words are English, not names.
  const parts = words.filter((word) => word.length > 2).map((word) => word.toLowerCase());
  return relations.filter(({ name }) =>
    parts.some((part) => name.toLowerCase().includes(part.replace(/s$/, ''))),
  );
}
