/** Words that tie others together and say nothing by themselves, with what it costs to pass over one. */

const COSTS: readonly (readonly [cost: number, words: string])[] = [
  [0.02, 'the a an , please also'],
  [0.05, 'all any their its his her our my your these those some'],
  [
    0.1,
    'and is are was were be been being has have had do does did that which who whom whose where',
  ],
  [0.1, 'they he she there this one ones we you i me us'],
  [0.15, 'of for in on at to from by with as within'],
  [0.3, 'what it them'],
  [0.2, 'corresponding associated respective respectively given different certain various single'],
];

const COST_OF = new Map(
  COSTS.flatMap(([cost, words]) => words.split(' ').map((word) => [word, cost] as const)),
);

/** Undefined for every other word: it says something. */
export function skipCost(word: string): number | undefined {
  return COST_OF.get(word);
}

const phrases = (text: string): readonly string[] =>
  text
    .split(/[\n|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .sort((a, b) => b.split(' ').length - a.split(' ').length);

/** Ends of requests that add nothing: they say that what is asked for is there, or that all of it is meant. */
export const ASIDES = phrases(`
  at all | so far | please | each | ever | exist | exists | now | yet | to date | anywhere
  in the database | in our database | in this database | in the system | in our system | are in the database
  at a time | at the same time | at the moment | in the past | as well
  in the record | in the records | in our record | in our records | on record | in record | in the list | in our list | in the data
  on file | on the books | on our books | in the books | in our books | on our records | in our files | on the system
  listed here | are listed here | are listed | listed | recorded here | in here | here
  are there | is there | were there | was there | there are | there is
  do we have | did we have | have we got | have we had | we have | do you have | available | are available | is available
  do we get | did we get | did we make | did we earn | we made | have we made | we got | we sold
`);

/** Ends of requests that mean the sum of all that was said. */
export const TOTALS = phrases(`
  in total | altogether | all together | in sum | combined | taken together | put together | added up | summed up
`);

/** The same, or that all are meant. */
export const OVERALLS = phrases('overall | in all | all told | all in all');

/** Ends of requests that mean the average of what was said. */
export const AVERAGES = phrases('on average | on the average | in the mean | averaged');

/** Participles behind a noun that say no more than that there are such things: `orders made`. */
export const EMPTY_PARTICIPLES: ReadonlySet<string> = new Set(
  'made held recorded stored listed placed existing involved offered provided concerned'.split(' '),
);

/** Whoever keeps the database: `in the company`. */
export const OURS: ReadonlySet<string> = new Set(
  'company organization organisation firm business enterprise'.split(' '),
);
