/** Where a construct such as `json_table( … )` ends in SQL text: at the bracket that closes its first one. */

/** Strings, quoted names, dollar quotes, comments, brackets: whatever else is between does not matter. */
const TOKENS =
  /[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|--[^\n]*|\/\*|[()]/gsu;

/** The offset behind the closing bracket, in UTF-16 units; undefined where there is none. */
export function balancedEnd(text: string): number | undefined {
  const tokens = new RegExp(TOKENS);
  let depth = 0;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token, dollar] = match;
    if (token === '/*' || dollar !== undefined) {
      const end =
        token === '/*' ? commentEnd(text, match.index) : closing(text, match.index, token);
      if (end === undefined) return undefined;
      tokens.lastIndex = end;
    } else if (token === '(') depth += 1;
    else if (token === ')' && (depth -= 1) <= 0) return depth === 0 ? tokens.lastIndex : undefined;
  }
  return undefined;
}

/** Comments nest. */
function commentEnd(text: string, start: number): number | undefined {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return undefined;
}

function closing(text: string, start: number, tag: string): number | undefined {
  const end = text.indexOf(tag, start + tag.length);
  return end === -1 ? undefined : end + tag.length;
}
