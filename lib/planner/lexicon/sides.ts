/** Parts of which two are played in one row: where a trip starts and ends, who is at home and who is away. */

export type Side = 'start' | 'end' | 'home' | 'away' | 'winner' | 'loser';

export const OPPOSITE: Readonly<Record<Side, Side>> = {
  start: 'end',
  end: 'start',
  home: 'away',
  away: 'home',
  winner: 'loser',
  loser: 'winner',
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** What a key or a column calls the part. */
const NAMES: Readonly<Record<Side, ReadonlySet<string>>> = {
  start: words(
    'source src origin originating departure departing depart dep from start starting begin beginning pickup',
  ),
  end: words(
    'destination dest dst arrival arriving arrive arr to end ending finish finishing target dropoff return',
  ),
  home: words('home host'),
  away: words('away visitor visiting guest'),
  winner: words('winner winning'),
  loser: words('loser losing'),
};

const SIDES = Object.keys(NAMES) as readonly Side[];

export function sideNamed(name: readonly string[]): Side | undefined {
  const found = SIDES.filter((side) => name.some((word) => NAMES[side].has(word)));
  return found.length === 1 ? found[0] : undefined;
}

/** Verbs that say which part their subject plays, or which part the place plays that is named behind them. */
const VERBS: Readonly<Record<Side, ReadonlySet<string>>> = {
  start: words('leave depart start begin originate'),
  end: words('arrive end finish terminate land'),
  home: words('host'),
  away: words('visit'),
  winner: words('win'),
  loser: words('lose'),
};

/** @param bases the forms that the verb may be a form of */
export function sideOfVerb(bases: readonly string[]): Side | undefined {
  return SIDES.find((side) => bases.some((base) => VERBS[side].has(base)));
}

/** The end of a way that a preposition tells. */
export function sideOfPreposition(word: string): Side | undefined {
  if (word === 'from') return 'start';
  return word === 'to' || word === 'into' ? 'end' : undefined;
}

/** Said of a whole request: whose game it was. */
export const AT_HOME: readonly string[] = ['at home', 'as hosts', 'as the host', 'as host'];
export const AWAY: readonly string[] = [
  'away from home',
  'away',
  'on the road',
  'as visitors',
  'as guests',
];
