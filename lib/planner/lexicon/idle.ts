/** Nouns that add nothing where they stand beside a name: what they say, the name says already. */

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Behind the name of a column: `colour scheme`, `approval status`, the `pet policy`. */
export const OF_COLUMNS = set(
  `status scheme policy level value figure section information info data detail reading measurement setting
   expense expenditure outlay`,
);

/** Behind the name of a thing, one of which each row is: `payment histories`, `settlement cases`. */
export const OF_THINGS = set(
  'case history data instance event record entry affiliation membership type kind sort variety',
);

/** Before a text or a name that is looked for: `about the topic 'moss'`. */
export const OF_TEXTS = set('topic subject theme keyword phrase term string text word');

/** What an amount is of where it is an amount of money. */
export const MONEY = set('money cash fund');

/** Whoever keeps such a database, or what it is kept of as a whole: `in the museum`, `join the company`. */
export const KEEPERS = set(
  `company firm business enterprise organization organisation corporation agency institution institute
   school university college academy library museum gallery archive zoo hospital clinic pharmacy practice
   store shop supermarket market warehouse hotel inn hostel motel restaurant bank office airport club league
   association network system database table list catalog catalogue register dataset collection inventory
   marketplace platform portal website site app webshop fleet group chain franchise cooperative federation
   union society charity foundation council authority ministry studio theatre theater cinema festival
   farm factory mill brewery winery dealership laboratory lab gym parish publisher championship world`,
);

/** `the whole fleet`: all of it. */
export const WHOLE = set('whole entire full complete');

/** Who has something, owns or offers it: that it is there. */
export const HOLDING = set(
  'have has had own owns offer offers hold holds keep keeps possess possesses',
);

/** Verbs of which such a keeper is the object. */
export const OF_KEEPERS = set('join joined leave left enter entered quit joining leaving');

/** What comes out of a request: `sort the results by name`. */
export const OUTCOME = set('result output outcome answer list');
