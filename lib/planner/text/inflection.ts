/** English inflection by rule: the singular of a noun, the base of a verb, the root that a word family shares. */
import { FAMILIES, SINGULARS, VERB_BASES } from '../lexicon/irregular.js';
import { remembering } from './remember.js';

/** The form that stands for singular and plural; names and requests go through the same function. */
export function singular(word: string): string {
  const irregular = SINGULARS.get(word);
  if (irregular !== undefined) return irregular;
  // "salesmen", "chairwomen"
  if (word.length > 5 && word.endsWith('men') && !NO_MEN.test(word))
    return `${word.slice(0, -2)}an`;
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (
    /(?:sses|shes|ches|xes|zzes|uses|oes)$/.test(word) &&
    !/(?:houses|causes|pauses|clauses)$/.test(word)
  ) {
    return word.slice(0, -2);
  }
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  return word.slice(0, -1);
}

/** Words that only end as if they spoke of men, and of a man. */
const NO_MEN = /^(?:abdo|acu|albu|bitu|cycla|fora|regi|speci|sta|exa)men$/;
const NO_MAN = /^(?:ger|ro|otto|talis|sha|nor|cai)man$/;

/** The first plural that the table gives for each singular. */
const PLURALS = new Map(
  [...SINGULARS]
    .filter(([many, one]) => many !== one)
    .reverse()
    .map(([many, one]) => [one, many]),
);

/** The plural of a singular noun, for sentences and column aliases. */
export function plural(word: string): string {
  const irregular = PLURALS.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length > 5 && word.endsWith('man') && !NO_MAN.test(word))
    return `${word.slice(0, -2)}en`;
  if (/(?:s|x|z|ch|sh)$/.test(word))
    return singular(word) === word && word.endsWith('ss')
      ? `${word}es`
      : /s$/.test(word) && singular(word) !== word
        ? word
        : `${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** Whether a phrase speaks of several: `results of the races` does, `result of the races` and `rooms of the house` don't. */
export function isSeveral(phrase: string): boolean {
  return phrase
    .toLowerCase()
    .split(' of ')
    .map((part) => part.split(/\s+/).at(-1) ?? '')
    .every((word) => singular(word) !== word);
}

/** What a verb form may be a form of, likeliest first: `shipped` → ship, `hired` → hire, `placing` → place. */
export function verbBases(word: string): string[] {
  const irregular = VERB_BASES.get(word);
  if (irregular !== undefined) return [irregular];
  const stem = /^(.{2,})(?:ed|ing)$/.exec(word)?.[1];
  if (stem === undefined) {
    if (/^.{2,}ies$/.test(word)) return [`${word.slice(0, -3)}y`];
    if (/(?:sses|shes|ches|xes|zzes)$/.test(word)) return [word.slice(0, -2)];
    return /[^s]s$/.test(word) && word.length > 3 ? [word.slice(0, -1)] : [];
  }
  const bases = [stem, `${stem}e`];
  if (/([bdfglmnprt])\1$/.test(stem)) bases.unshift(stem.slice(0, -1));
  if (stem.endsWith('i')) bases.unshift(`${stem.slice(0, -1)}y`);
  return bases;
}

/** The forms by which a base may come back from {@link verbBases}, first of all those that no rule gives. */
const IRREGULAR = new Map<string, string[]>();
for (const [form, base] of VERB_BASES) IRREGULAR.set(base, [...(IRREGULAR.get(base) ?? []), form]);

/** Every form of a verb: `ship`, `ships`, `shipped`, `shipping`. */
export function verbForms(base: string): string[] {
  const doubled = /[^aeiou][aeiou][bdgmnprt]$/.test(base) ? `${base}${base.at(-1)!}` : base;
  const stem = base.endsWith('e') ? base.slice(0, -1) : doubled;
  const past = /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : `${stem}ed`;
  const all = [base, plural(base), ...(IRREGULAR.get(base) ?? [past]), `${stem}ing`];
  // "visited", "entering": longer verbs seldom double their last letter, and some are written either way.
  return doubled !== base && base.length > 4 ? [...all, `${base}ed`, `${base}ing`] : all;
}

/** True for a form that can only be a past or a participle: `shipped`, `sold`, but not `speed`. */
export function isPast(word: string): boolean {
  return VERB_BASES.has(word) || /[^e]ed$/.test(word);
}

const FAMILY_OF = new Map(
  FAMILIES.flatMap((line) => line.split(' ').map((word) => [word, line.split(' ')[0]!] as const)),
);

const SUFFIX = /(?:ations?|ments?|ions?|ings?|ers?|ors?|als?|ances?|ees?|ery|ies|ed|es|s|e|y)$/;

/**
 * What a word shares with its relatives: `shipment`, `shipped` and `ship` have one root. Crude by intention: it
 * is only ever weak evidence, and only between a word of the request and a name that the schema really has.
 */
export const root = remembering((word): string => {
  const base = [word, ...verbBases(word), singular(word)];
  const family = base.map((form) => FAMILY_OF.get(form)).find((form) => form !== undefined);
  if (family !== undefined) return family;
  // What ends in a suffix without its ending loses it as well: "minoring" and "minor".
  const regular =
    isPast(word) || /[eo]ring$/.test(word) ? (verbBases(word)[0] ?? word) : singular(word);
  const cut = regular.replace(SUFFIX, '');
  const kept = cut.length >= 3 ? cut : regular;
  // "eliminate" and "elimination"
  return kept.replace(/([bdfglmnprt])\1$/, '$1').replace(/(?<=.{3})at$/, '');
});

/** Whether a noun is the one for who does it: a teacher teaches, a manager manages. */
export function isDoer(noun: string, verb: string): boolean {
  return [verb, ...verbBases(verb)].some((base) => {
    const stem = base.replace(/e$/, '');
    const doubled = `${stem}${stem.at(-1) ?? ''}`;
    return ['er', 'or'].some((end) => noun === stem + end || noun === doubled + end);
  });
}
