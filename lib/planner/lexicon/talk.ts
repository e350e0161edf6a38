/** What is said in follow-ups around the change itself. */

const lines = (text: string): readonly string[] =>
  text
    .split(';')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');

export interface Opener {
  readonly words: readonly string[];
  /** What follows takes the place of what is there. */
  readonly replaces: boolean;
  /** What follows may come in addition. */
  readonly adds: boolean;
  /** What follows is another thing of which the same is asked. */
  readonly swaps: boolean;
  /** What follows is one more alternative. */
  readonly or: boolean;
  /** What follows is what is kept. */
  readonly only: boolean;
}

type Kind = 'replaces' | 'adds' | 'swaps' | 'or' | 'only' | 'plain';

const OPENING: readonly (readonly [Kind, string])[] = [
  [
    'replaces',
    `what about; how about; what if; make it; make that; make them; change it to; change that to; set it to; and; no; nope; instead`,
  ],
  [
    'swaps',
    `the same for; same for; the same with; same with; the same thing for; same thing for; do the same for;
    now do the same for; now the same for; and the same for; repeat that for; repeat this for; repeat it for;
    now do that for; now do it for; do that for; do it for; i meant; i mean; i was asking about; i wanted; i actually meant; actually;
    rather; sorry; not that; what about for; how about for; now for`,
  ],
  [
    'only',
    `only; just; keep only; keep just; keep; restrict to; restrict it to; restrict that to; restrict them to; restrict this to; limit it to; limit them to;
    limit that to; limit this to; limit to; narrow it down to; narrow that down to; narrow them down to; narrow it to; narrow down to; filter by; filter for; filter;
    filter them by; filter it by; filter to; show only; show me only; show just; show me just; give me only; give me just; i only want; i only need; i just want; only show; only show me;
    only include; include only; only list; list only; but only; now only; now just; exactly; only count; count only`,
  ],
  ['or', 'or; or also; or else'],
  [
    'adds',
    `also; and also; add; and add; include; and include; also include; also add; also show; and show; show also; also give; with; and with; plus; together with;
    along with; as well as; also with; put; also put; and put; append; attach; throw in; and also show; also list; and list; also display; please add; add in; i also want; i also need; i would also like; and also include; also tell me; and tell me`,
  ],
  [
    'plain',
    `but; now; then; ok; okay; the same; same; same thing; do it; that; it; them; those; these; as; well; hmm; great; thanks; thank you; good; perfect; nice; alright; right; next; finally;
    break it down; break that down; break them down; break this down; break those down; break down; split it; split that; split them; split this; split it up; split them up; split that up; split; breakdown;
    group it; group them; group those; group that; group these; group; do that; show it; show them; show that; show this; show me that; show me this; show me it; give it; give me that;
    do this; display it; display them; i want it; i want them; i want that; i want those; list it; present it; give them; give me them; sum it; count it; total it; let 's see; the result; the results; put it; put them`,
  ],
];

export const OPENERS: readonly Opener[] = OPENING.flatMap(([kind, text]) =>
  lines(text).map((line) => ({
    words: line.split(' '),
    replaces: kind === 'replaces' || kind === 'swaps',
    adds: kind === 'adds' || line === 'and',
    swaps: kind === 'swaps',
    or: kind === 'or',
    only: kind === 'only',
  })),
).sort((a, b) => b.words.length - a.words.length);

/** Words that may lead to what is asked for. */
export const LEADS: ReadonlySet<string> = new Set(
  lines(
    'list; give; get; show; display; what; are; is; was; were; who; which; tell; find; see; me; us',
  ),
);

export const ENDINGS: readonly string[] = lines(
  `instead; too; as well; please; then; again; also; now; only; in addition; for me;
  of them; of those; of these; from them; among them; among those; for them; for those; for these; for it; for that;
  to it; to that; to them; to the list; to the table; to the result; to the results; in the list; in the table; in the result; in the results;
  for each; for each one; for each of them; of each; of each one; of each of them;
  next to it; next to each; next to them; next to that; next to each of them; beside it; beside them; beside each; behind it; this time; for a change; rather; alongside; thanks; thank you; of it; of that; ,`,
);

/** Words for the things that were found. */
export const ONES: readonly string[] = lines(
  'ones; one; of them; of those; of these; them; those; these; results; rows; entries; records; items',
);

export const COUNTING: readonly string[] = lines(
  `how many are there; how many are there in total; how many are those; how many are they; how many are these; how many is that; how many is it; how many of them are there; how many of those are there;
  how many were there; how many in total; how many altogether; how many are there altogether; how many is that in total; how many of these are there;
  how many of them; how many of those; how many of these; how many ones; count them; count those; count these; count it; count; how many; the count; just the count; just the number; the number; what is the count;
  what is their number; how many rows; how many results; how many rows are there; how many results are there; the total number; the number of them; what is the number; number of them; what is the total number; how many do we have; how many are left; how many remain; how many does that leave; how many are left over; how many is that now; how many are that`,
);

export const LISTING: readonly string[] = lines(
  `who are they; what are they; which are they; which ones are they; which ones; which ones are those; list them; show them; show me them; list those; show those; show me those; list all of them;
  list these; show these; which are those; who are those; who are these; what are those; what are these; name them; name those; can i see them; let me see them; show me the list; show the list; list all; which; who; which ones are these; tell me which; tell me which ones;
  which ones exactly; show all of them; show me all of them; enumerate them; print them; display them; what are their names; who exactly; give me the list; give me a list`,
);

export const EVERYTHING: readonly string[] = lines(
  `show everything; show me everything; show all columns; show me all columns; all columns; with all columns; all the columns; show all details; show me all details; all details; all the details; show me the details; the details; full details; more details;
  show all the details; everything about them; show everything about them; all information; show all information; all their details; show me everything about them; every column; all fields; show all fields; with all details; their details; show their details; give me the details;
  give me all details; the whole rows; the full rows; show the full rows; the entire rows; all of the columns`,
);

export const REVERSING: readonly string[] = lines(
  `reverse the order; reverse order; in reverse order; in reverse; reverse it; reverse; reverse them; reverse that; the other way around; the other way round; other way round; other way around; flip it; flip the order; flip the sorting;
  sort it the other way; sort them the other way; sort them the other way around; sort it the other way around; sort it the other way round; sort them the other way round; sort that the other way; sort the other way; the other direction; in the other direction; sort in the other direction;
  in the opposite order; in opposite order; the opposite order; opposite order; the opposite; invert the order; from the other end; reverse the sorting; reverse the sort; reverse the sort order; change the order; switch the order; order it the other way; order them the other way; order them the other way around; order them the other way round`,
);

/** Before a direction, said of what was found. */
export const SORTED_OBJECTS: readonly string[] = [
  'sort',
  'order',
  'rank',
  'arrange',
  'list',
  'show',
]
  .flatMap((verb) =>
    [
      'that',
      'these',
      'those',
      'this',
      'the list',
      'the results',
      'the result',
      'them',
      'it',
      'all',
    ].map((object) => `${verb} ${object}`),
  )
  .sort((a, b) => b.length - a.length);

export const DESCENDING: readonly string[] = lines(
  `sort descending; sort them descending; sort it descending; sorted descending; descending; in descending order; in decreasing order; descending order; sort in descending order; sort them in descending order; sort it in descending order; order them descending; order descending; desc; from high to low; high to low; from highest to lowest; highest to lowest;
  from most to least; from largest to smallest; largest first; highest first; biggest first; most first; highest first; from top to bottom; order in descending order; order them in descending order; decreasing; z to a; from z to a; reverse alphabetical order; in reverse alphabetical order; reverse alphabetically; with the highest first; with the largest first; sort from highest to lowest; sort from high to low; sort them from highest to lowest; sort them from high to low; the highest first; the largest first; the biggest first;
  most common first; most frequent first; most common on top; most frequent on top; the most common first; most on top; biggest number first; largest number first; highest number first; biggest ones first; the most first;
  best first; highest on top; largest on top; biggest on top; best on top; most on top; highest at the top; largest at the top; best at the top; highest average on top; best average on top; from the highest down; from the largest down; with the highest on top; with the largest on top`,
);

export const ASCENDING: readonly string[] = lines(
  `sort ascending; sort them ascending; sort it ascending; sorted ascending; ascending; in ascending order; in increasing order; ascending order; sort in ascending order; sort them in ascending order; sort it in ascending order; order them ascending; order ascending; asc; from low to high; low to high; from lowest to highest; lowest to highest;
  least common first; rarest first; least frequent first; worst first; lowest number first; smallest number first;
  from least to most; from smallest to largest; smallest first; lowest first; least first; fewest first; order in ascending order; order them in ascending order; increasing; with the lowest first; with the smallest first; sort from lowest to highest; sort from low to high; sort them from lowest to highest; sort them from low to high; the lowest first; the smallest first`,
);

/** Sorted by what was computed. */
export const BY_RESULT: readonly string[] = lines(
  'the count; count; counts; the number; number; the total; total; it; that; the value; value; the amount; the result; the average; average; frequency; that number; the sum; these numbers; the numbers; that value; this; those',
);
export const SORTING: readonly string[] = lines(
  `sort by; sort them by; sort it by; sort those by; sort these by; sort the list by; sort the results by; sort the result by; order by; order them by; order it by; order the results by; order those by; sorted by; ordered by; rank by; rank them by; ranked by; sort that by; arrange them by; arrange by`,
);

/** Taking something back that was said; none of these verbs can mean a change of the data here. */
export const DROPPING: readonly string[] = lines(
  'remove; drop; without; leave out; forget; never mind; do not care about; i do not care about; we do not care about; scrap; scratch; lose; forget about; ignore; skip; hide; omit; take out; take away; take off; get rid of; clear; cancel; delete; no more; lose; exclude; regardless of; undo; lift; not; no; do not show; without showing; disregard; delete from the list; leave away; strip',
);
/** Leaving out rows. */
export const EXCLUDING: readonly string[] = lines(
  `without; excluding; exclude; except; except for; but not; not; leave out; ignore; ignoring; other than; apart from; aside from; minus; everything but; everywhere but; anywhere but; everyone but; everybody but; anyone but; anybody but; anything but; all but; everywhere except; everyone except; anywhere except; anyone except; all except; everything except; nothing; none; nobody; no one; drop; remove; take out; get rid of; not counting; besides; not including; skip; omit; filter out; hide; but without; do not include; do not count; all but not`,
);

export const OTHERS: readonly string[] = lines(
  `the other ones; the others; the rest; all the others; all others; the remaining ones; the other; others; what about the others; what about the rest; the rest of them; everyone else; everything else; all the other ones; the opposite; all the rest; not those; not these; not them;`,
);

const relatives = (verbs: string): readonly string[] =>
  verbs
    .split(' ')
    .flatMap((verb) =>
      ['the ones that', 'the ones who', 'those that', 'those who', 'which ones', 'which'].map(
        (start) => `${start} ${verb}`,
      ),
    );

/** Those of which what was last said is true, or is not: `the ones that do`, `those who are not`. */
const HOLDS = relatives('do did are were have');
export const AFFIRMED: readonly string[] = [
  ...HOLDS,
  ...relatives('have').flatMap((phrase) => [`${phrase} one`, `${phrase} any`, `${phrase} some`]),
];
export const DENIED: readonly string[] = [
  ...HOLDS.map((phrase) => `${phrase} not`),
  ...relatives('have').map((phrase) => `${phrase} none`),
];

/** Ends of what was computed; true is the highest. */
const HIGHEST = lines('most; highest; largest; biggest; greatest; maximum; best; top; max');
const LOWEST = lines('least; lowest; smallest; fewest; minimum; worst; min');
export const EXTREMES: ReadonlyMap<string, boolean> = new Map(
  [...HIGHEST, ...LOWEST].map((word) => [word, HIGHEST.includes(word)]),
);

/** Behind the name of a column, before a number. */
export const COMPARING: ReadonlySet<string> = new Set(
  lines(
    'at; above; over; below; under; more; less; greater; higher; lower; fewer; exactly; between; from; up; not; is; are; of; be; >; <; =; >=; <=; no; around; older; longer; shorter',
  ),
);
