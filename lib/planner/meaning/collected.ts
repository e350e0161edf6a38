/** Comparisons of what is counted, added up or averaged over the rows that belong to each of the things asked for. */
import type { Measure } from '../phrase.js';
import { waysBetween } from '../schema/paths.js';
import type { Step } from '../schema/schema.js';
import { type Compare, groupCompared } from './comparisons.js';
import { aggregateOf, factsOf, repeatsAlong } from './measures.js';
import { type Context, noWay, type Place } from './place.js';
import type { Condition, Expression } from './query.js';
import { nounConditions } from './related.js';
import { descend } from './scope.js';
import { having, throughValue, valueAt } from './shared.js';
import { besideOthers } from './standing.js';

/** `with at most 3 orders`, `with fewer than 3 orders`: those without any are not spoken of. */
function someOf(mod: Compare): Compare {
  const { operator, operand, upTo, not } = mod;
  if (not || upTo !== undefined || operand.type !== 'number' || !/^\d+$/.test(operand.digits))
    return mod;
  const most = operator === '<=' ? Number(operand.digits) : Number(operand.digits) - 1;
  if ((operator !== '<=' && operator !== '<') || most < 1) return mod;
  return { ...mod, operator: '>=', operand: { type: 'number', digits: '1' }, upTo: String(most) };
}

/** A count, sum or average over the rows that belong to the subject: a subquery of its own for each row. */
export function collected(
  context: Context,
  mod: Compare,
  measure: Measure,
  subject: Place,
): Condition {
  const counted = measure.type === 'things' ? measure.noun : undefined;
  const alike = counted?.table === undefined ? undefined : having(context, subject, counted.table);
  if (alike !== undefined && counted !== undefined) {
    const { scope, cost } = alike;
    const [fact] = factsOf(context, measure).filter(({ table }) => table === scope.root.table);
    if (fact === undefined) throw noWay(counted.table!.text, [subject]);
    context.chooser.pay(cost);
    const own: Place = { scope, node: scope.root };
    scope.where.push(...nounConditions({ ...context, ofRow: true }, counted, own, false));
    const value = aggregateOf(measure, fact, own, false);
    const left: Expression = { type: 'subquery', scope, value };
    return besideOthers(context, mod, left, subject) ?? groupCompared(context, someOf(mod), left);
  }
  const options = factsOf(context, measure).flatMap((fact) =>
    waysBetween(subject.node.table, fact.table)
      .filter(({ toOne, steps }) => !toOne && steps.length > 0)
      .filter(
        ({ steps }) => fact.countable || steps.every(({ toOne, forward }) => !toOne || !forward),
      )
      .filter(({ steps }) => leadsThrough(steps, mod))
      .map((way) => ({ fact, way, cost: fact.cost + way.cost / 2 })),
  );
  const name = measure.type === 'things' ? (measure.noun.table?.text ?? 'things') : 'that measure';
  const { fact, way } = context.chooser.pick(mod, options, () => noWay(name, [subject]));
  const field = valueAt(context, subject);
  if (field !== undefined) context.asked!.shared = true;
  const { scope, end } =
    field === undefined ? descend(subject.node, way) : throughValue(subject, way, field);
  if (fact.noun !== undefined)
    scope.where.push(...nounConditions(context, fact.noun, { scope, node: end }, false));
  const repeats = repeatsAlong(way.steps);
  const value = aggregateOf(measure, fact, { scope, node: end }, repeats);
  const atLeastOne = value.type === 'aggregate' && value.fn === 'count' ? someOf(mod) : mod;
  const left: Expression = { type: 'subquery', scope, value };
  return besideOthers(context, mod, left, subject) ?? groupCompared(context, atLeastOne, left);
}

/** `ordered wine from two regions`: by the orders, and by nothing else that has to do with wine. */
function leadsThrough(steps: readonly Step[], { through = [] }: Compare): boolean {
  return through.every(({ options }) =>
    options.some(({ table, via }) =>
      steps.some((step) => (via === undefined ? step.to === table : step === via)),
    ),
  );
}
