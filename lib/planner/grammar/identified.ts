/** Rows that are told by their numbers: `order 17`, `departments 70, 80 and 90`. */
import type { Mod, TableMention } from '../phrase.js';
import { singular } from '../text/inflection.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { type Got, got } from './rule.js';

const MORE = [', or', ', and', ',', 'or', 'and'];

/** What the numbers behind a thing's name say of it; any of several, before each of which it may stand again. */
export function identifiedAt(
  grammar: Grammar,
  at: number,
  { text: name, options }: TableMention,
): Got<Mod>[] {
  const numbers: string[] = [];
  const found: Got<Mod>[] = [];
  let next = skipPhrase(grammar, at, 'number', 'no', 'id') ?? at;
  for (;;) {
    const token = grammar.lattice.tokens[next];
    if (token?.kind !== 'number' || !/^\d+$/.test(token.word)) return found;
    // "line 60": what rows are called by comes before the key that nobody sees.
    const called = grammar.lattice
      .values(next)
      .flatMap(({ mention }) => mention.options)
      .some(({ field }) => options.some(({ table }) => table.naming.includes(field)));
    if (called) return found;
    numbers.push(token.text);
    next++;
    // "order 3 and 4 items": those are counted.
    if (numbers.length > 1 && isNamed(grammar, next)) return found;
    const all = numbers.map((digits): Mod => ({ type: 'identity', digits }));
    found.push(
      got<Mod>(
        all.length === 1 ? all[0]! : { type: 'any', of: all.map((one) => [one]), not: false },
        next,
      ),
    );
    const more = skipPhrase(grammar, next, ...MORE);
    if (more === undefined) return found;
    const again = singular(grammar.lattice.word(more)) === singular(name.toLowerCase());
    next = again ? more + 1 : more;
  }
}

function isNamed({ lattice }: Grammar, at: number): boolean {
  return lattice.tables(at).length + lattice.fields(at).length > 0;
}
