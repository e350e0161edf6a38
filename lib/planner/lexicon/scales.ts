/** Adjectives that measure: which columns tell how old, tall or expensive a thing is, and which end each word means. */

const list = (text: string) => text.trim().split(/\s+/);

/** What an adjective measures. Its words are looked for among the names of a table's columns, in this order. */
export interface Dimension {
  readonly name: string;
  readonly words: readonly string[];
  /** Columns that say the same the other way round: the fastest takes the least time. */
  readonly inverse?: readonly string[] | undefined;
  readonly kind: 'number' | 'time' | 'birth';
}

export const DIMENSIONS = {
  price: {
    name: 'price',
    words: list('price cost fee fare rent premium amount rate charge total'),
    kind: 'number',
  },
  age: { name: 'age', words: ['age'], kind: 'birth' },
  time: { name: 'time', words: [], kind: 'time' },
  length: {
    name: 'length',
    words: list(
      'length duration distance runtime running page height millisecond second minute hour',
    ),
    kind: 'number',
  },
  duration: {
    name: 'duration',
    words: list('duration length runtime running time millisecond second minute hour'),
    kind: 'number',
  },
  height: {
    name: 'height',
    words: list('height elevation altitude storey story floor stature'),
    kind: 'number',
  },
  depth: { name: 'depth', words: list('depth'), kind: 'number' },
  width: { name: 'width', words: list('width breadth'), kind: 'number' },
  thickness: { name: 'thickness', words: list('thickness'), kind: 'number' },
  distance: { name: 'distance', words: list('distance mileage'), kind: 'number' },
  elevation: { name: 'elevation', words: list('elevation altitude height'), kind: 'number' },
  weight: { name: 'weight', words: list('weight mass tonnage'), kind: 'number' },
  size: {
    name: 'size',
    words: list('size capacity area volume population enrollment hectare acre acreage'),
    kind: 'number',
  },
  speed: {
    name: 'speed',
    words: list('speed velocity'),
    inverse: list('time duration'),
    kind: 'number',
  },
  pay: { name: 'salary', words: list('salary wage pay income compensation'), kind: 'number' },
  wealth: {
    name: 'wealth',
    words: list('wealth worth fortune money balance asset income revenue gdp budget'),
    kind: 'number',
  },
  profit: { name: 'profit', words: list('profit'), kind: 'number' },
  gross: { name: 'gross', words: list('gross revenue sale'), kind: 'number' },
  rating: {
    name: 'rating',
    words: list('rating score grade star point'),
    inverse: list('rank ranking'),
    kind: 'number',
  },
  rank: { name: 'rank', words: [], inverse: list('rank ranking'), kind: 'number' },
  temperature: { name: 'temperature', words: list('temperature'), kind: 'number' },
  density: { name: 'density', words: list('density'), kind: 'number' },
  power: { name: 'power', words: list('power horsepower strength'), kind: 'number' },
  population: { name: 'population', words: list('population'), kind: 'number' },
  sales: { name: 'sales', words: [], kind: 'number' },
  rain: { name: 'rain', words: list('rainfall precipitation rain'), kind: 'number' },
  humidity: { name: 'humidity', words: list('humidity'), kind: 'number' },
  wind: { name: 'wind', words: list('wind'), kind: 'number' },
  sunshine: { name: 'sunshine', words: list('sunshine sun'), kind: 'number' },
  snow: { name: 'snow', words: list('snowfall snow'), kind: 'number' },
  dirt: { name: 'dirt', words: list('dirt pollution contamination'), kind: 'number' },
  noise: { name: 'noise', words: list('noise loudness decibel'), kind: 'number' },
  traffic: {
    name: 'traffic',
    words: list('traffic footfall passenger pax visitor'),
    kind: 'number',
  },
  space: { name: 'space', words: list('space area size'), kind: 'number' },
  slope: { name: 'slope', words: list('slope gradient steepness'), kind: 'number' },
  brightness: { name: 'brightness', words: list('brightness luminosity'), kind: 'number' },
  difficulty: { name: 'difficulty', words: list('difficulty'), kind: 'number' },
  experience: { name: 'experience', words: list('experience'), kind: 'number' },
  value: { name: 'value', words: list('value worth price'), kind: 'number' },
  efficiency: { name: 'efficiency', words: list('efficiency'), kind: 'number' },
  salinity: { name: 'salinity', words: list('salinity'), kind: 'number' },
} as const satisfies Record<string, Dimension>;

/** Adjective in its superlative or comparative stem → what it measures and which end it means. */
export interface Scale {
  readonly dimension: Dimension;
  readonly descending: boolean;
}

const ADJECTIVES: readonly (readonly [words: string, dimension: Dimension, descending: boolean])[] =
  [
    ['expensive costly pricy pricey dear', DIMENSIONS.price, true],
    ['cheap inexpensive affordable', DIMENSIONS.price, false],
    ['old', DIMENSIONS.age, true],
    ['young', DIMENSIONS.age, false],
    ['recent late new', DIMENSIONS.time, true],
    ['early', DIMENSIONS.time, false],
    ['long', DIMENSIONS.length, true],
    ['short', DIMENSIONS.length, false],
    ['tall', DIMENSIONS.height, true],
    ['deep', DIMENSIONS.depth, true],
    ['shallow', DIMENSIONS.depth, false],
    ['wide broad', DIMENSIONS.width, true],
    ['narrow', DIMENSIONS.width, false],
    ['thick', DIMENSIONS.thickness, true],
    ['thin', DIMENSIONS.thickness, false],
    ['heavy', DIMENSIONS.weight, true],
    ['light', DIMENSIONS.weight, false],
    ['fast quick', DIMENSIONS.speed, true],
    ['slow', DIMENSIONS.speed, false],
    ['rich wealthy', DIMENSIONS.wealth, true],
    ['poor', DIMENSIONS.wealth, false],
    ['profitable lucrative', DIMENSIONS.profit, true],
    ['hot warm', DIMENSIONS.temperature, true],
    ['cold cool', DIMENSIONS.temperature, false],
    ['dense', DIMENSIONS.density, true],
    ['powerful strong', DIMENSIONS.power, true],
    ['weak', DIMENSIONS.power, false],
    ['populous populated', DIMENSIONS.population, true],
    ['rainy', DIMENSIONS.rain, true],
    ['humid', DIMENSIONS.humidity, true],
    ['windy', DIMENSIONS.wind, true],
    ['snowy', DIMENSIONS.snow, true],
    ['polluted contaminated', DIMENSIONS.dirt, true],
    ['noisy', DIMENSIONS.noise, true],
    ['spacious roomy', DIMENSIONS.space, true],
    ['steep', DIMENSIONS.slope, true],
    ['difficult', DIMENSIONS.difficulty, true],
    ['experienced', DIMENSIONS.experience, true],
    ['valuable', DIMENSIONS.value, true],
    ['efficient', DIMENSIONS.efficiency, true],
    ['salty', DIMENSIONS.salinity, true],
  ];

/** Adjectives whose plain form is mostly the value of a column: only compared ones measure. */
const COMPARED: typeof ADJECTIVES = [
  ['wet', DIMENSIONS.rain, true],
  ['dry', DIMENSIONS.rain, false],
  ['sunny', DIMENSIONS.sunshine, true],
  ['dirty', DIMENSIONS.dirt, true],
  ['clean', DIMENSIONS.dirt, false],
  ['loud', DIMENSIONS.noise, true],
  ['quiet', DIMENSIONS.noise, false],
  ['busy', DIMENSIONS.traffic, true],
  ['bright', DIMENSIONS.brightness, true],
  ['hard', DIMENSIONS.difficulty, true],
  ['easy', DIMENSIONS.difficulty, false],
];

const PARTICIPLES: readonly (readonly [phrase: string, dimension: Dimension])[] = [
  ['paid', DIMENSIONS.pay],
  ['earning', DIMENSIONS.pay],
  ['rated', DIMENSIONS.rating],
  ['ranked', DIMENSIONS.rank],
  ['ranking', DIMENSIONS.rank],
  ['priced', DIMENSIONS.price],
  ['scoring', DIMENSIONS.rating],
  ['scored', DIMENSIONS.rating],
  ['grossing', DIMENSIONS.gross],
  ['selling', DIMENSIONS.sales],
  ['sold', DIMENSIONS.sales],
];

/** `cheapest` → price, ascending; comparatives are the same words with `er`. */
export const SUPERLATIVES: ReadonlyMap<string, Scale> = forms('est');
export const COMPARATIVES: ReadonlyMap<string, Scale> = forms('er');
/** The plain adjective, for `most expensive` and `more expensive than`. */
export const GRADABLE: ReadonlyMap<string, Scale> = new Map(
  ADJECTIVES.flatMap(([words, dimension, descending]) =>
    words.split(' ').map((word) => [word, { dimension, descending }] as const),
  ),
);
/** What `how …` asks for. */
export const HOW: ReadonlyMap<string, Dimension> = new Map<string, Dimension>([
  ...[...GRADABLE].map(([word, { dimension }]) => [word, dimension] as const),
  ...list('large big small').map((word) => [word, DIMENSIONS.size] as const),
  ...list('high low').map((word) => [word, DIMENSIONS.height] as const),
  ['far', DIMENSIONS.distance],
  ['much', DIMENSIONS.price],
]);

/** Verbs that ask for a number: `how long does it last`, `how much does it weigh`. */
export const NUMBER_OF_VERB: ReadonlyMap<string, Dimension | undefined> = new Map<
  string,
  Dimension | undefined
>([
  ...list('last take run go have has').map((word) => [word, undefined] as const),
  ['cost', DIMENSIONS.price],
  ['weigh', DIMENSIONS.weight],
  ['earn', DIMENSIONS.pay],
  ['make', DIMENSIONS.pay],
]);

/** The second word of `best-selling`, `highest paid`, `top rated`. */
export const RANKED_PARTICIPLES: ReadonlyMap<string, Dimension> = new Map(PARTICIPLES);
/** The first word of those, and which end it means. */
export const RANK_WORDS: ReadonlyMap<string, boolean> = new Map([
  ['best', true],
  ['top', true],
  ['highest', true],
  ['most', true],
  ['worst', false],
  ['lowest', false],
  ['least', false],
]);

function forms(ending: 'est' | 'er'): Map<string, Scale> {
  const found = new Map<string, Scale>();
  for (const [words, dimension, descending] of [...ADJECTIVES, ...COMPARED]) {
    for (const word of words.split(' ')) {
      const stem = word.replace(/y$/, 'i').replace(/e$/, '');
      const doubled = /^[^aeiou]*[aeiou][bdgmnpt]$/.test(word) ? stem + stem.at(-1)! : stem;
      found.set(`${doubled}${ending}`, { dimension, descending });
    }
  }
  found.set(ending === 'est' ? 'eldest' : 'elder', { dimension: DIMENSIONS.age, descending: true });
  // Of a thing, not of one of its numbers: those are called higher as well, and named.
  if (ending === 'er') {
    found.set('higher', { dimension: DIMENSIONS.height, descending: true });
    // When it is, "later" is told with the words for time.
    found.delete('later');
    for (const word of ['farther', 'further'])
      found.set(word, { dimension: DIMENSIONS.distance, descending: true });
  }
  if (ending === 'est') {
    found.set('latest', { dimension: DIMENSIONS.time, descending: true });
    found.set('last', { dimension: DIMENSIONS.time, descending: true });
    found.set('first', { dimension: DIMENSIONS.time, descending: false });
    for (const word of ['farthest', 'furthest'])
      found.set(word, { dimension: DIMENSIONS.distance, descending: true });
    found.set('nearest', { dimension: DIMENSIONS.distance, descending: false });
    found.set('closest', { dimension: DIMENSIONS.distance, descending: false });
  }
  return found;
}

/** Superlatives without a dimension of their own: the noun that follows or is compared names it. */
export const BARE_SUPERLATIVES: ReadonlyMap<string, boolean> = new Map([
  ['most', true],
  ['highest', true],
  ['largest', true],
  ['biggest', true],
  ['greatest', true],
  ['best', true],
  ['maximum', true],
  ['maximal', true],
  ['max', true],
  ['least', false],
  ['fewest', false],
  ['lowest', false],
  ['smallest', false],
  ['tiniest', false],
  ['worst', false],
  ['minimum', false],
  ['minimal', false],
  ['min', false],
]);

/** Adverbs that say when. */
export const WHEN: ReadonlyMap<string, boolean> = new Map([
  ['recently', true],
  ['lately', true],
  ['early', false],
]);

/** How often something occurs, as an adjective or an adverb; which end `most` of it means. */
export const FREQUENT: ReadonlyMap<string, boolean> = new Map([
  ...list(
    'common frequent popular prevalent widespread typical usual often frequently commonly popularly widely regularly',
  ).map((word) => [word, true] as const),
  ...list('rare uncommon unpopular infrequent rarely seldom infrequently').map(
    (word) => [word, false] as const,
  ),
]);
