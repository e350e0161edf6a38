/** Units of money, weight, length and the like, which names of columns end in and requests say beside numbers. */

export interface Unit {
  /** What is measured in it. */
  readonly kind:
    | 'money'
    | 'weight'
    | 'length'
    | 'area'
    | 'volume'
    | 'speed'
    | 'time'
    | 'data'
    | 'frequency'
    | 'power';
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
  area km2: km2 sqkm
  area m2: m2 sqm
  area mi2: sqmi
  area ft2: sqft
  area ha: hectare
  volume l: liter litre ltr
  volume ml: ml milliliter millilitre
  volume hl: hl hectoliter hectolitre
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
  time h: hour hr
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

/** How many of the first unit of its kind each one is; the others can't be converted into each other. */
const FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  weight: { g: 1, kg: 1000, t: 1e6, lb: 453.59237, oz: 28.349523125 },
  length: { mm: 1, cm: 10, m: 1000, km: 1e6, in: 25.4, ft: 304.8, mi: 1609344 },
  area: { m2: 1, ha: 1e4, km2: 1e6 },
  volume: { ml: 1, l: 1000, hl: 1e5 },
  speed: { kmh: 1, mph: 1.609344, kn: 1.852 },
  time: { ms: 1, s: 1000, min: 6e4, h: 36e5, d: 864e5, w: 6048e5 },
  frequency: { Hz: 1, MHz: 1e6, GHz: 1e9 },
  power: { kW: 1, MW: 1000 },
};

/** A number told in another unit; undefined where it can't be: an euro is worth another number of dollars each day. */
export function converted(digits: string, from: Unit, to: Unit): string | undefined {
  if (from === to) return digits;
  if (from.kind !== to.kind) return undefined;
  const factors = FACTORS[from.kind] ?? {};
  const one = factors[from.name];
  const other = factors[to.name];
  const years = from.name === 'y' && to.name === 'mon' ? 12 : undefined;
  const factor = one === undefined || other === undefined ? years : one / other;
  if (factor === undefined) return undefined;
  const text = (Number(digits) * factor).toFixed(6).replace(/\.?0+$/, '');
  return /^\d+(?:\.\d+)?$/.test(text) && text !== '0' ? text : undefined;
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

/** Whether a noun is of how long something takes: what it is told in at its name's end is a unit. */
export function isOfTime(noun: string): boolean {
  return (KINDS.get(noun) ?? []).includes('time');
}

/** Whether a word at a name's end says only in what the number before it is told. */
export function isUnitOfName(word: string): boolean {
  return SCALES.has(word) || unitsOf(word).some(({ kind }) => kind !== 'time');
}

/** Which units a word in the singular may stand for: pounds are money, or weigh something. */
export function unitsOf(word: string): readonly Unit[] {
  return UNITS.get(word) ?? [];
}
