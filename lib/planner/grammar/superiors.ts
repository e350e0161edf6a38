/** `have Ann Smith as their manager`, `report to Ann Smith`: whom a row refers to in some part. */
import type { Mod, Noun, TableMention } from '../phrase.js';
import { verbBases } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { held } from './held.js';
import { map, type Got } from './rule.js';

const AS = [...['their', 'its', 'his', 'her', 'a', 'an', 'the'].map((the) => `as ${the}`), 'as'];

/** Somebody who is named, with the part that they play. */
export function playedBy(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  return grammar.values(at).flatMap(({ value: values, at: end, cost }) => {
    const as = skipPhrase(grammar, end, ...AS);
    if (as === undefined) return [];
    return lattice.tables(as).flatMap(({ mention, end: after }) => {
      const mod: Mod = { type: 'value', values, table: played(mention), not: false };
      return held(grammar, [{ value: [mod], at: after, cost }]);
    });
  });
}

/** The part alone, where the word tells one. */
function played(mention: TableMention): TableMention {
  const options = mention.options.filter(({ via }) => via !== undefined);
  return options.length === 0 ? mention : { ...mention, options };
}

/** `the manager of Ann Smith`: the one whom she refers to, and none of those who refer to her. */
export function superiorOf(grammar: Grammar, at: number): Got<Noun>[] {
  const { lattice } = grammar;
  return lattice.tables(at).flatMap(({ mention, end }) => {
    const options = mention.options.filter(({ via }) => via !== undefined && via.from === via.to);
    const of = skipPhrase(grammar, end, 'of');
    if (options.length === 0 || of === undefined) return [];
    const { text } = mention;
    const inverse = lattice.inverse({ text, options });
    const table = { text, options: options.map(({ table, cost }) => ({ table, cost })) };
    return map(grammar.values(skipDeterminers(grammar, of)), (values): Noun => ({
      table,
      mods: [
        {
          type: 'related',
          noun: { table: inverse, mods: [{ type: 'value', values, not: false }] },
          not: false,
        },
      ],
    }));
  });
}

const SUPERVISING = ['manage', 'supervise'];

export function reportsTo(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  if (lattice.word(at + 1) !== 'to' || ![word, ...verbBases(word)].includes('report')) return [];
  const [table] = SUPERVISING.flatMap((verb) => lattice.roleCalled(verb) ?? []);
  if (table === undefined) return [];
  return map(grammar.values(at + 2), (values): readonly Mod[] => [
    { type: 'value', values, table, not: false },
  ]);
}
