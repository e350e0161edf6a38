/** `that are open (have 'O' as status)`, `are gilded, with gilded value 'Y'`: a word whose meaning is told behind it. */
import { isGlue } from '../lexicon/structure.js';
import type { Mod } from '../phrase.js';
import { root } from '../text/inflection.js';
import { type Grammar, skipPhrase } from './grammar.js';
import type { Got } from './rule.js';

const BEHIND = ['that is', 'which is', 'meaning', 'i.e.', 'ie'];
const HAVING = ['with', 'having', 'have', 'has', 'where', 'whose', 'they have', 'it has'];

export function glossed(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  if (isGlue(word) || lattice.tokens[at]?.kind !== 'word') return [];
  const comma = skipPhrase(grammar, at + 1, ',');
  if (comma === undefined && lattice.parenthesis(at + 1) === undefined) return [];
  const that = skipPhrase(grammar, comma ?? at + 1, ...BEHIND) ?? comma ?? at + 1;
  const start = skipPhrase(grammar, skipPhrase(grammar, that, ',') ?? that, ...HAVING);
  if (start === undefined) return [];
  return grammar.possession(start).filter(({ value }) => value.every((mod) => tells(mod, word)));
}

/** Whether something is a value of the column that is called by the word itself. */
function tells(mod: Mod, word: string): boolean {
  if (mod.type !== 'value' || mod.field === undefined) return false;
  return mod.field.text.split(/\s+/).some((one) => root(one.toLowerCase()) === root(word));
}
