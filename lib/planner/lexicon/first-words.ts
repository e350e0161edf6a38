/**
 * The words that what fits a pattern may begin with, so that a pattern is only compiled and tried where one of them
 * stands: V8 compiles one when it is first used, and a large one takes longer than a request's reading.
 *
 * @param pattern of a RegExp: letters, spaces, commas, groups, lookaheads, `|`, `?` and `+`
 * @returns `''` among them where it may begin with anything
 */
export function firstWordsOf(pattern: string): ReadonlySet<string> {
  let at = 0;

  const alternatives = (): Set<string> => {
    const all = sequence();
    while (pattern[at] === '|') {
      at += 1;
      for (const one of sequence()) all.add(one);
    }
    return all;
  };
  const sequence = (): Set<string> => {
    let said = new Set(['']);
    while (at < pattern.length && !'|)'.includes(pattern[at]!)) {
      if ([...said].every((one) => one.endsWith(' '))) return leave(said);
      said = followed(said, item());
    }
    return said;
  };
  /** What comes behind the first space is no matter. */
  const leave = (said: Set<string>): Set<string> => {
    for (let depth = 0; at < pattern.length; at++) {
      if (depth === 0 && '|)'.includes(pattern[at]!)) break;
      if (pattern[at] === '(') depth += 1;
      if (pattern[at] === ')') depth -= 1;
    }
    return said;
  };
  const item = (): Set<string> => {
    const said = pattern[at] === '(' ? group() : new Set([letters()]);
    const sign = pattern[at];
    if (sign === '?') said.add('');
    if (sign === '?' || sign === '+') at += 1;
    return said;
  };
  /** As many as no sign belongs to. */
  const letters = (): string => {
    const [found] = /^(?:[^ (|)?+]+(?![?+])|.)/.exec(pattern.slice(at))!;
    at += found.length;
    return found;
  };
  const group = (): Set<string> => {
    const [opening] = /^\((?:\?[:=!])?/.exec(pattern.slice(at))!;
    at += opening.length;
    const said = alternatives();
    at += 1;
    return /[=!]$/.test(opening) ? new Set(['']) : said;
  };

  return new Set([...alternatives()].map((said) => said.trimEnd()));
}

/** Each of them with each of what comes next, up to the first space. */
function followed(said: ReadonlySet<string>, next: ReadonlySet<string>): Set<string> {
  const all = new Set<string>();
  for (const one of said) {
    if (one.endsWith(' ')) all.add(one);
    else for (const more of next) all.add(one + more);
  }
  return all;
}
