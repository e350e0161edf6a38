/** `phone numbers of members and staff`: what both have is asked for of both, which is no list of pairs. */
import type { FieldMention, Target } from '../phrase.js';
import { Misfit } from './choices.js';
import type { Parts } from './parts.js';

/** A column of one thing with another thing beside it that has such a column, too: whose is meant, nobody can tell. */
export function refuseShared({ targets, subject }: Parts): void {
  targets.forEach((target, i) => {
    if (target.type !== 'things' || target.everything || target.noun === subject) return;
    const said = owned(targets[i - 1]);
    const tables = target.noun.table?.options.map(({ table }) => table) ?? [];
    const own = said?.options.some(
      ({ field, cost }) =>
        cost <= NEAR && tables.includes(field.table) && !field.table.naming.includes(field),
    );
    if (own === true)
      throw new Misfit(`it is not clear whether the ${said!.text} of both are meant`, {
        weight: 3,
      });
  });
}

/** The column that is asked for of a thing. */
function owned(target: Target | undefined): FieldMention | undefined {
  if (target?.type === 'field') return target.noun === undefined ? undefined : target.field;
  if (target?.type !== 'measure' || target.measure.type !== 'field') return undefined;
  return target.measure.noun === undefined ? undefined : target.measure.field;
}

const NEAR = 0.1;
