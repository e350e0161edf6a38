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
