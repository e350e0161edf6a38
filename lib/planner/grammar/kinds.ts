/** Things that are called by their kind: `how many poodles are there`, where a column of the dogs holds what they are. */
import type { Noun, ValueMention } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { isSeveral } from '../text/inflection.js';
import type { Grammar } from './grammar.js';
import { got, type Got } from './rule.js';

/** What it costs that a value stands for the rows that have it: what else the word may name comes first. */
const KIND = 0.5;

export function kindsAt(grammar: Grammar, at: number): Got<Noun>[] {
  const { lattice } = grammar;
  if (lattice.tokens[at]?.kind === 'quoted') return [];
  const named = lattice
    .tables(at)
    .some(({ mention }) => mention.options.some(({ cost }) => cost <= COST.head));
  if (named) return [];
  return grammar.values(at).flatMap(({ value: all, at: end, cost }) => {
    const values = all.map((one) => ({ ...one, options: one.options.filter(isKind) }));
    // Only a plural speaks of things.
    if (values.some(({ text, options }) => options.length === 0 || !isSeveral(text))) return [];
    const tables = values
      .map(({ options }) => new Set(options.map(({ field }) => field.table)))
      .reduce((known, more) => new Set([...known].filter((one) => more.has(one))));
    if (tables.size === 0) return [];
    const options = [...tables].map((table) => ({ table, cost: 0 }));
    const table = { text: lattice.text(at, end), options };
    const noun: Noun = { table, mods: [{ type: 'value', values, not: false }] };
    return [got(noun, end, cost + KIND)];
  });
}

/** What several rows may be; what one is called by itself is no kind. */
function isKind({ field, value, part, also }: ValueMention['options'][number]): boolean {
  if (part === true || also !== undefined || field.role === 'key' || isSeveral(value)) return false;
  const isName = field.table.naming.includes(field) || /^(?:name|title)$/.test(field.words.at(-1)!);
  return !isName;
}
