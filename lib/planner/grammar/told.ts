/** What a further sentence calls that which the first one computed: `the count`, `the average`, `that value`, `it`. */
import { baseOf } from '../meaning/measures.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { AggregateName, Ask, Measure, Mod, Target } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { type Got, got } from './rule.js';

type Word = AggregateName | 'any';

/** What the words may stand for: a count, an aggregate of a kind, or whatever it was. */
const WORDS: ReadonlyMap<string, readonly Word[]> = new Map([
  ...entries('count counts', ['count']),
  ...entries('number numbers', ['count', 'any']),
  ...entries('total totals sum sums', ['sum', 'count']),
  ...entries('average averages mean means', ['avg']),
  ...entries('maximum maximums', ['max']),
  ...entries('minimum minimums', ['min']),
  ...entries('figure figures value values amount amounts result results', ['any']),
]);

function entries(words: string, stands: readonly Word[]): [string, readonly Word[]][] {
  return words.split(' ').map((word) => [word, stands]);
}

const OF_THEM = ['of them', 'of these', 'of those', 'of each', 'for each', 'each'];

export interface Told {
  readonly type: 'told';
  readonly stands: readonly Word[];
}

/** @param pronoun whether `it` may be meant: `the titles with it` */
export function toldAt(grammar: Grammar, at: number, pronoun: boolean): Got<Told>[] {
  const { lattice } = grammar;
  const it = pronoun ? skipPhrase(grammar, at, 'it', 'them') : undefined;
  if (it !== undefined) return [got<Told>({ type: 'told', stands: ['any'] }, it)];
  const many = skipPhrase(grammar, at, 'how many of them', 'how many of these');
  if (many !== undefined) return [got<Told>({ type: 'told', stands: ['count'] }, many)];
  const article = skipPhrase(grammar, at, 'the', 'that', 'this', 'these', 'those', 'its', 'their');
  const start = article ?? at;
  const total = skipPhrase(grammar, start, 'total number', 'overall number');
  const stands = total === undefined ? WORDS.get(lattice.word(start)) : (['count'] as const);
  if (stands === undefined) return [];
  const named = total ?? start + 1;
  const end = skipPhrase(grammar, named, ...OF_THEM) ?? named;
  return lattice.word(end) === 'of' ? [] : [got<Told>({ type: 'told', stands }, end)];
}

/** The one measure of the first sentence that is meant; undefined where there is none, or more than one. */
export function measureTold(told: Told, first: Ask): Measure | undefined {
  for (const group of [askedOf(first), judgedOf(first)]) {
    for (const word of told.stands) {
      const fit = group.filter((measure) => word === 'any' || functionsOf(measure).includes(word));
      if (fit.length > 0) return fit.length === 1 ? fit[0] : undefined;
    }
  }
  return undefined;
}

/** What a request computes to show it: no bare column. */
export function askedOf({ targets }: Ask): Measure[] {
  return targets.flatMap((target) =>
    target.type === 'measure' && isComputed(target.measure) ? [target.measure] : [],
  );
}

/** What it computes to judge by it: in conditions, ranks and orders. */
function judgedOf({ targets, mods, subject }: Ask): Measure[] {
  const nouns = [subject, ...targets.map(nounOfTarget)];
  const said = new Set([...mods, ...nouns.flatMap((noun) => noun?.mods ?? [])]);
  return [...said]
    .flatMap((mod): Measure[] => {
      if (mod.type === 'compare') return mod.measure === undefined ? [] : [mod.measure];
      if (mod.type === 'rank') return mod.key === undefined ? [] : [mod.key];
      if (mod.type !== 'order' || mod.key.type === 'name' || mod.key.type === 'result') return [];
      return [mod.key];
    })
    .filter(isComputed);
}

function isComputed(measure: Measure): boolean {
  return measure.type !== 'field' && measure.type !== 'dimension';
}

function functionsOf(measure: Measure): Word[] {
  if (measure.type === 'aggregate') return [measure.fn];
  // How many there are in all may be their total as well.
  return baseOf(measure).type === 'things' ? ['count'] : ['sum'];
}

type Group = Extract<Mod, { type: 'group' }>;

/** What a request tells something of each of. */
export function groupsOf({ targets, mods, subject }: Ask): Group[] {
  const nouns = [subject, ...targets.map(nounOfTarget)];
  const said: Mod[] = [...mods, ...nouns.flatMap((noun) => noun?.mods ?? [])];
  return said
    .flatMap((mod) => (mod.type === 'related' ? mod.noun.mods : [mod]))
    .filter((mod) => mod.type === 'group');
}

/** True where nothing but what is computed is asked for. */
export function isOnlyComputed({ targets }: Ask): boolean {
  return (
    targets.length > 0 &&
    targets.every((target) => target.type === 'measure' && isComputed(target.measure))
  );
}

export type Item = Target | Told;
