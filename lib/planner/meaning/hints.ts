/**
 * What the words of a request say for one choice and against another, wherever they stand: `the trip started at …` for
 * the key `start_station_id`, and a table that is spoken of for its own columns.
 */
import type { Ask, Mod, Noun } from '../phrase.js';
import { isWhatItIs, type Way } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import type { Unit } from '../lexicon/units.js';
import { root } from '../text/inflection.js';
import { isInSaid, NO_UNITS, unitsOfField } from '../units.js';
import type { Chooser } from './choices.js';
import { inCompany, namedTogether, type Together } from './neighbours.js';
import { nounOfTarget } from './parts.js';

export interface Hints {
  /** The roots of all words of the request. */
  readonly roots: ReadonlySet<string>;
}

/** A chooser that knows whether what has to be chosen was. */
export interface HintedChooser extends Chooser {
  /** A unit that is said and that nothing chosen is in. */
  missing(): Unit | undefined;
}

/** What a key costs less whose part is said. */
const SAID_PART = 0.25;
/** What a way costs less through a link that is said. */
const SAID_LINK = 0.4;
/** What a column costs more that is of no table that is spoken of, where another one is. */
const UNSPOKEN = 0.2;
/** What a column costs less whose table has more of what is named beside it. */
const IN_COMPANY = 0.5;

interface Option {
  readonly cost: number;
  readonly way?: Way;
  /** Of what is computed: the table whose rows it is taken over, and its columns. */
  readonly table?: Table;
  readonly factors?: readonly Field[];
  readonly field?: Field;
  readonly option?: { readonly field?: Field };
  /** What it is compared with is told in its own unit. */
  readonly inUnit?: boolean | undefined;
}

/** The same chooser, for options that the request's words weigh. */
export function hinted(chooser: Chooser, ask: Ask, { roots }: Hints): HintedChooser {
  const { units, apart } = ask.units ?? NO_UNITS;
  const spoken = spokenTables(ask);
  const together = namedTogether(ask);
  const chosen = new Set<Unit>();
  return {
    pay: (cost) => chooser.pay(cost),
    pick: (key, options, otherwise) => {
      const exact = options.filter((option) =>
        fieldsOf(option).every((field) => isInSaid(field, units)),
      );
      const told = options.filter((option: Option) => option.inUnit === true);
      const fitting = exact.length > 0 ? exact : told;
      const picked = chooser.pick(
        key,
        ofSpoken(
          bySaidLinks(bySaidParts(byCompany(fitting, together), roots), roots, spoken),
          spoken,
        ),
        otherwise,
      );
      for (const unit of fieldsOf(picked).flatMap(unitsOfField)) chosen.add(unit);
      return picked;
    },
    missing: () => (apart.some((unit) => chosen.has(unit)) ? undefined : apart[0]),
  };
}

function fieldsOf({ field, option, factors = [] }: Option): readonly Field[] {
  const one = field ?? option?.field;
  return one === undefined ? factors : [one, ...factors];
}

/** Columns of one name in several tables are told apart by what is named beside them. */
function byCompany<T extends Option>(options: readonly T[], together: Together): readonly T[] {
  const fields = options.map(({ field, option }) => field ?? option?.field);
  const known = fields.flatMap((field) => field ?? []);
  if (together.length === 0 || known.length < options.length || options.length < 2) return options;
  const near = inCompany(together, known);
  if (near.size === new Set(known).size) return options;
  return options.map((option, i) =>
    near.has(fields[i]!) ? { ...option, cost: option.cost - IN_COMPANY } : option,
  );
}

/** Keys that lead to one table are told apart by what their names say beside it. */
function bySaidParts<T extends Option>(options: readonly T[], roots: ReadonlySet<string>): T[] {
  const paths = options.map(({ way }) => way?.steps.map(({ to }) => to.index).join(' '));
  const said = options.map(({ way }) => way?.steps.some((step) => isSaid(step, roots)) === true);
  return options.map((option, i) => {
    const others = paths.some((path, j) => path === paths[i] && said[j] !== true);
    return said[i] === true && others ? { ...option, cost: option.cost - SAID_PART } : option;
  });
}

/** Of several links between two things the one that is said: who registered a branch, by the registrations. */
function bySaidLinks<T extends Option>(
  options: readonly T[],
  roots: ReadonlySet<string>,
  spoken: ReadonlySet<Table>,
): T[] {
  const ends = options.map(({ way }) =>
    way === undefined || way.steps.length < 2
      ? undefined
      : [way.steps[0]!.from, way.steps.at(-1)!.to].map(({ index }) => index).join(' '),
  );
  const said = options.map(({ way }) => way !== undefined && isLinkSaid(way, roots, spoken));
  return options.map((option, i) => {
    const others = ends.some((end, j) => end !== undefined && end === ends[i] && said[j] !== true);
    return said[i] === true && others ? { ...option, cost: option.cost - SAID_LINK } : option;
  });
}

/** A link is said in the words for what happened; of what is a thing of its own in the request the request says more. */
function isLinkSaid(
  { steps }: Way,
  roots: ReadonlySet<string>,
  spoken: ReadonlySet<Table>,
): boolean {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || steps.length < 2) return false;
  const ends = new Set([...first.from.words, ...last.to.words].map(root));
  return steps
    .slice(0, -1)
    .some(
      ({ to }) =>
        !spoken.has(to) && to.words.map(root).some((word) => roots.has(word) && !ends.has(word)),
    );
}

function isSaid(step: Step, roots: ReadonlySet<string>): boolean {
  // Substitutes are spoken of, not the part that one of them plays.
  if (isWhatItIs(step)) return false;
  const words = step.role.filter((word) => !PARTICLES.has(word));
  return words.length > 0 && words.every((word) => roots.has(root(word)));
}

const PARTICLES = new Set(['by', 'to', 'from', 'of', 'at', 'in', 'for']);

/** "The balance of checking accounts" is none of the savings; it settles a tie, and is no evidence against what is nearer. */
function ofSpoken<T extends Option>(options: readonly T[], spoken: ReadonlySet<Table>): T[] {
  const least = Math.min(...options.map(({ cost }) => cost));
  const own = options.map(({ table }) => table !== undefined && spoken.has(table));
  const facts = options.every(({ factors }) => factors !== undefined && factors.length > 0);
  if (!facts || !options.some(({ cost }, i) => own[i] === true && cost === least))
    return [...options];
  return options.map((option, i) =>
    own[i] === true ? option : { ...option, cost: option.cost + UNSPOKEN },
  );
}

/** The tables that the request speaks of by name. */
function spokenTables({ targets, subject, mods }: Ask): ReadonlySet<Table> {
  const found = new Set<Table>();
  const noun = (one: Noun | undefined): void => {
    if (one === undefined) return;
    const options = one.table?.options ?? [];
    const least = Math.min(...options.map(({ cost }) => cost));
    for (const { table, via, by, cost } of options)
      if (via === undefined && by === undefined && cost === least) found.add(table);
    said(one.mods);
  };
  const said = (list: readonly Mod[]): void => {
    for (const mod of list) {
      if (mod.type === 'related') noun(mod.noun);
      else if (mod.type === 'group')
        for (const key of mod.keys) if (key.type === 'table') noun(key.noun);
    }
  };
  noun(subject);
  for (const target of targets) noun(nounOfTarget(target));
  said(mods);
  return found;
}
