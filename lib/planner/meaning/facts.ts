/** The table that a measure is taken over: the nearest one whose rows belong to every group and to the subject. */
import type { Measure } from '../phrase.js';
import { isApart } from '../schema/pairs.js';
import { type Way, waysBetween } from '../schema/paths.js';
import type { Field, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import type { Key } from './keys.js';
import { baseOf, type Fact, factsOf, raised } from './measures.js';
import type { Parts } from './parts.js';
import type { Context } from './place.js';

/** The table that a measure is taken over: one whose rows belong to every group and to the subject. */
export function pickFact(
  context: Context,
  measure: Measure,
  keys: readonly Key[],
  subject: Table | undefined,
  parts: Parts,
): Fact {
  const direct = factsOf(context, measure);
  const facts =
    subject === undefined
      ? direct
      : [...direct, ...direct.flatMap((fact) => raised(fact, subject))];
  const name = measureText(measure);
  const options = facts.flatMap((fact) => {
    const near = [
      ...keys.flatMap((key) => distances(fact, key)),
      ...(subject === undefined
        ? []
        : [distance(fact, subject, isKey(subject, keys) ? undefined : 'row')]),
    ];
    if (near.some((far) => far === undefined)) return [];
    const far = near.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    return [{ ...fact, cost: fact.cost + 0.5 * far + valueDistance(fact, parts) }];
  });
  return context.chooser.pick(measure, options, () =>
    facts.length === 0
      ? new Misfit(`${name} is not something that can be computed here`, { weight: 4 })
      : new Misfit(`${name} can't be told for each of these without counting rows several times`, {
          hint: 'ask for it by itself, or name the table whose rows are to be counted',
          weight: 4,
        }),
  );
}

function isKey(subject: Table, keys: readonly Key[]): boolean {
  return keys.some((key) => key.type === 'table' && key.table === subject);
}

/** Filters count as well: a measure whose rows belong to the value's row is nearer than one that is not. */
function valueDistance({ table, countable }: Fact, { filters }: Parts): number {
  if (countable) return 0;
  let far = 0;
  for (const mod of filters) {
    if (mod.type === 'value') {
      const ways = mod.values[0]!.options.flatMap(({ field }) => waysBetween(table, field.table));
      far += ways.some(({ toOne }) => toOne) ? 0 : 0.8;
    } else if (mod.type === 'related' && mod.noun.table !== undefined) {
      const ways = mod.noun.table.options.flatMap(({ table: to }) => waysBetween(table, to));
      far += ways.some(({ toOne }) => toOne) ? 0 : 0.8;
    }
  }
  return far;
}

function measureText(measure: Measure): string {
  const base = baseOf(measure);
  switch (base.type) {
    case 'field':
      return base.field.text;
    case 'things':
      return base.noun.table?.text ?? 'that';
    case 'revenue':
      return base.word;
    case 'units':
      return 'quantity';
    case 'dimension':
      return base.dimension.name;
    case 'aggregate':
      return 'that';
  }
}

function distances(fact: Fact, key: Key): (number | undefined)[] {
  if (key.type === 'grain') return [0];
  if (key.type === 'table') return [distance(fact, key.table)];
  const all = key.options.flatMap(({ field, cost }) => {
    const far = distance(fact, field.table, field);
    return far === undefined ? [] : [far + cost];
  });
  return [all.length === 0 ? undefined : Math.min(...all)];
}

/** @param by the column that tells the groups; `row` where there are none */
function distance(fact: Fact, to: Table, by?: Field | 'row'): number | undefined {
  const ways = waysBetween(fact.table, to).filter(
    ({ toOne, steps }) => toOne || fact.countable || (by !== 'row' && isApart(steps, by)),
  );
  return ways.length === 0 ? undefined : Math.min(...ways.map(lengthOf));
}

/** A row that has to refer to another says more of it than one that may. */
function lengthOf({ cost, steps }: Way): number {
  return cost + 0.35 * steps.filter(({ forward, optional }) => forward && optional).length;
}
