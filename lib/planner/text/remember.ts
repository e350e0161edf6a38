/** What a pure function says of a word, kept: the columns of a wide database have few names, each many times. */

/** A process that lives long must not keep all that it was ever asked. */
const MAX_KEPT = 20_000;

export function remembering<Value>(of: (word: string) => Value): (word: string) => Value {
  const kept = new Map<string, Value>();
  return (word) => {
    const known = kept.get(word);
    if (known !== undefined) return known;
    if (kept.size >= MAX_KEPT) kept.clear();
    const value = of(word);
    kept.set(word, value);
    return value;
  };
}
