/** Questions for one property of a thing: `when was …`, `how old is …`, `where is …`. */
import { GRADABLE } from '../lexicon/scales.js';
import { AUXILIARIES, PLACES } from '../lexicon/words.js';
import type { Ask, FieldMention, Measure, Mod, Noun, Target } from '../phrase.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, then } from './rule.js';

const WHEN = ['when was', 'when were', 'when is', 'when are', 'when did', 'when do', 'when does'];

export function properties(grammar: Grammar, at: number): Got<Ask>[] {
  return [...when(grammar, at), ...howMuchOf(grammar, at), ...where(grammar, at)];
}

/** `when was the last order`, `when was order 17 placed`. */
function when(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  const start = skipPhrase(grammar, at, ...WHEN);
  if (start === undefined) return [];
  const time = { type: 'dimension', dimension: { name: 'time', words: [], kind: 'time' } } as const;
  return then(subject(grammar, start), ({ value: noun, at: end }) => {
    // The verb names the column: `shipped` for shipped_at.
    const verb = lattice.isVerb(end) ? lattice.fieldsCalled(end) : [];
    return [
      got(asked({ type: 'measure', measure: { ...time, noun } }), end, 0.1),
      ...verb.map((field) => got(asked({ type: 'field', field: field.mention, noun }), field.end)),
    ];
  });
}

/** `how old is Ann Smith`, `how tall are the towers in Leeds`. */
function howMuchOf(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  const scale = lattice.word(at) === 'how' ? GRADABLE.get(lattice.word(at + 1)) : undefined;
  if (scale === undefined || !['is', 'are', 'was', 'were'].includes(lattice.word(at + 2)))
    return [];
  const { dimension } = scale;
  return then(subject(grammar, at + 3), ({ value: noun, at: end }) => {
    const measure: Measure = { type: 'dimension', dimension, noun };
    return map(grammar.tail(end), (mods) => ({
      ...asked({ type: 'measure', measure }),
      mods,
    }));
  });
}

/** `where is the Ritz`, `where do the members live`. */
function where(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  if (lattice.word(at) !== 'where' || !AUXILIARIES.has(lattice.word(at + 1))) return [];
  const field = placeOf(grammar);
  if (field === undefined) return [];
  return then(subject(grammar, at + 2), ({ value: noun, at: end }) => {
    const verb =
      skipPhrase(grammar, end, 'located', 'based', 'situated', 'live', 'from', 'at') ?? end;
    return [got(asked({ type: 'field', field, noun }), verb, 0.2)];
  });
}

/** The columns that say where something is, the plainest first. */
function placeOf({ lattice }: Grammar): FieldMention | undefined {
  const options = PLACES.flatMap((word, i) =>
    (lattice.fieldNamed([word])?.options ?? []).map((one) => ({
      ...one,
      cost: one.cost + i * 0.2,
    })),
  );
  return options.length === 0 ? undefined : { text: 'where', options };
}

/** A thing, by its table or by its name alone. */
function subject(grammar: Grammar, at: number): Got<Noun>[] {
  const start = skipDeterminers(grammar, at);
  const named = map(grammar.values(start), (values): Noun => {
    const mod: Mod = { type: 'value', values, not: false };
    const tables = new Set(
      values.flatMap(({ options }) => options.map(({ field }) => field.table)),
    );
    const options = [...tables].map((table) => ({ table, cost: 0 }));
    return { table: { text: values[0]?.text ?? '', options }, mods: [mod] };
  });
  return [...grammar.noun(start), ...named];
}

function asked(target: Target): Ask {
  return { targets: [target], mods: [], distinct: false };
}
