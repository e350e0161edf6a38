/** Every rule by which the guard may refuse: any other name in a verdict is a surprise. */
import { rules } from '../../lib/sql/rules/registry.js';

/** What is refused before the rules are asked, by the identity of what is named, by what the server says, and for its cost. */
const BESIDE_THE_REGISTRY = [
  ...['input', 'one-statement', 'syntax', 'server-grammar', 'plan-cost'],
  ...['relation', 'type', 'function', 'operator', 'cast'].map((what) => `${what}-identity`),
  ...['attribute-call', 'operator-class', 'secret-catalog', 'foreign-table'],
];

export const KNOWN_RULES: ReadonlySet<string> = new Set([
  ...rules.map(({ code }) => code),
  ...BESIDE_THE_REGISTRY,
]);
