/** `who won the cup`: whoever a key or a column is called after for doing it, `winner_id`, whatever they are. */
import { HAVE } from '../lexicon/words.js';
import type { Ask, Mod, Noun, Part, TableMention, Target } from '../phrase.js';
import { reverse } from '../schema/paths.js';
import type { Step } from '../schema/schema.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { negate } from './negation.js';
import { got, type Got, map, then } from './rule.js';

/** @returns undefined where nothing is called after doing it */
export function whoDid(grammar: Grammar, at: number): Got<Ask>[] | undefined {
  const { lattice } = grammar;
  const start = HAVE.has(lattice.word(at)) ? at + 1 : at;
  const never = skipPhrase(grammar, start, 'never', 'not', 'ever', 'already', 'once');
  const denied = never !== undefined && /^(?:never|not)$/.test(lattice.word(start));
  const verb = never ?? start;
  const steps = lattice.keysOfDoer(verb);
  if (steps.length === 0) return undefined;
  const target: Target = {
    type: 'things',
    noun: { table: doers(steps), mods: [] },
    everything: false,
  };
  const said = [...events(grammar, verb, steps), ...most(grammar, verb, steps)];
  return map(
    said,
    (mods): Ask => ({ targets: [target], mods: denied ? negate(mods) : mods, distinct: false }),
    0.1,
  );
}

function doers(steps: readonly Step[]): TableMention {
  const tables = [...new Set(steps.map(({ to }) => to))];
  return { text: 'who', options: tables.map((table) => ({ table, cost: 0 })) };
}

/** What they did, with what is said of it. */
function events(grammar: Grammar, verb: number, steps: readonly Step[]): Got<readonly Mod[]>[] {
  const table: TableMention = {
    text: grammar.lattice.word(verb),
    options: steps.map((step) => ({ table: step.from, via: reverse(step), cost: 0 })),
  };
  const rows = new Set(steps.map(({ from }) => from));
  const start = skipDeterminers(grammar, verb + 1);
  const objects: Got<readonly Mod[]>[] = [
    ...map(grammar.values(start), (values): readonly Mod[] => [
      { type: 'value', values, not: false },
    ]),
    ...map(grammar.hinted(start), (mods) => mods, 0.05),
    ...map(grammar.noun(start), (noun): readonly Mod[] =>
      isOf(noun, rows) ? noun.mods : [{ type: 'related', noun, not: false }],
    ),
  ];
  const all = [
    ...grammar.mods(verb + 1),
    ...then(objects, ({ value, at }) => map(grammar.mods(at), (mods) => [...value, ...mods])),
  ];
  return map(all, (mods): readonly Mod[] => [
    { type: 'related', noun: { table, mods }, not: false, verb: table.text },
  ]);
}

function isOf({ table }: Noun, rows: ReadonlySet<unknown>): boolean {
  return (
    table?.options.some((option) => option.via === undefined && rows.has(option.table)) === true
  );
}

/** `won the most races`, `won at least two races`. */
function most(grammar: Grammar, verb: number, steps: readonly Step[]): Got<readonly Mod[]>[] {
  const part: Part = { steps, sure: true };
  const all = [...grammar.rankOf(verb + 1), ...grammar.compare(skipDeterminers(grammar, verb + 1))];
  return then(all, ({ value, at }) =>
    value.every(isOfThings) ? [got<readonly Mod[]>([...value, { type: 'part', part }], at)] : [],
  );
}

function isOfThings(mod: Mod): boolean {
  if (mod.type === 'rank') return mod.key?.type === 'things';
  return mod.type === 'compare' && mod.measure?.type === 'things';
}
