/** Follow-ups that name a thing, or what the groups are told by: `only members from Hull`, `what about suppliers`. */
import type { Edit } from '../phrase.js';
import { type Grammar, skipDeterminers, skipPhrase } from '../grammar/grammar.js';
import { type Got, map } from '../grammar/rule.js';
import type { Opening } from './frame.js';
import { relative } from './ones.js';

/** `only members from Hull`: said of a thing that was spoken of. */
export function restricted(grammar: Grammar, at: number, { only }: Opening): Got<Edit>[] {
  const start = skipDeterminers(
    grammar,
    skipPhrase(grammar, at, 'for', 'of', 'about', 'with') ?? at,
  );
  const cost = only ? 0 : 0.35;
  return [
    ...map(
      grammar.noun(start).filter(({ value }) => value.table !== undefined && value.mods.length > 0),
      (noun): Edit => ({ type: 'restrict', noun }),
      cost,
    ),
    ...grammar.lattice.fields(start).flatMap(({ mention: field, end }) =>
      map(
        relative(grammar, end).filter(({ value }) => value.some(({ type }) => type === 'compare')),
        (mods): Edit => ({ type: 'groups', field, mods }),
        cost,
      ),
    ),
  ];
}

/** `what about suppliers`: the same of another thing. */
export function swapped(grammar: Grammar, at: number, cost: number): Got<Edit>[] {
  // "for each supplier" groups.
  if (grammar.lattice.isEach(at)) return [];
  return map(
    grammar.noun(at).filter(({ value }) => value.table !== undefined),
    (noun): Edit => ({ type: 'swap', noun }),
    cost,
  );
}
