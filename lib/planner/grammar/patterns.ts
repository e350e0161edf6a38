/** Text patterns: `starting with A`, `containing "x"`. */
import type { Mod } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

/** A text pattern: `starting with A`. */
export function patternAt(grammar: Grammar, at: number): Got<Extract<Mod, { type: 'like' }>>[] {
  const { lattice } = grammar;
  const forms = [
    [
      'starts',
      [
        'starting with',
        'starts with',
        'start with',
        'beginning with',
        'begins with',
        'begin with',
        'starting with the letter',
        'starts with the letter',
        'start with the letter',
        'begins with the letter',
      ],
    ],
    ['ends', ['ending with', 'ends with', 'end with', 'ending in', 'ends in', 'end in']],
    [
      'contains',
      [
        'containing the word',
        'containing',
        'contains the word',
        'contains',
        'contain',
        'including the word',
        'includes',
        'with the word',
        'matching',
        'like',
      ],
    ],
  ] as const;
  for (const [how, phrases] of forms) {
    const longest = [...phrases].sort((a, b) => b.length - a.length);
    const next = skipPhrase(grammar, at, ...longest);
    const token = next === undefined ? undefined : lattice.tokens[next];
    if (token === undefined || token.kind === 'mark') continue;
    return [
      got(
        { type: 'like', field: undefined, how, text: token.text, not: false },
        next! + 1,
        token.kind === 'quoted' ? 0 : 0.3,
      ),
    ];
  }
  return [];
}
