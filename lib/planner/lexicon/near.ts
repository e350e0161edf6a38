/** Moby's thesaurus as the planner asks it: whether two nouns nearly mean the same. */
import { NEAR, NEAR_WORDS } from './synsets.js';

interface Tables {
  readonly numbers: ReadonlyMap<string, number>;
  readonly lines: readonly string[];
}

let tables: Tables | undefined;
const followers = new Map<number, ReadonlySet<number>>();

/** Split when first asked: most requests have no word that needs it. */
function load(): Tables {
  tables ??= {
    numbers: new Map(NEAR_WORDS.split(' ').map((word, i) => [word, i])),
    lines: NEAR.split('\n'),
  };
  return tables;
}

/** Both in the singular. */
export function isNear(one: string, other: string): boolean {
  const { numbers } = load();
  const [a, b] = [numbers.get(one), numbers.get(other)];
  if (a === undefined || b === undefined) return false;
  return followersOf(Math.min(a, b)).has(Math.max(a, b));
}

function followersOf(number: number): ReadonlySet<number> {
  const known = followers.get(number);
  if (known !== undefined) return known;
  let at = number;
  const steps = load()
    .lines[number]!.split(' ')
    .filter((step) => step !== '');
  const found = new Set(steps.map((step) => (at += parseInt(step, 36))));
  followers.set(number, found);
  return found;
}
