/** Tokens of the compact DDL: words, quoted identifiers, strings, punctuation, and comments to the line's end. */

type Token = {
  readonly kind: 'word' | 'quoted' | 'string' | 'punctuation' | 'comment';
  /** The identifier or string as meant, the comment without its dashes, otherwise the characters. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

const TOKEN =
  /\s*(?:--(?<comment>[^\n]*)|U&"(?<unicode>(?:[^"]|"")*)"|"(?<quoted>(?:[^"]|"")*)"|E'(?<escaped>(?:[^'\\]|''|\\.)*)'|'(?<string>(?:[^']|'')*)'|(?<word>[\p{L}\p{N}_$]+)|(?<punctuation>[^\s]))/uy;

export class DdlReader {
  readonly #text: string;
  readonly #tokens: Token[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  atEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  /** The comment that stands next, or undefined where something else does. */
  comment(): string | undefined {
    return this.#take((token) => token.kind === 'comment')?.text;
  }

  /** Whether a bare word or a punctuation mark stands next; takes it if so. */
  accept(text: string): boolean {
    return this.#take((token) => isBare(token, text)) !== undefined;
  }

  /** As {@link accept} for several in a row: all or none. */
  acceptAll(texts: readonly string[]): boolean {
    const all = texts.every((text, i) => {
      const token = this.#tokens[this.#next + i];
      return token !== undefined && isBare(token, text);
    });
    if (all) this.#next += texts.length;
    return all;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(text);
  }

  identifier(): string {
    const token = this.#take(({ kind }) => kind === 'word' || kind === 'quoted');
    return token?.text ?? this.fail('a name');
  }

  string(): string {
    return this.#take(({ kind }) => kind === 'string')?.text ?? this.fail('a string');
  }

  /** `(item, item, …)`, each item read by the function given. */
  parenthesized<T>(item: () => T): T[] {
    this.expect('(');
    const items: T[] = [];
    while (!this.accept(')')) {
      items.push(item());
      this.accept(',');
    }
    return items;
  }

  /** The text as it stands up to a comma, a closing parenthesis or a bare word that stops it. */
  rawUntil(stops: (word: string) => boolean): string {
    const first = this.#tokens[this.#next] ?? this.fail('a type');
    let depth = 0;
    let end = first.start;
    for (;;) {
      const token = this.#tokens[this.#next];
      if (token === undefined || token.kind === 'comment') break;
      if (depth === 0 && (isBare(token, ',') || isBare(token, ')'))) break;
      if (depth === 0 && token.kind === 'word' && stops(token.text)) break;
      if (isBare(token, '(')) depth += 1;
      if (isBare(token, ')')) depth -= 1;
      end = token.end;
      this.#next += 1;
    }
    return this.#text.slice(first.start, end);
  }

  fail(wanted: string): never {
    const at = this.#tokens[this.#next]?.start ?? this.#text.length;
    const line = this.#text.slice(0, at).split('\n').length;
    throw new SyntaxError(`catalog text: expected ${wanted} in line ${line}`);
  }

  #take(fits: (token: Token) => boolean): Token | undefined {
    const token = this.#tokens[this.#next];
    if (token === undefined || !fits(token)) return undefined;
    this.#next += 1;
    return token;
  }
}

function isBare(token: Token, text: string): boolean {
  return (token.kind === 'word' || token.kind === 'punctuation') && token.text === text;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const match = TOKEN.exec(text);
    if (match === null) return tokens;
    const end = TOKEN.lastIndex;
    const start = end - match[0].trimStart().length;
    const { comment, unicode, quoted, escaped, string, word, punctuation } = match.groups!;
    if (comment !== undefined) {
      tokens.push({ kind: 'comment', text: comment, start, end });
    } else if (unicode !== undefined) {
      tokens.push({ kind: 'quoted', text: unescapeUnicode(unicode), start, end });
    } else if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', text: quoted.replaceAll('""', '"'), start, end });
    } else if (escaped !== undefined) {
      const plain = unescapeString(escaped);
      tokens.push({ kind: 'string', text: plain, start, end });
    } else if (string !== undefined) {
      tokens.push({ kind: 'string', text: string.replaceAll("''", "'"), start, end });
    } else if (word !== undefined) {
      tokens.push({ kind: 'word', text: word, start, end });
    } else {
      tokens.push({ kind: 'punctuation', text: punctuation!, start, end });
    }
  }
}

/** The inside of U&"": `\+XXXXXX` is a code point. */
function unescapeUnicode(text: string): string {
  return text.replace(/""|\\(?:\+([0-9a-f]{6})|\\)/g, (all, code: string | undefined) =>
    code === undefined ? all[0]! : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** The inside of E'': `\UXXXXXXXX` is a code point. */
function unescapeString(text: string): string {
  return text.replace(/''|\\(?:U([0-9a-f]{8})|\\)/g, (all, code: string | undefined) =>
    code === undefined ? all[0]! : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** A name list whose opening parenthesis is already read. */
export function readList(reader: DdlReader): string[] {
  const names = [reader.identifier()];
  while (reader.accept(',')) names.push(reader.identifier());
  reader.expect(')');
  return names;
}

/** A bare name is given no schema yet: which one it is shows only when all relations are read. */
export function readQualified(
  reader: DdlReader,
  searchPath: readonly string[],
): { schema: string; name: string } {
  const first = reader.identifier();
  if (!reader.accept('.'))
    return { schema: searchPath.length === 1 ? searchPath[0]! : '', name: first };
  return { schema: first, name: reader.identifier() };
}
