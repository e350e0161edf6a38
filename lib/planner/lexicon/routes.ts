/**
 * Requests that ask for the database itself, as patterns over a request's words: articles and courtesies are left out,
 * and what stands in braces is one of several wordings. A group is what the request names: a table, a column, a text.
 */

/** What a route leads to. */
export type RouteKind = 'schema' | 'tables' | 'kept' | 'values' | 'holding';

const WORDINGS: Readonly<Record<string, string>> = {
  show: 'show|list|display|give|print|see|view|get|find|enumerate|return|fetch|tell|what is|what are|which are',
  which: 'which|what',
  database: 'database|db|data base',
  tables:
    'tables|views|relations|tables and views|tables and columns|tables and their columns|names of tables|table names|schema|schema of database|database schema|structure|structure of database|database structure|database tables|data model|data dictionary',
  columns:
    'columns|fields|column names|field names|names of columns|columns and types|columns and their types|column types|types of columns|schema|structure|definition|layout|ddl',
  has: 'have|has|hold|holds|contain|contains|store|stores|include|includes|keep|keeps|mention|mentions',
  kept: 'stored|kept|saved|held|recorded|found|located|defined',
  occurs:
    'occur|occurs|appear|appears|stand|show up|turn up|come up|be found|found|stored|kept|used',
  value: 'value|values|word|text|string|term|phrase',
  kind: 'table|view|relation',
  place:
    'table|tables|column|columns|field|fields|tables and columns|table and column|columns and tables',
};

const PATTERNS: readonly (readonly [RouteKind, string])[] = [
  ['schema', '({show} |{which} )?((existing|available) )?{tables}'],
  ['schema', '{which} {tables} does {database} (have|contain|hold|include)'],
  ['schema', '(describe|explain) ({database}|schema|data|structure of {database}|{tables})'],
  ['schema', '{which} is( (stored|kept|there))? (in|inside) {database}'],
  ['schema', '{which} (data|information|kind of data|sort of data)( is)?( (stored|kept|there))?'],
  ['schema', '{which} (data |information )?does {database} (have|contain|hold|store|include)'],
  ['tables', '(describe|desc|explain) ({kind} )?(?<named>.+?)( {kind})?'],
  ['tables', '({show} )?{columns} (of|in|for|from|on) ({kind} )?(?<named>.+?)( {kind})?'],
  ['tables', "({show} )?({kind} )?(?<named>.+?)( {kind})?( 's)? {columns}"],
  ['tables', '{which} {columns} (does|do) ({kind} )?(?<named>.+?)( {kind})? {has}'],
  ['tables', '{which} {columns} (are|exist)( there)? (in|of|on) ({kind} )?(?<named>.+?)( {kind})?'],
  ['tables', 'what does ({kind} )?(?<named>.+?)( {kind})? look like'],
  [
    'tables',
    'how is ({kind} )?(?<named>.+?)( {kind})? (structured|defined|organized|organised|made up)',
  ],
  ['tables', '(tell about|what is) ({kind} (?<named>.+?)|(?<other>.+?) {kind})( (about|for))?'],
  ['kept', '(describe|desc|explain) (column |field )?(?<named>.+?)( column| field)?'],
  [
    'kept',
    '{which} {place} {has} (column |field )?(called |named )?(?<named>.+?)( column| field)?',
  ],
  ['kept', '(in )?{which} {place} (is|are) (?<named>.+?) {kept}( in)?'],
  [
    'kept',
    '({show} |{which} )?(column|columns|field|fields) (that are |that is |are |is )?(called|named) (?<named>.+)',
  ],
  ['kept', 'where (is|are) (?<named>.+?) {kept}'],
  ['kept', '({show} )?(type|data type|datatype) of (column |field )(?<named>.+)'],
  ['kept', '({show} )?(data type|datatype|column type) of (?<named>.+)'],
  [
    'values',
    '({show} )?(possible |different |distinct |unique |allowed |available )?values (of|for|in) (column |field )?(?<named>.+?)( column| field)?',
  ],
  [
    'values',
    '{which} (possible |different |distinct |unique )?values (does|do|can|could) (column |field )?(?<named>.+?)( column| field)? (have|take|hold|contain|be|assume)',
  ],
  ['holding', '{which} {place} (that )?{has} ({value} )?(?<text>.+)'],
  ['holding', '(in )?{which} {place} (does|do|is|are|can) ({value} )?(?<text>.+?) {occurs}( in)?'],
  ['holding', 'where (does|do|is|are|can) {value} (?<text>.+?) {occurs}'],
  ['holding', 'where (does|do|can) (?<text>.+?) {occurs}'],
  [
    'holding',
    '(find|search|search for|look for|look up|locate|search {database} for|look in {database} for) {value} (?<text>.+)',
  ],
  ['holding', '(search {database} for|look in {database} for) (?<text>.+)'],
];

/** Said at the end of any of them. */
const HERE =
  '(?: (?:that )?(?:are |is )?(?:there|available|exist|exists|present|defined)| (?:that are |that is |stored |kept )?(?:in|of|inside|from) {database}| that exist| (?:do |does )?(?:you|we|i) have| can (?:you|we|i) (?:query|use|ask about|ask|see|access))*';

/** Said before any of them. */
const OPENING =
  '(?:(?:can|could|would|will) you |(?:i|we) (?:want|need|would like) (?:to (?:know|see|have) )?|let (?:know|see) |hi |hello |hey |do you know |show (?=what|which|how|where)|tell (?=what|which|how|where))*';

export const ROUTES: readonly { readonly kind: RouteKind; readonly pattern: RegExp }[] =
  PATTERNS.map(([kind, text]) => ({
    kind,
    pattern: new RegExp(`^${OPENING}${spelt(text)}${spelt(HERE)}$`, 'd'),
  }));

function spelt(text: string): string {
  return text
    .replace(/\((?!\?)/g, '(?:')
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?:${WORDINGS[name]!})`);
}

/** Words that say nothing in such a request. */
export const UNSAID: ReadonlySet<string> = new Set(
  'the a an all any my our your this these please just me us currently exactly , now'.split(' '),
);

/** Nouns for parts of a database. Where a schema calls something of its own so, they mean that. */
export const PARTS_OF_DATABASES: ReadonlySet<string> = new Set(
  `table tables view views relation relations column columns field fields schema structure definition layout database
   db value values type model text word term data information`.split(/\s+/),
);

/** Every such request has one of these words: others are not compared with the patterns. */
export const TELLING: ReadonlySet<string> = new Set([
  ...PARTS_OF_DATABASES,
  ...`names datatype ddl dictionary describe desc explain look structured organized organised made where
  stored kept saved held recorded found located defined occur occurs appear appears string phrase`.split(
    /\s+/,
  ),
]);
