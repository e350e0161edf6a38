/** What a first sentence computes, as a further one may speak of it. */
import { baseOf } from '../meaning/measures.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { Ask, Measure, Noun, Target } from '../phrase.js';
import type { Aggregate } from './bare.js';

/** What a request computes: what it asks for, and the totals that it judges by. */
export function computedIn({ targets, mods }: Ask, subject: Noun | undefined): Measure[] {
  const nouns = targets.flatMap((target) => nounOfTarget(target)?.mods ?? []);
  const said = [...new Set([...mods, ...(subject?.mods ?? []), ...nouns])];
  const isTotal = said.some(({ type }) => type === 'total');
  const judged = said.flatMap((mod): Measure[] => {
    const of = mod.type === 'rank' ? mod.key : mod.type === 'compare' ? mod.measure : undefined;
    if (of === undefined) return [];
    const sums = isTotal && mod.type === 'compare' && of.type === 'field';
    return [sums ? { type: 'aggregate', fn: 'sum', of } : of];
  });
  return [
    ...targets.flatMap((target) => (target.type === 'measure' ? [target.measure] : [])),
    ...judged,
  ];
}

/** `the total cost of each order? Show the cost`: the column's word stands for what was computed of it. */
export function isCalled(measure: Measure, target: Target): boolean {
  if (measure.type !== 'aggregate' || measure.of.type !== 'field') return false;
  const said = target.type === 'measure' ? target.measure : target;
  const field = said.type === 'aggregate' && said.fn === measure.fn ? said.of : said;
  if (field.type !== 'field') return false;
  return field.field.text.toLowerCase() === measure.of.field.text.toLowerCase();
}

export function computes(measure: Measure, fn: Aggregate['fn']): boolean {
  if (measure.type === 'aggregate') return measure.fn === fn;
  return fn === 'sum' && (measure.type === 'revenue' || measure.type === 'units');
}

type Count = Extract<Measure, { type: 'things' }>;

/** What a request counts, to see it or to judge by it. */
export function countsOf({ targets, mods }: Ask, subject: Noun | undefined): Count[] {
  const asked = targets.flatMap((target) => (target.type === 'measure' ? [target.measure] : []));
  const judged = [...mods, ...(subject?.mods ?? [])].flatMap((mod): Measure[] => {
    if (mod.type === 'rank') return mod.key === undefined ? [] : [mod.key];
    if (mod.type === 'compare') return mod.measure === undefined ? [] : [mod.measure];
    if (mod.type !== 'order' || mod.key.type === 'name' || mod.key.type === 'result') return [];
    return [mod.key];
  });
  return [...asked, ...judged]
    .map(baseOf)
    .filter((measure): measure is Count => measure.type === 'things');
}
