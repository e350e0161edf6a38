/** Phrases of conditions: what stands around numbers, between a column and its value, and in text patterns. */

const phrases = (text: string): readonly string[] =>
  text
    .split(/[\n|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .sort((a, b) => b.split(' ').length - a.split(' ').length);

/** Words behind a number that only say of what kind it is. */
export const UNITS = phrases(`
  euros | euro | eur | dollars | dollar | usd | us dollars | pounds | gbp | bucks | cents
  years old | years of age | year old | years | year | months | weeks | days | day | hours | hour | hrs | minutes | minute | mins | min | hr
  seconds | second | secs | sec | milliseconds | ms
  kg | kilograms | kilogram | grams | tons | tonnes | lbs | km | kilometers | kilometres | miles | mile | meters | metres | meter | metre | m
  cm | centimeters | mm | feet | foot | ft | inches | inch | acres | hectares | square feet | square meters | square miles | mph | kmh
  mb | gb | tb | kb | bytes | megabytes | gigabytes | degrees | celsius | fahrenheit | watts
  percent | % | points | stars | star | units | unit | pieces | each | in value
`);

/** Before the lower end of a span of numbers. */
export const BETWEEN = phrases(`
  between | from | within | ranging from | ranging between | ranges from | ranges between | range from | range between
  range of | in range | in the range | in the range of | in the range from | in the range between | in a range of
  within range | within the range | within the range of | within the range from | within the range between
`);

/** Behind a number: that or more. */
export const OR_MORE = phrases(`
  or more | or above | or higher | or over | or greater | or older | or longer | or larger | or bigger | or later | or better | or up
  and more | and above | and higher | and over | and up | and older | and greater | plus | +
`);
export const OR_LESS = phrases(`
  or less | or fewer | or below | or lower | or under | or cheaper | or younger | or shorter | or smaller | or earlier
  and less | and below | and lower | and under | and younger
`);

/** What is somewhere is said to be so by the place alone. */
export const LOCATED = phrases(`
  located in | located at | located on | situated in | situated at | based in | based at | found in | placed in | held in | held at
`);

/** Between the name of a column and what it is. */
export const LINKS = phrases(`
  ${LOCATED.flatMap((phrase) => [phrase, `is ${phrase}`, `are ${phrase}`]).join(' | ')}
  is | are | was | were | of | being | equals | equal to | is equal to | are equal to | = | in | that is | that are | has | have | had | having | which is | which are | :
  is in | are in | is at | at | is of | are of | as | is called | is named | named | called | is set to | set to
  that was | information | info | value | values | value is | value of | is listed as | is given as | is either | are either | is from | are from | is on | on | starting | with | for | by | is by
  that has | that have | which has | which have | 's
`);

/** The same, where a column was named before and more is said of it: `over 10 or is below 5`. */
export const AGAIN = phrases(
  'is | are | was | were | of | = | that is | that are | being | equals',
);

export const EMPTY = phrases(`
  null | empty | missing | unknown | not set | not known | blank | not given | not recorded | not available | not specified | not listed
`);
export const KNOWN = phrases('known | set | present | given | available | specified | recorded');

/** Verbs of text patterns. */
export const STARTS = phrases(`
  starting with | starts with | start with | started with | beginning with | begins with | begin with
  prefixed with | prefixed by
`);
/** What may speak of a place or a time as well: of a text where one in quotes or a letter follows. */
export const STARTS_AT = phrases(`
  starting from | starts from | start from | starting by | starts by | start by | starting in | starts in | start in
  beginning from | begins from | begin from | beginning by | begins by | begin by | beginning in | begins in | begin in
`);
export const ENDS = phrases(
  'ending with | ends with | end with | ended with | ending in | ends in | end in | suffixed with',
);
export const CONTAINS = phrases(`
  containing | contains | contain | contained | including | includes | include | matching | matches | like | mentioning | mentions | mention
`);
/** What a pattern is called: `the substring`, `a letter`; behind `has` and `with` only such a word makes it one. */
export const PIECES = phrases(`
  substring | sub string | word | words | letter | letters | character | characters | string | text | phrase | prefix | suffix | keyword | pattern | part
`);
