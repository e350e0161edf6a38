/** Second questions for where and when: `and where are they from`, `and when were the clerks hired`. */
import { BE, DO, HAVE, PLACES } from '../lexicon/words.js';
import type { FieldMention, Noun, Target } from '../phrase.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, then } from './rule.js';

const THEY = ['they', 'it', 'he or she', 'he', 'she', 'these', 'those'];
/** The same of one after another. */
export const SPOKEN_OF = ['each of them', 'each one', 'each'];
const PLACED = ['located', 'based', 'situated', 'come from', 'live in', 'live', 'from', 'at', 'in'];
/** What it costs to take the next less plain word for a place. */
const STEP = 0.2;

export function circumstances(grammar: Grammar, at: number): Got<Target>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const auxiliary = lattice.word(at + 1);
  if (word !== 'where' && word !== 'when') return [];
  if (!BE.has(auxiliary) && !DO.has(auxiliary) && !HAVE.has(auxiliary)) return [];
  return then(spokenOf(grammar, at + 2), ({ value: noun, at: end }) => {
    if (word === 'where') {
      const field = placeOf(grammar);
      const after = skipPhrase(grammar, end, ...PLACED) ?? end;
      return field === undefined ? [] : [got<Target>({ type: 'field', field, noun }, after, 0.1)];
    }
    const verb = skipPhrase(grammar, end, 'first', 'last', 'been') ?? end;
    return lattice.fieldsCalled(verb).map(({ mention, end: after }) => {
      return got<Target>({ type: 'field', field: mention, noun }, after, 0.1);
    });
  });
}

/** By a pronoun, or by the name of the thing once more. */
export function spokenOf(grammar: Grammar, at: number): Got<Noun | undefined>[] {
  const pronoun = skipPhrase(grammar, at, ...THEY);
  if (pronoun !== undefined) return [got(undefined, pronoun)];
  return grammar.lattice
    .tables(skipDeterminers(grammar, at))
    .map(({ mention, end }) => got<Noun | undefined>({ table: mention, mods: [] }, end));
}

/** The columns that say where something is, the plainest first. */
export function placeOf({ lattice }: Grammar): FieldMention | undefined {
  const options = PLACES.flatMap((word, i) =>
    (lattice.fieldNamed([word])?.options ?? []).map((one) => ({
      ...one,
      cost: one.cost + i * STEP,
    })),
  );
  return options.length === 0 ? undefined : { text: 'where', options };
}

/** The same column of the thing itself or of what it refers to; nothing where there is none. */
export function ofSubject(target: Target, subject: Noun | undefined): Target[] {
  const tables = new Set(subject?.table?.options.map(({ table }) => table));
  if (target.type !== 'field') return [];
  const near = new Set(
    [...tables].flatMap(({ steps }) => steps.flatMap(({ forward, to }) => (forward ? [to] : []))),
  );
  for (const which of [tables, near]) {
    const options = target.field.options.filter(({ field }) => which.has(field.table));
    if (options.length > 0) return [{ ...target, field: { ...target.field, options } }];
  }
  return [];
}
