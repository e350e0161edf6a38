/**
 * The words that what fits a pattern may begin with, so that a pattern is only tried, and made into a machine, where
 * one of them stands. A word that is all there is counts as well; `''` where it may begin with anything.
 *
 * @param pattern letters, spaces, groups, lookaheads, `|`, `?` and `+`, of a RegExp
 */
export function beginningsOf(pattern: string): ReadonlySet<string> {
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
    while (at < pattern.length && !'|)'.includes(pattern[at]!)) said = followed(said, item());
    return said;
  };
  const item = (): Set<string> => {
    const said = pattern[at] === '(' ? group() : new Set([pattern[at++]!]);
    const sign = pattern[at];
    if (sign === '?') said.add('');
    if (sign === '?' || sign === '+') at += 1;
    return said;
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

/** Up to the first space. */
function followed(said: ReadonlySet<string>, next: ReadonlySet<string>): Set<string> {
  const all = new Set<string>();
  for (const one of said) {
    if (one.endsWith(' ')) all.add(one);
    else for (const more of next) all.add(/^[^ ]* ?/.exec(one + more)![0]);
  }
  return all;
}
