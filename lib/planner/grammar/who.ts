/** `who won the cup`: whoever a key or a column is called after for doing it, `winner_id`, whatever they are. */
import { eventNouns } from '../lexicon/verbs.js';
import { HAVE } from '../lexicon/words.js';
import type { Ask, FieldMention, Mod, Noun, Part, TableMention, Target } from '../phrase.js';
import { reverse } from '../schema/paths.js';
import type { Step, Table } from '../schema/schema.js';
import { isDoer, verbBases } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { negate } from './negation.js';
import { got, type Got, map, then } from './rule.js';

/** The people to whom the rows of an event refer: whoever else it may lead to has no part in it. */
export function involved(
  { lattice }: Grammar,
  people: TableMention,
  verb: number,
): TableMention['options'] {
  const nouns = eventNouns(lattice.word(verb));
  const events = nouns.length === 0 ? undefined : lattice.tablesCalled(nouns, lattice.word(verb));
  const rows = events?.options.flatMap(({ table: { steps } }) =>
    steps.flatMap(({ forward, to }) => (forward ? [to] : [])),
  );
  return people.options.filter(({ table }) => rows?.includes(table));
}

/** The people that are called after doing it: teachers teach, and hosts host. */
export function doersOf(people: TableMention, verb: string): TableMention['options'] {
  const bases = verbBases(verb);
  const called = people.options.filter(({ table: { words } }) => {
    const name = words.at(-1) ?? '';
    return isDoer(name, verb) || bases.includes(name);
  });
  // Rows that tie hosts to shows are called after them as well.
  const tied = (one: Table) =>
    one.steps.some(({ forward, to }) => forward && called.some(({ table }) => table === to));
  return called.filter(({ table }) => !tied(table) || called.length === 1);
}

/** @returns undefined where nothing is called after doing it */
export function whoDid(grammar: Grammar, at: number): Got<Ask>[] | undefined {
  const { lattice } = grammar;
  const start = HAVE.has(lattice.word(at)) ? at + 1 : at;
  const never = skipPhrase(grammar, start, 'never', 'not', 'ever', 'already', 'once');
  const denied = never !== undefined && /^(?:never|not)$/.test(lattice.word(start));
  const verb = never ?? start;
  const steps = lattice.keysOfDoer(verb);
  if (steps.length === 0) return denied ? undefined : named(grammar, verb);
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

/** `who owns the farm`: where a column holds who does it, those that stand in it. */
function named(grammar: Grammar, verb: number): Got<Ask>[] | undefined {
  const columns = grammar.lattice.columnsOfDoer(verb);
  if (columns.length === 0) return undefined;
  const field: FieldMention = {
    text: grammar.lattice.word(verb),
    options: columns.map((column) => ({ field: column, cost: 0 })),
  };
  const rows = new Set<unknown>(columns.map(({ table }) => table));
  const said = [
    ...acted(grammar, verb, rows),
    ...grammar.rankOf(verb + 1),
    ...grammar.compare(skipDeterminers(grammar, verb + 1)),
  ].filter(({ value }) => value.length > 0);
  return map(
    said,
    (mods): Ask => ({ targets: [{ type: 'field', field }], mods, distinct: true }),
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
  return map(acted(grammar, verb, rows), (mods): readonly Mod[] => [
    { type: 'related', noun: { table, mods }, not: false, verb: table.text },
  ]);
}

/** What stands behind the verb, as it is said of the rows that tell who did it. */
function acted(grammar: Grammar, verb: number, rows: ReadonlySet<unknown>): Got<readonly Mod[]>[] {
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
  return [
    ...grammar.mods(verb + 1),
    ...then(objects, ({ value, at }) => map(grammar.mods(at), (mods) => [...value, ...mods])),
  ];
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
