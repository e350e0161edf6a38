/** Rows that others of the same table refer to: the supervisors of drivers, who are drivers. */
import type { Field, Step } from '../schema/schema.js';
import type { Place, Reached } from './place.js';

/** What a way costs less when the request calls it by its name. */
export const NAMED_WAY = 0.6;

/** `whose supervisor is Ann Smith`: a row of the same table, which the one that is spoken of refers to. */
export function amongItsKind<Option extends { readonly field: Field; readonly cost: number }>(
  vias: readonly Step[],
  options: readonly Option[],
  places: readonly Place[],
): Reached<Option>[] {
  return vias
    .filter(({ from, to }) => from === to)
    .flatMap((via) =>
      options
        .filter(({ field }) => field.table === via.to)
        .flatMap((option) =>
          places
            .filter(({ node }) => node.table === via.from)
            .map((place) => ({
              option,
              place,
              way: { steps: [via], toOne: via.toOne, cost: 0 },
              cost: option.cost - NAMED_WAY,
            })),
        ),
    );
}
