/** What a phrase may name, each thing once. */
import type { Sense } from './sense.js';

/** One sense for each thing, the cheapest, in a fixed order. */
export function best(senses: readonly Sense[]): Sense[] {
  const kept = new Map<string, Sense>();
  for (const sense of senses) {
    const key = senseKey(sense);
    const other = kept.get(key);
    if (other === undefined || sense.cost < other.cost) kept.set(key, sense);
  }
  return [...kept.values()].sort((a, b) => a.cost - b.cost);
}

function senseKey(sense: Sense): string {
  switch (sense.type) {
    case 'table':
      return `t${sense.table.index}${sense.via === undefined ? '' : `v${sense.via.from.index}.${sense.via.role.join('.')}`}`;
    case 'field':
      return `f${sense.field.table.index}.${sense.field.column.name}`;
    case 'label':
      return `l${sense.field.table.index}.${sense.field.column.name}.${sense.label}`;
    case 'flag':
      return `b${sense.field.table.index}.${sense.field.column.name}.${sense.value}`;
  }
}
