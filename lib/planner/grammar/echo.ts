/** `taller than 200 or lower than 190`: what a further comparison is of has been said by the one before. */
import type { Measure, Mod } from '../phrase.js';

/** The same, where a comparison that names nothing takes what was compared before it. */
export function echoed(said: readonly Mod[], more: readonly Mod[]): readonly Mod[] {
  const measure = lastMeasure(said);
  if (measure === undefined) return more;
  return more.map((mod) =>
    mod.type === 'compare' && mod.measure === undefined ? { ...mod, measure } : mod,
  );
}

function lastMeasure(said: readonly Mod[]): Measure | undefined {
  const last = said.at(-1);
  if (last?.type === 'any') return lastMeasure(last.of.at(-1) ?? []);
  return last?.type === 'compare' ? last.measure : undefined;
}
