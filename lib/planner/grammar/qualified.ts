/** `color code and description`: what the first one is of, the second is as well, where a column is called so. */
import type { FieldMention, Noun, Target } from '../phrase.js';
import { COST } from '../schema/sense.js';
import type { Grammar } from './grammar.js';

/** Called so but for what kind of column it is: `service type` of `service_type_code`. */
const CALLED = COST.short + 0.05;
/** What another column of that name costs more. */
const OTHER = 0.7;

/** The targets that stand behind another one, the first of them called by what the one before begins with. */
export function qualified(
  grammar: Grammar,
  before: Target | undefined,
  [first, ...rest]: readonly Target[],
): readonly Target[] {
  const [leading, following] = [columnOf(before), columnOf(first)];
  if (first === undefined || leading === undefined || following === undefined)
    return first === undefined ? rest : [first, ...rest];
  const field = ofTheSame(grammar, leading, following) ?? following.field;
  if (first.type === 'field') return [{ ...first, field }, ...rest];
  return first.type === 'measure' && first.measure.type === 'field'
    ? [{ ...first, measure: { ...first.measure, field } }, ...rest]
    : [first, ...rest];
}

interface Column {
  readonly field: FieldMention;
  readonly noun?: Noun | undefined;
}

/** The column that is asked for; none of `its description`. */
function columnOf(target: Target | undefined): Column | undefined {
  if (target?.type === 'field') return target.owner === 'its' ? undefined : target;
  return target?.type === 'measure' && target.measure.type === 'field' ? target.measure : undefined;
}

function ofTheSame({ lattice }: Grammar, leading: Column, following: Column) {
  if ((leading.noun?.mods ?? []).length > 0) return undefined;
  const word = following.field.text.toLowerCase();
  // "round type code": the type code of a round, or a round type's.
  const own = `${leading.noun?.table?.text ?? ''} ${leading.field.text}`
    .toLowerCase()
    .trim()
    .split(/\s+/);
  if (own.length < 2 || own.includes('of') || word.includes(' ')) return undefined;
  const near = (lattice.fieldNamed([...own.slice(0, -1), word])?.options ?? []).filter(
    ({ field, cost }) => cost <= CALLED && isOfTable(following, field.table),
  );
  if (near.length === 0) return undefined;
  const others = following.field.options.filter(
    ({ field }) => !near.some((option) => option.field === field),
  );
  const options = [...near, ...others.map((one) => ({ ...one, cost: one.cost + OTHER }))];
  return { ...following.field, options };
}

function isOfTable({ noun }: Column, table: object): boolean {
  return noun?.table === undefined || noun.table.options.some((option) => option.table === table);
}
