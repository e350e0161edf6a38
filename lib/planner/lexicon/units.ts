/** Units of money, weight, length and speed, which names of columns end in and requests say beside numbers. */

export interface Unit {
  /** What is measured in it. */
  readonly kind: 'money' | 'weight' | 'length' | 'speed' | 'time';
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

/** Which units a word in the singular may stand for: pounds are money, or weigh something. */
export function unitsOf(word: string): readonly Unit[] {
  return UNITS.get(word) ?? [];
}
