/** Units of money, weight, length and the like, which names of columns end in and requests say beside numbers. */

export interface Unit {
  /** What is measured in it. */
  readonly kind: 'money' | 'weight' | 'length' | 'speed' | 'time' | 'data' | 'frequency' | 'power';
  readonly name: string;
}

const WORDS = `
  money usd: dollar usd buck $
  money eur: euro eur €
  money gbp: pound gbp quid sterling £
  money jpy: yen jpy ¥
  money chf: franc chf
  money inr: rupee inr
  weight kg: kg kilogram kilo
  weight g: g gram
  weight lb: lb pound
  weight oz: ounce oz
  weight t: ton tonne
  length km: km kilometer kilometre
  length m: m meter metre
  length cm: cm centimeter centimetre
  length mm: mm millimeter millimetre
  length mi: mile mi
  length ft: ft foot feet
  length in: inch
  speed kmh: kmh kph
  speed mph: mph
  speed kn: knot
  data B: byte
  data kB: kb kilobyte
  data MB: mb mib megabyte
  data GB: gb gigabyte
  frequency Hz: hz
  frequency MHz: mhz
  frequency GHz: ghz
  power kW: kw
  power MW: mw
  time ms: millisecond
  time s: second sec
  time min: minute min
  time h: hour
  time d: day
  time w: week
  time mon: month
  time y: year
`;

const UNITS = new Map<string, Unit[]>();
for (const line of WORDS.trim().split('\n')) {
  const [what = '', words = ''] = line.split(':');
  const [kind, name = ''] = what.trim().split(' ');
  const unit = { kind: kind as Unit['kind'], name };
  for (const word of words.trim().split(' ')) UNITS.set(word, [...(UNITS.get(word) ?? []), unit]);
}

/** What the kinds of units are called: a column that is called by its unit alone is meant by it. */
const KINDS = new Map<string, readonly Unit['kind'][]>([
  ['duration', ['time']],
  ['runtime', ['time']],
  ['length', ['time', 'length']],
  ['distance', ['length']],
  ['size', ['data']],
  ['weight', ['weight']],
]);

/** Ends of names that say how a number is written, as a unit does. */
const SCALES = new Set(['billion', 'million', 'thousand']);
/** A span of days, months or years is mostly no measure of a thing, but when something is. */
const CALENDAR = new Set(['d', 'w', 'mon', 'y']);

/** The words for all units in which a noun's amount is told; none for a noun of no such kind. */
export function unitWordsOf(noun: string): readonly string[] {
  const kinds = KINDS.get(noun) ?? [];
  return [...UNITS].flatMap(([word, units]) =>
    units.some(({ kind, name }) => kinds.includes(kind) && !CALENDAR.has(name)) ? [word] : [],
  );
}

/** Whether a word at a name's end says only in what the number before it is told. */
export function isUnitOfName(word: string): boolean {
  return SCALES.has(word) || unitsOf(word).some(({ kind }) => kind !== 'time');
}

/** Which units a word in the singular may stand for: pounds are money, or weigh something. */
export function unitsOf(word: string): readonly Unit[] {
  return UNITS.get(word) ?? [];
}
