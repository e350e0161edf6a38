/** Words that carry structure rather than content, by the part that they play in a request. */

const list = (text: string) => text.trim().split(/\s+/);
const set = (text: string): ReadonlySet<string> => new Set(list(text));

/** Words that may stand anywhere before a noun and change nothing. */
export const DETERMINERS = set(
  'the a an all any our my your their its his her these those this that every each some us me just please',
);

/** Adjectives that restrict nothing, unless the schema has them in a name: `the corresponding prices`. */
export const EMPTY_ADJECTIVES = set(
  `current currently existing overall actual given corresponding respective various available associated certain
   particular specific possible individual recorded listed present entire
   aforementioned relevant applicable`,
);

/** Adverbs that may stand anywhere and restrict nothing. */
export const EMPTY_ADVERBS = set('actually specifically simply really basically finally lastly');

/** Words that ask for something to be shown. */
export const COMMANDS = set(
  'show list display give tell find get return fetch print select retrieve report output enumerate name see view compute calculate determine provide present identify extract',
);

/** Polite or empty words around a request. */
export const COURTESIES = set(
  'please kindly can could would will you i we want need like to know show see me us hi hello hey thanks thank so ok okay just now also let have for try help',
);

/** Forms of be, do and have, and the modals. */
export const AUXILIARIES = set(
  'is are was were be been being am do does did done doing has have had having can could will would shall should may might must',
);
export const BE = set('is are was were be been being am');
export const DO = set('do does did');
export const HAVE = set('has have had having');

/** Prepositions, conjunctions, question words and adverbs: they never name anything. */
export const GLUE = set(
  `of in on at by for from to with without within into onto under over above below between among across through
  during since until till before after per via about as than or and but not no nor never ever only also too both
  either neither none if when where what which who whom whose why how many much more most less least fewer fewest
  there here it they them he she ago yet still already each every distinct unique other another out off together
  along well except excluding outside having respectively whether be versus vs so far up down instead again altogether`,
);

/** Words of structure that a schema may also use as names: there they are read as both. */
export const SOFT = set(
  `top bottom first last next previous past different order ordered sort sorted group grouped rank ranked arranged
  ascending descending asc desc alphabetical alphabetically alphabetic decreasing increasing reverse order average
  equal equals exactly starting beginning ending containing starts begins ends contains start begin end contain
  missing empty null unknown number count amount sum daily weekly monthly quarterly yearly annual annually limit
  compared same total day days week weeks month months quarter quarters year years`,
);

/** Verbs that name an amount: the nouns that such an amount is called, the likeliest first. */
export const AMOUNT_VERBS: ReadonlyMap<string, string> = new Map([
  ['spend', 'revenue'],
  ['earn', 'salary wage income hourly'],
  ['make', 'salary'],
  ['cost', 'price'],
  ['weigh', 'weight'],
  ['last', 'duration'],
  ['score', 'score'],
  ['measure', 'height'],
  ['pay', 'amount'],
  ['price', 'price'],
  ['value', 'value'],
  ['accommodate', 'capacity occupancy'],
]);

export const AGGREGATES: ReadonlyMap<string, 'avg' | 'sum' | 'min' | 'max'> = new Map([
  ['average', 'avg'],
  ['avg', 'avg'],
  ['mean', 'avg'],
  ['total', 'sum'],
  ['sum', 'sum'],
  ['combined', 'sum'],
  ['overall', 'sum'],
  ['minimum', 'min'],
  ['min', 'min'],
  ['lowest', 'min'],
  ['smallest', 'min'],
  ['least', 'min'],
  ['maximum', 'max'],
  ['max', 'max'],
  ['highest', 'max'],
  ['largest', 'max'],
  ['biggest', 'max'],
  ['greatest', 'max'],
  ['longest', 'max'],
  ['shortest', 'min'],
  ['earliest', 'min'],
  ['latest', 'max'],
]);

export type Comparison = '>' | '>=' | '<' | '<=' | '=' | '<>';

/** Comparatives that compare any amount; those of one kind of it are scales. */
const MORE = list('more greater larger bigger higher longer');
const LESS = list('less fewer smaller lower shorter');

/** Which way each of them means. */
export const DIRECTIONS: ReadonlyMap<string, boolean> = new Map([
  ...MORE.map((word) => [word, true] as const),
  ...LESS.map((word) => [word, false] as const),
]);

/** Every wording of a comparative; `then` is how many people write `than`. */
function comparatives(
  words: readonly string[],
  [strict, orEqual, otherwise]: readonly [Comparison, Comparison, Comparison],
): (readonly [phrase: string, operator: Comparison])[] {
  return words.flatMap((word) => [
    ...['than or equal to', 'than or equals', 'or equal to', 'than or exactly'].map(
      (end) => [`${word} ${end}`, orEqual] as const,
    ),
    ...['not', 'no'].flatMap((not) =>
      ['than', 'then'].map((than) => [`${not} ${word} ${than}`, otherwise] as const),
    ),
    [`${word} than`, strict] as const,
    [`${word} then`, strict] as const,
  ]);
}

/** Comparisons in words, longest first within a first word; `than` and the like are part of them. */
export const COMPARISONS: readonly (readonly [phrase: string, operator: Comparison])[] = [
  ...comparatives(MORE, ['>', '>=', '<=']),
  ...comparatives(LESS, ['<', '<=', '>=']),
  ['not equal to', '<>'],
  ['different from', '<>'],
  ['other than', '<>'],
  ['equal to', '='],
  ['equals', '='],
  ['at least', '>='],
  ['at most', '<='],
  ['up to', '<='],
  ['a minimum of', '>='],
  ['a maximum of', '<='],
  ['above', '>'],
  ['over', '>'],
  ['exceeding', '>'],
  ['exceeds', '>'],
  ['exceed', '>'],
  ['beyond', '>'],
  ['under', '<'],
  ['below', '<'],
  ['exactly', '='],
  ['only', '='],
  ['just', '='],
  ['>=', '>='],
  ['<=', '<='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['>', '>'],
  ['<', '<'],
  ['=', '='],
];

/** What is counted as money that came in, where a column's name or comment says so. */
export const REVENUE = list('revenue sale turnover income earning taking proceed');

/** Stands for what lines come to, quantity times price, whatever it is called. */
export const WORTH = 'value';

/** Names of columns that say where something is, the plainest first. */
export const PLACES = list('location address place city town venue country state');

/** Names of columns that hold how many. */
export const QUANTITY_WORDS = list('quantity qty unit amount count');
/** Names of columns that hold what one costs. */
export const PRICE_WORDS = list('price cost fee fare rate');
/** Names of numeric columns that hold money or its like: what `over 100` means of a thing. */
export const MONEY_WORDS = list(
  'price total amount cost salary fee fare balance budget value revenue wage charge sum',
);
/** Nouns for people, which `who` may ask for. */
export const PEOPLE = set(
  `person people customer client employee staff user member student teacher instructor professor patient doctor
   physician nurse author writer driver pilot passenger guest tenant agent contact player singer artist actor
   director manager owner borrower reader worker scientist researcher engineer candidate applicant coach captain
   musician composer lawyer judge subscriber visitor host seller buyer shopper supplier host participant resident`,
);
/** Nouns for the things themselves when a request does not name them. */
export const PLACEHOLDERS = set(
  'one ones record records row rows entry entries them they it those these',
);

/** Verbs that ask for a change. */
export const CHANGE_VERBS = set(
  'delete remove drop update insert add truncate alter create set change modify rename erase purge wipe grant revoke edit replace increase decrease cancel archive restore',
);
/** Changes that are also everyday words: only as the request's first word, and with something after it. */
export const GREETINGS = set('hi hello hey thanks thank bye goodbye');
