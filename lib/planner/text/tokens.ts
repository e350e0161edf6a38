/** A request as tokens: words, numbers, quoted texts and marks, each with its place in the text. */

export interface Token {
  /** `code`: letters, digits and marks in one, which nothing but a value is: `B-12`, `08/30/2015`, `Ph.D.`, `a@b.example`. */
  readonly kind: 'word' | 'number' | 'date' | 'quoted' | 'code' | 'mark';
  /** As typed, without quotes and without the separators inside a number. */
  readonly text: string;
  /** Lower case; contractions are spelt out and typographic apostrophes made plain. */
  readonly word: string;
  /** True where `word` is what was likely meant by a slip of typing. */
  readonly slip?: true;
  /** Offsets into the request, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** True of the first token of a further sentence. */
  readonly opens?: boolean;
}

const TOKEN =
  /(?<plural>(?<=\p{L})\(e?s\))|(?<they>\(s\)he(?!\p{L}))|"(?<double>[^"]+)"|“(?<curly>[^”]+)”|(?<![\p{L}\p{N}])['‘](?<single>[^'’]+)['’](?![\p{L}\p{N}])|(?<date>\d{4}-\d{1,2}(?:-\d{1,2})?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?(?![\d-]))|(?<![\p{L}\p{N}])(?<code>[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|https?:\/\/[^\s"'<>]*[^\s"'<>.,;?!]|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:\p{L}{1,2}\.){2,}|\p{Lu}\p{L}?\.\p{Lu}(?=[\s,?!]|$)|(?=\p{L}*\p{Lu}|\p{L}{1,2}[-/])\p{L}{1,6}[-/](?=[\p{L}\p{N}]*\d)[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)*)(?![\p{L}\p{N}])|(?:[€$£#]\s?)?(?<number>(?:(?<![\p{L}\p{N}])-)?(?:\d[\d,]*\d(?:\.\d+)?|\d+(?:\.\d+)?))(?<suffix>(?:st|nd|rd|th|k|m|bn|s)(?![\p{L}]))?|(?<word>[\p{L}_][\p{L}\p{N}_]*(?:['’][\p{L}]+)?)|(?<mark>'s?|’s?|>=|<=|<>|!=|\S)/gu;

const CONTRACTIONS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["can't", ['can', 'not']],
  ['cannot', ['can', 'not']],
  ["won't", ['will', 'not']],
  ["let's", ['let', 'us']],
  // Typed without the apostrophe: "havent ordered".
  ...'is are was were do does did have has had could should would'
    .split(' ')
    .map((word): [string, string[]] => [`${word}nt`, [word, 'not']]),
  ['dont', ['do', 'not']],
  ['cant', ['can', 'not']],
  ...'what who where when how that there here'
    .split(' ')
    .map((word): [string, string[]] => [`${word}s`, [word, 'is']]),
  ['gimme', ['give', 'me']],
  ['lemme', ['let', 'me']],
  ['wanna', ['want', 'to']],
  ['gotta', ['have', 'to']],
  ['pls', ['please']],
  ['plz', ['please']],
  ['thx', ['thanks']],
]);

const ENDINGS: Readonly<Record<string, string>> = {
  "n't": 'not',
  "'re": 'are',
  "'ve": 'have',
  "'ll": 'will',
  "'d": 'would',
  "'m": 'am',
};

/** Words before which `'s` is a verb, not a genitive. */
const BEFORE_IS = new Set(['what', 'who', 'where', 'when', 'how', 'that', 'there', 'it', 'which']);

/** Marks that say nothing about the meaning. Any other is kept, and so is never passed over in silence. */
const SILENT = new Set([...':;()[]?!./–—-"“”`']);

/** A mark that ends a sentence, where another one follows. */
const STOP = /[.?!;]["'”’)]?\s+$/;

/** A plural in brackets. Offsets must stay as they are, so it is made of spaces. */
const PERHAPS_SEVERAL = /(?<=\p{L}{2})\((?:e?s)\)(?![\p{L}\p{N}])/gu;
const perhapsSeveral = (text: string) => ' '.repeat(text.length);

export function tokenize(request: string): Token[] {
  return read(request).map((token, i, all) => {
    if (token.start === 0 || !STOP.test(request.slice(Math.max(0, token.start - 12), token.start)))
      return token;
    const before = all[i - 1];
    const between = before === undefined ? '' : request.slice(before.end, token.start);
    // The last mark of "a Ph.D. degree" is the degree's own.
    const own = before?.kind === 'code' && between.trim() === '';
    return own && !/^\p{Lu}/u.test(token.text) ? token : { ...token, opens: true };
  });
}

function read(request: string): Token[] {
  const tokens: Token[] = [];
  // "the author(s)" are authors.
  for (const match of request.replace(PERHAPS_SEVERAL, perhapsSeveral).matchAll(TOKEN)) {
    const start = match.index;
    const end = start + match[0].length;
    const groups = match.groups ?? {};
    const quoted = groups['double'] ?? groups['curly'] ?? groups['single'];
    // "author(s)": one of them or several, which no request tells apart.
    if (groups['plural'] !== undefined) continue;
    if (groups['they'] !== undefined) {
      tokens.push({ kind: 'word', text: match[0], word: 'they', start, end });
    } else if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.trim(), word: quoted.trim(), start, end });
    } else if (groups['date'] !== undefined) {
      tokens.push({ kind: 'date', text: groups['date'], word: groups['date'], start, end });
    } else if (groups['code'] !== undefined) {
      tokens.push({ kind: 'code', text: match[0], word: match[0].toLowerCase(), start, end });
    } else if (groups['number'] !== undefined) {
      const text = groups['number'].replaceAll(',', '');
      tokens.push({ kind: 'number', text, word: text + (groups['suffix'] ?? ''), start, end });
    } else if (groups['word'] !== undefined) {
      tokens.push(...words(groups['word'], start));
    } else if (!SILENT.has(match[0])) {
      tokens.push(mark(match[0], start));
    }
  }
  return tokens;
}

function mark(text: string, start: number): Token {
  const plain = /^['’]/.test(text) ? "'s" : text;
  const end = start + text.length;
  if (plain === '&') return { kind: 'word', text, word: 'and', start, end };
  return { kind: 'mark', text, word: plain, start, end };
}

/** One written word is two tokens where it is a contraction or a genitive. */
function words(text: string, start: number): Token[] {
  const end = start + text.length;
  const plain = text.toLowerCase().replaceAll('’', "'");
  const pair = CONTRACTIONS.get(plain);
  if (pair !== undefined) {
    return pair.map((word) => ({ kind: 'word', text: word, word, start, end }));
  }
  const ending = Object.keys(ENDINGS).find((candidate) => plain.endsWith(candidate));
  if (ending !== undefined && plain.length > ending.length) {
    const stem = plain.slice(0, -ending.length);
    const cut = end - ending.length;
    return [
      { kind: 'word', text: text.slice(0, stem.length), word: stem, start, end: cut },
      { kind: 'word', text: ENDINGS[ending]!, word: ENDINGS[ending]!, start: cut, end },
    ];
  }
  if (plain.endsWith("'s")) {
    const stem = plain.slice(0, -2);
    const head: Token = { kind: 'word', text: text.slice(0, -2), word: stem, start, end: end - 2 };
    return BEFORE_IS.has(stem)
      ? [head, { kind: 'word', text: 'is', word: 'is', start: end - 2, end }]
      : [head, { kind: 'mark', text: "'s", word: "'s", start: end - 2, end }];
  }
  return [{ kind: 'word', text, word: plain, start, end }];
}
