/** Other ways to write a place or a sex: what a request says → what a database may hold. */
import { DEMONYMS } from './demonyms.js';

const STATES = `AL=Alabama AK=Alaska AZ=Arizona AR=Arkansas CA=California CO=Colorado CT=Connecticut DE=Delaware FL=Florida
GA=Georgia HI=Hawaii ID=Idaho IL=Illinois IN=Indiana IA=Iowa KS=Kansas KY=Kentucky LA=Louisiana ME=Maine MD=Maryland
MA=Massachusetts MI=Michigan MN=Minnesota MS=Mississippi MO=Missouri MT=Montana NE=Nebraska NV=Nevada NH=New_Hampshire
NJ=New_Jersey NM=New_Mexico NY=New_York NC=North_Carolina ND=North_Dakota OH=Ohio OK=Oklahoma OR=Oregon PA=Pennsylvania
RI=Rhode_Island SC=South_Carolina SD=South_Dakota TN=Tennessee TX=Texas UT=Utah VT=Vermont VA=Virginia WA=Washington
WV=West_Virginia WI=Wisconsin WY=Wyoming DC=District_of_Columbia`;

const CITIES = `LA=Los_Angeles NYC=New_York_City NYC=New_York SF=San_Francisco DC=Washington`;

const VARIANTS = new Map<string, readonly string[]>(DEMONYMS);
// "the Italians", "Greeks": those who are so.
for (const [demonym, places] of DEMONYMS)
  if (/(?:an|ek|li|ak|ai)$/.test(demonym)) VARIANTS.set(`${demonym}s`, places);

function add(from: string, to: string): void {
  const key = from.toLowerCase();
  VARIANTS.set(key, [...(VARIANTS.get(key) ?? []), to]);
}

for (const pair of `${STATES} ${CITIES}`.split(/\s+/)) {
  const [code = '', name = ''] = pair.split('=');
  const spelt = name.replaceAll('_', ' ');
  add(spelt, code);
  // "in", "or" and "me" are words first: only a request's capitals make them states, and those are values anyway.
  if (!/^(?:IN|OR|ME|OK|HI|ID|OH|PA|MA)$/.test(code)) add(code, spelt);
}

/** Letters for the sexes, which mean that only in a column which is called so. */
const SEXES = [
  ['M', 'male males man men boy boys'],
  ['F', 'female females woman women girl girls'],
] as const;
for (const [letter, words] of SEXES) {
  const [adjective = ''] = words.split(' ');
  for (const word of words.split(' ')) {
    add(word, letter);
    if (word !== adjective) add(word, adjective);
  }
}

/** What a database may hold for a phrase, which is in lower case. */
export function otherSpellings(phrase: string): readonly string[] {
  return VARIANTS.get(phrase) ?? [];
}

const SEX_WORDS = new Set(['gender', 'sex']);

/** False for a letter in a column that does not hold sexes. */
export function mayHold(words: readonly string[], phrase: string, value: string): boolean {
  const isSex = SEXES.some(
    ([letter, said]) => value === letter && said.split(' ').includes(phrase),
  );
  return !isSex || words.some((word) => SEX_WORDS.has(word));
}
