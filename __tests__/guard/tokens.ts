/** SQL text as tokens, so that a statement can be written otherwise and mean the same (PostgreSQL's scan.l). */

export interface Token {
  readonly kind:
    'space' | 'comment' | 'string' | 'quoted' | 'name' | 'number' | 'operator' | 'mark';
  readonly text: string;
}

/** The first that matches at a place is the token there; what nothing matches is a mark of one character. */
const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*/y],
  ['string', /[eE]'(?:[^'\\]|\\[^]|'')*'/y],
  ['string', /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/y],
  ['string', /\$((?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[^]*?\$\1\$/y],
  ['quoted', /(?:[uU]&)?"(?:[^"]|"")*"/y],
  ['name', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /\d[\w.]*|\.\d+/y],
  ['operator', /[-+*/<>=~!@#%^&|`?]+/y],
  ['mark', /::|\.\.|:=|=>/y],
];

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length;) {
    const token = blockComment(sql, at) ?? matched(sql, at) ?? { kind: 'mark', text: sql[at]! };
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function matched(sql: string, at: number): Token | undefined {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text === undefined) continue;
    // A comment ends an operator.
    const comment = kind === 'operator' ? text.search(/--|\/\*/) : -1;
    return { kind, text: comment > 0 ? text.slice(0, comment) : text };
  }
  return undefined;
}

/** Block comments nest. One that does not end goes to the end. */
function blockComment(sql: string, at: number): Token | undefined {
  if (!sql.startsWith('/*', at)) return undefined;
  let depth = 0;
  let end = at;
  do {
    if (sql.startsWith('/*', end)) depth += 1;
    else if (sql.startsWith('*/', end)) depth -= 1;
    else {
      end += 1;
      continue;
    }
    end += 2;
  } while (depth > 0 && end < sql.length);
  return { kind: 'comment', text: sql.slice(at, end) };
}
