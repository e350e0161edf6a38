/** Which words shape a request instead of naming something. */
import {
  BARE_SUPERLATIVES,
  COMPARATIVES,
  FREQUENT,
  GRADABLE,
  RANKED_PARTICIPLES,
  SUPERLATIVES,
  WHEN,
} from './scales.js';
import {
  AGGREGATES,
  AMOUNT_VERBS,
  AUXILIARIES,
  COMMANDS,
  COMPARISONS,
  COURTESIES,
  DETERMINERS,
  EMPTY_ADJECTIVES,
  GLUE,
  PLACEHOLDERS,
  SOFT,
} from './words.js';

/** Words that never name anything by themselves. */
export function isGlue(word: string): boolean {
  return GLUE.has(word) || DETERMINERS.has(word) || AUXILIARIES.has(word);
}

/** Words of structure: they shape a request, and are never looked for among values. */
export function isStructureWord(word: string): boolean {
  return (
    isGlue(word) ||
    SOFT.has(word) ||
    EMPTY_ADJECTIVES.has(word) ||
    COURTESIES.has(word) ||
    COMMANDS.has(word) ||
    PLACEHOLDERS.has(word) ||
    AGGREGATES.has(word) ||
    AMOUNT_VERBS.has(word) ||
    SUPERLATIVES.has(word) ||
    COMPARATIVES.has(word) ||
    GRADABLE.has(word) ||
    BARE_SUPERLATIVES.has(word) ||
    RANKED_PARTICIPLES.has(word) ||
    FREQUENT.has(word) ||
    WHEN.has(word)
  );
}

/** True of words that name nothing either, but that only some rules of the grammar read. */
export function isShaping(word: string): boolean {
  return isStructureWord(word) || SHAPES.has(word);
}

const SHAPES: ReadonlySet<string> = new Set([
  ...COMPARISONS.flatMap(([phrase]) => phrase.split(' ')),
  ...'once twice thrice time times someone anyone everyone somebody anybody everybody nobody none'.split(
    ' ',
  ),
  ...'him himself herself itself themselves whoever whichever whatever while then thus hence'.split(
    ' ',
  ),
]);

/** What is asked of anything, whatever its columns are called. */
const GENERIC =
  'name names list details information common word words amount amounts numbers recent database results'.split(
    ' ',
  );

/** Every word of structure, for the spelling of what is none. */
export function structureWords(): Iterable<string> {
  return SHAPING;
}

const SHAPING: ReadonlySet<string> = new Set(
  [
    GLUE,
    DETERMINERS,
    AUXILIARIES,
    SOFT,
    EMPTY_ADJECTIVES,
    COMMANDS,
    AGGREGATES.keys(),
    [...AMOUNT_VERBS.keys()].filter((word) => word.length > 5),
    SUPERLATIVES.keys(),
    COMPARATIVES.keys(),
    BARE_SUPERLATIVES.keys(),
    FREQUENT.keys(),
    WHEN.keys(),
    PLACEHOLDERS,
    SHAPES,
    GENERIC,
  ].flatMap((words) => [...words]),
);
