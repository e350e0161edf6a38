/** Who or what plays the part that a verb speaks of: `managed by Ann`, `reported by both Ann and Ben`. */
import type { Mod, Noun, TableMention } from '../phrase.js';
import { isPast } from '../text/inflection.js';
import { eachOf } from './claims.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, map } from './rule.js';

/** Who or what it is done by, or to: by name, or by what is said of them. */
export function inRole(grammar: Grammar, at: number, role: TableMention): Got<readonly Mod[]>[] {
  const start = skipDeterminers(grammar, at);
  return [
    ...map(grammar.values(start), (values): readonly Mod[] => [
      {
        type: 'related',
        noun: { table: role, mods: [{ type: 'value', values, not: false }] },
        not: false,
      },
    ]),
    ...map(grammar.noun(start), ({ table, mods }): readonly Mod[] => {
      // "managed by the employee Ann" is in the part; of "assigned to the task 7" its other end speaks.
      const noun: Noun =
        table === undefined || mayPlay(table, role)
          ? { table: role, mods }
          : {
              table: grammar.lattice.inverse(role),
              mods: [{ type: 'related', noun: { table, mods }, not: false }],
            };
      return [{ type: 'related', noun, not: false }];
    }),
    ...byBoth(grammar, at, role),
  ];
}

/** `the date of tasks reported by Ann`: the verb stands in the name of a column, and says whose part it is as well. */
export function doneBy(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const verb = lattice.word(at - 1);
  if (lattice.word(at) !== 'by' || !isPast(verb)) return [];
  const role = lattice.roleCalled(verb);
  return role === undefined ? [] : inRole(grammar, at + 1, role);
}

/** `reported by both Ann and Ben`, `by both the clerk Ann and the clerk Ben`. */
function byBoth(grammar: Grammar, at: number, role: TableMention): Got<readonly Mod[]>[] {
  const both = skipPhrase(grammar, at, 'both');
  if (both === undefined) return [];
  return grammar.hinted(skipDeterminers(grammar, both)).flatMap((one) => {
    const [mod] = one.value;
    if (mod?.type !== 'value' || mod.values.length < 2) return [];
    const noun: Noun = { table: role, mods: eachOf(mod) };
    return [{ ...one, value: [{ type: 'related', noun, not: false }] as const }];
  });
}

/** Whether what is named may be what a key of that role refers to. */
function mayPlay({ options }: TableMention, role: TableMention): boolean {
  return options.some(({ table }) => role.options.some((one) => one.table === table));
}
