/**
 * `ordered wine from at least two regions`: of what each row has one of, many rows together have several. They are
 * counted over the rows that are spoken of, each once.
 */
import type { FieldMention, Measure, Mod, Noun } from '../phrase.js';
import { holdsNumbers } from '../schema/roles.js';
import type { Field } from '../schema/schema.js';
import { isSeveral } from '../text/inflection.js';
import type { ModOf } from './conditions.js';
import type { Parts } from './parts.js';

type Compare = ModOf<'compare'>;
type Kinds = Compare & { readonly measure: Extract<Measure, { type: 'field' }> };

export function withSeveral(parts: Parts): Parts {
  const filters = parts.filters.flatMap((mod) => lifted(mod) ?? [mod]);
  const [mod, ...more] = filters.filter(isSeveralOf);
  if (mod === undefined || more.length > 0) return parts;
  return counted(mod, filters, parts) ?? parts;
}

/** A number that is compared with how many different ones there are: the column itself holds no numbers. */
function isSeveralOf(mod: Mod): mod is Kinds {
  if (mod.type !== 'compare' || mod.not || mod.measure?.type !== 'field') return false;
  const { operand, measure } = mod;
  if (operand.type !== 'number' || operand.units !== undefined) return false;
  const { text } = measure.field;
  const several = isSeveral(text) || operand.digits === '1' || /(?:species|series)$/i.test(text);
  return several && near(measure.field).every(isText);
}

/** What the words name sooner than anything else. */
function near({ options }: FieldMention): Field[] {
  const best = Math.min(...options.map(({ cost }) => cost));
  return options.flatMap(({ field, cost }) => (cost <= best + NEAR ? [field] : []));
}

const NEAR = 0.3;

function isText(field: Field): boolean {
  return field.family === 'text' && !holdsNumbers(field);
}

/** Said of what a verb is about, whose own column it is: it is true of all of those together. */
function lifted(mod: Mod): Mod[] | undefined {
  if (mod.type !== 'related' || mod.not) return undefined;
  const { noun } = mod;
  for (const one of noun.mods) {
    const own = isSeveralOf(one) ? ownOf(one, noun) : undefined;
    const rest = noun.mods.filter((other) => other !== one);
    if (own !== undefined) return [{ ...mod, noun: { ...noun, mods: rest } }, own];
    const [inner, up] = lifted(one) ?? [];
    if (inner !== undefined && up !== undefined)
      return [
        { ...mod, noun: { ...noun, mods: noun.mods.map((old) => (old === one ? inner : old)) } },
        up,
      ];
  }
  return undefined;
}

/** The same, of the noun's own column alone. */
function ownOf(mod: Kinds, { table }: Noun): Kinds | undefined {
  const tables = table?.options.map((one) => one.table) ?? [];
  const { field } = mod.measure;
  const options = field.options.filter(
    (one) => isText(one.field) && tables.includes(one.field.table),
  );
  if (options.length === 0) return undefined;
  return { ...mod, measure: { ...mod.measure, field: { ...field, options } } };
}

function counted(mod: Kinds, filters: readonly Mod[], parts: Parts): Parts | undefined {
  const events = filters.filter((one) => nounsOf(one).length > 0);
  const event = events.find((one) => nounsOf(one).some((noun) => ownOf(mod, noun) !== undefined));
  if (event === undefined && events.length > 0) return undefined;
  const nouns = event === undefined ? [] : nounsOf(event);
  const holder = nouns.find((noun) => ownOf(mod, noun) !== undefined);
  // What is said of the way to what is counted is said of each of them: no count could tell.
  const onTheWay = nouns.flatMap((noun) => (noun === holder ? [] : noun.mods));
  if (onTheWay.some((one) => nounsOf(one).length === 0)) return undefined;
  if (filters.some((one) => one.type === 'time' || (one.type === 'value' && one.other === true)))
    return undefined;
  const { measure } = holder === undefined ? mod : ownOf(mod, holder)!;
  const options = measure.field.options.filter(({ field }) => isText(field));
  const own = holder?.mods.filter((one) => nounsOf(one).length === 0) ?? [];
  const of: Measure = {
    ...measure,
    field: { ...measure.field, options },
    noun: holder === undefined ? measure.noun : { ...holder, mods: own },
  };
  const said: Mod = {
    ...mod,
    measure: { type: 'aggregate', fn: 'count', of, distinct: true },
    through: nouns.flatMap((noun) => (noun === holder ? [] : (noun.table ?? []))),
  };
  return {
    ...parts,
    filters: filters.flatMap((one) => (one === event ? [] : [one === mod ? said : one])),
    // Of which there are several there are some.
    counted: [...(parts.counted ?? []), ...(event === undefined ? [] : relatedIn(event))],
  };
}

/** What is spoken of behind a verb, one inside of the other. */
function nounsOf(mod: Mod): Noun[] {
  return relatedIn(mod).map(({ noun }) => noun);
}

function relatedIn(mod: Mod): ModOf<'related'>[] {
  return mod.type === 'related' && !mod.not ? [mod, ...mod.noun.mods.flatMap(relatedIn)] : [];
}
