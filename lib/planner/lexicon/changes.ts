/** Words that ask for a change of the data, and those around them. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const phrases = (text: string): readonly string[] => text.split(';').map((one) => one.trim());
const set = (text: string): ReadonlySet<string> => new Set(words(text));

/** What a verb asks for. One verb may ask for several: what stands around it decides. */
export type ChangeKind =
  | 'delete'
  | 'empty'
  | 'clear'
  | 'set'
  | 'rename'
  | 'mark'
  | 'make'
  | 'move'
  | 'raise'
  | 'lower'
  | 'scale'
  | 'add'
  | 'subtract'
  | 'insert'
  | 'schema';

const VERBS: readonly (readonly [string, readonly ChangeKind[]])[] = [
  ['delete', ['delete']],
  ['get rid of; throw away; throw out; discard; eliminate; purge', ['delete']],
  ['remove; erase; wipe', ['clear', 'delete']],
  ['drop', ['schema', 'delete']],
  ['empty', ['empty']],
  ['clear; unset; blank; blank out; nullify', ['clear']],
  ['set; change; update; modify; edit; correct; adjust', ['set']],
  ['rename', ['schema', 'rename']],
  ['mark; flag', ['mark']],
  ['make', ['make']],
  ['move; assign; reassign; transfer', ['move']],
  ['increase; raise; bump; bump up; boost', ['raise']],
  ['decrease; reduce; lower; cut', ['lower']],
  ['double; triple; quadruple; halve', ['scale']],
  ['subtract; deduct', ['subtract']],
  ['add', ['schema', 'add', 'insert']],
  ['insert; register', ['insert']],
  ['create', ['schema', 'insert']],
  ['truncate; alter; grant; revoke', ['schema']],
];

export const CHANGE_PHRASES: readonly {
  readonly words: readonly string[];
  readonly kinds: readonly ChangeKind[];
}[] = VERBS.flatMap(([text, kinds]) =>
  phrases(text).map((phrase) => ({ words: words(phrase), kinds })),
).sort((a, b) => b.words.length - a.words.length);

/** Verbs that may as well begin a question or a name: they ask for a change only where the rest reads as one. */
export const EVERYDAY_VERBS = set(
  'mark flag make move assign raise lower cut double triple halve clear empty blank bump boost register correct adjust discard get throw transfer',
);

/** What the parts of a schema are called, behind a verb that makes or drops one. */
export const SCHEMA_PARTS = set(
  `table tables column columns index indexes view views schema database type role user function trigger sequence constraint
   field fields policy extension materialized unique foreign primary temporary temp`,
);

/** The same at the end, behind a name: `the email column`. */
export const NAMED_PARTS = set('table column index view field constraint');

/** Before the verb, where something was asked before. */
export const LEADING_ON = set('and then now also next finally');

/** At the end: said for the sake of politeness. */
export const LEAVINGS: readonly (readonly string[])[] = [
  'please',
  'thanks',
  'thank you',
  'for me',
  'right now',
  'immediately',
].map(words);

/** Said of which rows without saying which: whoever reads on takes all of them. */
export const VAGUE = set(
  `some several few certain various specific particular possible relevant applicable given individual respective associated
   available many my mine your somebody someone another other others rest remaining half`,
);

/** Every row is meant. */
export const ALL = set('all every each everything entire whole');

/** `all the rows of`, `everything in`: what follows is the table. */
export const ROWS_OF =
  /^(?:(?:absolutely\s+)?(?:all|every|the|whole|entire|each|of)\s+)*(?:(?:rows?|records?|entries|entry|data|contents?|everything|all)\s+(?:(?:that\s+(?:is|are)|stored|there\s+is)\s+)?(?:of|from|in|inside|within)\s+(?:the\s+)?(?:table\s+)?)(?=\S)/iu;

/** At the end, behind what is deleted: where it is kept. */
export const KEPT_IN =
  /\s+(?:from|in|out\s+of)\s+(?:the\s+|our\s+|this\s+|my\s+)?(?:database|db|system|records|data)$/iu;

/** Between a column and what it becomes. */
export const BECOMES = set('to as = into');

/** Behind the new value: which rows. */
export const WHICH_ROWS = set('for of on in');
export const WHERE = set('where whose');

/** Words that an unquoted text can't begin with: they begin something that is spoken of. */
export const NO_TEXT_START = set(
  'the a an its their his her my our your this that these those same not what which whatever something',
);

/** Words that an unquoted text can't hold: they begin something else. */
export const NO_TEXT_INSIDE = set(
  `and or then where whose when if unless but except for with without , ; = instead because while until plus
   which that who`,
);

/** Texts that may mean that nothing is there. */
export const NOTHING = set('nothing none empty blank unknown undefined nil nobody');

export const TRUE_WORDS = set('true yes on');
export const FALSE_WORDS = set('false no off');

/** Said behind a number without changing it. */
export const UNITS = set(
  'euro euros eur dollar dollars usd pound pounds gbp units pieces items pcs point points star stars',
);

/** What a verb multiplies by. */
export const FACTORS: ReadonlyMap<string, string> = new Map([
  ['double', '* 2'],
  ['triple', '* 3'],
  ['quadruple', '* 4'],
  ['halve', '/ 2'],
]);

/** Before the name of what is added. */
export const CALLED = set('named called titled');

/** Before a price. */
export const PRICED: readonly (readonly string[])[] = [
  'priced at',
  'costing',
  'that costs',
  'which costs',
  'at a price of',
  'for a price of',
].map(words);

/** Before the row that a new one belongs to. */
export const BELONGING = set('in of for from by to at on');

/** Before the columns of what is added. */
export const HAVING = set('with having whose where and ,');

/** Between a column and its value. */
export const LINKS = set('is of = as to being are');
