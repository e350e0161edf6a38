/** How many columns of a terminal a text takes: combining marks none, East Asian wide characters and emoji two. */
import { hasUnseen } from '../io.js';

/** Printable ASCII and nothing else: as wide as it is long, and safe to show as it is. */
export const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Nonspacing and enclosing marks, format characters, and the vowels and finals that a Hangul syllable swallows; but
 * not the format characters that are seen (Prepended_Concatenation_Mark), such as the Arabic number sign.
 */
const ZERO =
  /(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7fb]/u;

/**
 * East_Asian_Width W and F (Unicode 17, UAX #11), in ranges that run across unassigned code points, and the
 * emoji, which JavaScript knows by itself.
 */
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u3247\u3250-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f1ae}\u{1f200}-\u{1f265}\u{1f6d9}\u{1f7da}\u{1fa8b}-\u{1fafa}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

/** Half of a flag; emoji presentation by itself, but two of them make one flag of two columns. */
const REGIONAL_INDICATOR = /[\u{1f1e6}-\u{1f1ff}]/u;

/** What every sequence below has in it: texts without one need no second look. */
const JOINER = /[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]/u;

/**
 * Emoji that are written with several characters and drawn as one (UTS #51): keycaps, emoji presentation,
 * skin tones, and what joiners tie together. Flags and tag sequences add up by themselves.
 */
const EMOJI_SEQUENCE =
  /[0-9#*]\ufe0f\u20e3|\p{Extended_Pictographic}(?:(?:\ufe0f|\p{Emoji_Modifier})(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*|(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)+)/gu;

const ONE_EMOJI = '\u{1f642}';

/**
 * Columns that one line takes. Line breaks, tabs and other control characters are not its business: see
 * `displayText`. Intl.Segmenter would find the same clusters, but takes 10 ms to make and microseconds for each.
 */
export function displayWidth(line: string): number {
  if (PLAIN.test(line)) return line.length;
  const text = JOINER.test(line) ? line.replace(EMOJI_SEQUENCE, ONE_EMOJI) : line;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  // Nothing below the combining marks is wide; the soft hyphen there is a format character that shows.
  if (character < '\u0300') return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) && !REGIONAL_INDICATOR.test(character) ? 2 : 1;
}

/**
 * Columns of a character that takes them whatever stands beside it, and may be shown as it is: 1 or 2; 0 for all
 * others, which need a look at the whole text. By code point, and only beyond ASCII.
 */
export function plainWidth(code: number): number {
  const page = (pages[code >> 8] ??= new Uint8Array(256));
  const known = page[code & 0xff]!;
  if (known !== 0) return known - 1;
  const character = String.fromCodePoint(code);
  const alone = !JOINER.test(character) && !REGIONAL_INDICATOR.test(character);
  const width = alone && !hasUnseen(character) ? characterWidth(character) : 0;
  page[code & 0xff] = width + 1;
  return width;
}

/** What {@link plainWidth} has found, plus one, in pages of 256 code points. */
const pages: (Uint8Array | undefined)[] = [];
