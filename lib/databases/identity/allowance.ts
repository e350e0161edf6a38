/** What the configuration names, looked up: names in one spelling, functions with argument types by their OID. */
import { quoteLiteral } from '../../sql/quote.js';
import { type Allowed, functionName } from './functions.js';
import type { Ask } from './lookups/ask.js';

/** As the configuration gives it. */
export interface Allowance {
  /** `schema.function` or `schema.function(argument types)`; types with their schema, unless they are PostgreSQL's own. */
  readonly functions: readonly string[];
  readonly extensions: readonly string[];
}

export async function allowedBy(allowance: Allowance, ask: Ask): Promise<Allowed> {
  const entries = allowance.functions.map((entry) => entry.trim());
  const names = entries.flatMap((entry) => nameOf(entry) ?? []);
  const signatures = entries.filter((entry) => entry.includes('(') && nameOf(entry) === undefined);
  return {
    names: new Set(names),
    oids: new Set(signatures.length === 0 ? [] : await oidsOf(signatures, ask)),
    extensions: new Set(allowance.extensions),
  };
}

const PART = String.raw`([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|"(?:[^"]|"")+")`;
const NAME = new RegExp(String.raw`^${PART}\.${PART}$`);

function nameOf(entry: string): string | undefined {
  const [, schema, name] = NAME.exec(entry) ?? [];
  if (schema === undefined || name === undefined) return undefined;
  return functionName(unquoted(schema), unquoted(name));
}

function unquoted(identifier: string): string {
  return identifier.startsWith('"')
    ? identifier.slice(1, -1).replaceAll('""', '"')
    : identifier.toLowerCase();
}

async function oidsOf(signatures: readonly string[], ask: Ask): Promise<number[]> {
  const items = signatures.map((signature) => `to_regprocedure(${quoteLiteral(signature)})::oid`);
  const [row] = await ask(`select ${items.join(', ')}`);
  return (row ?? []).flatMap((oid) => (oid === null ? [] : [Number(oid)]));
}
