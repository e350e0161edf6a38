/** Text of foreign origin made fit for a terminal: what would command it, hide, or turn the text around is spelled out. */

/**
 * Control characters; line and paragraph separators; whatever Unicode says is not to be seen, which is bidi controls,
 * zero-width characters, fillers, variation selectors and tags.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\ufff9-\ufffb]/u;

/** Scripts whose words are written with joiners (Unicode, UAX #31, 2.3). */
const JOINED = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Nko', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati'],
  ...['Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan'],
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/** Of the unseen, what belongs to the character before it: emoji, joined scripts, the flags of three countries. */
const BELONGING = [
  '\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}',
  '(?<=\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?)\\u200d(?=\\p{Extended_Pictographic})',
  `(?<=[${JOINED}])[\\u200c\\u200d](?=[${JOINED}])`,
  '(?<=[\\p{L}\\p{N}\\p{S}\\p{P}])[\\ufe00-\\ufe0f](?![\\ufe00-\\ufe0f])',
  '(?<=\\p{Ideographic})[\\u{e0100}-\\u{e01ef}]',
].join('|');

let belongingOrUnseen: RegExp | undefined;

export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/** Replaces every unseen character that does not belong where it stands. */
export function replaceUnseen(text: string, replace: (character: string) => string): string {
  if (!UNSEEN.test(text)) return text;
  // Compiling it takes longer than most texts do.
  belongingOrUnseen ??= new RegExp(`(${BELONGING})|${UNSEEN.source}`, 'gu');
  return text.replace(belongingOrUnseen, (found, belonging: string | undefined) =>
    belonging === undefined ? replace(found) : found,
  );
}

/** As a terminal may be given it; line breaks and tabs stay. */
export function printable(text: string): string {
  return replaceUnseen(text, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
  });
}

/**
 * JSON whose every unseen character is an escape, which means the same to whoever parses it.
 *
 * @param json on one line
 */
export function printableJson(json: string): string {
  return json.replace(new RegExp(UNSEEN.source, 'gu'), (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
