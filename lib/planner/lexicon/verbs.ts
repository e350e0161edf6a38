/** Verbs that link things, and the nouns of the events that they speak of. */
import { isPast, verbBases, verbForms } from '../text/inflection.js';

/**
 * Verbs that say only that two things belong together: which relation is meant shows from the things. A verb
 * that the schema itself knows is read as that first.
 */
const LINKING = new Set(
  `place make contain include involve belong feature appear exist come live reside work use take occur happen get
  receive offer serve participate give own hold hail originate record register file submit create assign associate
  relate link attach correspond list handle process run carry enter complete go cover find locate base situate employ manage
  lead teach write play sign join perform stay see treat supply provide produce publish release acquire request
  claim post issue incur undergo experience collect win host operate study start begin end finish open close add hire found build direct star act
  sing compete represent know call name title possess award grant confer obtain gain achieve attain reach stock happen
   cause need require do choose accessible reachable eligible
  send keep meet observe hang lie stand`.split(/\s+/),
);

/** Verbs whose plain forms are nouns as well, `shows`, `stations`: only a participle or a past form of them links. */
const PAST_LINKING = new Set('show station screen broadcast air transport spot'.split(' '));

function isPastLink(word: string): boolean {
  return isPast(word) && verbBases(word).some((base) => PAST_LINKING.has(base));
}

/**
 * Verbs of an event that a database keeps in a table of its own: the nouns that such a table is called. Where
 * none of them is there the verb links nothing, and is not understood.
 */
const EVENTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    buy: 'order purchase sale transaction invoice',
    purchase: 'order purchase sale transaction invoice',
    order: 'order purchase',
    sell: 'sale order transaction invoice',
    borrow: 'loan borrowing checkout rental',
    lend: 'loan borrowing checkout rental',
    loan: 'loan borrowing checkout',
    rent: 'rental lease',
    enroll: 'enrollment enrolment registration',
    enrol: 'enrollment enrolment registration',
    visit: 'visit appointment',
    book: 'booking reservation',
    reserve: 'reservation booking',
    review: 'review rating',
    rate: 'rating review',
    pay: 'payment',
    ship: 'shipment delivery',
    deliver: 'delivery shipment',
    return: 'return',
    attend: 'attendance enrollment',
    prescribe: 'prescription',
    diagnose: 'diagnosis',
    fly: 'flight',
    subscribe: 'subscription',
    comment: 'comment',
    donate: 'donation',
    vote: 'vote',
    bid: 'bid',
    invest: 'investment',
    apply: 'application',
    admit: 'admission',
    check: 'checkout loan',
  }).map(([verb, nouns]) => [verb, nouns.split(' ')] as const),
);

/** Verbs that tell how something went: whether it is so has to be kept somewhere, and no mere link says it. */
const OUTCOMES = new Set(
  `accept refuse reject deny decline approve disapprove fail pass lose succeed withdraw expel dismiss disqualify
  qualify suspend forfeit abandon postpone delay fire retire quit resign default damage break solve fix confirm verify beat
  defeat`.split(/\s+/),
);

/** Trades: that a thing has to do with somebody does not say that it is they who did this to it. */
const TRADES = new Set(
  'publish produce direct translate edit illustrate sponsor supply design'.split(' '),
);

/** What whoever does such a thing is called, `publisher`; undefined of any other verb. */
export function tradeOf(word: string): string | undefined {
  const base = [word, ...verbBases(word)].find((form) => TRADES.has(form));
  if (base === undefined) return undefined;
  if (base === 'supply') return 'supplier';
  const end = /(?:direct|translate|edit|illustrate|sponsor)/.test(base) ? 'or' : 'er';
  return base === 'sponsor' ? base : base.replace(/e$/, '') + end;
}

/** What is called so tells who won; where nothing is, a link of both says no more than that they took part. */
export const WINNING: readonly string[] = [
  'win',
  'won',
  'winner',
  'winning',
  'award',
  'prize',
  'medal',
  'trophy',
  'champion',
  'victor',
  'victory',
];

export function isOutcome(word: string): boolean {
  return [word, ...verbBases(word)].some((base) => OUTCOMES.has(base));
}

/** Verbs of several words that say no more than that two things belong together. */
export const LINKING_PHRASES = [
  ...['look', 'looks', 'looked', 'looking'].map((verb) => `${verb} after`),
  ...['take', 'takes', 'took', 'taking', 'taken'].flatMap((verb) => [
    `${verb} care of`,
    `${verb} part in`,
  ]),
  ...['deal', 'deals', 'dealt', 'dealing'].map((verb) => `${verb} with`),
  ...['show', 'shows', 'showed', 'shown'].map((verb) => `${verb} up in`),
  ...['correspond', 'corresponds', 'corresponded', 'corresponding'].flatMap((verb) => [
    `${verb} to`,
    `${verb} with`,
  ]),
  ...['lead', 'leads', 'led'].map((verb) => `${verb} to`),
  ...['consist', 'consists', 'consisting'].map((verb) => `${verb} of`),
  'make up',
  'makes up',
  'made up of',
];

/** What came out in a year, or dates from it, has its time there. */
export const DATING_PHRASES = [
  ...['come', 'comes', 'came', 'coming'].map((verb) => `${verb} out`),
  ...['date', 'dates', 'dated', 'dating'].flatMap((verb) => [`${verb} back to`, `${verb} from`]),
];

/** What stands behind be and links as a verb does: `is in charge of`. */
export const LINKING_STATES = [
  'in charge of',
  'responsible for',
  'part of',
  'a part of',
  'a member of',
];

export function isLinkingVerb(word: string): boolean {
  return (
    LINKING.has(word) ||
    verbBases(word).some((base) => LINKING.has(base) || EVENTS.has(base)) ||
    EVENTS.has(word) ||
    isPastLink(word)
  );
}

let forms: ReadonlySet<string> | undefined;

/** Every form of every one of them, for the spelling of what is none. */
export function linkingVerbs(): Iterable<string> {
  return (forms ??= new Set([...LINKING, ...EVENTS.keys()].flatMap(verbForms)));
}

/** True for a verb that says nothing of its own: `placed`, `made`, `contain`. */
export function isPlainLink(word: string): boolean {
  return isPastLink(word) || [word, ...verbBases(word)].some((form) => LINKING.has(form));
}

/** Nouns for the event that a verb form speaks of; empty where it speaks of none. */
export function eventNouns(word: string): readonly string[] {
  const base = [word, ...verbBases(word)].find((form) => EVENTS.has(form));
  return base === undefined ? [] : EVENTS.get(base)!;
}
